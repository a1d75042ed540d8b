"""The commands brief and overview: Markdown and tables for people, JSON for scripts, one line for an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import learncities


def run(*arguments: str) -> int:
    return learncities._run(list(arguments))


def test_a_brief_is_markdown(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", "osan-ai-coding-edu-lab", "--for", "Cork", "--data", str(starter_data)) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# AI learning space")
    assert "## Cost and funding" in printed


def test_a_brief_is_json_for_scripts(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("brief", "osan-ai-coding-edu-lab", "--for", "cork", "--json", "--data", str(starter_data)) == 0
    values = json.loads(capsys.readouterr().out)
    assert [answer["role"] for answer in values["answers"]][:3] == ["problem", "done", "governance"]


def test_an_overview_is_json_for_scripts(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("overview", "--json", "--data", str(starter_data)) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 192


@pytest.mark.parametrize(
    ("document", "city", "words"),
    [
        ("no-such-thing", "cork", "no-such-thing"),
        ("osan-ai-coding-edu-lab", "Limmerick", "Limerick"),
        ("osan-ai-coding-edu-lab", "Springfield", "Ask for one of them"),
    ],
)
def test_bad_input_is_one_line(
    starter_data: Path, capsys: pytest.CaptureFixture[str], document: str, city: str, words: str
) -> None:
    assert run("brief", document, "--for", city, "--data", str(starter_data)) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert len(printed.err.strip().splitlines()) == 1
    assert printed.out == ""
