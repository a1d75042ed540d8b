"""When documents came and changed: kept through changes, read from a snapshot, and no part of its id."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import dates, snapshots
from tests.conftest import Box

Write = Callable[..., Path]


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make it a day of January 2030."""

    def to(number: int) -> None:
        moment = datetime(2030, 1, number, tzinfo=UTC)
        fixed = type("Fixed", (datetime,), {"now": classmethod(lambda *_: moment)})
        monkeypatch.setattr(dates, "datetime", fixed)

    return to


def dated(box: Box) -> dict[str, tuple[str, str]]:
    """The days on which each document came and changed, as the snapshot has them."""
    with closing(snapshots.open_snapshot(box.data).database()) as db:
        rows = db.execute("SELECT id, added, changed FROM documents").fetchall()
    return {row[0]: (row[1][:10], row[2][:10]) for row in rows}


def test_a_document_keeps_its_first_date_and_gets_a_new_one_when_it_changes(
    box: Box, write: Write, day: Callable[[int], None]
) -> None:
    day(1)
    box.ingest(write("in/rooms.md", "# Rooms\n\nThe library opened."))
    day(2)
    write("in/tools.md", "# Tools\n\nTools are lent.")
    box.ingest(write("in/rooms.md", "# Rooms\n\nThe library opened.").parent)
    day(3)
    box.ingest(write("in/rooms.md", "# Rooms\n\nThe library closed.").parent)
    found = dated(box)
    assert found["rooms"] == ("2030-01-01", "2030-01-01")  # given by itself, it is another source
    assert found["tools"] == ("2030-01-02", "2030-01-02")
    changed = next(value for key, value in found.items() if key not in ("rooms", "tools"))
    assert changed == ("2030-01-02", "2030-01-03")
    with closing(snapshots.open_snapshot(box.data).database()) as db:
        assert dates.changes(db, ["rooms", "unheard-of"])["rooms"].startswith("2030-01-01")


def test_a_better_parser_changes_no_document(
    box: Box, write: Write, day: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    day(1)
    file = write("rooms.md", "# Rooms\n\nThe library opened.")
    box.ingest(file)
    day(2)
    monkeypatch.setattr("ingest.parsers.VERSION", "99")
    assert box.ingest(file).outcomes[0].verdict == "changed"
    assert [changed for _, changed in dated(box).values()] == ["2030-01-01"]


def test_dates_are_no_part_of_the_id_of_a_snapshot(
    box: Box, write: Write, day: Callable[[int], None], tmp_path: Path
) -> None:
    file = write("rooms.md", "# Rooms\n\nThe library opened.")
    day(1)
    first = box.ingest(file)
    day(2)
    assert Box(tmp_path / "other").ingest(file).snapshot == first.snapshot


def test_documents_from_before_dates_were_kept_are_not_called_new() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE documents (id TEXT, title TEXT, added TEXT, changed TEXT)")
    db.execute("INSERT INTO documents VALUES ('old', 'Old', NULL, NULL), ('new', 'New', '2030-01-01', '2030-01-02')")
    assert dates.changes(db, ["old", "new"]) == {"new": "2030-01-02"}
    db.close()
