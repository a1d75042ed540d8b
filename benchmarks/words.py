"""What each setting of the words is worth: `python -m benchmarks.words QUESTIONS.jsonl FOLDER... [--data DIR]`.

BM25F over the terms of our analyser, one thing changed at a time; each document counts by its best passage. The
arithmetic is written out here, so that settings can be changed without making an index anew.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.fusion import Array, Way, asked_of, ndcg, places_of
from benchmarks.judged import JudgedSet, arguments, judged_sets
from corpus.text import fold
from index.analyzer import terms
from index.stopwords import is_stop_word
from search.engine import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Setting:
    """Saturation, the part that length plays, weights of title, section and body, stop words, stems."""

    k1: float = 1.5
    b: float = 0.5
    weights: tuple[float, float, float] = (2.0, 1.0, 1.0)
    stop: bool = True
    stem: bool = True


IN_USE = Setting()
SETTINGS = {
    "as recommended": IN_USE,
    "as published (flat, .9, .4)": Setting(0.9, 0.4, (1, 1, 1), stop=False),
    "the same without stop words": Setting(0.9, 0.4, (1, 1, 1)),
    "k1 1.2, b 0.75": replace(IN_USE, k1=1.2, b=0.75),
    "k1 1.2": replace(IN_USE, k1=1.2),
    "k1 2": replace(IN_USE, k1=2.0),
    "b 0.25": replace(IN_USE, b=0.25),
    "b 0.75": replace(IN_USE, b=0.75),
    "title 1": replace(IN_USE, weights=(1, 1, 1)),
    "title 3": replace(IN_USE, weights=(3, 1, 1)),
    "stop words count": replace(IN_USE, stop=False),
    "no stems": replace(IN_USE, stem=False),
}


@dataclass(slots=True)
class Postings:
    """The terms of a knowledge base's passages, field by field; passages in the order of their documents."""

    rowids: list[int] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    junk: list[bool] = field(default_factory=list)
    holders: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=lambda: defaultdict(list))
    lengths: list[int] = field(default_factory=list)


def postings(base: KnowledgeBase, stem: bool) -> Postings:
    """Every term with its passages and how often their title, section and body hold it."""
    found, places = Postings(), places_of(base)
    rows = base.db.execute(
        "SELECT p.rowid, d.title, (SELECT group_concat(value, ' ') FROM json_each(p.section)), p.text, d.language"
        " FROM passages p JOIN documents d ON d.rowid = p.document ORDER BY d.id, p.ordinal"
    )
    for place, (rowid, *texts, language) in enumerate(rows):
        document, junk = places[rowid]
        fields = [Counter(terms(text or "", language if stem else None)) for text in texts]
        for term in set().union(*fields):
            found.holders[term].append((place, *(own[term] for own in fields)))
        found.rowids.append(rowid)
        found.documents.append(document)
        found.junk.append(junk)
        found.lengths.append(sum(own.total() for own in fields))
    return found


def scores(found: Postings, query: list[str], setting: Setting) -> Array:
    """BM25F of every passage."""
    lengths, total = np.array(found.lengths), len(found.lengths)
    slowness = setting.k1 * (1 - setting.b + setting.b * lengths / lengths.mean())
    score = np.zeros(total)
    for term in query:
        if term in found.holders:
            held: npt.NDArray[Any] = np.array(found.holders[term])
            idf = math.log(1 + (total - len(held) + 0.5) / (len(held) + 0.5))
            often = held[:, 1:] @ np.array(setting.weights)
            score[held[:, 0]] += idf * often * (setting.k1 + 1) / (often + slowness[held[:, 0]])
    return score


def query_terms(question: str, setting: Setting) -> list[str]:
    """The question's terms, each once."""
    words = [word for word in question.split() if not (setting.stop and is_stop_word(fold(word.strip(".,?!;:")), "en"))]
    return list(dict.fromkeys(terms(" ".join(words or [question]), "en" if setting.stem else None)))


def mean_ndcg(asked: JudgedSet, found: Postings, setting: Setting) -> float:
    """nDCG@10 over the questions."""
    way, values = Way("words", lambda one: one.words, share=1.0), []
    for question, judged in asked.judged.items():
        words = scores(found, query_terms(question, setting), setting)
        values.append(ndcg(asked_of(found.documents, np.array(found.junk), words, words, judged), way))
    return float(np.mean(values))


def main() -> None:
    given = arguments(__doc__)
    sets = list(judged_sets(given.questions, given.folders, given.data, given.kept))
    made = {(id(base), stem): postings(base, stem) for base in {one.base for one in sets} for stem in (True, False)}
    print(" " * 30 + "".join(f"{one.name:>15}" for one in sets))
    for name, setting in SETTINGS.items():
        values = (mean_ndcg(one, made[id(one.base), setting.stem], setting) for one in sets)
        print(f"{name:30}" + "".join(f"{value:15.4f}" for value in values), flush=True)


if __name__ == "__main__":
    main()
