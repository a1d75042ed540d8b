"""Comparable cities: context that both share, and practice that both do, each shown apart.

Context is Gower's general coefficient of similarity (Gower 1971): the mean, over the indicators that both cities
have, of a similarity between 0 and 1. What is unknown is left out and lowers the coverage, never filled in.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from corpus.models import City, Document
from corpus.places import Gazetteer
from index.embedder import Vectors
from search.filters import label_of
from search.results import Citation

# Populations a hundredfold apart share nothing; 40 degrees of latitude likewise; ten years in the network likewise.
_POPULATION_RANGE, _LATITUDE_RANGE, _YEARS_RANGE = 2.0, 40.0, 10.0
_INCOME_ORDER = ("low", "lower-middle", "upper-middle", "high")
# Indicators from here on count as shared, up to here as differing.
_ALIKE, _UNLIKE = 0.75, 0.35


@dataclass(frozen=True, slots=True)
class Trait:
    """One indicator of a pair: similarity from 0 to 1 (None: unknown for one of them) and the pair in words."""

    name: str
    similarity: float | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """A comparable city with its score parts and reasons."""

    city: City
    score: float
    context: float | None
    practice: float | None
    coverage: float
    shared: tuple[str, ...]
    differing: tuple[str, ...]
    unknown: tuple[str, ...]
    practices: tuple[tuple[Document, Citation], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; any non-negative numbers, only their ratio matters."""

    context: float = 1.0
    practice: float = 1.0


@dataclass(frozen=True, slots=True)
class Profile:
    """What a city does: its themes, and the mean direction of its passages (each document counts once)."""

    themes: frozenset[str]
    centroid: Vectors
    documents: Mapping[int, Vectors]


def peers(city: City, places: Gazetteer, profiles: Mapping[str, Profile], weights: Weights | None = None) -> list[Peer]:
    """All other cities of the corpus, most comparable first; a city without practices is compared by context alone."""
    weights = weights or Weights()
    others = [other for other in places.cities.values() if other.id != city.id and other.id in profiles]
    found = [_peer(city, other, places, profiles, weights) for other in others]
    return sorted(found, key=lambda peer: (-round(peer.score, 6), peer.city.id))


def _peer(city: City, other: City, places: Gazetteer, profiles: Mapping[str, Profile], weights: Weights) -> Peer:
    traits = context_traits(city, other, places)
    known = [trait.similarity for trait in traits if trait.similarity is not None]
    coverage = len(known) / len(traits)
    context = sum(known) / len(known) if known else None
    practice, themes = _practice(profiles.get(city.id), profiles[other.id])
    # Context counts by its coverage: a city of which little is known is not put forward as alike.
    parts = [
        (weights.context, (context or 0.0) * coverage),
        (weights.practice if city.id in profiles else 0.0, practice or 0.0),
    ]
    total = sum(weight for weight, _ in parts)
    same = [trait.words for trait in traits if trait.similarity is not None and trait.similarity >= _ALIKE]
    if themes:
        same.append(f"both work on {', '.join(label_of('theme', theme).lower() for theme in themes[:4])}")
    return Peer(
        city=other,
        score=sum(weight * value for weight, value in parts) / total if total else 0.0,
        context=context,
        practice=practice,
        coverage=coverage,
        shared=tuple(same),
        differing=tuple(t.words for t in traits if t.similarity is not None and t.similarity <= _UNLIKE),
        unknown=tuple(trait.name for trait in traits if trait.similarity is None),
    )


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
    return Trait(name, similarity, alike if similarity >= _ALIKE else unlike)


def _joined(city: City) -> str:
    return f"in the network since {city.joined}" if city.joined and city.joined <= date.today().year else ""


def _within(apart: float, span: float) -> float:
    return max(0.0, 1.0 - apart / span)


def _practice(mine: Profile | None, theirs: Profile) -> tuple[float | None, list[str]]:
    """Half the overlap of themes (Jaccard), half the closeness of what the passages are about."""
    if mine is None:
        return None, []
    shared = sorted(mine.themes & theirs.themes)
    union = mine.themes | theirs.themes
    overlap = len(shared) / len(union) if union else 0.0
    closeness = max(0.0, float(mine.centroid @ theirs.centroid))
    return (overlap + closeness) / 2, shared


def profile(themes: Iterable[str], documents: Mapping[int, Vectors]) -> Profile:
    """A city's profile from the mean vectors of its documents; one long document weighs as much as a short one."""
    return Profile(frozenset(themes), unit(np.mean(list(documents.values()), axis=0)), dict(documents))


def unit(vector: Vectors) -> Vectors:
    """`vector` at length 1."""
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)
