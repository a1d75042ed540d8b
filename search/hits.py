"""Ranked documents as they are shown: passages, citation and reasons, as far as rights allow."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.models import Document, Passage
from corpus.rows import HEAD, document_from, head_from, passage_from
from search.explain import highlights, why
from search.query import Query
from search.rank import Evidence, Ranked
from search.results import Citation, Hit, PassageHit, cite, may_show, page_url

if TYPE_CHECKING:
    from search.engine import KnowledgeBase

PASSAGES_PER_HIT = 3


def hit(base: KnowledgeBase, entry: Ranked, query: Query) -> Hit:
    """A ranked document as it is shown."""
    document = head(base.db, int(base.columns.rowids[entry.document]))
    best = entry.passages[:PASSAGES_PER_HIT]
    rowids = [int(base.index.rowids[evidence.position]) for evidence in best]
    found = _passages(base.db, rowids) or _first_passage(base, entry.document)
    shown = may_show(document, found)
    evidence: Sequence[Evidence | None] = best or (None,)
    passages = tuple(
        passage_hit(document, passage, (*query.terms, *query.added_terms), parts)
        for passage, parts in zip(shown, evidence[: len(shown)], strict=True)
    )
    texts = [passage.text for passage in shown]
    reasons = why(document, entry.passages, texts, found[0].section if best else (), query, base.meaning_of(query))
    also = tuple(head(base.db, int(base.columns.rowids[other])) for other in entry.also)
    return Hit(document, entry.score, passages, tuple(reasons), cite(document, found[0] if best else None), also)


def head(db: sqlite3.Connection, rowid: int) -> Document:
    """The document of a row, without its text."""
    return head_from(db, db.execute(f"{HEAD} WHERE rowid = ?", (rowid,)).fetchone())


def whole_document(base: KnowledgeBase, document_id: str) -> tuple[Document, list[PassageHit], Citation]:
    """A document with the passages that may be shown of it. Raises NotFound."""
    rowid = int(base.columns.rowids[base.position_of(document_id)])
    document = document_from(base.db, base.db.execute("SELECT * FROM documents WHERE rowid = ?", (rowid,)).fetchone())
    rows = base.db.execute("SELECT * FROM passages WHERE document = ? ORDER BY ordinal", (rowid,))
    shown = may_show(document, [passage_from(passage) for passage in rows])
    return document, [passage_hit(document, passage, ()) for passage in shown], cite(document)


def passage_hit(
    document: Document, passage: Passage, terms: Sequence[str], evidence: Evidence | None = None
) -> PassageHit:
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
        ordinal=passage.ordinal,
        evidence=evidence,
    )


def _passages(db: sqlite3.Connection, rowids: Sequence[int]) -> list[Passage]:
    marks = ", ".join("?" * len(rowids))
    rows = {row["rowid"]: row for row in db.execute(f"SELECT * FROM passages WHERE rowid IN ({marks})", rowids)}
    return [passage_from(rows[rowid]) for rowid in rowids]


def _first_passage(base: KnowledgeBase, document: int) -> list[Passage]:
    rowid = int(base.columns.rowids[document])
    rows = base.db.execute("SELECT * FROM passages WHERE document = ? ORDER BY ordinal LIMIT 1", (rowid,))
    return [passage_from(row) for row in rows]
