"""Passages become documents in order: pooled, sorted, near-duplicates folded, and spread over cities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.columns import Columns, Ints
from search.fusion import Floats, Score, pool
from search.retrieve import Candidates

# At most two of the first ten come from one city; the reordering looks at the first fifty.
CITY_CAP, CITY_WINDOW, CITY_REACH = 2, 10, 50
# A passage of a few words scores by its title and section alone; as evidence to show it counts for less.
_HALF_TOKENS = 15
# A contents or reference list holds a query's words and answers nothing; it ranks below a text half as good.
JUNK_FACTOR = 0.5
SORTS = ("relevance", "year", "title", "added")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that speaks for its document: its position and the parts of its score."""

    position: int
    cosine: float
    words: float
    score: float
    junk: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its score, its passages, the best evidence first, and the near-duplicates it stands for."""

    document: int
    score: float
    passages: tuple[Evidence, ...] = ()
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Documents in order with their scores, and what they are taken from; `also` has what was folded into each."""

    documents: Ints
    scores: Floats
    found: Candidates
    values: Floats
    also: Mapping[int, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.documents)

    def page(self, columns: Columns, first: int, last: int) -> list[Ranked]:
        """The entries from `first` up to `last`, with their evidence."""
        pairs = zip(self.documents[first:last].tolist(), self.scores[first:last].tolist(), strict=True)
        return [
            Ranked(document, score, self._evidence(columns, document), self.also.get(document, ()))
            for document, score in pairs
        ]

    def _evidence(self, columns: Columns, document: int) -> tuple[Evidence, ...]:
        positions = self.found.positions
        own = np.flatnonzero(columns.document[positions] == document)
        tokens = columns.tokens[positions[own]]
        own = own[np.argsort(-self.values[own] * tokens / (tokens + _HALF_TOKENS), kind="stable")]
        return tuple(
            Evidence(
                int(positions[i]), float(self.found.cosines[i]), float(self.found.words[i]), float(self.values[i]),
                bool(columns.junk[positions[i]]),
            )
            for i in own
        )  # fmt: skip


def rank(columns: Columns, found: Candidates, score: Score) -> Ranking:
    """Documents by pooled score; ties are broken by the document's id, so the order is always the same."""
    junk = columns.junk[found.positions]
    values = score(found)
    # Halving a negative score would raise it.
    values = np.where(junk, np.minimum(values, JUNK_FACTOR * values), values).astype(np.float32)
    # A document is as good as the better of its texts and its junk: a contents list must not pull it down.
    halves, scores = pool(columns.document[found.positions] * 2 + junk, values)
    documents, first = np.unique(halves // 2, return_index=True)
    scores = np.maximum.reduceat(scores, first) if len(first) else scores
    order = np.lexsort((columns.by_id[documents], -np.round(scores, 6)))
    return _folded(columns, Ranking(documents[order].astype(np.int32), scores[order], found, values, {}))


def browse(columns: Columns, documents: Ints) -> Ranking:
    """These documents, newest first; those without a year last."""
    nothing = Candidates(np.empty(0, dtype=np.int64), *(np.empty(0, dtype=np.float32),) * 2)
    ranking = Ranking(documents, np.zeros(len(documents), dtype=np.float32), nothing, nothing.words, {})
    return _folded(columns, ordered(columns, ranking, "year"))


def _folded(columns: Columns, ranking: Ranking) -> Ranking:
    """The first of each family of near-duplicates, with the others noted."""
    families = columns.family[ranking.documents]
    _, first = np.unique(families, return_index=True)
    if len(first) == len(families):
        return ranking
    heads = dict(zip(families[first].tolist(), ranking.documents[first].tolist(), strict=True))
    also: dict[int, tuple[int, ...]] = {}
    for place in np.setdiff1d(np.arange(len(families)), first):
        head = heads[int(families[place])]
        also[head] = (*also.get(head, ()), int(ranking.documents[place]))
    kept = np.sort(first)
    return replace(ranking, documents=ranking.documents[kept], scores=ranking.scores[kept], also=also)


def ordered(columns: Columns, ranking: Ranking, sort: str) -> Ranking:
    """The same documents by year or by when they came, newest first, or by title; by relevance they are already."""
    documents = ranking.documents
    if sort == "year":
        year = columns.year[documents]
        order = np.lexsort((columns.by_title[documents], -year, year == 0))
    elif sort == "title":
        order = np.argsort(columns.by_title[documents])
    elif sort == "added":
        order = np.argsort(columns.by_added[documents])
    else:
        return ranking
    return replace(ranking, documents=documents[order], scores=ranking.scores[order])


def spread_over_cities(columns: Columns, ranking: Ranking) -> Ranking:
    """The same documents with at most CITY_CAP of one city in the first ten."""
    near = ranking.documents[:CITY_REACH].tolist()
    cities = columns.groups["city"]
    order = np.arange(len(ranking))
    order[: len(near)] = spread([cities.of(document) for document in near])
    return replace(ranking, documents=ranking.documents[order], scores=ranking.scores[order])


def spread(cities: Sequence[Sequence[str]]) -> list[int]:
    """Places of documents, given the cities of each, so that few of one city come first; moves some, drops none."""
    first: list[int] = []
    held: list[int] = []
    seen: Counter[str] = Counter()
    for place, own in enumerate(cities):
        if len(first) < CITY_WINDOW and all(seen[city] < CITY_CAP for city in own):
            seen.update(own)
            first.append(place)
        else:
            held.append(place)
    return first + held
