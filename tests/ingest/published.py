"""What a knowledge base of the tests has published, and the file that most of them ingest."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from corpus import snapshots
from index import fulltext
from index.vectors import VectorIndex
from ingest.report import IngestReport
from tests.conftest import Box

ROOMS = "# Evening rooms\n\nThe library opened.\n\n## Who came\n\nEveryone came.\n"


def verdicts(report: IngestReport) -> list[str]:
    """What became of each source, in order."""
    return [outcome.verdict.value for outcome in report.outcomes]


def documents(box: Box) -> dict[str, str]:
    """The published documents' texts by id."""
    db = snapshots.open_snapshot(box.data).database()
    try:
        return {row["id"]: row["text"] for row in db.execute("SELECT id, text FROM documents")}
    finally:
        db.close()


def found_by_word(box: Box, term: str) -> list[str]:
    """The texts of the published passages that hold a term."""
    db = snapshots.open_snapshot(box.data).database()
    try:
        texts = {row["rowid"]: row["text"] for row in db.execute("SELECT rowid, text FROM passages ORDER BY rowid")}
        return [texts[rowid] for rowid in sorted(fulltext.holding(db, term))]
    finally:
        db.close()


def vectors_and_passages(box: Box) -> tuple[list[int], list[int]]:
    """The row ids of the published vectors and of the published passages."""
    snapshot = snapshots.open_snapshot(box.data)
    db = snapshot.database()
    try:
        passages = [row["rowid"] for row in db.execute("SELECT rowid FROM passages ORDER BY rowid")]
    finally:
        db.close()
    return [int(rowid) for rowid in VectorIndex.load(snapshot.path).rowids], passages


def stored(data: Path) -> int:
    """Documents in the store so far, published or not."""
    with suppress(sqlite3.Error):
        db = sqlite3.connect(f"file:{data / 'knowledge.db'}?mode=ro", uri=True)
        try:
            return int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
        finally:
            db.close()
    return 0
