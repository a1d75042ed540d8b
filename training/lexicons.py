"""The lexicons: what the words of each language say in English, from the alignment of its pairs."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.text import fold
from index.analyzer import tokens
from index.gloss import WRITTEN, forms, keys
from index.spelling import plain
from index.stopwords import is_stop_word
from training.align import Aligned, align
from training.pairs import Pair

# Chinese words are first those that stand alone in a dictionary, a glossary or a list of names.
_ALONE, _LONGEST_ALONE = ("cc-cedict", "dr5hn-cities", "tico19-terms", "taxonomy", "places"), 6
# English words that a word is given: this share of its best one's probability, and no more than these.
SHARE, MOST = 0.5, 3
# A word must mean its English word in this share of the places where it stands, or it means nothing certain.
_SURE = 0.12
# A word as it is written is listed beside its stem when it was met so often.
_OFTEN = 2


def lexicon(pairs: Sequence[Pair], language: str) -> tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]:
    """How often each word of a language was met, and the English words of stems and of words as they are written."""
    counts, written = _counts(pairs, language), _written(pairs, language)
    sentences, as_written = [], []
    stems: dict[str, str] = {}
    usual: dict[str, Counter[str]] = defaultdict(Counter)  # how each English stem is written
    for pair in pairs:
        found = list(keys(pair.other, language, counts))
        own = [max(forms(pair.other[start:end], language), key=written.__getitem__) for _, start, end in found]
        stems.update(zip(own, (key for key, _, _ in found), strict=True))
        english_tokens = list(tokens(pair.english, "en"))
        for token in english_tokens:
            usual[token.term][pair.english[token.start : token.end].lower()] += 1
        sentences.append(([key for key, _, _ in found], [token.term for token in english_tokens]))
        as_written.append(own)
    met = Counter(key for own, _ in sentences for key in own)
    said_as = {stem: forms_of.most_common(1)[0][0] for stem, forms_of in usual.items()}
    by_stem, by_form = align(sentences, as_written)
    english = _english(by_stem, met, said_as, language)
    often = {form: n for form, n in Counter(form for own in as_written for form in own).items() if n >= _OFTEN}
    own_english = _english(by_form, often, said_as, language)
    more = {WRITTEN + form: said for form, said in own_english.items() if said != english.get(stems[form])}
    return met, english if language == "zh" else english | more


def _counts(pairs: Sequence[Pair], language: str) -> Mapping[str, int]:
    """What words are told apart by: in Arabic the stems as they stand, in Chinese a first list of words."""
    counts: Counter[str] = Counter()
    if language == "zh":
        alone = [plain(fold(p.other)) for p in pairs if p.source in _ALONE and len(p.other) <= _LONGEST_ALONE]
        first = Counter(alone)
        counts.update(key for pair in pairs for key, _, _ in keys(pair.other, language, first))
        counts.update(first.keys())
    elif language == "ar":
        counts.update(key for pair in pairs for key, _, _ in keys(pair.other, language, {}))
    return counts


def _written(pairs: Sequence[Pair], language: str) -> Counter[str]:
    """How often each word stands as it is written."""
    if language == "zh":
        return Counter()
    return Counter(forms(pair.other[t.start : t.end], language)[0] for pair in pairs for t in tokens(pair.other, None))


def english_counts(learned: Mapping[str, Sequence[Pair]]) -> Mapping[str, int]:
    """How often each English word was met, each text once: what tells English from its neighbours."""
    texts = dict.fromkeys(pair.english for pairs in learned.values() for pair in pairs)
    return Counter(token.term for text in texts for token in tokens(text, "en"))


def _english(
    aligned: Iterable[Aligned], met: Mapping[str, int], usual: Mapping[str, str], language: str
) -> dict[str, tuple[str, ...]]:
    """The surest English words of each word, the likeliest first; function words say nothing of a topic."""
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for link in aligned:
        word = usual[link.english]
        if link.own in met and not is_stop_word(fold(word), "en") and not is_stop_word(link.own, language):
            found[link.own].append((link.times / met[link.own], word))
    english = {}
    for own, words in found.items():
        best = max(words)[0]
        if best >= _SURE:
            kept = sorted((w for w in words if w[0] >= SHARE * best), key=lambda w: (-w[0], w[1]))[:MOST]
            english[own] = tuple(word for _, word in kept)
    return english


def write(file: Path, counts: Mapping[str, int], english: Mapping[str, tuple[str, ...]]) -> None:
    """Keep a lexicon; words met once or twice that say nothing are left out. The same lexicon makes the same bytes."""
    kept = {key for key, met in counts.items() if met > 2} | set(english)
    lines = [f"{key}\t{counts.get(key, 0)}\t{' '.join(english.get(key, ()))}\n" for key in sorted(kept)]
    with file.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
        packed.write("".join(lines).encode())
