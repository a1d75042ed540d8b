"""What misspelling costs, and what putting it right brings back: nDCG@10 of questions with letters wrong.

A share of the words of five letters and more gets one letter left out, added, changed or swapped with the next; four
drawings each. A file of questions from elsewhere shows how often a right question would be answered as another.

Run: python benchmarks/typos.py QUESTIONS.jsonl [--others FILE.jsonl] [--data DIR]
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

from search.ask import ask
from search.engine import KnowledgeBase
from search.evaluate import Question, measures, read_questions
from search.query import MAX_LENGTH
from search.results import SearchResult
from search.spelling import correction

SHARES, DRAWINGS = (0.0, 0.15, 0.3, 0.6, 1.0), 4
_LETTERS = "aeiounrst"


def misspelt(text: str, share: float, seed: int) -> str:
    draw = random.Random(seed)

    def one(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < 5 or draw.random() >= share:
            return word
        at, letter = draw.randrange(1, len(word) - 1), draw.choice(_LETTERS)
        wrong = (letter, letter + word[at], "", word[at + 1] + word[at])
        chosen = draw.randrange(len(wrong))
        return word[:at] + wrong[chosen] + word[at + (2 if chosen == 3 else 1) :]

    return re.sub(r"[^\W\d_]+", one, text)


def row(share: float, answer: Callable[[str], SearchResult], questions: list[Question]) -> tuple[float, float]:
    def run(question: str) -> list[str]:
        return [hit.document.id for hit in answer(question).hits]

    found = []
    for drawing in range(DRAWINGS if share else 1):
        wrong = [q.model_copy(update={"q": misspelt(q.q, share, 1000 * drawing + n)}) for n, q in enumerate(questions)]
        ndcg, recall, _ = measures(run, wrong)
        found.append((ndcg.mean, recall.mean))
    return sum(ndcg for ndcg, _ in found) / len(found), sum(recall for _, recall in found) / len(found)


def strangers(base: KnowledgeBase, path: Path) -> None:
    asked = (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
    texts = [text for text in asked if len(text) <= MAX_LENGTH]
    answers = [(base.search(text, limit=1, with_facets=False), ask(base, text, limit=1)) for text in texts]
    print(f"\n{len(texts):,} questions of {path}")
    print(f"  with a word that is near to one of the corpus    {sum(correction(base, t) is not None for t in texts):5}")
    print(f"  answered as corrected                            {sum(a.corrected is not None for _, a in answers):5}")
    print(f"  offered a correction                             {sum(a.did_you_mean is not None for _, a in answers):5}")
    print(f"  without an answer, as typed                      {sum(t.total == 0 for t, _ in answers):5}")
    print(f"  without an answer, with corrections              {sum(a.total == 0 for _, a in answers):5}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("questions", type=Path)
    arguments.add_argument("--others", type=Path, nargs="*", default=[])
    arguments.add_argument("--data", type=Path, default=Path("data"))
    given = arguments.parse_args()
    base = KnowledgeBase.open(given.data)
    questions = [question for question in read_questions(given.questions) if question.lang == "en"]
    print(f"{len(questions)} questions, snapshot {base.snapshot.id}; nDCG@10 and recall@10")
    print(f"{'share of long words misspelt':32} {'as typed':>14} {'put right':>14}")
    for share in SHARES:
        typed = row(share, lambda text: base.search(text, with_facets=False), questions)
        right = row(share, lambda text: ask(base, text, with_facets=False), questions)
        print(f"{share:<32.0%} {typed[0]:7.3f} {typed[1]:6.3f} {right[0]:7.3f} {right[1]:6.3f}")
    for path in given.others:
        strangers(base, path)


if __name__ == "__main__":
    main()
