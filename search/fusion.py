"""Meaning and words as one score, and passages pooled to documents.

A convex-style sum: cosine plus a weighted share of BM25 over the query's IDF mass. Both parts depend on the query
and the passage alone, so a filter never changes the order of what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.retrieve import Candidate

# Chosen among 0.1 to 0.4 on the English starter questions, where the neighbours differ by 0.01 nDCG@10.
WORDS_WEIGHT = 0.25
# A document is as good as its best passage, and somewhat as good as its best three together.
BEST_SHARE, TOP = 0.7, 3

Score = Callable[[Candidate], float]


def hybrid(candidate: Candidate) -> float:
    """Meaning and words together."""
    return candidate.cosine + WORDS_WEIGHT * candidate.words


def meaning(candidate: Candidate) -> float:
    """Closeness in meaning alone."""
    return candidate.cosine


def words(candidate: Candidate) -> float:
    """BM25 alone."""
    return candidate.words


def pool(scores: Sequence[float]) -> float:
    """The score of a document from those of its passages, best first."""
    top = scores[:TOP]
    return BEST_SHARE * top[0] + (1 - BEST_SHARE) * sum(top) / len(top)
