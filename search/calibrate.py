"""What the scores of a model mean, learned from judged questions and from questions that have no answer here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from corpus.errors import InvalidInput
from index.calibration import Calibration
from search.engine import KnowledgeBase
from search.evaluate import Asked, Question
from search.fusion import hybrid
from search.query import COMMON_LANGUAGE

# What is called close is as close as half of the judged answers are; fairly close, as three quarters are.
_STRONG, _FAIR = 0.50, 0.25
# What is listed beside a good answer reaches as far down as this share of the judged answers.
_LISTED = 0.925
_Asked = TypeVar("_Asked", Question, Asked)
# Where the answered questions begin above the off-topic ones, the cut-off lies a third into what is between: silence
# where there is an answer is the worse fault. They begin where all but this share of them is answered.
_INTO_GAP, _LOST = 1 / 3, 0.05
# Fewer questions of either sort say too little of the tail that the cut-off lies in.
LEAST = 20


@dataclass(frozen=True, slots=True)
class Learned:
    """A calibration, and what it does to the questions that it was learned from."""

    calibration: Calibration
    answered: float  # share of the judged questions that find anything
    silent: float  # share of the off-topic questions that find nothing
    kept: float  # share of the judged answers that are found


def learn_by_language(
    base: KnowledgeBase, judged: Sequence[Question], off_topic: Sequence[Asked], silent: float
) -> dict[str, Learned]:
    """What `learn` finds for each language with enough questions of both sorts, and as "" for English and the rest."""
    languages = sorted({question.lang for question in judged} - {COMMON_LANGUAGE})
    enough = [code for code in languages if min(_count(judged, code), _count(off_topic, code)) >= LEAST]

    def of(asked: Sequence[_Asked], code: str) -> list[_Asked]:
        return [one for one in asked if (one.lang == code if code else one.lang not in enough)]

    codes = enough if enough and not of(judged, "") else ["", *enough]
    return {code: learn(base, of(judged, code), [o.q for o in of(off_topic, code)], silent) for code in codes}


def _count(asked: Sequence[Question] | Sequence[Asked], language: str) -> int:
    return sum(one.lang == language for one in asked)


def learn(base: KnowledgeBase, judged: Sequence[Question], off_topic: Sequence[str], silent: float) -> Learned:
    """The calibration at which at least that share of the off-topic questions finds nothing.

    Raises InvalidInput for too few questions.
    """
    for what, questions in (("judged", judged), ("off-topic", off_topic)):
        if len(questions) < LEAST:
            raise InvalidInput(f"{len(questions)} {what} questions are too few to learn from; give {LEAST} or more.")
    strays = np.array([best_score(base, text) for text in off_topic])
    answer = float(np.nextafter(np.float32(np.quantile(strays, silent, method="higher")), np.float32(9)))
    best = np.array([best_score(base, question.q) for question in judged])
    answer += _INTO_GAP * max(float(np.quantile(best, _LOST)) - answer, 0.0)
    answers = np.array([pair for question in judged for pair in _answers(base, question)])
    if not len(answers):
        raise InvalidInput("None of the documents that the questions name is here; give questions about this corpus.")
    scores, cosines = answers[:, 0], answers[:, 1]
    calibration = Calibration(
        answer=round(answer, 4),
        cutoff=round(min(answer, float(np.quantile(scores, 1 - _LISTED))), 4),
        fair=round(float(np.quantile(cosines, _FAIR)), 4),
        strong=round(float(np.quantile(cosines, _STRONG)), 4),
    )
    return Learned(
        calibration,
        answered=float(np.mean(best >= calibration.answer)),
        silent=float(np.mean(strays < calibration.answer)),
        kept=float(np.mean(scores >= calibration.cutoff)),
    )


def best_score(base: KnowledgeBase, text: str) -> float:
    """The score of the best passage there is for a question, cut-off or not; -1 where there is none."""
    found = base.scan(base.understand(text)).uncut()
    return float(hybrid(found).max(initial=-1.0))


def _answers(base: KnowledgeBase, question: Question) -> list[tuple[float, float]]:
    """The best score and the best cosine of each document that answers the question."""
    found = base.scan(base.understand(question.q)).uncut()
    scores, documents = hybrid(found), base.columns.document[found.positions]
    own = [base.position_of(document) for document in question.relevant if base.holds(document)]
    return [
        (float(scores[documents == place].max()), float(found.cosines[documents == place].max()))
        for place in own
        if (documents == place).any()
    ]
