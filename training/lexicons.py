"""The lexicons: what the words of each language say in English, from the alignment of its pairs."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.text import fold
from index.analyzer import tokens
from index.gloss import WRITTEN, forms, keys
from index.spelling import plain
from index.stopwords import is_stop_word
from training.align import Aligned, align
from training.pairs import DICTIONARIES, Pair

# Chinese words are first those that stand alone in a dictionary, a glossary or a list of names.
_ALONE, _LONGEST_ALONE = ("cc-cedict", "dr5hn-cities", "tico19-terms", "taxonomy", "places"), 6
# English words that a word is given: this share of its best one's probability, and no more than these.
SHARE, MOST = 0.5, 3
# A word must mean its English word in this share of the places where it stands, or it means nothing certain.
_SURE = 0.12
# A word as it is written is listed beside its stem when it was met so often.
_OFTEN = 2
# So many times is a word of a dictionary taken to have been met with what the dictionary says.
LISTED = 3.0
# So many times more a word as it is written is taken to have been met with what its stem means.
_BACKED = 5.0


@dataclass(slots=True)
class Gathered:
    """What the pairs of a language hold, word by word, before anything is decided."""

    counts: Mapping[str, int]  # what words are told apart by
    written: Counter[str]  # how often each word stands as it is written
    sentences: list[tuple[list[str], list[str]]] = field(default_factory=list)  # stems of both sides
    as_written: list[list[str]] = field(default_factory=list)  # of the other side
    stems: dict[str, str] = field(default_factory=dict)  # of words as they are written
    # How English stems are written.
    usual: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    listed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # dictionaries, of stems and of words

    def add(self, pair: Pair, language: str) -> None:
        """Take in a pair: a word of a dictionary as what it is, all else as a sentence to align."""
        found = list(keys(pair.other, language, self.counts))
        spellings = [forms(pair.other[start:end], language) for _, start, end in found]
        own = [max(spelt, key=self.written.__getitem__) for spelt in spellings]
        self.stems.update(zip(own, (key for key, _, _ in found), strict=True))
        english_tokens = list(tokens(pair.english, "en"))
        for token in english_tokens:
            self.usual[token.term][pair.english[token.start : token.end].lower()] += 1
        if pair.source in DICTIONARIES and len(found) == 1:
            for key in {found[0][0], *spellings[0]}:
                self.listed[key].add(_meaning(pair.english))
            self.stems.update(dict.fromkeys(spellings[0], found[0][0]))
        else:
            self.sentences.append(([key for key, _, _ in found], [token.term for token in english_tokens]))
            self.as_written.append(own)


def lexicon(
    pairs: Sequence[Pair], language: str, common: Mapping[str, int]
) -> tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]:
    """How often each word of a language was met, and the English words of stems and of words as they are written.

    `common` says how often English stems were met: a dictionary's common words are the likelier ones.
    """
    given = Gathered(_counts(pairs, language), _written(pairs, language))
    for pair in pairs:
        given.add(pair, language)
    by_stem, by_form = align(given.sentences, given.as_written)
    return decided(given, by_stem, by_form, language, common)


def decided(
    given: Gathered, by_stem: Sequence[Aligned], by_form: Sequence[Aligned], language: str, common: Mapping[str, int]
) -> tuple[Mapping[str, int], Mapping[str, tuple[str, ...]]]:
    """The lexicon from what was gathered and aligned."""
    met = Counter(key for own, _ in given.sentences for key in own)
    said_as = {stem: written_as.most_common(1)[0][0] for stem, written_as in given.usual.items()}
    shares = {key: _shares(meanings, common) for key, meanings in given.listed.items()}
    of_stems = _meanings(by_stem, met, shares)
    english = _english(of_stems, said_as, language)
    forms_met = Counter(form for own in given.as_written for form in own)
    often = {form: n for form, n in forms_met.items() if n >= _OFTEN} | {form: forms_met[form] for form in given.listed}
    of_forms = _meanings(by_form, often, shares)
    for form, meanings in of_forms.items():
        if of_stem := of_stems.get(given.stems.get(form, form)):
            seen = often[form] + (LISTED if form in shares else 0)
            share = seen / (seen + _BACKED)
            mixed = {m: share * meanings[m] + (1 - share) * of_stem[m] for m in {*meanings, *of_stem}}
            of_forms[form] = Counter(mixed)
    more = {
        WRITTEN + f: e
        for f, e in _english(of_forms, said_as, language).items()
        if e != english.get(given.stems.get(f, ""))
    }
    met.update(set(given.listed).intersection(given.stems.values()))
    return met, english if language == "zh" else english | more


def _meaning(english: str) -> str:
    """The stems of what a dictionary says, without function words."""
    return " ".join(t.term for t in tokens(english, "en") if not is_stop_word(fold(english[t.start : t.end]), "en"))


def _shares(meanings: Iterable[str], common: Mapping[str, int]) -> dict[str, float]:
    """How likely each meaning is: as its rarest word is common."""
    found = {m: min(common.get(stem, 1) for stem in m.split()) for m in meanings if 0 < len(m.split()) <= MOST}
    return {meaning: n / sum(found.values()) for meaning, n in found.items()}


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
    """How often each English word was met, each text once: what tells English from its neighbours.

    Dictionaries are no text: they hold rare words as often as common ones.
    """
    texts = dict.fromkeys(
        pair.english for pairs in learned.values() for pair in pairs if pair.source not in DICTIONARIES
    )
    return Counter(token.term for text in texts for token in tokens(text, "en"))


def _meanings(
    aligned: Iterable[Aligned], met: Mapping[str, int], listed: Mapping[str, Mapping[str, float]]
) -> dict[str, Counter[str]]:
    """How likely each word of `met` is to mean what; dictionaries count as if a word had been met some times more."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for link in aligned:
        if link.own in met:
            found[link.own][link.english] += link.times
    for own, shares in listed.items():
        found[own].update({meaning: LISTED * share for meaning, share in shares.items()})
    for own, said in found.items():
        total = met.get(own, 0) + (LISTED if listed.get(own) else 0)
        for meaning in said:
            said[meaning] /= total
    return found


def _english(
    meanings: Mapping[str, Counter[str]], usual: Mapping[str, str], language: str
) -> dict[str, tuple[str, ...]]:
    """The surest English words of each word, the likeliest first; function words say nothing of a topic."""
    english = {}
    for own, said in meanings.items():
        telling = {m: share for m, share in said.items() if m and not is_stop_word(fold(usual[m.split()[0]]), "en")}
        best = max(telling.values(), default=0.0)
        if best >= _SURE and not is_stop_word(own, language):
            kept = sorted((m for m in telling if telling[m] >= SHARE * best), key=lambda m: (-telling[m], m))
            words = dict.fromkeys(usual[stem] for meaning in kept for stem in meaning.split())
            english[own] = tuple(words)[:MOST]
    return english


def write(file: Path, counts: Mapping[str, int], english: Mapping[str, tuple[str, ...]]) -> None:
    """Keep a lexicon; words met once or twice that say nothing are left out. The same lexicon makes the same bytes."""
    kept = {key for key, met in counts.items() if met > 2} | set(english)
    lines = [f"{key}\t{counts.get(key, 0)}\t{' '.join(english.get(key, ()))}\n" for key in sorted(kept)]
    with file.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as packed:
        packed.write("".join(lines).encode())
