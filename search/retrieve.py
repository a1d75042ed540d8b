"""ONE candidate set: the passages whose meaning and words together reach the cut-off of the model's calibration.

Far in meaning and sharing a common word or two is not enough; close in meaning is, and so is sharing what is rare.
Filters act inside both scans. Hits, totals, facets and pages all come from this set.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from index import fulltext
from index.calibration import Calibration
from index.columns import Columns, Mask
from index.embedder import Vectors
from index.postings import Posting, Postings
from index.vectors import Positions, VectorIndex
from search.expand import Expansion
from search.fusion import WORDS_WEIGHT, Floats, together, words_weight
from search.query import Query, Word

# How many passages each scan gives; where one gives that many, totals say "at least".
LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Candidates:
    """The set by rising position: closeness in meaning, BM25 in units of the question's IDF mass, both by passage.

    `at_least`: a scan was full, there may be more. `weight`: what words weigh beside meaning in their order.
    """

    positions: Positions
    cosines: Floats
    words: Floats
    at_least: bool = False
    weight: float = WORDS_WEIGHT


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
        self._cutoff, self._answer = (calibration.cutoff, calibration.answer) if calibration else (-1.0, -1.0)

    def candidates(self, allowed: Mask | None = None) -> Candidates:
        """The passages of allowed documents that reach the cut-off, phrases and exclusions respected.

        None where no passage of the whole snapshot is good enough for an answer: filters never make one.
        """
        may = self._may(allowed)
        found = self._whole if may is None else self._reaching(self._cutoff, may)
        if self.query.phrases or self._answered:
            return found
        return replace(found, positions=found.positions[:0], cosines=found.cosines[:0], words=found.words[:0])

    @cached_property
    def _whole(self) -> Candidates:
        return self._reaching(self._cutoff, None)

    @cached_property
    def _answered(self) -> bool:
        return bool(np.any(together(self._whole.cosines, self._whole.words) >= self._answer))

    def _reaching(self, cutoff: float, may: Mask | None) -> Candidates:
        near, cosines = self._near(may)
        # Beyond a full scan nothing is closer than its last: there, words must make up for the rest.
        full = len(near) == LIMIT
        needed = (cutoff - float(cosines[-1])) / WORDS_WEIGHT if full else 0.0
        by_words, words_full = self._by_words(may, max(needed, 0.0))
        found = self._scored(np.union1d(near, by_words), near, cosines)
        reached = together(found.cosines, found.words) >= cutoff
        if self.query.phrases:  # who quotes wants what holds the words, however far in meaning
            reached |= self.words[found.positions] > 0
        return Candidates(
            found.positions[reached], found.cosines[reached], found.words[reached],
            at_least=words_full or (full and bool(cosines[-1] >= cutoff)), weight=self._weight,
        )  # fmt: skip

    def nearest(self, allowed: Mask | None, limit: int) -> Candidates:
        """The passages nearest in meaning, whatever their distance: what is offered when there are no candidates."""
        may, (near, cosines) = _both(self._inside(allowed), self._kept), self._everything
        if may is not None:
            near, cosines = near[may[near]], cosines[may[near]]
        if len(near) < limit:
            near, cosines = self._snapshot.index.search(self._vector, limit, may)
        return self._scored(np.sort(near[:limit]), near[:limit], cosines[:limit])

    def uncut(self) -> Candidates:
        """Every passage that either scan reaches, with both scores and no cut-off: for evaluating one half alone."""
        near, cosines = self._everything
        best = _best(self.words, LIMIT)
        return self._scored(np.union1d(near, best[self.words[best] > 0]), near, cosines)

    def _scored(self, chosen: Positions, near: Positions, cosines: Floats) -> Candidates:
        known = np.full(len(chosen), np.nan, dtype=np.float32)
        places = np.searchsorted(chosen, near)
        inside = places < len(chosen)
        inside[inside] = chosen[places[inside]] == near[inside]
        known[places[inside]] = cosines[inside]
        missing = np.isnan(known)
        known[missing] = self._snapshot.index.cosines(self._vector, chosen[missing])
        return Candidates(chosen, known, self.words[chosen], weight=self._weight)

    @cached_property
    def _weight(self) -> float:
        return words_weight(len(self.query.words))

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

    def _by_words(self, may: Mask | None, needed: float) -> tuple[Positions, bool]:
        """The passages that share that much of the question's words, the best where there are too many."""
        enough = (self.words >= needed) & (self.words > 0)
        found = np.flatnonzero(enough if may is None else enough & may)
        if len(found) <= LIMIT:
            return found, False
        return found[_best(self.words[found], LIMIT)], needed > 0

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
        """An expansion as one word: held where all terms of one of its wordings are, at the best of their scores.

        Foreign words stand for themselves in it, too: in documents of their own language.
        """
        best = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        idfs = []
        for wording in expansion.terms:
            idf, scores = self._together(wording)
            idfs.append(idf)
            best = np.maximum(best, scores)
        best *= np.float32(expansion.weight)
        idf = expansion.weight * idfs[0]
        if expansion.bridge and (own := self._own(expansion)) is not None:
            best = np.maximum(best, own[1])
            idf = min(idf, own[0])
        passages = np.flatnonzero(best)
        return Weighed(idf, Posting(passages.astype(np.int32), best[passages] / np.float32(idf or 1)), expansion.bridge)

    def _own(self, expansion: Expansion) -> tuple[float, Floats] | None:
        """The IDF of the user's own words in an expansion, and the BM25 of every passage; None where none is held."""
        inside = [word for word in self.query.words if expansion.start <= word.start < expansion.end]
        mass, scores = self._summed([self._held(word) for word in inside])
        return (mass, scores) if scores.any() else None

    def _together(self, wording: tuple[str, ...]) -> tuple[float, Floats]:
        """The IDF of a wording's terms, and the BM25 of every passage that holds them all."""
        postings = [self._snapshot.postings.find(term) for term in dict.fromkeys(wording)]
        mass, scores = self._summed(postings)
        held = np.zeros(len(scores), dtype=np.int32)
        for posting in postings:
            held[posting.passages] += 1
        scores[held < len(postings)] = 0
        return mass, scores

    def _summed(self, postings: Sequence[Posting]) -> tuple[float, Floats]:
        """The IDF of these postings together, and the BM25 of every passage."""
        scores = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        mass = 0.0
        for posting in postings:
            idf = posting.idf(self._snapshot.postings.total)
            mass += idf
            scores[posting.passages] += np.float32(idf) * posting.weights
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
    def words(self) -> Floats:
        """BM25 of every passage, in units of the question's IDF mass."""
        scores = np.zeros(self._snapshot.postings.total, dtype=np.float32)
        for part in self._weighed if self._mass else ():
            scores[part.posting.passages] += np.float32(part.idf / self._mass) * part.posting.weights
        return scores

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


def _best(values: Floats, number: int) -> Positions:
    """Where the highest of `values` are, by rising position; of equal ones the first."""
    if len(values) <= number:
        return np.arange(len(values))
    last = np.partition(values, -number)[-number]
    equal = np.flatnonzero(values == last)
    chosen = values > last
    chosen[equal[: number - np.count_nonzero(chosen)]] = True
    return np.flatnonzero(chosen)
