"""How good the search is on judged questions: nDCG@10, recall@10 and MRR with bootstrap intervals."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from corpus.errors import InvalidInput, LearnCitiesError
from search.engine import KnowledgeBase
from search.fusion import meaning, words

DEPTH = 10
# A language with fewer questions is listed without a claim.
ENOUGH = 10
_RESAMPLES = 2000


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
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InvalidInput(f"{path.name!r} cannot be read as a text file.") from None
    questions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(Question.model_validate(json.loads(line)))
            except (ValidationError, ValueError):
                form = '{"q": "...", "lang": "en", "relevant": ["document-id"]}'
                raise InvalidInput(f"{path.name}, line {number}: expected {form}.") from None
    if not questions:
        raise InvalidInput(f"{path.name} holds no question.")
    return questions


def evaluate(base: KnowledgeBase, questions: Sequence[Question]) -> list[Row]:
    """Rows for meaning alone, words alone and the hybrid, over all questions and by language."""
    systems: dict[str, Callable[[str], list[str]]] = {
        "dense": lambda q: base.ranking(q, meaning),
        "words": lambda q: base.ranking(q, words),
        "hybrid": base.ranking,
    }
    languages = ["all", *sorted({question.lang for question in questions})]
    rows = []
    for system, ranking in systems.items():
        scores = [(question.lang, _scores(ranking, question)) for question in questions]
        for language in languages:
            values = np.array([score for lang, score in scores if language in ("all", lang)])
            rows.append(Row(system, language, len(values), *(_measure(values[:, i]) for i in range(3))))
    return rows


def _scores(ranking: Callable[[str], list[str]], question: Question) -> tuple[float, float, float]:
    """nDCG@10 with binary gains (Järvelin and Kekäläinen 2002), recall@10, reciprocal rank within the first 10."""
    try:
        found = ranking(question.q)[:DEPTH]
    except LearnCitiesError:
        found = []
    relevant = set(question.relevant)
    ranks = [rank for rank, document in enumerate(found, start=1) if document in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(DEPTH, len(relevant)) + 1))
    gain = sum(1 / math.log2(rank + 1) for rank in ranks)
    return gain / ideal, len(ranks) / len(relevant), 1 / ranks[0] if ranks else 0.0


def _measure(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Measure:
    """Mean and percentile bootstrap interval; the seed is fixed, so a run can be repeated."""
    random = np.random.default_rng(0)
    samples = random.choice(values, size=(_RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    return Measure(fmean(values.tolist()), float(low), float(high))
