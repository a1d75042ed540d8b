"""The account of a run: on the screen, as JSON, as a page; and a dry run, which only gives the account."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from corpus import snapshots
from corpus.errors import InvalidInput
from corpus.store import CorpusStore
from ingest.report_page import write_report
from tests.conftest import Box
from tests.ingest.pdfs import make_pdf
from tests.ingest.published import ROOMS, documents, verdicts

Write = Callable[..., Path]


def test_the_summary_counts_kinds_pages_languages_and_failures(box: Box, write: Write) -> None:
    folder = write("rooms.md", ROOMS).parent
    write("report.pdf", make_pdf([["The library opened new rooms for everyone in the evening."], []]))
    write("broken.pdf", b"%PDF-1.4 nothing more")
    summary = box.ingest(folder).summary()
    assert summary["documents"] == {"new": 2, "changed": 0, "unchanged": 0, "failed": 1, "vanished": 0}
    assert sum(summary["passages_by_kind"].values()) == summary["passages"] == 3
    assert (summary["pages"], summary["pages_without_text"], summary["truncated"]) == (2, 1, 0)
    assert sum(summary["languages"].values()) == 2


def test_json_has_one_entry_a_source_with_the_reason_of_each_failure(box: Box, write: Write) -> None:
    folder = write("rooms.md", ROOMS).parent
    write("empty.md", b"")
    entries = {entry["source"]: entry for entry in box.ingest(folder).to_json()["sources"]}
    assert entries["files/rooms.md"]["title"] == "Evening rooms"
    assert entries["files/rooms.md"]["document"] == "evening-rooms"
    assert (entries["files/empty.md"]["verdict"], entries["files/empty.md"]["note"]) == ("failed", "the file is empty.")


def test_a_report_is_written_as_json_and_as_a_page(box: Box, write: Write, tmp_path: Path) -> None:
    folder = write("rooms.md", ROOMS.replace("Evening", "<script>alert(1)</script>")).parent
    write("empty.md", b"")
    report = box.ingest(folder)
    for name in ("out/run", "out/run.json", "out/run.html"):
        assert write_report(report, tmp_path / name) == (tmp_path / "out/run.json", tmp_path / "out/run.html")
    assert json.loads((tmp_path / "out/run.json").read_text())["documents"]["new"] == 1
    page = BeautifulSoup((tmp_path / "out/run.html").read_text(), "lxml")
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")]
    assert [row[:3] for row in rows] == [
        ["files/empty.md", "failed", "the file is empty."],
        ["files/rooms.md", "new", ""],
    ]
    assert page.find("script") is None


def test_a_report_that_cannot_be_written_is_told(box: Box, write: Write) -> None:
    file = write("rooms.md", ROOMS)
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_report(box.ingest(file), file / "report")


def test_a_dry_run_tells_what_would_become_of_each_source_and_changes_nothing(box: Box, write: Write) -> None:
    folder = write("rooms.md", ROOMS).parent
    kept = write("kept.md", "# Kept\n\nThis one stays as it is.")
    before = box.ingest(folder)
    write("rooms.md", ROOMS.replace("Everyone", "Nobody"))
    write("new.md", "# Opening hours\n\nThe rooms open at six.")
    kept.unlink()
    encoded = list(box.embedder.encoded)
    dry = box.ingest(folder, dry_run=True)
    assert verdicts(dry) == ["new", "changed", "vanished"]
    assert (dry.passages, dry.embedded, dry.snapshot, dry.published) == (3, 0, None, False)
    assert box.embedder.encoded == encoded
    assert snapshots.current_id(box.data) == before.snapshot
    with CorpusStore(box.data) as store:
        assert set(store.ids()) == {"evening-rooms", "kept"}
    assert verdicts(box.ingest(folder)) == ["new", "changed", "vanished"]


def test_a_dry_run_finds_ids_that_clash(box: Box, write: Write) -> None:
    folder = write("a.md", "---\nid: rooms\n---\n\n# A\n\nThe rooms.").parent
    write("b.md", "---\nid: rooms\n---\n\n# B\n\nThe halls.")
    assert verdicts(box.ingest(folder, dry_run=True)) == ["new", "failed"]
    assert verdicts(box.ingest(folder)) == ["new", "failed"]
    assert list(documents(box)) == ["rooms"]
