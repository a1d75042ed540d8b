"""What a ranking is worth on judged questions: nDCG, recall and reciprocal rank at 10, and means with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
import numpy.typing as npt

from search.trec import Qrels, Run

DEPTH = 10
MEASURES = ("nDCG@10", "recall@10", "MRR@10")
_RESAMPLES = 2000
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def answerable(qrels: Qrels) -> list[str]:
    """The questions that a document answers: only they can be measured."""
    return [question for question, judged in qrels.items() if any(grade > 0 for grade in judged.values())]


def as_run(found: Mapping[str, Sequence[str]]) -> Run:
    """Rankings as scores that keep their order."""
    return {q: {document: float(-rank) for rank, document in enumerate(ids)} for q, ids in found.items()}


def rankings_of(run: Run) -> dict[str, list[str]]:
    """The documents of a run in the order that trec_eval gives them: by score, equal scores by id from the end."""
    return {
        q: sorted(found, key=lambda document: (found[document], document), reverse=True) for q, found in run.items()
    }


def scores_of(qrels: Qrels, run: Run, questions: Sequence[str]) -> Scores:
    """nDCG, recall and reciprocal rank at 10 of each question, shape (questions, 3); no answer scores 0."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    names = {nDCG @ DEPTH: 0, R @ DEPTH: 1, RR @ DEPTH: 2}
    position = {question: i for i, question in enumerate(questions)}
    scores = np.zeros((len(questions), len(names)))
    for metric in ir_measures.iter_calc(list(names), {q: qrels[q] for q in questions}, run):
        scores[position[metric.query_id], names[metric.measure]] = metric.value
    return scores


def judged_share(qrels: Qrels, found: Mapping[str, Sequence[str]]) -> float:
    """The share of the first ten documents of each question that have a judgement, over all questions."""
    shown = [(question, document) for question, ids in found.items() for document in ids[:DEPTH]]
    return fmean(document in qrels.get(question, {}) for question, document in shown) if shown else 0.0


def measure(values: Scores) -> Measure:
    """Mean and percentile bootstrap interval; the seed is fixed, so a run can be repeated."""
    random = np.random.default_rng(0)
    samples = random.choice(values, size=(_RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    return Measure(fmean(values.tolist()), float(low), float(high))
