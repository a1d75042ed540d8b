"""Where an answer ends: `python -m benchmarks.cutoff QUESTIONS.jsonl CLAIMS [--data DIR]`.

The English QUESTIONS are about the starter corpus in DIR; the claims of CLAIMS, a collection in the form of BEIR in
another field, are not, and should find nothing there. `answer` is the score that some passage must reach, `cutoff` that
from which passages are then listed; the first row is the snapshot's own calibration.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.judged import read_collection
from search.calibrate import best_score
from search.engine import KnowledgeBase
from search.evaluate import Question, measures, read_questions

_ANSWERS, _CUTOFFS = (0.30, 0.33, 0.35, 0.37, 0.40), (0.25, 0.30, 0.35)
_NEAR_TOPIC = Path(__file__).parents[1] / "tests" / "relevance" / "near_topic.jsonl"


def silent(scores: Sequence[float], answer: float) -> int:
    """How many questions with these best scores find nothing."""
    return sum(score < answer for score in scores)


def listed(base: KnowledgeBase, questions: Sequence[Question]) -> float:
    """How many documents a question finds, on average."""
    return float(np.mean([base.search(question.q, with_facets=False).total for question in questions]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    given = parser.parse_args()
    base = KnowledgeBase.open(given.data)
    if base.calibration is None:
        raise SystemExit("The snapshot is not calibrated.")
    used = base.calibration
    questions = [question for question in read_questions(given.questions) if question.lang == "en"]
    test = list(read_collection(given.claims, "test").questions.values())
    near = [json.loads(line)["q"] for line in _NEAR_TOPIC.read_text(encoding="utf-8").splitlines()]
    claims = [best_score(base, claim) for claim in random.Random(0).sample(test, 100)]
    asked, beside = [best_score(base, q.q) for q in questions], [best_score(base, text) for text in near]
    print(
        f"{len(questions)} questions with an answer, 100 claims of another field, {len(near)} questions near the topic"
    )
    print(f"{'':30}find nothing: questions  claims  near-topic   nDCG@10  documents found")
    tried = [(answer, used.cutoff) for answer in _ANSWERS] + [(used.answer, cutoff) for cutoff in _CUTOFFS]
    for answer, cutoff in [(used.answer, used.cutoff), *tried]:
        base.calibration = replace(used, answer=answer, cutoff=min(answer, cutoff))
        ndcg = measures(base.ranking, questions)[0].mean
        name = f"answer {answer:.3f}, cutoff {min(answer, cutoff):.3f}"
        counts = f"{silent(asked, answer):24}{silent(claims, answer):8}{silent(beside, answer):12}"
        print(f"{name:30}{counts}{ndcg:10.3f}{listed(base, questions):17.0f}", flush=True)


if __name__ == "__main__":
    main()
