"""The words and phrases of many terms, found in a text through the analyser of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.analyzer import Token, tokens

# Words in a row say more than one word alone, and a word that several terms share says less of each.
_PHRASE = 1.5
# Counts are put as if the text had this many words; a shorter text keeps its counts.
_WORDS = 100


class Phrases:
    """What stands for each of several terms; English, as the taxonomy's words are."""

    def __init__(self, words: Sequence[Sequence[str]]) -> None:
        self.terms = len(words)
        self._of: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for term, phrases in enumerate(words):
            for written in phrases:
                self._of[tuple(token.term for token in tokens(written, "en"))].add(term)
        # The phrases that begin with a word, as lengths: most words of a text begin none.
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in self._of:
            self._lengths[phrase[0]].add(len(phrase))

    def counts(self, text: Sequence[Token]) -> tuple[npt.NDArray[np.float64], int]:
        """How much of each term's words an analysed text has, and how many words it has in all."""
        counts = np.zeros(self.terms)
        for _, length, holders in self._matches(text):
            counts[list(holders)] += (_PHRASE if length > 1 else 1) / len(holders)
        return counts, len(text)

    def places(self, text: Sequence[Token], term: int) -> list[int]:
        """Where in an analysed text the words of a term begin, as code points."""
        return [text[start].start for start, _, holders in self._matches(text) if term in holders]

    def _matches(self, text: Sequence[Token]) -> Iterator[tuple[int, int, set[int]]]:
        """Where phrases begin, their lengths, and the terms that they stand for."""
        words = [token.term for token in text]
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                if holders := self._of.get(tuple(words[start : start + length])):
                    yield start, length, holders


def analysed(text: str) -> list[Token]:
    """A text as it is searched for phrases: in English, as the taxonomy's words are."""
    return list(tokens(text, "en"))


def density(counts: npt.NDArray[np.float64], words: int) -> npt.NDArray[np.float64]:
    """Counts as they would be in a text of a hundred words, on a scale where each further one says less."""
    return np.log1p(counts * _WORDS / max(words, _WORDS))
