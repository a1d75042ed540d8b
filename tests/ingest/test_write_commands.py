"""The commands that write, as a user runs them: exit codes, one clear line a failure, JSON that parses."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import snapshots
from tests.ingest.conftest import Run

Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]


def link_or_copy(source: str, target: str) -> None:
    """The query encoder is never written to; the rest a test may change."""
    (os.link if source.endswith(".onnx") else shutil.copy2)(source, target)


@pytest.fixture
def data(starter_data: Path, tmp_path: Path) -> Path:
    """A copy of the starter data folder that a test may write to."""
    return Path(shutil.copytree(starter_data, tmp_path / "data", copy_function=link_or_copy))


def parsed(run: Run, *arguments: str | Path) -> Any:
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_ingesting_the_starter_corpus_again_changes_nothing(run: Run, data: Path) -> None:
    before = snapshots.current_id(data)
    report = parsed(run, "ingest", "--data", data)
    assert report["documents"]["unchanged"] == len(report["sources"]) > 100
    assert (report["embedded"], report["published"], report["snapshot"]) == (0, False, before)


def test_some_failures_are_told_one_a_line_and_the_rest_is_published(run: Run, data: Path, write: Write) -> None:
    good, broken = write("good.md", "# Quokka rooms\n\nQuokkas learn here."), write("broken.pdf", b"%PDF-1.4 junk")
    code, out, err = run("ingest", good, broken, good.parent / "missing.html", "--data", data)
    assert (code, err) == (3, "")
    failed = [line for line in out.split("\n") if line.startswith("failed: ")]
    assert [line.split(": ")[1] for line in failed] == ["missing.html", "broken.pdf"]
    assert "Published snapshot" in out
    assert "Traceback" not in out
    assert str(good.parent) not in out
    assert parsed(run, "status", "--data", data)["documents"] == len(snapshots_documents(data))
    assert "quokka-rooms" in snapshots_documents(data)


def snapshots_documents(data: Path) -> set[str]:
    db = snapshots.open_snapshot(data).database()
    try:
        return {row["id"] for row in db.execute("SELECT id FROM documents")}
    finally:
        db.close()


def test_what_vanished_is_reported_and_removed_only_on_request(run: Run, data: Path, write: Write) -> None:
    gone, stays = write("gone.md", "# Quokka rooms\n\nQuokkas learn."), write("stays.md", "# Wombat rooms\n\nWombats.")
    parsed(run, "ingest", gone.parent, "--data", data)
    gone.unlink()
    report = parsed(run, "ingest", stays.parent, "--data", data)
    assert [s["source"] for s in report["sources"] if s["verdict"] == "vanished"] == ["files/gone.md"]
    assert "quokka-rooms" in snapshots_documents(data)
    removed = parsed(run, "remove", "--vanished", "--source", stays.parent, "--data", data)
    assert removed["removed"] == ["quokka-rooms"]
    assert not {"quokka-rooms"} & snapshots_documents(data)
    assert "wombat-rooms" in snapshots_documents(data)


def test_a_document_is_removed_by_its_id_and_the_snapshot_before_it_stays(run: Run, data: Path) -> None:
    before = snapshots.current_id(data)
    removed = parsed(run, "remove", "cork-learning-neighbourhoods", "--data", data)
    assert removed["removed"] == ["cork-learning-neighbourhoods"]
    assert removed["snapshot"] == snapshots.current_id(data) != before
    assert "cork-learning-neighbourhoods" not in snapshots_documents(data)
    assert before in parsed(run, "status", "--data", data)["snapshots_kept"]


def test_an_unknown_id_removes_nothing(run: Run, data: Path) -> None:
    before = snapshots.current_id(data)
    code, out, err = run("remove", "cork-learning-neighbourhoods", "no-such-document", "--data", data)
    assert (code, out) == (2, "")
    assert err == "error: There is no document 'no-such-document'; nothing was removed.\n"
    assert snapshots.current_id(data) == before


def test_rebuilding_keeps_the_snapshot_id_and_embeds_nothing(run: Run, data: Path) -> None:
    before = snapshots.current_id(data)
    report = parsed(run, "rebuild", "--data", data)
    assert (report["snapshot"], report["embedded"], report["truncated"]) == (before, 0, 0)


def test_a_damaged_snapshot_is_told_and_mended_by_rebuilding(run: Run, data: Path) -> None:
    vectors = snapshots.open_snapshot(data).path / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"\x7f")  # the size stays, a byte differs
    code, out, _ = run("doctor", "--data", data, "--json")
    assert code == 1
    (fault,) = [finding for finding in json.loads(out) if not finding["ok"]]
    assert "vectors.faiss has changed" in fault["detail"]
    assert "learncities rebuild" in fault["detail"]
    parsed(run, "rebuild", "--data", data)
    assert all(finding["ok"] for finding in parsed(run, "doctor", "--data", data))


def test_status_says_what_is_published(run: Run, starter_data: Path) -> None:
    facts = parsed(run, "status", "--data", starter_data)
    assert facts["snapshot"] == snapshots.current_id(starter_data)
    assert facts["kinds"] == {"practice": 192, "network": facts["documents"] - 192}
    code, out, _ = run("status", "--data", starter_data)
    assert code == 0
    assert facts["snapshot"] in out
