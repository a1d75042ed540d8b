"""`learncities evaluate` with topics, judgements and runs, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import learncities

Printed = tuple[int, str, str]
Command = Callable[..., Printed]
LIBRARY = "villa-maria-library-cards-at-birth"


@pytest.fixture
def evaluate(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: object) -> Printed:
        code = learncities._run(["evaluate", "--data", str(starter_data), *map(str, arguments)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def topics(write: Callable[..., Path]) -> Path:
    return write("t.tsv", "lib\tlibrary cards for newborn children\nbib\tbibliothèque\tfr\nnew\tparks\n")


@pytest.fixture
def qrels(write: Callable[..., Path]) -> Path:
    return write("qrels.txt", f"lib 0 {LIBRARY} 1\nbib 0 {LIBRARY} 1\nbib 0 gone 1\n")


def test_topics_and_judgements_are_measured_by_language(evaluate: Command, topics: Path, qrels: Path) -> None:
    code, out, err = evaluate("--topics", topics, "--qrels", qrels)
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()[-4:-1]] == [
        ["hybrid", "all", "2"], ["hybrid", "en", "1"], ["hybrid", "fr", "1"],
    ]  # fmt: skip
    assert "1 question without a document that answers: left out (new)." in err
    assert "counted as not found (gone)" in err


def test_a_run_is_written_of_the_system_that_was_named(
    evaluate: Command, topics: Path, qrels: Path, tmp_path: Path
) -> None:
    hybrid, words = tmp_path / "hybrid.run", tmp_path / "words.run"
    code, out, err = evaluate("--topics", topics, "--qrels", qrels, "--run", hybrid, "--json")
    assert (code, err) == (0, "")
    assert f"3 questions asked; the run is in {hybrid}." in json.loads(out)["notices"]
    assert hybrid.read_text(encoding="utf-8").startswith(f"lib Q0 {LIBRARY} 1 ")
    assert hybrid.read_text(encoding="utf-8").splitlines()[-1].endswith(" 1 learncities")
    code, out, err = evaluate("--topics", topics, "--run", words, "--system", "words", "--tag", "w")
    assert (code, out) == (0, "")
    assert words.read_text(encoding="utf-8").splitlines()[0].endswith(" w")
    assert words.read_text(encoding="utf-8") != hybrid.read_text(encoding="utf-8")


def test_two_runs_are_compared_with_the_questions_that_lose(
    evaluate: Command, topics: Path, qrels: Path, write: Callable[..., Path]
) -> None:
    a = write("a.run", f"lib Q0 {LIBRARY} 1 2 a\nlib Q0 x 2 1 a\n")
    b = write("b.run", f"lib Q0 x 1 2 b\nlib Q0 {LIBRARY} 2 1 b\n")
    code, out, err = evaluate("--topics", topics, "--qrels", qrels, "--compare", a, b)
    assert code == 0
    assert "lib       1.000  0.631  library cards for newborn children" in out
    assert "a.run: 1 judged question without an answer, scored 0." in err
    code, out, err = evaluate("--qrels", qrels, "--compare", a, b, "--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert [(row["measure"], row["losses"]) for row in report["differences"]] == [
        ("nDCG@10", 1), ("recall@10", 0), ("MRR@10", 1),
    ]  # fmt: skip
    assert report["worst"] == [{"question": "lib", "a": 1.0, "b": pytest.approx(0.631, abs=1e-3), "text": None}]
    code, out, _ = evaluate("--qrels", qrels, "--compare", a, a)
    assert (code, "no question on which b is worse" in out) == (0, True)


def test_runs_are_compared_on_a_file_of_questions_too(evaluate: Command, write: Callable[..., Path]) -> None:
    questions = write("q.jsonl", json.dumps({"q": "newborn children", "relevant": [LIBRARY]}))
    found = questions.with_name("a.run")
    assert evaluate(questions, "--run", found)[0] == 0
    code, out, _ = evaluate(questions, "--compare", found, write("b.run", "1 Q0 x 1 1 t\n"))
    assert code == 0
    assert "newborn children" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Nothing to judge by. Give QUESTIONS.jsonl, or --topics FILE and --qrels FILE."),
        (["--topics", "{topics}"], "Questions and judgements are both needed"),
        (["--qrels", "{qrels}"], "Questions and judgements are both needed"),
        (["{topics}", "--qrels", "{qrels}"], "not both"),
        (["--topics", "{topics}", "--compare", "a.run", "b.run"], "Give them with --qrels FILE"),
        (["--qrels", "{qrels}", "--compare", "a.run", "b.run"], "'a.run' cannot be read"),
        (["--topics", "{topics}", "--run", "a.run", "--system", "best"], "Choose one of: dense, words, hybrid."),
        (["--topics", "{topics}", "--run", "nowhere/a.run"], "There is no folder"),
        (["--topics", "{qrels}", "--qrels", "{qrels}"], "qrels.txt, line 1: expected an id, a tab and the question"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    evaluate: Command, topics: Path, qrels: Path, arguments: list[str], message: str
) -> None:
    given = [argument.format(topics=topics, qrels=qrels) for argument in arguments]
    code, out, err = evaluate(*given)
    assert (code, out) == (2, "")
    assert message in err
