"""ONE candidate set: passages that share enough of the question's words, or are close enough in meaning.

Filters act inside both scans. Hits, totals, facets and pages all come from this set.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from index import fulltext
from index.calibration import Calibration
from index.columns import Columns, Mask
from index.embedder import Vectors
from index.postings import Posting, Postings
from index.vectors import Positions, VectorIndex
from search.expand import Expansion
from search.query import Query, Word

Floats = npt.NDArray[np.float32]
# How many passages each scan gives; where one gives that many, totals say "at least".
LIMIT = 2000
# Share of the question's IDF mass that a passage's words must cover to be found by words alone.
WORD_COVERAGE = 0.5


@dataclass(frozen=True, slots=True)
class Candidates:
    """The set by rising position: closeness in meaning, BM25 in units of the question's IDF mass, both by passage.

    `at_least`: a scan was full, there may be more.
    """

    positions: Positions
    cosines: Floats
    words: Floats
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word of a question, or another wording for it: its IDF, where it is held, and whether it was asked for."""

    idf: float
    posting: Posting
    asked: bool


class Snapshot:
    """What a scan reads of a snapshot: its vectors, its words and its columns."""

    def __init__(self, db: sqlite3.Connection, index: VectorIndex, columns: Columns) -> None:
        self.db, self.index, self.columns = db, index, columns
        self.postings = Postings(db, len(index))


