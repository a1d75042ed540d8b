"""The words and phrases of many terms, found in a text through the analyser of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

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
            for phrase in phrases:
                self._of[tuple(token.term for token in tokens(phrase, "en"))].add(term)
        # The phrases that begin with a word, as lengths: most words of a text begin none.
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in self._of:
            self._lengths[phrase[0]].add(len(phrase))

    def counts(self, text: str) -> tuple[npt.NDArray[np.float64], int]:
        """How much of each term's words a text has, and how many words it has in all."""
        found = list(tokens(text, "en"))
        counts = np.zeros(self.terms)
        for start, end in self._matches(found):
            holders = self._of[tuple(token.term for token in found[start:end])]
            counts[list(holders)] += (_PHRASE if end - start > 1 else 1) / len(holders)
        return counts, len(found)

    def places(self, text: str, term: int) -> list[int]:
        """Where in a text the words of a term begin."""
        found = list(tokens(text, "en"))
        return [
            found[start].start
            for start, end in self._matches(found)
            if term in self._of[tuple(token.term for token in found[start:end])]
        ]

    def _matches(self, found: Sequence[Token]) -> list[tuple[int, int]]:
        words = [token.term for token in found]
        return [
            (start, start + length)
            for start in range(len(words))
            for length in self._lengths.get(words[start], ())
            if tuple(words[start : start + length]) in self._of
        ]


def density(counts: npt.NDArray[np.float64], words: int) -> npt.NDArray[np.float64]:
    """Counts as they would be in a text of a hundred words, on a scale where each further one says less."""
    return np.log1p(counts * _WORDS / max(words, _WORDS))
