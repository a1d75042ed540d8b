"""ONE candidate set: passages that share enough of the query's words, or are close enough in meaning.

Filters act inside both scans. Hits, totals, facets and pages all come from this set.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index import fulltext
from index.embedder import Vectors
from index.vectors import RowIds, VectorIndex
from search.query import Query

# How many passages the scan by meaning returns; where it returns that many, totals say "at least".
MEANING_LIMIT = 2000
WORDS_LIMIT = 5000
# Cosine from which a passage counts as close in meaning, for the bundled model (see benchmarks/README.md).
MEANING_CUTOFF = 0.27
# Share of the query's IDF mass that a passage's words must cover to be found by words alone.
WORD_COVERAGE = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer: closeness in meaning, and BM25 in units of the query's IDF mass."""

    rowid: int
    cosine: float
    words: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The set, in no order, and whether the scan by meaning was full."""

    passages: tuple[Candidate, ...]
    at_least: bool


@dataclass(frozen=True, slots=True)
class Weighted:
    """A query term's IDF and the passages that hold it."""

    idf: float
    rowids: frozenset[int]


def weigh(db: sqlite3.Connection, query: Query, total: int) -> list[Weighted]:
    """The query's terms with their IDF (the non-negative form of BM25) over all passages of the snapshot."""
    found = []
    for term in query.terms:
        rowids = fulltext.holding(db, term)
        idf = math.log(1 + (total - len(rowids) + 0.5) / (len(rowids) + 0.5))
        found.append(Weighted(idf, frozenset(rowids)))
    return found


def candidates(
    db: sqlite3.Connection, index: VectorIndex, query: Query, vector: Vectors, allowed: RowIds | None
) -> Candidates:
    """All passages that pass by words or by meaning, phrases and exclusions respected."""
    terms = weigh(db, query, len(index))
    mass = sum(term.idf for term in terms) or 1.0
    may = _may(db, query, allowed)
    near = index.search(vector, MEANING_LIMIT, allowed)
    cosines = {rowid: cosine for rowid, cosine in near if may is None or rowid in may}
    scores = {r: s / mass for r, s in fulltext.ranked(db, query.terms, WORDS_LIMIT) if may is None or r in may}
    covered = {rowid: sum(term.idf for term in terms if rowid in term.rowids) for rowid in scores}
    by_words = {rowid for rowid, weight in covered.items() if weight >= WORD_COVERAGE * mass}
    by_meaning = {rowid for rowid, cosine in cosines.items() if cosine >= MEANING_CUTOFF}
    chosen = sorted(by_words | by_meaning | (may or set() if query.phrases else set()))
    cosines |= _missing_cosines(index, vector, [rowid for rowid in chosen if rowid not in cosines])
    full = len(near) >= MEANING_LIMIT and near[-1][1] >= MEANING_CUTOFF
    return Candidates(tuple(Candidate(r, cosines[r], scores.get(r, 0.0)) for r in chosen), at_least=full)


def nearest(index: VectorIndex, vector: Vectors, allowed: RowIds | None, limit: int) -> list[Candidate]:
    """The passages nearest in meaning, whatever their distance: what is offered when there are no candidates."""
    return [Candidate(rowid, cosine, 0.0) for rowid, cosine in index.search(vector, limit, allowed)]


def uncut(db: sqlite3.Connection, index: VectorIndex, query: Query, vector: Vectors) -> list[Candidate]:
    """Every passage that either scan reaches, with both scores and no cut-off: for evaluating one half alone."""
    mass = sum(term.idf for term in weigh(db, query, len(index))) or 1.0
    scores = {rowid: score / mass for rowid, score in fulltext.ranked(db, query.terms, WORDS_LIMIT)}
    cosines = dict(index.search(vector, MEANING_LIMIT))
    cosines |= _missing_cosines(index, vector, [rowid for rowid in scores if rowid not in cosines])
    return [Candidate(rowid, cosine, scores.get(rowid, 0.0)) for rowid, cosine in cosines.items()]


def _may(db: sqlite3.Connection, query: Query, allowed: RowIds | None) -> set[int] | None:
    """Passages that filters, phrases and exclusions leave; None means all."""
    may = None if allowed is None else set(allowed.tolist())
    for phrase in query.phrases:
        holders = fulltext.phrase(db, phrase)
        may = holders if may is None else may & holders
    for phrase in query.excluded:
        # An excluded word takes the whole document out: a reader who said no does not want its other pages.
        marks = fulltext.phrase(db, phrase)
        may = _without_documents(db, marks, may)
    return may


def _without_documents(db: sqlite3.Connection, marked: set[int], may: set[int] | None) -> set[int]:
    rows = db.execute("SELECT rowid, document FROM passages").fetchall()
    gone = {document for rowid, document in rows if rowid in marked}
    return {rowid for rowid, document in rows if document not in gone and (may is None or rowid in may)}


def _missing_cosines(index: VectorIndex, vector: Vectors, rowids: Sequence[int]) -> dict[int, float]:
    if not rowids:
        return {}
    vectors = index.vectors_of(np.array(rowids, dtype=np.int64))
    return dict(zip(rowids, (float(value) for value in vectors @ vector), strict=True))
