"""The command that teaches the search what its model's scores mean: `calibrate`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, print_json, print_line, print_table

if TYPE_CHECKING:
    from search.calibrate import Learned


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

    A language with at least 20 questions of both kinds gets a calibration of its own; the others share one.

    Example: learncities calibrate questions.jsonl --off-topic off_topic.jsonl
    """
    from corpus.settings import load_settings
    from index import calibration
    from search.calibrate import learn_by_language
    from search.engine import KnowledgeBase
    from search.evaluate import read_asked, read_questions

    folder = load_settings(data=data).data
    base = KnowledgeBase.open(folder)
    model = base.manifest.model_id
    learned = learn_by_language(base, read_questions(questions), read_asked(off_topic), silent)
    for language, found in learned.items():
        calibration.write(folder / calibration.FILE, f"{model} {language}".rstrip(), found.calibration)
    if as_json:
        made = [{"language": language or None, **asdict(found)} for language, found in learned.items()]
        print_json({"model": model, "snapshot": base.snapshot.id, "calibrations": made})
        return
    print_table(("what", *(f"{model} {language}".rstrip() for language in learned)), _rows(list(learned.values())))
    print_line(f"Kept in {calibration.FILE}; `learncities rebuild` publishes it.")


def _rows(learned: Sequence[Learned]) -> list[tuple[str, ...]]:
    """What was learned, a column a language."""
    made = [found.calibration for found in learned]
    return [
        ("answered from a score of", *(f"{c.answer:.3f}" for c in made)),
        ("then listed from a score of", *(f"{c.cutoff:.3f}" for c in made)),
        ("fairly close from a cosine of", *(f"{c.fair:.3f}" for c in made)),
        ("close from a cosine of", *(f"{c.strong:.3f}" for c in made)),
        ("judged questions that find something", *(f"{found.answered:.1%}" for found in learned)),
        ("judged answers that are found", *(f"{found.kept:.1%}" for found in learned)),
        ("off-topic questions that find nothing", *(f"{found.silent:.1%}" for found in learned)),
    ]
