"""The command that measures: `evaluate` judges the search, writes runs, and compares two of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, SnapshotOption, counted, note, print_json
from corpus.errors import InvalidInput

if TYPE_CHECKING:
    from search.engine import KnowledgeBase
    from search.evaluate import Judged


def evaluate(
    questions: Annotated[Path | None, typer.Argument(help='JSONL of {"q", "lang", "relevant": [ids]}.')] = None,
    topics: Annotated[
        Path | None, typer.Option(help="Questions: TSV, BEIR's queries.jsonl, or TREC topics (XML).")
    ] = None,
    qrels: Annotated[Path | None, typer.Option(help="Judgements: TREC qrels, or BEIR's qrels/test.tsv.")] = None,
    run: Annotated[Path | None, typer.Option(help="Write what is found as a TREC run to this file.")] = None,
    tag: Annotated[str, typer.Option(help="The name of the run, its last column.")] = "learncities",
    system: Annotated[str, typer.Option(help="What the run is of: dense, words or hybrid.")] = "hybrid",
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Compare two runs: the second beside the first.", metavar="RUN RUN")
    ] = None,
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge the search on questions with known answers: meaning, words and hybrid apart.

    Example: learncities evaluate questions.jsonl

    Example: learncities evaluate --topics queries.jsonl --qrels qrels/test.tsv --run new.run --tag new

    Example: learncities evaluate --qrels qrels/test.tsv --compare old.run new.run
    """
    judged = _judged(questions, topics, qrels)
    if compare:
        _compare(judged, *compare, as_json)
        return
    if not (judged.topics and (judged.qrels or run)):
        raise InvalidInput("Questions and judgements are both needed. Give --topics FILE and --qrels FILE.")
    from corpus.settings import load_settings
    from search.engine import KnowledgeBase

    base = KnowledgeBase.open(load_settings(data=data).data, snapshot)
    notices = _write_run(base, judged, run, tag, system) if run else []
    _evaluate(base, judged, notices, as_json)


def _judged(questions: Path | None, topics: Path | None, qrels: Path | None) -> Judged:
    from search.evaluate import Judged, judged_from, read_questions
    from search.trec import read_qrels, read_topics

    if questions and (topics or qrels):
        raise InvalidInput("Give QUESTIONS.jsonl, or --topics and --qrels, not both.")
    if questions:
        return judged_from(read_questions(questions))
    if not topics and not qrels:
        raise InvalidInput("Nothing to judge by. Give QUESTIONS.jsonl, or --topics FILE and --qrels FILE.")
    return Judged(tuple(read_topics(topics)) if topics else (), read_qrels(qrels) if qrels else {})


def _write_run(base: KnowledgeBase, judged: Judged, path: Path, tag: str, system: str) -> list[str]:
    from search.evaluate import RUN_DEPTH, SYSTEMS, rankings
    from search.exports import save
    from search.trec import run_text

    if system not in SYSTEMS:
        raise InvalidInput(f"Unknown system {system[:40]!r}. Choose one of: {', '.join(SYSTEMS)}.")
    found = rankings(base, judged.topics, system, RUN_DEPTH)
    save(iter([run_text(found, tag).encode()]), path)
    empty = sum(1 for documents in found.values() if not documents)
    missing = f" It leaves out {counted(empty, 'question')} for which nothing was found." if empty else ""
    return [f"{counted(len(found), 'question')} asked; the run is in {path}.{missing}"]


def _evaluate(base: KnowledgeBase, judged: Judged, notices: list[str], as_json: bool) -> None:
    from search.evaluate import evaluate as judge
    from search.evaluate import unmeasured
    from search.evaluate_show import show_evaluation

    rows = judge(base, judged) if judged.qrels else []
    notices = [*notices, *(unmeasured(base, judged) if judged.qrels else [])]
    if as_json:
        report = {"snapshot": base.snapshot.id, "notices": notices, "rows": [asdict(row) for row in rows]}
        print_json(report)
        return
    for notice in notices:
        note(notice)
    if rows:
        show_evaluation(base.snapshot.id, rows)


def _compare(judged: Judged, a: Path, b: Path, as_json: bool) -> None:
    from search.compare_runs import compare, unlike
    from search.evaluate_show import show_comparison
    from search.trec import read_run

    if not judged.qrels:
        raise InvalidInput("Two runs are compared on judgements. Give them with --qrels FILE.")
    first, second = read_run(a), read_run(b)
    found, texts = compare(judged.qrels, first, second), {topic.id: topic.text for topic in judged.topics}
    notices = [*unlike(a.name, judged.qrels, first), *unlike(b.name, judged.qrels, second)]
    if as_json:
        worst = [{**asdict(loss), "text": texts.get(loss.question)} for loss in found.worst]
        print_json({"a": str(a), "b": str(b), "notices": notices, **asdict(found), "worst": worst})
        return
    for notice in notices:
        note(notice)
    show_comparison(a.name, b.name, found, texts)
