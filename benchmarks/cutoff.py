"""Where to stop: `python -m benchmarks.cutoff QUESTIONS.jsonl CLAIMS [--data DIR]`.

The English QUESTIONS are about the starter corpus in DIR; the claims of CLAIMS, a collection in the form of BEIR in
another field, are not, and should find nothing there. A rule of what is found is to be chosen on all `train` claims
and confirmed on 100 of `test`.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.fusion import Array, Way, added, asked_of, ndcg
from benchmarks.judged import read_collection
from benchmarks.words import IN_USE, Postings, postings, query_terms, rows_of, scores
from search.engine import KnowledgeBase
from search.evaluate import read_questions

# How the words are weighed, and the score from which a passage is listed where any passage is good enough.
WEIGHT, POOLED, LISTED = 0.35, 0.85, 0.3
# Share of the IDF mass that is enough beside a cosine of LEAST: what half of the question's words is.
SHARE, LEAST = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Near:
    """Every passage's cosine to a question, its BM25 over the IDF mass, and the share of that mass that it holds."""

    cosine: Array
    words: Array
    share: Array

    @property
    def score(self) -> Array:
        """Both together, as a passage is ranked."""
        return self.cosine + WEIGHT * self.words


Rule = Callable[[Near], npt.NDArray[np.bool_]]


def rules() -> Iterator[tuple[str, Rule]]:
    """The passages that are found, by name of the rule."""

    def cosine(least: float, one: Near) -> npt.NDArray[np.bool_]:
        return np.asarray(one.cosine >= least)

    def either(least: float, one: Near) -> npt.NDArray[np.bool_]:
        return np.asarray((one.cosine >= least) | ((one.share >= SHARE) & (one.cosine >= LEAST)))

    def score(least: float, one: Near) -> npt.NDArray[np.bool_]:
        return np.asarray(one.score >= least)

    def two(least: float, one: Near) -> npt.NDArray[np.bool_]:
        return np.asarray((one.score >= LISTED) & (one.score.max() >= least))

    for least in (0.27, 0.30, 0.32, 0.34):
        yield f"cosine {least:.2f}", partial(cosine, least)
        yield f"cosine {least:.2f}, or half of the words", partial(either, least)
    for least in (0.34, 0.36, 0.37, 0.38, 0.40):
        yield f"score {least:.2f}", partial(score, least)
        yield f"score {LISTED:.2f}, if any has {least:.2f}", partial(two, least)


def near(base: KnowledgeBase, found: Postings, question: str) -> Near:
    """The arrays of one question, passages in the order of `found`."""
    query, total = query_terms(question, IN_USE), len(found.lengths)
    share, mass = np.zeros(total), 0.0
    for term in query:
        places = [held[0] for held in found.holders.get(term, ())]
        idf = math.log(1 + (total - len(places) + 0.5) / (len(places) + 0.5))
        mass += idf
        share[places] += idf
    cosine = base.index.vectors_of(np.array(found.rowids)) @ base.encoder.encode_query(question)
    return Near(cosine, scores(found, query, IN_USE) / mass, share / mass)


def kept_ndcg(found: Postings, asked: Near, judged: list[str], kept: npt.NDArray[np.bool_]) -> float:
    """nDCG@10 of what is found; what is not found scores nothing."""
    places = np.flatnonzero(kept)
    if not len(places):
        return 0.0
    documents, gains = [found.documents[place] for place in places], dict.fromkeys(judged, 1)
    one = asked_of(documents, np.array(found.junk)[places], asked.cosine[places], asked.words[places], gains)
    return ndcg(one, Way("", partial(added, WEIGHT), POOLED))


def silent(asked: Iterable[Near], rule: Rule) -> int:
    """How many of these questions find nothing."""
    return sum(not rule(one).any() for one in asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    given = parser.parse_args()
    base = KnowledgeBase.open(given.data)
    made = postings(rows_of(base), stem=True)
    questions = [question for question in read_questions(given.questions) if question.lang == "en"]
    train, test = (list(read_collection(given.claims, split).questions.values()) for split in ("train", "test"))
    claims = [near(base, made, claim) for claim in train]
    held_out = [near(base, made, claim) for claim in random.Random(0).sample(test, 100)]
    asked = [near(base, made, question.q) for question in questions]
    print(f"{len(made.lengths)} passages, {len(asked)} questions about them; {len(claims)} claims, and 100 held out")
    print(f"{'':32}find nothing: claims  held out  questions   nDCG@10  documents found")
    for name, rule in rules():
        kept = [rule(one) for one in asked]
        mean = np.mean([kept_ndcg(made, o, q.relevant, k) for o, q, k in zip(asked, questions, kept, strict=True)])
        many = np.mean([len({made.documents[place] for place in np.flatnonzero(k)}) for k in kept])
        share = silent(claims, rule) / len(claims)
        print(f"{name:40}{share:12.3f}{silent(held_out, rule):10}{silent(asked, rule):11}{mean:10.3f}{many:17.0f}")


if __name__ == "__main__":
    main()
