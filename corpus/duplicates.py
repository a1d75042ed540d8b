"""The tables of near-duplicate documents: signatures and bands to find them by, and the pairs that were found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """A document that says nearly the same as another, and how much of it: 1.0 is the same words."""

    id: str
    title: str
    similarity: float


def put_signature(db: sqlite3.Connection, rowid: int, signature: bytes, bands: Iterable[int]) -> None:
    """Keep what a document is found by; it goes when the document goes."""
    db.execute("INSERT INTO signatures VALUES (?, ?)", (rowid, signature))
    db.executemany("INSERT INTO bands VALUES (?, ?)", ((band, rowid) for band in bands))


def sharing(db: sqlite3.Connection, bands: Sequence[int]) -> list[tuple[int, bytes]]:
    """Row ids and signatures of the documents that have one of these bands, oldest first."""
    marks = ",".join("?" * len(bands))
    return db.execute(
        f"SELECT document, signature FROM signatures WHERE document IN "
        f"(SELECT document FROM bands WHERE hash IN ({marks})) ORDER BY document",
        [*bands],
    ).fetchall()


def link(db: sqlite3.Connection, rowid: int, others: Iterable[tuple[int, float]]) -> None:
    """Note the near-duplicates of a document with their similarity, in both directions."""
    both = [pair for other, similarity in others for pair in ((rowid, other, similarity), (other, rowid, similarity))]
    db.executemany("INSERT OR REPLACE INTO duplicates VALUES (?, ?, ?)", both)


def linked(db: sqlite3.Connection, rowid: int) -> list[Linked]:
    """The near-duplicates of a document, the most similar first."""
    rows = db.execute(
        "SELECT d.id, d.title, p.similarity FROM duplicates p JOIN documents d ON d.rowid = p.other "
        "WHERE p.document = ? ORDER BY p.similarity DESC, d.id",
        (rowid,),
    )
    return [Linked(*row) for row in rows]


def strip(db: sqlite3.Connection) -> None:
    """Drop what only a writer needs: a published snapshot keeps the pairs alone."""
    db.execute("DELETE FROM signatures")
    db.execute("DELETE FROM bands")
