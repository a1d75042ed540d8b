"""Word alignment: fast_align's model in both directions, and the lexicon that both agree on.

Dyer, Chahuneau and Smith (2013), "A Simple, Fast, and Effective Reparameterization of IBM Model 2": a word comes from a
word near its own place in the other sentence. Agreement as in Liang, Taskar and Klein (2006), by the product of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma

Ints = npt.NDArray[np.int32]
Reals = npt.NDArray[np.float32]
# As published: tension of the diagonal, share of words that come from nowhere, strength of the sparse prior.
_TENSION, _NOWHERE, _PRIOR = 4.0, 0.08, 0.01
_ROUNDS = 6
# A link less likely than this adds nothing.
_LEAST = 0.01
# Longer sentences cost the square of their length and align badly.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Links:
    """Every pair of words that stand in one pair of sentences: which two, in which sentence position, how far apart."""

    cells: Ints  # number of the pair of words, among those that ever meet
    own: Ints  # number of the word of the other language, counted over the whole text
    english: Ints  # the same of the English word
    near: Reals
    first: Ints  # of each cell its word of the other language
    second: Ints  # and its English word


@dataclass(frozen=True, slots=True)
class Aligned:
    """A word of the other language, an English word, and how often the first is likely to mean the second."""

    own: str
    english: str
    times: float


def align(
    sentences: Sequence[tuple[Sequence[str], Sequence[str]]], written: Sequence[Sequence[str]]
) -> tuple[list[Aligned], list[Aligned]]:
    """What the words of the first sides mean, from pairs of sentences; and what these words mean as `written`."""
    kept = [at for at, pair in enumerate(sentences) if all(0 < len(side) <= _LONGEST for side in pair)]
    owns, others = (_Numbered([sentences[at][side] for at in kept]) for side in (0, 1))
    links = _links(owns, others)
    there = _posteriors(links.cells, links.own, links.near, links.first, links.second, owns.words)
    back = _posteriors(links.cells, links.english, links.near, links.second, links.first, others.words)
    both = there * back
    sure = np.flatnonzero(both > _LEAST)
    places, english = links.own[sure], others.words[links.english[sure]]
    forms = _Numbered([written[at] for at in kept])
    return _summed(owns, places, others, english, both[sure]), _summed(forms, places, others, english, both[sure])


def _summed(owns: _Numbered, places: Ints, others: _Numbered, english: Ints, times: Reals) -> list[Aligned]:
    """How often each word is likely to mean each English word, from single links."""
    pairs = owns.words[places].astype(np.int64) * len(others.names) + english
    unique, cells = np.unique(pairs, return_inverse=True)
    found = zip(unique.tolist(), np.bincount(cells, times).tolist(), strict=True)
    return [
        Aligned(owns.names[pair // len(others.names)], others.names[pair % len(others.names)], total)
        for pair, total in found
    ]


class _Numbered:
    """Sentences as numbers of words, one after the other."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        counted = Counter(word for sentence in sentences for word in sentence)
        self.names = list(counted)
        numbers = {name: number for number, name in enumerate(self.names)}
        self.words = np.array([numbers[word] for sentence in sentences for word in sentence], dtype=np.int32)
        self.lengths = np.array([len(sentence) for sentence in sentences], dtype=np.int64)
        self.starts = np.cumsum(self.lengths) - self.lengths


def _links(owns: _Numbered, others: _Numbered) -> Links:
    sizes = owns.lengths * others.lengths
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    at = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    i, j = np.divmod(at, others.lengths[sentence])
    n, m = owns.lengths[sentence], others.lengths[sentence]
    near = np.exp(-_TENSION * np.abs((i + 0.5) / n - (j + 0.5) / m)).astype(np.float32)
    own, english = (owns.starts[sentence] + i).astype(np.int32), (others.starts[sentence] + j).astype(np.int32)
    pairs = owns.words[own].astype(np.int64) * len(others.names) + others.words[english]
    unique, cells = np.unique(pairs, return_inverse=True)
    first, second = np.divmod(unique, len(others.names))
    return Links(cells.astype(np.int32), own, english, near, first.astype(np.int32), second.astype(np.int32))


def _posteriors(cells: Ints, place: Ints, near: Reals, made: Ints, maker: Ints, words: Ints) -> Reals:
    """How likely each link is when every word at a `place` was made by one word of the other side or by none.

    `made` and `maker` are the two words of each cell, `words` the word at each place.
    """
    near = near * np.float32(1 - _NOWHERE) / np.bincount(place, near, len(words)).astype(np.float32)[place]
    frequency = np.bincount(words) / len(words)
    nowhere = (_NOWHERE * frequency[words]).astype(np.float32)
    table = np.full(len(made), 1 / len(frequency), dtype=np.float32)
    vocabulary = len(frequency)
    for _ in range(_ROUNDS):
        scores = table[cells] * near
        total = np.bincount(place, scores, len(words)).astype(np.float32) + nowhere
        posteriors: Reals = scores / total[place]
        counts = np.bincount(cells, posteriors, len(made)) + _PRIOR
        sums = np.bincount(maker, counts) + _PRIOR * vocabulary
        table = np.exp(digamma(counts) - digamma(sums)[maker]).astype(np.float32)
    return posteriors
