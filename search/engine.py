"""KnowledgeBase: one opened snapshot that answers questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from corpus import snapshots
from corpus.errors import NotFound, SnapshotError
from corpus.models import Document, Passage
from corpus.rows import document_from, passage_from
from corpus.text import clean, detect_language
from index import analyzer
from index.embedder import QueryEncoder, Vectors
from index.manifest import read_manifest
from index.onnx_encoder import OnnxQueryEncoder
from index.transformer import ENGLISH_MODEL, SentenceTransformerEmbedder
from index.vectors import VectorIndex
from search import cursors, filters
from search.explain import highlights, why
from search.facets import facets
from search.filters import Filters
from search.fusion import Score as Half
from search.fusion import hybrid
from search.query import Query, parse
from search.rank import CITY_REACH, Ranked, cities_of, ids_of, rank, spread
from search.results import Citation, FacetValue, Hit, PassageHit, SearchResult, cite, may_show, page_url
from search.retrieve import candidates, nearest, uncut

PASSAGES_PER_HIT = 3
_NEAREST_OFFERED = 3


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

    @classmethod
    def open(cls, data: Path, snapshot_id: str | None = None) -> KnowledgeBase:
        """The current snapshot of a data folder, or the named one."""
        return cls(snapshots.open_snapshot(data, snapshot_id))

    @cached_property
    def encoder(self) -> QueryEncoder:
        """What turns questions into vectors: the exported model, or the model itself where it did not export."""
        if self._given_encoder is not None:
            return self._given_encoder
        if self.manifest.encoder == "onnx":
            return OnnxQueryEncoder(self.snapshot.path)
        return SentenceTransformerEmbedder(self.manifest.model_name)

    def warm(self) -> None:
        """Load what the first question would have to wait for."""
        _ = self.encoder

    def search(
        self,
        typed: str,
        chosen: Filters | None = None,
        *,
        limit: int = 10,
        cursor: str | None = None,
        with_facets: bool = True,
    ) -> SearchResult:
        """The answer to a question; an empty one lists everything under the filters."""
        started = time.perf_counter()
        typed, chosen = clean(typed), chosen or Filters()
        query = parse(typed)
        offset = cursors.offset_of(cursor, self.snapshot.id, typed, chosen)
        vector = self._vector(query)
        ranked, at_least = self._find(query, vector, chosen)
        page = ranked[offset : offset + limit]
        counts = self._facets(query, vector, chosen, ranked) if with_facets else {}
        near = self._nearest(query, vector, chosen) if not ranked and vector is not None else ()
        return SearchResult(
            query=typed,
            snapshot=self.snapshot.id,
            total=len(ranked),
            total_relation="at_least" if at_least else "exact",
            hits=tuple(self.hit(entry, query) for entry in page),
            facets=counts,
            notices=(*_notices(ranked, near, chosen, query), *self._language_notice(query)),
            nearest=near,
            next_cursor=cursors.make(offset + limit, self.snapshot.id, typed, chosen)
            if offset + limit < len(ranked)
            else None,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def ranking(self, typed: str, half: Half | None = None) -> list[str]:
        """Document ids, best first, for evaluation: one half alone without cut-offs, or what a user is given."""
        query = parse(typed)
        vector = self._vector(query)
        if half is None or vector is None:
            ranked, _ = self._find(query, vector, Filters())
        else:
            ranked = rank(self.db, uncut(self.db, self.index, query, vector), half)
        return self.ids([entry.document for entry in ranked])

    def holds(self, document_id: str) -> bool:
        """Whether there is a document of this id."""
        return self.db.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None

    def ids(self, rowids: Sequence[int]) -> list[str]:
        """Document ids of these rows, in their order."""
        known = ids_of(self.db, rowids)
        return [known[rowid] for rowid in rowids]

    def _vector(self, query: Query) -> Vectors | None:
        """The question's vector, made once for all that needs it; None for an empty question."""
        return None if query.empty else self.encoder.encode_query(query.text)

    def _find(self, query: Query, vector: Vectors | None, chosen: Filters) -> tuple[list[Ranked], bool]:
        if vector is None:
            return self._browse(chosen), False
        allowed = filters.allowed_passages(self.db, chosen)
        found = candidates(self.db, self.index, query, vector, allowed)
        ranked = rank(self.db, found.passages, hybrid)
        if not chosen.by_place:
            ranked = spread(ranked, cities_of(self.db, [entry.document for entry in ranked[:CITY_REACH]]))
        return ranked, found.at_least

    def _browse(self, chosen: Filters) -> list[Ranked]:
        allowed = filters.allowed_documents(self.db, chosen)
        order = "SELECT rowid FROM documents ORDER BY year IS NULL, year DESC, title, id"
        may = set(allowed.tolist())
        return [Ranked(rowid, 0.0, ()) for (rowid,) in self.db.execute(order) if rowid in may]

    def _facets(
        self, query: Query, vector: Vectors | None, chosen: Filters, ranked: Sequence[Ranked]
    ) -> dict[str, list[FacetValue]]:
        def without(group: str) -> list[int]:
            return [entry.document for entry in self._find(query, vector, chosen.without(group))[0]]

        return facets(self.db, [entry.document for entry in ranked], chosen, without)

    def _language_notice(self, query: Query) -> tuple[str, ...]:
        """A word to those who ask in a language that the bundled model does not read."""
        if not self.manifest.model_id.startswith(ENGLISH_MODEL):
            return ()
        if detect_language(query.text) in (None, "en"):
            return ()
        return (
            "The search reads English best; your question looks like another language, and answers may be missing.",
        )

    def _nearest(self, query: Query, vector: Vectors, chosen: Filters) -> tuple[Hit, ...]:
        allowed = filters.allowed_passages(self.db, chosen)
        near = rank(self.db, nearest(self.index, vector, allowed, 30), hybrid)
        return tuple(self.hit(entry, query) for entry in near[:_NEAREST_OFFERED])

    def hit(self, entry: Ranked, query: Query) -> Hit:
        """A ranked document as it is shown."""
        document = self.document_at(entry.document)
        rows = {c.rowid: self._passage(c.rowid) for c in entry.passages[:PASSAGES_PER_HIT]}
        best = list(rows.values()) or self._passages(entry.document)[:1]
        shown = may_show(document, best)
        passages = tuple(passage_hit(document, passage, query.terms) for passage in shown)
        texts = [passage.text for passage in shown]
        reasons = tuple(why(document, entry.passages, texts, query)) if not query.empty else ()
        return Hit(document, entry.score, passages, reasons, cite(document, best[0] if rows else None))

    def document(self, document_id: str) -> tuple[Document, list[PassageHit], Citation]:
        """A document with the passages that may be shown of it. Raises NotFound."""
        row = self.db.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise NotFound(f"There is no document {document_id[:100]!r} here (snapshot {self.snapshot.id}).")
        document = document_from(self.db, row)
        shown = may_show(document, self._passages(row["rowid"]))
        return document, [passage_hit(document, passage, ()) for passage in shown], cite(document)

    def document_at(self, rowid: int) -> Document:
        """The document of a row of this snapshot."""
        return document_from(self.db, self.db.execute("SELECT * FROM documents WHERE rowid = ?", (rowid,)).fetchone())

    def _passage(self, rowid: int) -> Passage:
        return passage_from(self.db.execute("SELECT * FROM passages WHERE rowid = ?", (rowid,)).fetchone())

    def _passages(self, document: int) -> list[Passage]:
        rows = self.db.execute("SELECT * FROM passages WHERE document = ? ORDER BY ordinal", (document,))
        return [passage_from(row) for row in rows]


def passage_hit(document: Document, passage: Passage, terms: Sequence[str]) -> PassageHit:
    """A passage as it is shown."""
    return PassageHit(
        text=passage.text,
        section=passage.section,
        page_label=passage.page_label[0] if passage.page_label else None,
        page_index=passage.page_index[0] if passage.page_index else None,
        start=passage.start,
        end=passage.end,
        url=page_url(document, passage),
        highlights=tuple(highlights(passage.text, terms, document.language)),
    )


def _notices(ranked: Sequence[Ranked], near: Sequence[Hit], chosen: Filters, query: Query) -> tuple[str, ...]:
    if ranked or (query.empty and not chosen):
        return ()
    filtered = " under these filters; lifting one may help" if chosen else " in this corpus"
    notice = f"Nothing comparable was found{filtered}."
    return (notice, "The nearest practices are shown below; they may not answer the question.") if near else (notice,)
