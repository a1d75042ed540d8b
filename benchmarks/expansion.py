"""What acronyms, synonyms, place names and a thesaurus bring: nDCG@10 by language, without them and with them.

Run: python benchmarks/expansion.py QUESTIONS.jsonl [--data DIR]. A snapshot with a thesaurus is measured with it.
Where the snapshot holds a thesaurus, publish once without it (`learncities thesaurus remove`, `learncities rebuild`)
and give both snapshots: --snapshot ID1 --snapshot ID2.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from search.engine import KnowledgeBase
from search.evaluate import ENOUGH, Question, measures, read_questions

_RESAMPLES = 2000


def each(base: KnowledgeBase, questions: list[Question]) -> list[float]:
    """nDCG@10 of every question."""
    return [measures(base.ranking, [question])[0].mean for question in questions]


def row(name: str, before: list[float], after: list[float]) -> None:
    gains = np.array(after) - np.array(before)
    samples = np.random.default_rng(0).choice(gains, size=(_RESAMPLES, len(gains))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    few = "" if len(gains) >= ENOUGH else "  too few for a claim"
    means = f"{np.mean(before):.3f}   {np.mean(after):.3f}"
    print(f"{name:8} {len(gains):9}  {means}   {gains.mean():+.3f} [{low:+.3f}, {high:+.3f}]{few}")


def compare(base: KnowledgeBase, questions: list[Question]) -> None:
    base.expanding = False
    before = each(base, questions)
    base.expanding = True
    after = each(base, questions)
    print("language questions  without  with    gain [95 % interval]")
    languages = sorted({question.lang for question in questions})
    others = [code for code in languages if code != "en"]
    groups = [(code, [code]) for code in languages] + [("not en", others)]
    for name, codes in groups:
        chosen = [i for i, question in enumerate(questions) if question.lang in codes]
        if chosen:
            row(name, [before[i] for i in chosen], [after[i] for i in chosen])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path)
    arguments.add_argument("--data", type=Path, default=Path("data"))
    arguments.add_argument("--snapshot", action="append", default=None)
    given = arguments.parse_args()
    questions = read_questions(given.questions)
    for snapshot in given.snapshot or [None]:
        base = KnowledgeBase.open(given.data, snapshot)
        held = "with" if (base.snapshot.path / "thesaurus.json").is_file() else "without"
        print(f"{len(questions)} questions, snapshot {base.snapshot.id}, {held} a thesaurus")
        compare(base, questions)


if __name__ == "__main__":
    main()