class Scan:
    """One question over one snapshot: what both indexes say of it, worked out once for all sets of filters."""

    def __init__(
        self, snapshot: Snapshot, query: Query, vector: Vectors, calibration: Calibration | None = None
    ) -> None:
        self._snapshot, self.query, self._vector = snapshot, query, vector
        self._cutoff = -1.0 if calibration is None else calibration.cutoff

    def candidates(self, allowed: Mask | None = None) -> Candidates:
        """The passages of allowed documents that pass by words or by meaning, phrases and exclusions respected."""
        may = self._may(allowed)
        near, cosines = self._near(may)
        near_enough = cosines >= self._cutoff
        full = len(near) == LIMIT and bool(near_enough[-1])
        by_words, words_full = self._by_words(may)
        chosen = np.union1d(near[near_enough], by_words)
        if self.query.phrases and may is not None:  # who quotes wants what holds the words, however far in meaning
            chosen = np.union1d(chosen, np.flatnonzero(may)[:LIMIT])
        return self._scored(chosen, near, cosines, full or words_full)

    def nearest(self, allowed: Mask | None, limit: int) -> Candidates:
        """The passages nearest in meaning, whatever their distance: what is offered when there are no candidates."""
        near, cosines = self._snapshot.index.search(self._vector, limit, _both(self._inside(allowed), self._kept))
        return self._scored(np.sort(near), near, cosines)

    def uncut(self) -> Candidates:
        """Every passage that either scan reaches, with both scores and no cut-off: for evaluating one half alone."""
        near, cosines = self._everything
        best = np.argsort(-self._words, kind="stable")[:LIMIT]
        return self._scored(np.union1d(near, best[self._words[best] > 0]), near, cosines)

    def _scored(self, chosen: Positions, near: Positions, cosines: Floats, full: bool = False) -> Candidates:
        known = np.full(len(chosen), np.nan, dtype=np.float32)
        places = np.searchsorted(chosen, near)
        inside = places < len(chosen)
        inside[inside] = chosen[places[inside]] == near[inside]
        known[places[inside]] = cosines[inside]
        missing = np.isnan(known)
        known[missing] = self._snapshot.index.cosines(self._vector, chosen[missing])
        return Candidates(chosen, known, self._words[chosen], full)

    @cached_property
    def _everything(self) -> tuple[Positions, Floats]:
        return self._snapshot.index.search(self._vector, LIMIT)

    def _near(self, may: Mask | None) -> tuple[Positions, Floats]:
        """The scan by meaning; where it reached all that is near, filters need no other."""
        near, cosines = self._everything
        if may is None:
            return near, cosines
        if len(near) < LIMIT or cosines[-1] < self._cutoff:
            return near[may[near]], cosines[may[near]]
        return self._snapshot.index.search(self._vector, LIMIT, may)

    def _by_words(self, may: Mask | None) -> tuple[Positions, bool]:
        enough = self._covered >= WORD_COVERAGE * self._mass if self._mass else self._covered > 0
        found = np.flatnonzero(enough if may is None else enough & may)
        if len(found) <= LIMIT:
            return found, False
        best = np.argsort(-self._words[found], kind="stable")[:LIMIT]
        return found[best], True

    @cached_property
    def _mass(self) -> float:
        """The IDF of all that the question asks for: of its words, and of the wordings that stand for foreign ones."""
        return float(sum(part.idf for part in self._weighed if part.asked))

    @cached_property
    def _weighed(self) -> list[Weighed]:
        """The question's words and their other wordings, each with its IDF and where it is held."""
        foreign = [e for e in self.query.expansions if e.bridge and e.terms]
        own = [w for w in self.query.words if not any(e.start <= w.start < e.end for e in foreign)]
        postings = [self._held(word) for word in own]
        found = [Weighed(p.idf(self._snapshot.postings.total), p, asked=True) for p in postings]
        return found + [self._wording(expansion) for expansion in self.query.widened]

    def _wording(self, expansion: Expansion) -> Weighed:
        """An expansion as one word: held where all terms of one of its wordings are, at the best of their scores."""
        best = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        idfs = []
        for wording in expansion.terms:
            idf, scores = self._together(wording)
            idfs.append(idf)
            best = np.maximum(best, scores)
        passages = np.flatnonzero(best)
        idf = expansion.weight * idfs[0]
        weights = best[passages] * np.float32(expansion.weight / idf if idf else 0)
        return Weighed(idf, Posting(passages.astype(np.int32), weights), asked=expansion.bridge)

    def _together(self, wording: tuple[str, ...]) -> tuple[float, Floats]:
        """The IDF of a wording's terms, and the BM25 of every passage that holds them all."""
        scores = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        held = np.zeros(self._snapshot.postings.total, dtype=np.int32)
        mass = 0.0
        for term in (terms := dict.fromkeys(wording)):
            posting = self._snapshot.postings.find(term)
            idf = posting.idf(self._snapshot.postings.total)
            mass += idf
            scores[posting.passages] += np.float32(idf) * posting.weights
            held[posting.passages] += 1
        scores[held < len(terms)] = 0
        return mass, scores

    def _held(self, word: Word) -> Posting:
        """Where any of the word's terms is held, with the best of their weights."""
        found = [self._snapshot.postings.find(term) for term in word.terms]
        if len(found) == 1:
            return found[0]
        best = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        for posting in found:
            best[posting.passages] = np.maximum(best[posting.passages], posting.weights)
        passages = np.flatnonzero(best)
        return Posting(passages.astype(np.int32), best[passages])

    @cached_property
    def _words(self) -> Floats:
        """BM25 of every passage, in units of the question's IDF mass."""
        scores = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        for part in self._weighed if self._mass else ():
            scores[part.posting.passages] += np.float32(part.idf / self._mass) * part.posting.weights
        return scores

    @cached_property
    def _covered(self) -> Floats:
        """How much of the question's IDF mass every passage covers."""
        covered = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        for part in self._weighed:
            covered[part.posting.passages] += np.float32(part.idf)
        return covered

    def _may(self, allowed: Mask | None) -> Mask | None:
        """The passages that filters, phrases and exclusions leave; None means all."""
        return _both(self._inside(allowed), _both(self._kept, self._quoted))

    def _inside(self, allowed: Mask | None) -> Mask | None:
        """The passages of allowed documents."""
        return None if allowed is None else allowed[self._snapshot.columns.document]

    @cached_property
    def _quoted(self) -> Mask | None:
        """The passages that hold all phrases."""
        masks = [self._holding(phrase) for phrase in self.query.phrases]
        return np.logical_and.reduce(masks) if masks else None

    @cached_property
    def _kept(self) -> Mask | None:
        """The passages of documents that hold nothing excluded: who said no does not want their other pages."""
        document = self._snapshot.columns.document
        masks = [~np.isin(document, document[self._holding(phrase)]) for phrase in self.query.excluded]
        return np.logical_and.reduce(masks) if masks else None

    def _holding(self, phrase: tuple[str, ...]) -> Mask:
        mask = np.zeros(self._snapshot.postings.total, dtype=bool)
        mask[self._snapshot.index.positions(fulltext.phrase(self._snapshot.db, phrase))] = True
        return mask


def _both(one: Mask | None, other: Mask | None) -> Mask | None:
    """What both masks leave; None leaves all."""
    return other if one is None else one if other is None else one & other
