"""Meaning and words as one score, and passages pooled to documents.

A convex-style sum: cosine plus a weighted share of BM25 over the question's IDF mass. Both parts depend on the question
and the passage alone, so a filter never changes the order of what is left.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.columns import Ints
from search.retrieve import Candidates, Floats

# Chosen among 0.1 to 0.4 on the English starter questions, where the neighbours differ by 0.01 nDCG@10.
WORDS_WEIGHT = 0.3
# A document is as good as its best passage, and somewhat as good as its best three together.
BEST_SHARE, TOP = 0.85, 3

Score = Callable[[Candidates], Floats]


def hybrid(found: Candidates) -> Floats:
    """Meaning and words together."""
    return np.asarray(found.cosines + WORDS_WEIGHT * found.words, dtype=np.float32)


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
