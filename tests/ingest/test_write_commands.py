"""The commands that write, as a user runs them: exit codes, one clear line a failure, JSON that parses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import learncities
from corpus import snapshots
from corpus.store import CorpusStore
from tests.corpus.records import PRACTICE, changed

Write = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line; returns exit code, stdout and stderr."""

    def to(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = learncities._run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return to


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
    assert facts["kinds"] == {"practice": facts["documents"]}
    code, out, _ = run("status", "--data", starter_data)
    assert code == 0
    assert facts["snapshot"] in out


@pytest.mark.parametrize("command", [("status",), ("rebuild",), ("remove", "some-id"), ("doctor",)])
def test_without_a_knowledge_base_one_is_told_to_ingest_and_nothing_is_made(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    code, out, err = run(*command, "--data", tmp_path / "none")
    assert code == 1
    assert "learncities ingest" in out + err
    assert not (tmp_path / "none").exists()


def test_when_every_source_fails_the_exit_code_is_three_and_no_model_is_needed(run: Run, tmp_path: Path) -> None:
    code, out, err = run("ingest", tmp_path / "a.html", tmp_path / "b.html", "--data", tmp_path / "data", "--json")
    assert (code, err) == (3, "")
    assert [source["verdict"] for source in json.loads(out)["sources"]] == ["failed", "failed"]


@pytest.mark.parametrize(
    "arguments",
    [(), ("frobnicate",), ("ingest", "--nope"), ("remove",), ("remove", "x", "--vanished"), ("check", "no-such-file")],
)
def test_a_wrong_use_exits_with_two(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert "Traceback" not in out + err


@pytest.mark.parametrize("command", ["ingest", "remove", "rebuild", "check", "status", "doctor"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"Example: learncities {command}" in out


def test_checking_tells_each_fault_with_file_and_line(run: Run, write: Write) -> None:
    good = write("cork-evening-rooms.md", PRACTICE)
    assert run("check", good) == (0, "1 practices checked, 0 faults.\n", "")
    code, out, _ = run("check", write("cork-evening-rooms.md", changed("city: cork", "city: corck")))
    assert code == 1
    assert out.startswith("cork-evening-rooms.md:4: city: 'corck'")


def test_a_second_writer_is_refused_in_one_line(run: Run, write: Write, tmp_path: Path) -> None:
    with CorpusStore(tmp_path / "data"):
        code, out, err = run("ingest", write("a.md", "text"), "--data", tmp_path / "data")
    assert (code, out) == (1, "")
    assert err.startswith("error: ")
    assert f"process {os.getpid()}" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["ingest", "rebuild", "doctor"])
def test_a_damaged_database_is_told_in_words(run: Run, write: Write, command: str) -> None:
    database = write("data/knowledge.db", b"garbage" * 1000)
    source = [write("a.md", "text")] if command == "ingest" else []
    code, out, err = run(command, *source, "--data", database.parent)
    assert code == 1
    assert "knowledge.db" in out + err or "not a database" in out + err


def test_a_model_that_is_none_is_told_in_one_line(run: Run, write: Write, tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    code, _, err = run("ingest", write("a.md", "# A\n\ntext"), "--data", tmp_path / "data", "--model", model)
    assert code == 1
    assert err.startswith("error: Model ")
    assert err.count("\n") == 1


def test_a_wrong_setting_is_told_by_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCITIES_KEEP_SNAPSHOTS", "few")
    code, _, err = run("status")
    assert code == 2
    assert err.startswith("error: Setting keep_snapshots = 'few': ")


def test_an_interrupted_command_exits_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[Path]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.sources.walk", interrupted)
    assert run("ingest")[0] == 130


def test_the_command_runs_from_the_checkout_and_keeps_results_and_errors_apart(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "learncities.py"), "status", "--json", "--data", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: Nothing has been published in none/ yet. Run `learncities ingest` first.\n"
