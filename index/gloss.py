"""Word-by-word English readings of French, Spanish, Portuguese, Russian, Arabic and Chinese text.

The lexicons were aligned from parallel text by `training/`; each loads when its language is first read.
"""

from __future__ import annotations

import gzip
import math
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import regex
from anyascii import anyascii

from corpus.text import fold
from index.analyzer import tokens
from index.spelling import FOLDER, plain
from index.stopwords import is_stop_word

LANGUAGES = ("ar", "es", "fr", "pt", "ru", "zh")
# "and", "so", "in", "to", "as" and the article are written onto an Arabic word; what is left has three letters.
_ARABIC_PREFIXES = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك")
# Larkey, Ballesteros and Connell (2002), "light10"; in plain letters.
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_LONGEST_HAN = 8
# The logarithm of about a million, as many words as were counted.
_WORD_COST = 14.0
# What marks an entry for a word as it is written, beside those for stems.
WRITTEN = "="
# A stem that is not listed is read as one that begins like it, when it is this long.
_NEAR = 6
_HAN = regex.compile(r"\p{Han}+")
_PASSES = regex.compile(r"[\p{Latin}\p{N}\p{M}]+")
_CYRILLIC = regex.compile(r"\p{Cyrillic}{3,}")


@dataclass(frozen=True, slots=True)
class Read:
    """A word of a text, where it stands, and its English words, the likeliest first; none for a function word."""

    start: int
    end: int
    english: tuple[str, ...]
    known: bool  # from the lexicon; a name or number is passed on as it stands


class Lexicon:
    """The words of one language: how often each was met, and its English words."""

    def __init__(self, language: str, counts: Mapping[str, int], english: Mapping[str, tuple[str, ...]]) -> None:
        self.language, self.counts, self.english = language, counts, english
        self.size = sum(counts.values()) + 1

    def read(self, text: str) -> Iterator[Read]:
        """The words of `text` in order, each with what it says in English."""
        for key, start, end in keys(text, self.language, self.counts):
            written = text[start:end]
            if known := self._meant(written, key):
                yield Read(start, end, known, known=True)
            else:
                met = key in self.counts
                silent = is_stop_word(fold(written), self.language) or (met and not written[:1].isupper())
                passed = "" if silent else _passed(written)
                yield Read(start, end, (passed,) if passed else (), known=met)

    def _meant(self, written: str, key: str) -> tuple[str, ...]:
        """The English words of a word as it is written, else of its stem, else of a stem that begins like it."""
        for form in forms(written, self.language):
            if own := self.english.get(WRITTEN + form):
                return own
        if (own := self.english.get(key)) or key in self.counts or written[:1].isupper() or len(key) < _NEAR:
            return own or ()
        at = bisect(self._sorted, key)
        near = (other for other in self._sorted[max(at - 1, 0) : at + 1] if _kin(key, other))
        return self.english.get(next(near, ""), ())

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(key for key in self.english if not key.startswith(WRITTEN))

    def reading(self, text: str) -> str:
        """`text` in English, word by word."""
        return " ".join(word for read in self.read(text) for word in read.english)


@lru_cache(maxsize=2**16)  # most words of a text are few, whatever its length
def forms(written: str, language: str) -> tuple[str, ...]:
    """How a word is listed as it is written: in Arabic also without what may be written onto it."""
    folded = plain(fold(written))
    return (folded, *_bare(folded)) if language == "ar" else (folded,)


def _kin(one: str, other: str) -> bool:
    """Whether two stems differ in their last letters alone."""
    from rapidfuzz.distance import Prefix

    shared = Prefix.similarity(one, other)
    return shared >= max(_NEAR - 1, len(one) - 2) and len(other) - shared <= 3


def keys(text: str, language: str, counts: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """The words of a text as the lexicon of its language lists them, with their code-point spans."""
    if language == "zh":
        yield from _chinese(text, counts)
        return
    for token in tokens(text, None if language == "ar" else language):
        key = token.term
        if language == "ar":
            stems = [_light(form) for form in forms(text[token.start : token.end], language)]
            key = max(stems, key=lambda stem: counts.get(stem, 0))
        yield key, token.start, token.end


def _chinese(text: str, counts: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    at = 0
    for run in _HAN.finditer(text):
        yield from ((t.term, at + t.start, at + t.end) for t in tokens(text[at : run.start()], None))
        letters, begin = plain(run[0]), run.start()
        for start, end in split(letters, counts):
            yield letters[start:end], begin + start, begin + end
        at = run.end()
    yield from ((t.term, at + t.start, at + t.end) for t in tokens(text[at:], None))


def split(letters: str, counts: Mapping[str, int]) -> list[tuple[int, int]]:
    """The likeliest words of a run of Chinese letters: the product of their frequencies is the highest."""
    best = [(0.0, 0)]
    for end in range(1, len(letters) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_HAN), end):
            met = counts.get(letters[start:end], 0)
            if met or end - start == 1:
                ways.append((best[start][0] + math.log(met or 0.01) - _WORD_COST, start))
        best.append(max(ways))
    spans, end = [], len(letters)
    while end:
        spans.append((best[end][1], end))
        end = best[end][1]
    return spans[::-1]


def _light(form: str) -> str:
    """An Arabic word without its endings, one after the other; what is left has three letters."""
    for ending in _ARABIC_ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            form = form[: -len(ending)]
    return form


def _bare(folded: str) -> list[str]:
    return [folded[len(p) :] for p in _ARABIC_PREFIXES if folded.startswith(p) and len(folded) - len(p) >= 3]


def _passed(written: str) -> str:
    """A name or number as an English reader meets it; nothing where that is unknown."""
    if _PASSES.fullmatch(written):
        return written
    return anyascii(written) if _CYRILLIC.fullmatch(written) else ""


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon that comes with the house."""
    return read_lexicon(language, FOLDER / f"{language}.tsv.gz")


def read_lexicon(language: str, file: Path) -> Lexicon:
    """The lexicon in a file of lines: word, how often it was met, English words."""
    counts: dict[str, int] = {}
    english: dict[str, tuple[str, ...]] = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            key, met, words = line.rstrip("\n").split("\t")
            if not key.startswith(WRITTEN):
                counts[key] = int(met)
            if words:
                english[key] = tuple(words.split(" "))
    return Lexicon(language, counts, english)
