"""What cities do, from their documents: the themes they carry, and what they are about.

Each document counts once, however long: its vector is the mean of its passages. All documents of a corpus like this one
point the same way ("learning city"), so their mean is taken off before they are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from corpus.models import JUNK
from index.embedder import Vectors, unit
from index.vectors import RowIds
from search.engine import KnowledgeBase
from search.indicators import Numbers

# The mean of a handful of documents is those documents; taking it off would leave noise.
_ENOUGH_FOR_A_MEAN = 30
# What speaks for a likeness that rests on few documents is drawn towards none, as if half a document more were about
# nothing in particular. Reasoned, not tuned; benchmarks/peers.py has the figures for other values.
PRIOR_DOCUMENTS = 0.5
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Practices:
    """The documents about cities: row ids, unit vectors without what all share, and the themes each carries."""

    rowids: RowIds
    vectors: Vectors
    themes: Numbers  # documents by themes, 1 where it carries the theme
    theme_names: tuple[str, ...]
    mean: Vectors
    cities: Mapping[str, tuple[int, ...]]  # which of the documents are about each city

    def within(self, theme: str | None) -> dict[str, tuple[int, ...]]:
        """The documents of each city that carry a theme; all of them where none is asked for."""
        if theme is None:
            return dict(self.cities)
        if theme not in self.theme_names:
            return {}
        carries = self.themes[:, self.theme_names.index(theme)] > 0
        kept = {city: tuple(d for d in documents if carries[d]) for city, documents in self.cities.items()}
        return {city: documents for city, documents in kept.items() if documents}

    def centred(self, vector: Vectors) -> Vectors:
        """A vector of the model without what all documents share, at length 1."""
        return unit(vector - self.mean)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one city does: the shares of its documents that carry each theme, and the direction of their mean."""

    themes: Numbers
    direction: Vectors
    documents: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike what others do is, from 0 to 1: themes and meaning apart (not a number where unknown) and together."""

    themes: Numbers
    closeness: Numbers
    together: Numbers


class ProfileTable:
    """The profiles of many cities, as columns."""

    def __init__(self, profiles: Sequence[Profile], theme_weights: Numbers, prior: float = PRIOR_DOCUMENTS) -> None:
        self.profiles = tuple(profiles)
        self._weights = theme_weights
        shares = np.array([profile.themes for profile in profiles]).reshape(len(profiles), -1)
        self._themes = _rows_at_length_1(shares * theme_weights)
        self._directions = np.array([profile.direction for profile in profiles], dtype=np.float32)
        counts = np.array([profile.documents for profile in profiles], dtype=np.float64)
        self._evidence = counts / (counts + prior)

    def compare(self, asked: Profile) -> Likeness:
        """`asked` against every city: the mean of likeness in themes and in meaning, less where it rests on little."""
        own = _rows_at_length_1((asked.themes * self._weights)[None, :])[0]
        themes: Numbers = self._themes @ own
        themes[(self._themes.any(axis=1) == 0) | (not own.any())] = np.nan
        closeness = np.maximum(0.0, (self._directions @ asked.direction).astype(np.float64))
        mean = np.where(np.isnan(themes), closeness, (np.nan_to_num(themes) + closeness) / 2)
        return Likeness(themes, closeness, mean * self._evidence)


def profile_of(practices: Practices, documents: Collection[int]) -> Profile:
    """The profile of these documents; a long one weighs as much as a short one."""
    chosen = list(documents)
    return Profile(practices.themes[chosen].mean(axis=0), unit(practices.vectors[chosen].mean(axis=0)), len(chosen))


def theme_weights(practices: Practices) -> Numbers:
    """What each theme tells: the rarer it is, the more two cities have in common that share it (as in tf-idf)."""
    total = max(1, len(practices.themes))
    weights: Numbers = np.log(1 + total / np.maximum(1, practices.themes.sum(axis=0)))
    return weights


@lru_cache(maxsize=2)  # a snapshot never changes; two, because an old one may still be asked while a new one opens
def practices_of_cities(base: KnowledgeBase) -> Practices:
    """The documents of a snapshot that are about cities."""
    about = base.db.execute(
        "SELECT value, document FROM labels WHERE kind = 'city' ORDER BY value, document"
    ).fetchall()
    rowids, vectors = _document_vectors(base)
    position = {int(rowid): number for number, rowid in enumerate(rowids)}
    cities: dict[str, list[int]] = {}
    for city, document in about:
        if document in position:
            cities.setdefault(city, []).append(position[document])
    carried = base.db.execute("SELECT document, value FROM labels WHERE kind = 'theme'").fetchall()
    names = tuple(sorted({theme for _, theme in carried}))
    themes = np.zeros((len(rowids), len(names)))
    for document, theme in carried:
        if document in position:
            themes[position[document], names.index(theme)] = 1
    mean = vectors.mean(axis=0) if len(vectors) >= _ENOUGH_FOR_A_MEAN else np.zeros(vectors.shape[1], dtype=np.float32)
    centred = _rows_at_length_1((vectors - mean).astype(np.float64)).astype(np.float32)
    return Practices(rowids, centred, themes, names, mean, {city: tuple(found) for city, found in cities.items()})


def _document_vectors(base: KnowledgeBase) -> tuple[RowIds, Vectors]:
    """The documents about cities, and the mean direction of each one's passages."""
    marks = ",".join("?" * len(JUNK))
    sql = (
        "SELECT p.rowid, p.document FROM passages p "
        "WHERE p.document IN (SELECT document FROM labels WHERE kind = 'city') "
        f"AND p.kind NOT IN ({marks}) ORDER BY p.document, p.rowid"
    )
    rows = np.array(base.db.execute(sql, sorted(JUNK)).fetchall(), dtype=np.int64).reshape(-1, 2)
    documents, where = np.unique(rows[:, 1], return_inverse=True)
    sums: Vectors = np.zeros((len(documents), base.manifest.dimension), dtype=np.float32)
    for start in range(0, len(rows), _BATCH):
        piece = slice(start, start + _BATCH)
        np.add.at(sums, where[piece], base.index.vectors_of(rows[piece, 0]))
    return documents, _rows_at_length_1(sums.astype(np.float64)).astype(np.float32)


def _rows_at_length_1(rows: Numbers) -> Numbers:
    scaled: Numbers = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return scaled
