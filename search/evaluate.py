"""How good the search is on judged questions: nDCG@10, recall@10 and MRR with bootstrap intervals."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, Field, ValidationError

from corpus.errors import InvalidInput
from search.engine import KnowledgeBase
from search.fusion import meaning, words

DEPTH = 10
# A language with fewer questions is listed without a claim.
ENOUGH = 10
_RESAMPLES = 2000
Scores = npt.NDArray[np.float64]


class Question(BaseModel):
    """A judged question."""

    q: str = Field(min_length=1)
    lang: str = "en"
    relevant: list[str] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one way of searching over the questions of one language (or all)."""

    system: str
    language: str
    questions: int
    ndcg: Measure
    recall: Measure
    mrr: Measure


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSONL file. Raises InvalidInput with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(f"{path.name!r} cannot be read as a text file.") from None
    questions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(Question.model_validate(json.loads(line)))
            except (ValidationError, ValueError, RecursionError):
                form = '{"q": "...", "lang": "en", "relevant": ["document-id"]}'
                raise InvalidInput(f"{path.name}, line {number}: expected {form}.") from None
    if not questions:
        raise InvalidInput(f"{path.name} holds no question.")
    return questions


def evaluate(base: KnowledgeBase, questions: Sequence[Question]) -> list[Row]:
    """Rows for meaning alone, words alone and the hybrid, over all questions and by language."""
    for question in questions:
        for document in question.relevant:
            if not base.holds(document):
                raise InvalidInput(f"The question {question.q[:60]!r} names {document!r}, which is no document here.")
    systems: dict[str, Callable[[str], list[str]]] = {
        "dense": lambda q: base.ranking(q, meaning),
        "words": lambda q: base.ranking(q, words),
        "hybrid": base.ranking,
    }
    languages = ["all", *sorted({question.lang for question in questions})]
    rows = []
    for system, ranking in systems.items():
        scores = _scores(ranking, questions)
        for language in languages:
            chosen = [i for i, question in enumerate(questions) if language in ("all", question.lang)]
            rows.append(Row(system, language, len(chosen), *_measures(scores[chosen])))
    return rows


def measures(ranking: Callable[[str], list[str]], questions: Sequence[Question]) -> tuple[Measure, Measure, Measure]:
    """nDCG, recall and reciprocal rank at 10 of one way of searching."""
    return _measures(_scores(ranking, questions))


def _measures(scores: Scores) -> tuple[Measure, Measure, Measure]:
    return _measure(scores[:, 0]), _measure(scores[:, 1]), _measure(scores[:, 2])


def _scores(ranking: Callable[[str], list[str]], questions: Sequence[Question]) -> Scores:
    """nDCG, recall and reciprocal rank at 10 of each question, shape (questions, 3); no answer scores 0."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    names = {nDCG @ DEPTH: 0, R @ DEPTH: 1, RR @ DEPTH: 2}
    qrels = {str(i): dict.fromkeys(question.relevant, 1) for i, question in enumerate(questions)}
    run = {str(i): _run(ranking, question.q) for i, question in enumerate(questions)}
    scores = np.zeros((len(questions), len(names)))
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        scores[int(metric.query_id), names[metric.measure]] = metric.value
    return scores


def _run(ranking: Callable[[str], list[str]], question: str) -> dict[str, float]:
    try:
        found = ranking(question)[:DEPTH]
    except InvalidInput:  # a question that cannot be asked found nothing
        found = []
    return {document: float(-rank) for rank, document in enumerate(found)}


def _measure(values: Scores) -> Measure:
    """Mean and percentile bootstrap interval; the seed is fixed, so a run can be repeated."""
    random = np.random.default_rng(0)
    samples = random.choice(values, size=(_RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    return Measure(fmean(values.tolist()), float(low), float(high))
