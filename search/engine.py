"""KnowledgeBase: one opened snapshot that answers questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from corpus import snapshots
from corpus.errors import InvalidInput, NotFound, SnapshotError
from corpus.models import Document
from corpus.taxonomy import load_taxonomy
from corpus.text import clean
from corpus.thesaurus import THESAURUS_FILE, load_thesaurus
from corpus.wording import Many, say
from index import analyzer, columns, multilingual
from index.calibration import Calibration
from index.embedder import QueryEncoder, Vectors, unit
from index.gloss import LANGUAGES
from index.manifest import read_manifest
from index.multilingual import ENGLISH_MODEL
from index.onnx_encoder import OnnxEncoder
from index.spoken import detected, spoken
from index.transformer import SentenceTransformerEmbedder
from index.vectors import VectorIndex
from search import cursors, hits
from search.expand import bridged_share, bridged_text, expand, glossed
from search.facets import facets
from search.filters import Filters, allowed
from search.fusion import Score as Half
from search.fusion import hybrid, meaning
from search.notices import notices_of
from search.query import Query, parse
from search.rank import SORTS, Ranking, browse, ordered, rank, spread_over_cities
from search.results import Citation, FacetValue, Hit, PassageHit, SearchResult
from search.retrieve import Scan
from search.retrieve import Snapshot as Searched

_NEAREST_OFFERED, _NEAREST_LOOKED_AT = 3, 30
_ENCODED_KEPT = 64


@dataclass(frozen=True, slots=True)
class View:
    """Which part of an answer is shown, in which order."""

    limit: int = 10
    cursor: str | None = None
    with_facets: bool = True
    sort: str = SORTS[0]


class KnowledgeBase:
    """One published snapshot, opened for reading; safe to share between threads."""

    def __init__(self, snapshot: snapshots.Snapshot, encoder: QueryEncoder | None = None) -> None:
        self.snapshot = snapshot
        self._given_encoder = encoder
        self.manifest = read_manifest(snapshot.manifest)
        if self.manifest.analyser != analyzer.VERSION:
            raise SnapshotError(f"Snapshot {snapshot.id} was analysed by another release. Run `learncities rebuild`.")
        self.index = VectorIndex.load(snapshot.path)
        # Opened once and kept: a snapshot that is dropped meanwhile still answers those who hold it.
        self.db = snapshot.database()
        self.columns = columns.read(self.db)
        self.calibration = self.manifest.calibrated
        self.calibrations = self.manifest.calibrated_by_language
        thesaurus = snapshot.path / THESAURUS_FILE
        self.thesaurus = load_thesaurus(thesaurus) if thesaurus.is_file() else None
        # Whether questions are widened by other wordings; for measuring what that brings.
        self.expanding = True
        self._searched = Searched(self.db, self.index, self.columns)

    @classmethod
    def open(cls, data: Path, snapshot_id: str | None = None) -> KnowledgeBase:
        """The current snapshot of a data folder, or the named one."""
        return cls(snapshots.open_snapshot(data, snapshot_id))

    @property
    def english(self) -> bool:
        """Whether the model reads English alone."""
        return self.manifest.model_id.startswith(ENGLISH_MODEL)

    @cached_property
    def encoder(self) -> QueryEncoder:
        """What turns questions into vectors: the exported model, or the model itself where it did not export."""
        if self._given_encoder is not None:
            return self._given_encoder
        if self.manifest.encoder == "onnx":
            return OnnxEncoder(self.snapshot.path)
        return SentenceTransformerEmbedder(self.manifest.model_name)

    @cached_property
    def _encode(self) -> Callable[[str], Vectors]:
        """The direction of a text; whoever pages or filters asks the same again."""
        return lru_cache(_ENCODED_KEPT)(self.encoder.encode_query)

    def warm(self) -> None:
        """Load what the first question would have to wait for."""
        self.encoder.encode_query("learning")
        self.understand("where the languages and the names of the field are kept ready")

    def search(
        self,
        typed: str,
        chosen: Filters | None = None,
        *,
        limit: int = 10,
        cursor: str | None = None,
        with_facets: bool = True,
        sort: str = SORTS[0],
    ) -> SearchResult:
        """The answer to a question; an empty one lists everything under the filters."""
        typed = clean(typed)
        query = self.understand(typed)
        scan = None if query.empty else self.scan(query)
        return self._answer(typed, query, scan, chosen or Filters(), View(limit, cursor, with_facets, sort))

    def similar(
        self, document_id: str, chosen: Filters | None = None, *, passage: int | None = None, limit: int = 10
    ) -> SearchResult:
        """The documents nearest in meaning to a document, or to the passage of it that has this number.

        Raises NotFound.
        """
        vector, own = self._vector_of(document_id, passage)
        scan = Scan(self._searched, parse(""), vector, self.calibration)
        without_itself = np.ones(self.columns.documents, dtype=bool)
        without_itself[self.columns.family == self.columns.family[own]] = False
        view = View(limit, with_facets=False)
        return self._answer("", parse(""), scan, chosen or Filters(), view, without_itself)

    def _answer(
        self,
        typed: str,
        query: Query,
        scan: Scan | None,
        chosen: Filters,
        view: View,
        within: columns.Mask | None = None,
    ) -> SearchResult:
        started = time.perf_counter()
        if view.sort not in SORTS:
            raise InvalidInput(say("error.order", name=repr(view.sort[:40]), known=Many(SORTS)))
        state = cursors.State(self.snapshot.id, typed, chosen, view.sort)
        first = cursors.offset_of(view.cursor, state)
        last = first + view.limit
        found = self._ranked(scan, chosen, view.sort, within)
        page = found.page(self.columns, first, last)
        near = self._nearest(scan, query, chosen) if scan and not len(found) else ()
        return SearchResult(
            query=typed,
            snapshot=self.snapshot.id,
            total=len(found),
            total_relation="at_least" if found.found.at_least else "exact",
            hits=tuple(hits.hit(self, entry, query) for entry in page),
            facets=self._facets(scan, chosen, found) if view.with_facets else {},
            notices=tuple(
                notices_of(self, query, chosen, len(found), near, lambda left: len(self._ranked(scan, left)))
            ),
            nearest=near,
            expansions=query.widened,
            attribution=self._attribution(query),
            next_cursor=cursors.make(last, state) if last < len(found) else None,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def ranking(self, typed: str, half: Half | None = None) -> list[str]:
        """Document ids, best first, for evaluation: one half alone without cut-offs, or what a user is given."""
        query = self.understand(typed)
        if query.empty:
            return self.ids(self._ranked(None, Filters()))
        scan = self.scan(query)
        return self.ids(self._ranked(scan, Filters()) if half is None else rank(self.columns, scan.uncut(), half))

    def whole(self, query: Query, chosen: Filters) -> Ranking:
        """All that a question finds, in order of relevance, not spread over cities: for exports."""
        scan = None if query.empty else self.scan(query)
        return self._found(scan, allowed(self.columns, chosen))

    def understand(self, typed: str) -> Query:
        """The question with its language, and its prefixes as the terms that begin so."""
        query = parse(typed)
        told = detected(query.text)
        language = (spoken(query.text) if self.english else None) or told
        query = parse(typed, language) if language else query
        if self.expanding and not query.empty:
            found = expand(query.text, told, load_taxonomy(), self.thesaurus)
            if self.english and language in LANGUAGES:
                if not any(expansion.bridge for expansion in found):  # a name that English has too: Lisboa
                    found = expand(query.text, language, load_taxonomy(), self.thesaurus)
                found = glossed(query.text, language, found)
            query = replace(query, expansions=found)
        return query.completed(self._searched.postings.beginning)

    def scan(self, query: Query, vector: Vectors | None = None) -> Scan:
        """Both scans of a question that is not empty; its vector need not be made again where it is at hand."""
        return Scan(self._searched, query, self._vector(query) if vector is None else vector, self.meaning_of(query))

    def meaning_of(self, query: Query) -> Calibration | None:
        """What scores and cosines mean for a question, by its language; None where that was never learned."""
        return self.calibrations.get(query.language or "", self.calibration)

    def position_of(self, document_id: str) -> int:
        """Where a document stands among the columns. Raises NotFound."""
        row = self.db.execute("SELECT rowid FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise NotFound(say("error.document", id=repr(document_id[:100]), snapshot=self.snapshot.id))
        return int(np.searchsorted(self.columns.rowids, row[0]))

    def ids(self, ranking: Ranking) -> list[str]:
        """The ids of ranked documents, in their order."""
        known = dict(self.db.execute("SELECT rowid, id FROM documents").fetchall())
        return [known[rowid] for rowid in self.columns.rowids[ranking.documents].tolist()]

    def holds(self, document_id: str) -> bool:
        """Whether there is a document of this id."""
        return self.db.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None

    def document(self, document_id: str) -> tuple[Document, list[PassageHit], Citation]:
        """A document with the passages that may be shown of it. Raises NotFound."""
        return hits.whole_document(self, document_id)

    def document_at(self, rowid: int) -> Document:
        """The document of a row of this snapshot, without its text."""
        return hits.head(self.db, rowid)

    def _vector(self, query: Query) -> Vectors:
        """The question's direction; where the model reads English alone, with its English reading beside it."""
        reading = bridged_text(query.text, query.expansions)
        if self.english and query.language in LANGUAGES:
            found = multilingual.vectors([query.text], [reading or ""], query.language, self._encoded)
            return np.asarray(found[0], dtype=np.float32)
        vector = self._encode(query.text)
        if not self.english or not reading:
            return vector
        share = bridged_share(query.text, query.expansions)
        mixed = (1 - share) * vector + share * self._encode(reading)
        return unit(np.asarray(mixed, dtype=np.float32))

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._encode(text) for text in texts])

    def _vector_of(self, document_id: str, passage: int | None) -> tuple[Vectors, int]:
        """The mean direction of a document's passages or that of one of them, and the document's position."""
        sql = "SELECT p.rowid, d.rowid FROM passages p JOIN documents d ON d.rowid = p.document WHERE d.id = ?"
        rows = self.db.execute(sql + " AND (? IS NULL OR p.ordinal = ?)", (document_id, passage, passage)).fetchall()
        if not rows:
            what = f"document {document_id[:100]!r}" + ("" if passage is None else f" with a passage {passage}")
            raise NotFound(f"There is no {what} here (snapshot {self.snapshot.id}).")
        mean = self.index.vectors_of(np.array([row[0] for row in rows], dtype=np.int64)).mean(axis=0)
        return unit(mean), int(np.searchsorted(self.columns.rowids, rows[0][1]))

    def _attribution(self, query: Query) -> str | None:
        """Whom a widened question owes its wordings to, where they come from an imported thesaurus."""
        owed = self.thesaurus is not None and any(e.source == "thesaurus" for e in query.widened)
        return self.thesaurus.attribution if owed and self.thesaurus else None

    def _ranked(
        self, scan: Scan | None, chosen: Filters, sort: str = SORTS[0], within: columns.Mask | None = None
    ) -> Ranking:
        """What a user is given: in the order asked for, and spread over cities where that order is relevance."""
        may = allowed(self.columns, chosen)
        found = self._found(scan, may if within is None else within if may is None else may & within)
        if sort != SORTS[0]:
            return ordered(self.columns, found, sort)
        return found if scan is None or chosen.by_place else spread_over_cities(self.columns, found)

    def _found(self, scan: Scan | None, may: columns.Mask | None) -> Ranking:
        if scan is None:
            everything = np.arange(self.columns.documents, dtype=np.int32)
            return browse(self.columns, everything if may is None else everything[may])
        return rank(self.columns, scan.candidates(may), hybrid)

    def _facets(self, scan: Scan | None, chosen: Filters, found: Ranking) -> dict[str, list[FacetValue]]:
        return facets(self.columns, found, chosen, lambda group: self._ranked(scan, chosen.without(group)))

    def _nearest(self, scan: Scan, query: Query, chosen: Filters) -> tuple[Hit, ...]:
        near = scan.nearest(allowed(self.columns, chosen), _NEAREST_LOOKED_AT)
        ranking = rank(self.columns, near, meaning)
        return tuple(hits.hit(self, entry, query) for entry in ranking.page(self.columns, 0, _NEAREST_OFFERED))
