"""Comparable cities: context that both share, and practice that both do, each shown apart.

Context is Gower's general coefficient of similarity (Gower 1971): the mean, over the indicators that both cities
have, of a similarity between 0 and 1. What is unknown is left out and lowers the coverage, never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from corpus.errors import InvalidInput
from corpus.models import City, Document
from corpus.places import Gazetteer
from index.embedder import Vectors
from search.filters import label_of
from search.results import Citation
from search.traits import ALIKE, UNLIKE, context_traits


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
    if weights.context <= 0 and weights.practice <= 0:
        raise InvalidInput("Both weights are 0; give at least one of context and practice a weight.")
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
    same = [trait.words for trait in traits if trait.similarity is not None and trait.similarity >= ALIKE]
    if themes:
        same.append(f"themes ({'; '.join(label_of('theme', theme) for theme in themes[:4])})")
    return Peer(
        city=other,
        score=sum(weight * value for weight, value in parts) / total if total else 0.0,
        context=context,
        practice=practice,
        coverage=coverage,
        shared=tuple(same),
        differing=tuple(t.words for t in traits if t.similarity is not None and t.similarity <= UNLIKE),
        unknown=tuple(trait.name for trait in traits if trait.similarity is None),
    )


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
