"""The command that teaches the search what its model's scores mean: `calibrate`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.console import DataOption, JsonOption, print_json, print_line, print_table


def calibrate(
    questions: Annotated[Path, typer.Argument(help='Answered here: JSONL of {"q", "lang", "relevant": [ids]}.')],
    off_topic: Annotated[Path, typer.Option(help='Not answered here: JSONL of {"q"}, from other fields.')],
    silent: Annotated[
        float, typer.Option(min=0.5, max=1.0, help="Share of the off-topic questions that must find nothing.")
    ] = 0.97,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn from judged questions where the search ends and what counts as close, for the model in use.

    Example: learncities calibrate questions.jsonl --off-topic off_topic.jsonl
    """
    from corpus.settings import load_settings
    from index import calibration
    from search.calibrate import learn
    from search.engine import KnowledgeBase
    from search.evaluate import read_asked, read_questions

    folder = load_settings(data=data).data
    base = KnowledgeBase.open(folder)
    learned = learn(base, read_questions(questions), read_asked(off_topic), silent)
    calibration.write(folder / calibration.FILE, base.manifest.model_id, learned.calibration)
    if as_json:
        print_json({"model": base.manifest.model_id, "snapshot": base.snapshot.id, **asdict(learned)})
        return
    made = learned.calibration
    rows = [
        ("answered from a score of", f"{made.answer:.3f}"),
        ("then listed from a score of", f"{made.cutoff:.3f}"),
        ("fairly close from a cosine of", f"{made.fair:.3f}"),
        ("close from a cosine of", f"{made.strong:.3f}"),
        ("judged questions that find something", f"{learned.answered:.1%}"),
        ("judged answers that are found", f"{learned.kept:.1%}"),
        ("off-topic questions that find nothing", f"{learned.silent:.1%}"),
    ]
    print_table(("what", base.manifest.model_id), rows)
    print_line(f"Kept in {calibration.FILE}; `learncities rebuild` publishes it.")
