"""Where to stop: `python -m benchmarks.cutoff QUESTIONS.jsonl CLAIMS [--data DIR]`.

The English QUESTIONS are about the starter corpus in DIR; the claims of CLAIMS, a collection in the form of BEIR in
another field, are not, and should find nothing there. A passage is found from some cosine on, or where it holds a share
of the IDF mass of the question and is not too far in meaning. Choose on all `train` claims, confirm on 100 of `test`.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.fusion import Array, Way, added, asked_of, ndcg
from benchmarks.judged import read_collection
from benchmarks.words import IN_USE, Postings, postings, query_terms, scores
from search.engine import KnowledgeBase
from search.evaluate import read_questions
from search.fusion import WORDS_WEIGHT

CUTOFFS = (0.25, 0.27, 0.30, 0.32, 0.34, 0.36)
# Share of the IDF mass, and the least cosine that goes with it; a share of 2 is never reached.
RULES = ((2.0, 1.0), (0.4, 0.2), (0.5, 0.0), (0.5, 0.2), (0.6, 0.2))


@dataclass(frozen=True, slots=True)
class Near:
    """Every passage's cosine to a question, its BM25 over the IDF mass, and the share of that mass that it holds."""

    cosine: Array
    words: Array
    share: Array

    def found(self, cutoff: float, rule: tuple[float, float]) -> npt.NDArray[np.bool_]:
        """Which passages are found."""
        return np.asarray((self.cosine >= cutoff) | ((self.share >= rule[0]) & (self.cosine >= rule[1])))


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
    return ndcg(one, Way("", partial(added, WORDS_WEIGHT)))


def silent(asked: Iterable[Near], cutoff: float, rule: tuple[float, float]) -> int:
    """How many of these questions find nothing."""
    return sum(not one.found(cutoff, rule).any() for one in asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    given = parser.parse_args()
    base = KnowledgeBase.open(given.data)
    made = postings(base, stem=True)
    questions = [question for question in read_questions(given.questions) if question.lang == "en"]
    train, test = (list(read_collection(given.claims, split).questions.values()) for split in ("train", "test"))
    claims = [near(base, made, claim) for claim in train]
    held_out = [near(base, made, claim) for claim in random.Random(0).sample(test, 100)]
    asked = [near(base, made, question.q) for question in questions]
    print(f"{len(made.lengths)} passages, {len(asked)} questions about them; {len(claims)} claims, and 100 held out")
    print("cosine  share  and cosine   claims   held out  questions find nothing; nDCG@10  documents found")
    for cutoff in CUTOFFS:
        for rule in RULES:
            kept = [one.found(cutoff, rule) for one in asked]
            mean = np.mean([kept_ndcg(made, o, q.relevant, k) for o, q, k in zip(asked, questions, kept, strict=True)])
            many = np.mean([len({made.documents[place] for place in np.flatnonzero(k)}) for k in kept])
            quiet = [silent(group, cutoff, rule) for group in (claims, held_out, asked)]
            named = "   none       none" if rule[0] > 1 else f"{rule[0]:7.2f}{rule[1]:11.2f}"
            print(
                f"{cutoff:6.2f}{named}{quiet[0] / len(claims):10.3f}{quiet[1]:10}{quiet[2]:11}{mean:23.3f}{many:14.0f}"
            )


if __name__ == "__main__":
    main()
