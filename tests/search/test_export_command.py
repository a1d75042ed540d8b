"""`learncities export`: to standard output or a file, with a report for people or scripts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import learncities
from search.exports import FORMATS


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def run(starter_data: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, bytes, str]]:
    """Runs `learncities export` and gives exit code, standard output and standard error."""

    def typed(*arguments: str) -> tuple[int, bytes, str]:
        code = learncities._run(["export", "--data", str(starter_data), *arguments])
        printed = capsysbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return typed


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_prints_and_writes_the_same_bytes(
    run: Callable[..., tuple[int, bytes, str]], tmp_path: Path, name: str
) -> None:
    asked = ("library", "--country", "Ireland", "--year-from", "2015", "--format", name)
    code, printed, err = run(*asked)
    assert (code, err) == (0, "")
    file = tmp_path / "found"
    code, out, err = run(*asked, "--output", str(file))
    assert (code, err) == (0, "")
    assert re.search(rb"\d documents? exported to .*found; snapshot [a-f0-9]{16}", out)
    assert file.read_bytes() == printed != b""


def test_the_command_reports_in_json_about_a_file(run: Callable[..., tuple[int, bytes, str]], tmp_path: Path) -> None:
    code, out, _ = run("library", "--output", str(tmp_path / "a.csv"), "--bom", "--json")
    values = json.loads(out)
    assert code == 0
    assert values["documents"] == len(rows((tmp_path / "a.csv").read_text("utf-8-sig")))
    assert (values["query"], values["format"], values["notices"]) == ("library", "csv", [])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfrank,")


def test_the_command_says_when_nothing_was_found(run: Callable[..., tuple[int, bytes, str]]) -> None:
    code, out, err = run('"no such phrase in any practice"', "--format", "csl")
    assert (code, json.loads(out)) == (0, [])
    assert err == "Nothing was found; the export holds no document.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "--format", "xls"], "Unknown export format: 'xls'"),
        (["x", "--format", "ris", "--bom"], "ask for ris without it"),
        (["x", "--json"], "give --output FILE"),
        (["x", "--theme", "literracy"], "Did you mean: literacy"),
        (["?!"], "There is no word to search for"),
        (["x", "--limit", "3"], "--limit"),
        (["x", "--output", "no/such/folder/a.csv"], "There is no folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_export_that_cannot_be_made_exits_with_two_and_says_why(
    run: Callable[..., tuple[int, bytes, str]], arguments: list[str], message: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, b"")
    assert message in err
    assert "Traceback" not in err
