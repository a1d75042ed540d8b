"""Similarity by each indicator, from 0 to 1, of one city to all others at once; what is unknown is not a number.

The indicators are those of Gower's coefficient (Gower 1971): numbers by how far apart they lie within a range, names by
whether they are the same. Being a capital and having an award are his asymmetric kind: where neither is, it says
nothing of the pair, and counts neither for nor against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.traits import EARTH_RADIUS_KM, INCOME_ORDER, INDICATORS, Context, comparable_unit, known

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# Populations a hundredfold apart share nothing; so do points a quarter of the way round the earth apart, and cities
# that joined ten years apart. Ranges are fixed, not the corpus's own: a new city must not change the others' figures.
_POPULATION_DECADES, _DISTANCE_KM, _JOINED_YEARS = 2.0, 10_000.0, 10.0
# The same climate band, the next one, further apart: 1, 0.5, 0.
_CLIMATE_STEPS = 2.0


@dataclass(frozen=True, slots=True)
class Compared:
    """Similarities, indicators by cities, in the order of INDICATORS.

    `moot` where an indicator says nothing of the pair; `asked` whether it is known of the asking city.
    """

    similarity: Numbers
    moot: Flags
    asked: Flags


class _Names:
    """A column of names as numbers, which compare faster."""

    def __init__(self, values: Sequence[str | None]) -> None:
        self._codes = {value: code for code, value in enumerate(dict.fromkeys(v for v in values if v is not None))}
        self.column = np.array([-1 if value is None else self._codes[value] for value in values])

    def same(self, value: str | None) -> Numbers:
        if value is None:
            return np.full(len(self.column), np.nan)
        return np.where(self.column < 0, np.nan, self.column == self._codes.get(value, -2))


class ContextTable:
    """What is known of many cities, as columns."""

    def __init__(self, contexts: Sequence[Context]) -> None:
        self.contexts = tuple(contexts)
        self.column_of = {context.id: column for column, context in enumerate(contexts)}
        self._population = _column([c.population and np.log10(c.population[0]) for c in contexts])
        self._unit = _Names([comparable_unit(c.unit) for c in contexts])
        self._income = _column([INCOME_ORDER.index(c.incomes[0]) if c.incomes else None for c in contexts])
        self._climate = _column([c.climate for c in contexts])
        self._joined = _column([c.joined for c in contexts])
        self._capital = _column([c.capital for c in contexts])
        self._awards = _column([None if c.awards is None else bool(c.awards) for c in contexts])
        self._points = np.radians([c.point or (np.nan, np.nan) for c in contexts]).reshape(-1, 2)
        self._names = {
            name: _Names([getattr(context, name) for context in contexts]) for name in ("region", "country", "kind")
        }

    def __len__(self) -> int:
        return len(self.contexts)

    def compare(self, asked: Context) -> Compared:
        """`asked` against every city of the table."""
        by_name: dict[str, Callable[[], Numbers]] = {
            "population": lambda: self._by_population(asked),
            "income": lambda: self._by_income(asked),
            "climate": lambda: _within(np.abs(self._climate - _number(asked.climate)), _CLIMATE_STEPS),
            "distance": lambda: self._by_distance(asked),
            "capital": lambda: _equal(self._capital, asked.capital),
            "joined": lambda: _within(np.abs(self._joined - _number(asked.joined)), _JOINED_YEARS),
            "awards": lambda: _equal(self._awards, None if asked.awards is None else bool(asked.awards)),
        }
        for name, column in self._names.items():
            by_name[name] = lambda name=name, column=column: column.same(getattr(asked, name))  # type: ignore[misc]
        moot = np.zeros((len(INDICATORS), len(self)), dtype=bool)
        rows = {name: number for number, name in enumerate(INDICATORS)}
        moot[rows["capital"]] = (self._capital == 0) & (asked.capital is False)
        moot[rows["awards"]] = (self._awards == 0) & (asked.awards == ())
        of_asked = set(known(asked))
        similarity = np.array([by_name[name]() for name in INDICATORS])
        return Compared(similarity, moot, np.array([name in of_asked for name in INDICATORS]))

    def _by_population(self, asked: Context) -> Numbers:
        # Populations of different units (a county and a town) are never set side by side.
        if asked.population is None:
            return np.full(len(self), np.nan)
        low, high = np.log10(asked.population)
        apart = np.maximum(0, np.maximum(low - self._population, self._population - high))
        return np.where(self._unit.same(comparable_unit(asked.unit)) == 1, _within(apart, _POPULATION_DECADES), np.nan)

    def _by_income(self, asked: Context) -> Numbers:
        groups = _column([INCOME_ORDER.index(group) for group in asked.incomes] or [None])
        return _within(np.abs(self._income - groups[:, None]).min(axis=0), len(INCOME_ORDER) - 1)

    def _by_distance(self, asked: Context) -> Numbers:
        latitude, longitude = np.radians(asked.point or (np.nan, np.nan))
        north, east = self._points[:, 0] - latitude, self._points[:, 1] - longitude
        inner = np.sin(north / 2) ** 2 + np.cos(latitude) * np.cos(self._points[:, 0]) * np.sin(east / 2) ** 2
        return _within(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, inner))), _DISTANCE_KM)


def _column(values: Sequence[float | None]) -> Numbers:
    return np.array([_number(value) for value in values], dtype=np.float64)


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _within(apart: Numbers, span: float) -> Numbers:
    clipped: Numbers = np.maximum(0.0, 1.0 - apart / span)
    return clipped


def _equal(column: Numbers, value: bool | None) -> Numbers:
    return np.where(np.isnan(column) | (value is None), np.nan, column == value)
