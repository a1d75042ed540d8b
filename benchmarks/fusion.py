"""How meaning and words are best added up: `python -m benchmarks.fusion QUESTIONS.jsonl FOLDER... [--data DIR]`.

QUESTIONS (the English ones) are asked of the starter corpus in DIR, in two halves by turns; each FOLDER is a
collection in the form of BEIR. Every passage that either scan reaches counts: no cut-off, no spread over cities.
The last columns are the difference to the way in use, over the questions that nothing was chosen on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt

from benchmarks.judged import JudgedSet, arguments, interval, judged_sets
from corpus.models import JUNK
from search.engine import KnowledgeBase
from search.fusion import BEST_SHARE, TOP, WORDS_WEIGHT
from search.rank import JUNK_FACTOR

Array = npt.NDArray[np.float64]
# Asked only after the choice was made.
HELD_OUT = ("scifact test", "starter even")
WEIGHTS, SHARES = (0.15, 0.25, 0.35, 0.45, 0.6), (0.2, 0.3, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's passages, those of one document side by side: `first` is where each document begins."""

    cosine: Array
    words: Array
    junk: npt.NDArray[np.bool_]
    first: npt.NDArray[np.intp]
    gains: Array
    ideal: float
    weight: float = WORDS_WEIGHT  # what words weigh in the order of this question's answers


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a score for each passage, and from those of a document's passages to its own."""

    name: str
    score: Callable[[Asked], Array]
    share: float = BEST_SHARE


def dcg(gains: Array) -> float:
    return float((gains[:10] / np.log2(np.arange(2, len(gains[:10]) + 2))).sum())


def gather(asked: JudgedSet) -> list[Asked]:
    """The arrays of each question."""
    return [_asked(asked.base, question, judged) for question, judged in asked.judged.items()]


def places_of(base: KnowledgeBase) -> dict[int, tuple[str, bool]]:
    """The document of each passage, and whether the passage is junk."""
    rows = base.db.execute("SELECT p.rowid, d.id, p.kind FROM passages p JOIN documents d ON d.rowid = p.document")
    return {rowid: (document, kind in JUNK) for rowid, document, kind in rows}


def _asked(base: KnowledgeBase, question: str, judged: Mapping[str, int]) -> Asked:
    found = base.scan(base.understand(question)).uncut()
    documents = base.columns.document[found.positions]
    order = np.argsort(documents, kind="stable")
    ids = ids_of(base)
    arrays = asked_of(
        [ids[document] for document in documents[order].tolist()],
        base.columns.junk[found.positions][order],
        found.cosines[order].astype(float),
        found.words[order].astype(float),
        judged,
    )
    return replace(arrays, weight=found.weight)


@lru_cache(maxsize=1)
def ids_of(base: KnowledgeBase) -> list[str]:
    """The ids of all documents, in the order of the columns."""
    return [row[0] for row in base.db.execute("SELECT id FROM documents ORDER BY rowid")]


def asked_of(
    documents: Sequence[str], junk: npt.NDArray[np.bool_], cosine: Array, words: Array, judged: Mapping[str, int]
) -> Asked:
    """The arrays of a question, from those of its passages in the order of their documents."""
    first = np.array([n for n, own in enumerate(documents) if n == 0 or own != documents[n - 1]])
    gains = np.array([judged.get(documents[n], 0) for n in first], dtype=float)
    return Asked(cosine, words, junk, first, gains, dcg(np.array(sorted(judged.values(), reverse=True), dtype=float)))


def ndcg(asked: Asked, way: Way) -> float:
    """nDCG@10 of one question."""
    scores = way.score(asked)
    scores = np.where(asked.junk, np.minimum(scores, JUNK_FACTOR * scores), scores)
    return dcg(asked.gains[np.argsort(-pooled(scores, asked.first, way.share), kind="stable")]) / asked.ideal


def pooled(scores: Array, first: npt.NDArray[np.intp], share: float) -> Array:
    """What `search.fusion.pool` makes of each document's passages, for all documents at once."""
    counts = np.diff(np.r_[first, len(scores)])
    documents = np.repeat(np.arange(len(first)), counts)
    best_first = scores[np.lexsort((-scores, documents))]
    top = np.arange(len(scores)) - first[documents] < TOP
    means = np.add.reduceat(np.where(top, best_first, 0.0), first) / np.minimum(counts, TOP)
    return np.asarray(share * best_first[first] + (1 - share) * means)


def in_use(asked: Asked) -> Array:
    """What is served: cosine plus BM25, which weighs more in a long question."""
    return asked.cosine + asked.weight * asked.words


def added(weight: float, asked: Asked) -> Array:
    """Cosine plus weighted BM25 over the question's IDF mass: of question and passage alone."""
    return asked.cosine + weight * asked.words


def spread_alike(weight: float, asked: Asked) -> Array:
    """Both in standard deviations of their own list."""
    return (1 - weight) * _standard(asked.cosine) + weight * _standard(asked.words)


def _standard(values: Array) -> Array:
    return np.asarray((values - values.mean()) / (values.std() or 1.0))


def stretched(weight: float, asked: Asked) -> Array:
    """Both from 0 to 1 over their own list."""
    return (1 - weight) * _unit(asked.cosine) + weight * _unit(asked.words)


def _unit(values: Array) -> Array:
    return np.asarray((values - values.min()) / (np.ptp(values) or 1.0))


def by_rank(weight: float, asked: Asked) -> Array:
    """Reciprocal ranks, with the usual 60."""
    return (1 - weight) / (60 + _ranks(asked.cosine)) + weight / (60 + _ranks(asked.words))


def _ranks(values: Array) -> Array:
    return np.argsort(np.argsort(-values, kind="stable")).astype(float)


def ways() -> Iterator[Way]:
    """What is compared; the first is in use."""
    yield Way("in use", in_use)
    yield Way("meaning alone", lambda asked: asked.cosine)
    yield Way("words alone", lambda asked: asked.words)
    for share in (1.0, 0.85, 0.7):
        for weight in WEIGHTS:
            yield Way(f"best {share}, cosine + {weight} words", partial(added, weight), share)
    for name, way in (("standard scores", spread_alike), ("min-max", stretched), ("reciprocal ranks", by_rank)):
        for weight in SHARES:
            yield Way(f"{name}, words {weight}", partial(way, weight))


def main() -> None:
    given = arguments(__doc__)
    asked = {one.name: gather(one) for one in judged_sets(given.questions, given.folders, given.data, given.kept)}
    print(" " * 34 + "".join(f"{name:>16}" for name in asked) + "   minus in use")
    use: dict[str, Array] = {}
    for way in ways():
        found = {name: np.array([ndcg(one, way) for one in questions]) for name, questions in asked.items()}
        use = use or found
        less = "  ".join(f"{name} {interval(found[name] - use[name])}" for name in HELD_OUT if name in found)
        print(
            f"{way.name:34}" + "".join(f"{values.mean():16.4f}" for values in found.values()) + f"   {less}", flush=True
        )


if __name__ == "__main__":
    main()
