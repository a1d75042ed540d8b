"""The command line says what went wrong in one line, with an exit code that scripts can rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.store import CorpusStore
from tests.corpus.records import PRACTICE, changed
from tests.ingest.conftest import Run

Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]


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
    assert run("check", good) == (0, "1 document checked, 0 faults.\n", "")
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
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.run.ingest_walk", interrupted)
    assert run("ingest")[0] == 130


def test_the_command_runs_from_the_checkout_and_keeps_results_and_errors_apart(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "learncities.py"), "status", "--json", "--data", str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: Nothing has been published in none/ yet. Run `learncities ingest` first.\n"


def test_a_dry_run_leaves_no_data_folder_behind(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rooms.md").write_text("# Rooms\n\nThe rooms are open.")
    code, out, _ = run("ingest", tmp_path / "rooms.md", "--dry-run", "--data", tmp_path / "data")
    assert code == 0
    assert "A dry run: nothing was stored or published." in out
    assert not (tmp_path / "data").exists()


def test_a_report_is_written_where_it_was_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("")
    code, _, err = run("ingest", tmp_path / "empty.md", "--report", tmp_path / "run", "--data", tmp_path / "data")
    assert code == 3
    assert "Report written to" in err
    assert json.loads((tmp_path / "run.json").read_text())["sources"][0]["note"] == "the file is empty."
    assert "the file is empty." in (tmp_path / "run.html").read_text()


@pytest.mark.parametrize("column", ["title", "=Name", "title=", " = ", "colour=Blue"])
def test_a_column_that_names_no_field_is_a_usage_error(run: Run, tmp_path: Path, column: str) -> None:
    code, _, err = run("ingest", tmp_path, "--column", column, "--data", tmp_path / "data")
    assert code == 2
    assert "--column" in err
    assert "title, " in err
