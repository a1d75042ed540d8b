"""The indicators that two cities are compared by, each with a similarity between 0 and 1 and in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

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
    countries = (places.countries[a.country], places.countries[b.country])
    capitals = [places.countries[city.country].capital == city.name for city in (a, b)]
    return [
        _population(a, b),
        _income(countries[0].income, countries[1].income),
        _same("region", a.region, b.region, f"both in {label_of('region', b.region)}", "in another region"),
        _same("country", a.country, b.country, f"both in {countries[1].name}", f"in {countries[1].name}"),
        _same("kind", a.kind, b.kind, f"both a {b.kind}", f"a {b.kind}, not a {a.kind}"),
        _same(
            "capital",
            capitals[0],
            capitals[1],
            "both capitals" if all(capitals) else "neither is a capital",
            "one is a capital",
        ),
        _distance(
            "latitude",
            a.latitude,
            b.latitude,
            _LATITUDE_RANGE,
            "at a similar latitude",
            "in another latitude",
        ),
        _distance("years in the network", a.joined, b.joined, _YEARS_RANGE, _joined(b), _joined(b)),
    ]


def _population(a: City, b: City) -> Trait:
    # Populations of different units (a county and a town) are never set side by side.
    if a.population is None or b.population is None or a.kind != b.kind:
        return Trait("population", None)
    apart = abs(math.log10(a.population) - math.log10(b.population))
    return Trait("population", _within(apart, _POPULATION_RANGE), f"{b.population:,} inhabitants to {a.population:,}")


def _income(a: str | None, b: str | None) -> Trait:
    if a is None or b is None:
        return Trait("income group", None)
    apart = abs(_INCOME_ORDER.index(a) - _INCOME_ORDER.index(b))
    words = f"both {label_of('income', b).lower()}" if a == b else f"{label_of('income', b).lower()}"
    return Trait("income group", _within(apart, len(_INCOME_ORDER) - 1), words)


def _same(name: str, a: object, b: object, alike: str, unlike: str) -> Trait:
    return Trait(name, 1.0, alike) if a == b else Trait(name, 0.0, unlike)


def _distance(name: str, a: float | None, b: float | None, span: float, alike: str, unlike: str) -> Trait:
    if a is None or b is None:
        return Trait(name, None)
    similarity = _within(abs(abs(a) - abs(b)), span)
    return Trait(name, similarity, alike if similarity >= ALIKE else unlike)


def _joined(city: City) -> str:
    return f"in the network since {city.joined}" if city.joined and city.joined <= date.today().year else ""


def _within(apart: float, span: float) -> float:
    return max(0.0, 1.0 - apart / span)
