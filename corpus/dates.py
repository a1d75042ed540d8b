"""When documents came and changed: what a feed of new documents tells. No date is part of a snapshot's id."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.models import Document


def changes(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """When the content of these documents last changed, by id; those whose date is unknown are left out."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id, changed FROM documents WHERE changed NOTNULL AND id IN ({marks})"
    return dict(db.execute(sql, list(ids)).fetchall())


def of(db: sqlite3.Connection, document: Document) -> dict[str, str | None]:
    """The dates of a document that is about to take the place of what its source held."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    sql = "SELECT content_hash, added, changed FROM documents WHERE source = ?"
    row = db.execute(sql, (document.source,)).fetchone()
    if row is None:
        return {"added": now, "changed": now}
    before, added, changed = row
    # After the colon stands the version of the parser: a better one changes no source.
    same = before.partition(":")[0] == document.content_hash.partition(":")[0]
    return {"added": added, "changed": changed if same else now}
