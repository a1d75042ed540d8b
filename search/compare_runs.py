"""Two runs on the same judged questions: how far apart they are, whether by chance, and where the second is worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.console import counted
from corpus.errors import InvalidInput
from search.scoring import MEASURES, Measure, Scores, answerable, as_run, judged_share, measure, rankings_of, scores_of
from search.trec import Qrels, Run

WORST = 10
_FLIPS, _BLOCKS = 10_000, 20
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of both runs; wins are questions on which the second is better."""

    measure: str
    a: float
    b: float
    difference: Measure
    p: float
    wins: int
    losses: int
    ties: int


@dataclass(frozen=True, slots=True)
class Loss:
    """A question on which the second run is worse, with nDCG@10 of both."""

    question: str
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second run beside the first."""

    questions: int
    differences: tuple[Difference, ...]
    judged: tuple[float, float]  # share of the first ten of each run that anybody judged
    worst: tuple[Loss, ...]


def compare(qrels: Qrels, a: Run, b: Run) -> Comparison:
    """What changes from run `a` to run `b`. A question that a run does not answer scores 0 there."""
    questions = answerable(qrels)
    if not any(question in a or question in b for question in questions):
        raise InvalidInput("Neither run answers a judged question. Do the runs and the judgements belong together?")
    known = set(questions)
    found = [{q: ids for q, ids in rankings_of(run).items() if q in known} for run in (a, b)]
    first, second = (scores_of(qrels, as_run(rankings), questions) for rankings in found)
    differences = tuple(_difference(name, first[:, i], second[:, i]) for i, name in enumerate(MEASURES))
    shares = (judged_share(qrels, found[0]), judged_share(qrels, found[1]))
    return Comparison(len(questions), differences, shares, _worst(questions, first[:, 0], second[:, 0]))


def unlike(name: str, qrels: Qrels, run: Run) -> list[str]:
    """In words: judged questions that a run leaves out, and its questions that nobody judged."""
    judged = set(answerable(qrels))
    missing, extra = judged - set(run), set(run) - judged
    return [
        *([f"{name}: {counted(len(missing), 'judged question')} without an answer, scored 0."] if missing else []),
        *([f"{name}: {counted(len(extra), 'question')} without a judgement, left out."] if extra else []),
    ]


def chance(differences: Scores) -> float:
    """The p of a paired randomisation test, two-sided: signs flipped at random (Smucker, Allan, Carterette 2007).

    (hits + 1) / (flips + 1), so that it is never 0 (Phipson, Smyth 2010). The seed is fixed.
    """
    random = np.random.default_rng(0)
    # Ties stay 0 whichever way they are flipped.
    changed = differences[np.abs(differences) > _SAME]
    hits = 0
    for _ in range(_BLOCKS):  # in blocks, so that thousands of questions need little memory
        signs = random.choice([-1.0, 1.0], size=(_FLIPS // _BLOCKS, len(changed)))
        hits += int((np.abs(signs @ changed) >= abs(changed.sum()) - _SAME).sum())
    return (hits + 1) / (_FLIPS + 1)


def _difference(name: str, a: Scores, b: Scores) -> Difference:
    by = b - a
    wins, losses = int((by > _SAME).sum()), int((by < -_SAME).sum())
    return Difference(
        measure=name,
        a=float(a.mean()),
        b=float(b.mean()),
        difference=measure(by),
        p=chance(by),
        wins=wins,
        losses=losses,
        ties=len(by) - wins - losses,
    )


def _worst(questions: Sequence[str], a: Scores, b: Scores) -> tuple[Loss, ...]:
    order = np.argsort(b - a, kind="stable")[:WORST]
    return tuple(Loss(questions[i], float(a[i]), float(b[i])) for i in order if b[i] < a[i] - _SAME)
