"""Misspelt words: those that no document holds and nobody knows, put right by the corpus's own words.

Nothing here knows a language: a word is what documents, taxonomy, gazetteer and the model's tokenizer hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

import regex

from corpus.labels import label_of
from corpus.languages import LANGUAGES
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from corpus.text import clean, detect_language, fold
from index.analyzer import Token, terms, tokens
from index.gloss import keys, lexicon
from index.spelling import plain
from index.spoken import spoken
from index.stopwords import is_stop_word
from index.vocabulary import Written, held, read, words_of
from index.whole_words import whole_words
from search.engine import KnowledgeBase
from search.query import MAX_LENGTH

# One wrong letter in a word of five letters, two in one of nine: what Meilisearch allows by default. Shorter words
# have neighbours that mean something else.
_ONE_ERROR, _TWO_ERRORS = 5, 9
# What was meant as it stands: phrases, excluded words, prefixes, and whatever holds a digit.
_AS_IT_STANDS = regex.compile(r'["“«][^"”»]*["”»]|(?<!\S)[-−]\S+|\S*\d\S*|\S+\*')
# Scripts in which one character is a syllable or a word: another one is another word.
_SYLLABLES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_LATIN = regex.compile(r"\p{Latin}")
# Questions are analysed as English, as in `search.query.parse`.
QUERY_LANGUAGE = "en"
# The endings of most forms of a word: -s, -es, -ed, -er, -ing.
_LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Fix:
    """What a misspelt word was meant to be, and how many letters were wrong."""

    word: str
    errors: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with its misspelt words put right, and what was typed and what it became.

    `sure`: the corrected question may be answered in place of the one that was typed; else it may be offered.
    """

    text: str
    changed: tuple[tuple[str, str], ...]
    sure: bool


class Spelling:
    """The words of a snapshot, and which of them a word was meant to be."""

    def __init__(self, vocabulary: Iterable[Written], known: Set[str] = frozenset()) -> None:
        self._known = known
        self._pairs: dict[str, str] = {}
        self._alike: dict[tuple[str, int], list[str]] = {}
        self._words: dict[str, Written] = {}
        for entry in vocabulary:
            term = plain(entry.term)
            if entry.pair:
                self._pairs.setdefault(term.replace(" ", ""), entry.written)
            elif not _SYLLABLES.search(term):
                self._alike.setdefault((term[0], len(term)), []).append(term)
                self._words.setdefault(term, entry)

    def fix(self, word: str) -> Fix | None:
        """The word or pair of words that `word` was meant to be; None where it is known, or nothing is near."""
        folded = plain(fold(word))
        if len(folded) < _ONE_ERROR or folded in self._words or _SYLLABLES.search(folded):
            return None
        if folded in self._pairs:
            return Fix(self._pairs[folded], 1)
        fix = None if self._is_known(folded) else self._nearest(folded)
        # Who writes an accent means it: “Quién” is no misspelt “queen”.
        return None if fix and folded != word.lower() and fix.word.isascii() else fix

    def _is_known(self, word: str) -> bool:
        """Whether a word is known, or a known word with an ending."""
        stem = terms(word, QUERY_LANGUAGE)
        shorter = (word[:-cut] for cut in range(1, _LONGEST_ENDING + 1))
        return word in self._known or any(w in self._known and terms(w, QUERY_LANGUAGE) == stem for w in shorter)

    def _nearest(self, word: str) -> Fix | None:
        """The nearest word, the commonest of those as near. Few get the first letter wrong: it is looked under."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        errors = 1 + (len(word) >= _TWO_ERRORS)
        lengths = range(len(word) - errors, len(word) + errors + 1)
        alike = [other for length in lengths for other in self._alike.get((word[0], length), ())]
        found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=errors, limit=None)
        nearest = min(((distance, -self._words[w].documents, w) for w, distance, _ in found), default=None)
        return Fix(self._words[nearest[2]].written, int(nearest[0])) if nearest else None


@lru_cache(maxsize=1)
def vocabulary_of(base: KnowledgeBase) -> list[Written]:
    """The words and pairs of a snapshot, the commonest first."""
    return read(base.db)


@lru_cache(maxsize=2)  # a snapshot never changes; two, because an old one may still be asked while a new one opens
def spelling_of(base: KnowledgeBase) -> Spelling:
    """The spelling of a snapshot, with the names of taxonomy and gazetteer and the model's words as known."""
    taxonomy = load_taxonomy()
    sections = {
        "theme": taxonomy.themes, "sdg": taxonomy.sdgs,
        "target_group": taxonomy.target_groups, "region": taxonomy.regions,
    }  # fmt: skip
    names = [place.name for place in load_gazetteer().names()]
    for group, section in sections.items():
        for term in section.terms.values():
            names += [*term.names(), *(label_of(group, term.id, language) for language in LANGUAGES)]
    vocabulary = [*vocabulary_of(base), *_in_other_scripts(names)]
    return Spelling(vocabulary, words_of(names) | whole_words(base.snapshot.path))


