"""The indicators that two cities are compared by, each with a similarity between 0 and 1 and in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpus.models import City
from corpus.places import Gazetteer
from search.filters import label_of

# Populations a hundredfold apart share nothing; 40 degrees of latitude likewise; ten years in the network likewise.
_POPULATION_RANGE, _LATITUDE_RANGE, _YEARS_RANGE = 2.0, 40.0, 10.0
_INCOME_ORDER = ("low", "lower-middle", "upper-middle", "high")
# Indicators from here on count as shared, up to here as differing.
ALIKE, UNLIKE = 0.75, 0.35


@dataclass(frozen=True, slots=True)
class Trait:
    """One indicator of a pair: similarity from 0 to 1 (None: unknown for one of them) and the pair in words."""

    name: str
    similarity: float | None
    words: str = ""


def context_traits(a: City, b: City, places: Gazetteer) -> list[Trait]:
    """The indicators of two cities, each with its similarity and its words."""
    own, other = places.countries[a.country], places.countries[b.country]
    return [
        _population(a, b),
        _income(own.income, other.income),
        _same("region", label_of("region", a.region), label_of("region", b.region)),
        _same("country", own.name, other.name),
        _same("kind", a.kind, b.kind),
        _same("capital", _yes(own.capital == a.name), _yes(other.capital == b.name)),
        _distance("latitude", a.latitude, b.latitude, _LATITUDE_RANGE, "°"),
        _distance("year of joining", a.joined, b.joined, _YEARS_RANGE, ""),
    ]


def _population(a: City, b: City) -> Trait:
    # Populations of different units (a county and a town) are never set side by side.
    if a.population is None or b.population is None or a.kind != b.kind:
        return Trait("population", None)
    apart = abs(math.log10(a.population) - math.log10(b.population))
    words = f"population ({b.name} {b.population:,}, {a.name} {a.population:,})"
    return Trait("population", _within(apart, _POPULATION_RANGE), words)


def _income(a: str | None, b: str | None) -> Trait:
    if a is None or b is None:
        return Trait("income group", None)
    apart = abs(_INCOME_ORDER.index(a) - _INCOME_ORDER.index(b))
    same = _same("income group", label_of("income", a), label_of("income", b))
    return Trait("income group", _within(apart, len(_INCOME_ORDER) - 1), same.words)


def _same(name: str, a: str, b: str) -> Trait:
    return Trait(name, 1.0, f"{name} ({b})") if a == b else Trait(name, 0.0, f"{name} ({b}, not {a})")


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _distance(name: str, a: float | None, b: float | None, span: float, mark: str) -> Trait:
    if a is None or b is None:
        return Trait(name, None)
    words = f"{name} ({b:.0f}{mark})" if round(a) == round(b) else f"{name} ({b:.0f}{mark}, not {a:.0f}{mark})"
    if _within(abs(abs(a) - abs(b)), span) >= ALIKE and round(a) != round(b):
        words = f"{name} ({b:.0f}{mark} and {a:.0f}{mark})"
    return Trait(name, _within(abs(abs(a) - abs(b)), span), words)


def _within(apart: float, span: float) -> float:
    return max(0.0, 1.0 - apart / span)
