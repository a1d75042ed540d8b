"""Where answers end in each language: `python -m benchmarks.abstention [--data DIR] [--ship]`.

The questions are those of `tests/relevance`: the parity questions, answered by what their English wordings find first,
and the off-topic ones. The cut-off of each language is learned from one half and tried on the other, both ways;
`--ship` learns it from all and puts it into `index/calibration.json`. The everyday questions are only counted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index import calibration
from index.calibration import SHIPPED
from search.calibrate import Learned, best_score, learn
from search.engine import KnowledgeBase
from search.evaluate import Asked, Question, read_asked

FOLDER = Path(__file__).parents[1] / "tests" / "relevance"
# That share of off-topic questions finds nothing; an answer is among so many that the English wording finds first.
SILENT, FIRST = 0.92, 5


def parity(base: KnowledgeBase) -> Iterator[Question]:
    """The questions asked in all languages, with what answers them in English."""
    for line in (FOLDER / "parity.jsonl").read_text(encoding="utf-8").splitlines():
        wordings = json.loads(line)
        answers = base.ranking(wordings.pop("en"))[:FIRST]
        yield from (Question(q=text, lang=language, relevant=answers) for language, text in wordings.items())


def crossed(base: KnowledgeBase, judged: Sequence[Question], off_topic: Sequence[str]) -> tuple[list[float], int, int]:
    """The cut-offs of both halves; of those held out, the off-topic that are answered and the judged that are not."""
    answers, stray, silent = [], 0, 0
    for half in (0, 1):
        made = _learned(base, judged[half::2], off_topic[half::2]).calibration.answer
        answers.append(made)
        stray += sum(best_score(base, text) >= made for text in off_topic[1 - half :: 2])
        silent += sum(best_score(base, question.q) < made for question in judged[1 - half :: 2])
    return answers, stray, silent


def _learned(base: KnowledgeBase, judged: Sequence[Question], off_topic: Sequence[str]) -> Learned:
    """What `learn` makes of them, as often as it takes to have enough: half of 24 questions are 12."""
    return learn(base, [*judged, *judged], off_topic, SILENT)


def _of(asked: Sequence[Asked], language: str) -> list[str]:
    return [one.q for one in asked if one.lang == language]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--ship", action="store_true", help="write what all questions teach into the package")
    given = parser.parse_args()
    base = KnowledgeBase.open(given.data)
    if base.calibration is None:
        raise SystemExit("The snapshot is not calibrated.")
    judged, english = list(parity(base)), base.calibration.answer
    off_topic, everyday = (read_asked(FOLDER / name) for name in ("off_topic_languages.jsonl", "everyday.jsonl"))
    print(f"{'':4}{'English cut-off':>24}{'learned on one half, tried on the other':>44}{'on all':>8}")
    print(f"{'':4}{'off-topic':>12}{'lost':>12}{'cut-offs':>18}{'off-topic':>12}{'lost':>14}{'':8}  everyday, lost")
    for language in dict.fromkeys(question.lang for question in judged):
        own, stray = [q for q in judged if q.lang == language], _of(off_topic, language)
        scores = np.array([best_score(base, text) for text in stray])
        best = np.array([best_score(base, question.q) for question in own])
        answers, strays, lost = crossed(base, own, stray)
        made = learn(base, own, stray, SILENT).calibration
        if given.ship:
            calibration.write(SHIPPED, f"{base.manifest.model_id} {language}", made)
        without = [text for text in _of(everyday, language) if best_score(base, text) < made.answer]
        print(
            f"{language:4}{(scores >= english).sum():>5} of {len(stray):<4}{(best < english).sum():>5} of {len(own):<4}"
            f"{answers[0]:>9.3f} {answers[1]:.3f}{strays:>9} of {len(stray):<4}{lost:>6} of {len(own):<4}"
            f"{made.answer:>7.3f}  {', '.join(without) or 'none'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