def _in_other_scripts(names: Iterable[str]) -> Iterator[Written]:
    """The words of names in scripts that documents need not be written in: there they are what is asked with."""
    for name in names:
        words = ((token.term, name[token.start : token.end]) for token in tokens(name, None))
        yield from (Written(term, word, 0) for term, word in words if not _LATIN.search(word))


def correction(base: KnowledgeBase, typed: str) -> Correction | None:
    """The question with its misspelt words put right; None where no word is, or it is in another language."""
    if len(typed) > MAX_LENGTH:  # it is refused where it is parsed
        return None
    text = clean(typed)
    kept = [match.span() for match in _AS_IT_STANDS.finditer(text)]
    language = spoken(text) if base.english else None
    words = [t for t in tokens(text, QUERY_LANGUAGE) if not _is_silent(fold(text[t.start : t.end]), language)]
    open_to = [t for t in words if not any(start < t.end and t.start < end for start, end in kept)]
    own = _known_elsewhere(text, language)
    there = held(base.db, (t.term for t in open_to))
    missing = [
        t for t in open_to if t.start not in own and t.term not in there and not _a_name(text[t.start : t.end], text)
    ]
    fixes = _fixes(spelling_of(base), text, missing) if missing else []
    right = text
    for token, fix in reversed(fixes):
        right = right[: token.start] + fix.word + right[token.end :]
    most = 2 * len(fixes) >= len(words)
    # Short and misspelt English looks like Swedish or French. Where half the words are near ours, they are ours: so
    # it was with none of 1,190 questions in each of German, Spanish, Russian, Chinese and Arabic.
    if not fixes or len(right) > MAX_LENGTH or (not most and _foreign(base, right)):
        return None
    changed = tuple((text[token.start : token.end], fix.word) for token, fix in fixes)
    return Correction(right, changed, sure=most or all(fix.errors == 1 for _, fix in fixes))


def _is_silent(word: str, language: str | None) -> bool:
    """Whether a word is a function word of English or of the question's own language."""
    return is_stop_word(word, QUERY_LANGUAGE) or (language is not None and is_stop_word(word, language))


def _known_elsewhere(text: str, language: str | None) -> set[int]:
    """Where words stand that are words of the question's own language."""
    if language is None:
        return set()
    counts = lexicon(language).counts
    return {start for key, start, _ in keys(text, language, counts) if key in counts}


def _a_name(word: str, text: str) -> bool:
    """Whether capitals beyond the first letter say that a word is a name or an acronym."""
    return word[1:] != word[1:].lower() and text != text.upper()


def _fixes(spelling: Spelling, text: str, missing: Iterable[Token]) -> list[tuple[Token, Fix]]:
    found = ((token, spelling.fix(text[token.start : token.end])) for token in missing)
    return [(token, fix) for token, fix in found if fix]


def _foreign(base: KnowledgeBase, text: str) -> bool:
    """Whether a question is in a language that no document is written in: its words are foreign, not misspelt."""
    language = detect_language(text)
    languages = {row[0] for row in base.db.execute("SELECT DISTINCT language FROM documents")}
    return language is not None and None not in languages and language not in languages
