"""How meaning and words are best added up: nDCG@10 of the hybrid by weight and pooling, against both halves.

Run: python benchmarks/fusion.py QUESTIONS.jsonl [--data DIR] [--lang en]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from search import fusion
from search.engine import KnowledgeBase
from search.evaluate import Question, measures, read_questions
from search.query import parse
from search.rank import rank
from search.retrieve import Candidate, uncut

WEIGHTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
SHARES = (1.0, 0.7, 0.5)


def ranking(base: KnowledgeBase, score: Callable[[Candidate], float]) -> Callable[[str], list[str]]:
    def run(question: str) -> list[str]:
        query = parse(question)
        found = uncut(base.db, base.index, query, base.encoder.encode_query(query.text))
        return base.ids([entry.document for entry in rank(base.db, found, score)])

    return run


def row(name: str, run: Callable[[str], list[str]], questions: list[Question]) -> None:
    ndcg, recall, mrr = measures(run, questions)
    print(f"{name:34} {ndcg.mean:.3f} [{ndcg.low:.3f}, {ndcg.high:.3f}]   {recall.mean:.3f}   {mrr.mean:.3f}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path)
    arguments.add_argument("--data", type=Path, default=Path("data"))
    arguments.add_argument("--lang", default="en")
    given = arguments.parse_args()
    base = KnowledgeBase.open(given.data)
    questions = [question for question in read_questions(given.questions) if question.lang == given.lang]
    print(f"{len(questions)} questions ({given.lang}), snapshot {base.snapshot.id}, no cut-off unless said")
    print(f"{'':34} nDCG@10 [95 % interval]  recall@10  MRR@10")
    row("words alone", ranking(base, fusion.words), questions)
    row("meaning alone", ranking(base, fusion.meaning), questions)
    for share in SHARES:
        fusion.BEST_SHARE = share
        for weight in WEIGHTS:
            run = ranking(base, lambda c, weight=weight: c.cosine + weight * c.words)  # type: ignore[misc]
            row(f"best {share:.1f}, words weight {weight:.2f}", run, questions)
    fusion.BEST_SHARE = 0.7
    row("as served (cut-offs, spread)", base.ranking, questions)


if __name__ == "__main__":
    main()
