"""Meaning and words as one score, and passages pooled to documents.

A convex-style sum: cosine plus a weighted share of BM25 over the question's IDF mass. Both parts depend on the question
and the passage alone, so a filter never changes the order of what is left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.columns import Ints

if TYPE_CHECKING:
    from search.retrieve import Candidates

Floats = npt.NDArray[np.float32]
Score = Callable[["Candidates"], Floats]
# What BM25 per unit of the question's IDF mass weighs beside a cosine, and how much of a document's score is its best
# passage, the rest being the mean of its best three: benchmarks/README.md has the runs that chose them.
WORDS_WEIGHT = 0.35
BEST_SHARE, TOP = 0.85, 3
# In a question of more words each is a smaller share of its mass: for the order, words weigh in proportion more, up to
# so many times. The cut-off is learned on the plain sum.
_USUAL_WORDS, _MOST = 8, 3.0


def words_weight(asked: int) -> float:
    """What words weigh in the order of the answers to a question of so many."""
    return WORDS_WEIGHT * min(max(1.0, asked / _USUAL_WORDS), _MOST)


def together(cosines: Floats, words: Floats) -> Floats:
    """Meaning and words as one score."""
    return np.asarray(cosines + np.float32(WORDS_WEIGHT) * words, dtype=np.float32)


def hybrid(found: Candidates) -> Floats:
    """Meaning and words together."""
    return np.asarray(found.cosines + np.float32(found.weight) * found.words, dtype=np.float32)


def meaning(found: Candidates) -> Floats:
    """Closeness in meaning alone."""
    return found.cosines


def words(found: Candidates) -> Floats:
    """BM25 alone."""
    return found.words


def pool(groups: Ints, scores: Floats) -> tuple[Ints, Floats]:
    """The groups, rising, each with the score that its members make together."""
    if not len(groups):
        return groups, scores
    order = np.lexsort((-scores, groups))
    groups, scores = groups[order], scores[order]
    first = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1])))
    sizes = np.diff(np.append(first, len(groups)))
    place = np.arange(len(groups)) - np.repeat(first, sizes)
    top = np.add.reduceat(np.where(place < TOP, scores, 0), first) / np.minimum(sizes, TOP)
    return groups[first], np.asarray(BEST_SHARE * scores[first] + (1 - BEST_SHARE) * top, dtype=np.float32)
