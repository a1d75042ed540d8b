"""Comparable cities: context that both share and practice that both do, each shown apart, and what would move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import InvalidInput
from corpus.models import City, Document
from corpus.wording import Many, Named, Said, say
from search.indicators import Compared, ContextTable
from search.practice import Likeness, Profile, ProfileTable
from search.ranking import Ranking, ranking
from search.results import Citation
from search.traits import INDICATORS, Context, known, pair_words, unknown_words
from search.weights import Weights

# Indicators from here on count as shared, up to here as differing.
ALIKE, UNLIKE = 0.75, 0.35
_FIRST = 10
_THEMES_NAMED = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of a pair: its similarity from 0 to 1 (None: unknown), its weight, words, and the sources."""

    name: str
    similarity: float | None
    weight: float
    words: Said
    sources: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """A comparable city with its score parts, its reasons, and what its place in the list hangs on."""

    city: City
    rank: int
    score: float
    context: float | None
    practice: float | None
    coverage: float
    parts: tuple[Part, ...]
    shared: tuple[Said, ...]
    differing: tuple[Said, ...]
    unknown: tuple[Said, ...]
    rank_range: tuple[int, int]
    moves: tuple[Said, ...]
    documents: int
    themes: float | None = None
    closeness: float | None = None
    practices: tuple[tuple[Document, Citation], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The cities that may be peers, in the order of their ids: what they are, their context, what they do."""

    cities: Sequence[City]
    contexts: ContextTable
    profiles: ProfileTable
    theme_names: tuple[str, ...]


def peers(asked: Context, mine: Profile | None, among: Candidates, weights: Weights, limit: int = 10) -> list[Peer]:
    """The cities most comparable to `asked`, best first; without a profile it is compared by context alone.

    Raises InvalidInput where nothing that counts is known of it.
    """
    if not any(city.id != asked.id for city in among.cities):
        return []
    counts = [name for name in known(asked) if weights.context and weights.indicators.get(name)]
    if not counts and (mine is None or not weights.practice):
        wanted = [name for name, weight in weights.indicators.items() if weight and weights.context]
        wanted += ["practice"] if weights.practice else []
        there = Many(tuple(known(asked))) if known(asked) else say("value.nothing")
        raise InvalidInput(say("error.unknown-of", wanted=Many(tuple(wanted)), city=asked.name, known=there))
    compared = among.contexts.compare(asked)
    likeness = among.profiles.compare(mine) if mine is not None else None
    itself = among.contexts.column_of.get(asked.id)
    order = ranking(compared, likeness.together if likeness else None, weights, limit, itself)
    return [_peer(asked, mine, among, weights, compared, likeness, order, place) for place in range(len(order.order))]


def _peer(
    asked: Context,
    mine: Profile | None,
    among: Candidates,
    weights: Weights,
    compared: Compared,
    likeness: Likeness | None,
    order: Ranking,
    place: int,
) -> Peer:
    column = int(order.order[place])
    other = among.contexts.contexts[column]
    parts = _parts(asked, other, weights, compared, column)
    counted = [part for part in parts if part.weight and part.similarity is not None]
    themes = _themes(mine, among.profiles.profiles[column], among.theme_names)
    practice = likeness if weights.practice else None
    moved = {name: int(ranks[place]) for name, ranks in order.without.items()}
    in_range = [place + 1, *(rank for name, rank in moved.items() if name != "practice")]
    return Peer(
        city=among.cities[column],
        rank=place + 1,
        score=float(order.scores[column]),
        context=_maybe(order.context[column]) if weights.context else None,
        practice=_maybe(practice.together[column]) if practice else None,
        coverage=float(order.coverage[column]) if weights.context else 0.0,
        parts=tuple(parts),
        shared=(*(p.words for p in counted if (p.similarity or 0.0) >= ALIKE), *themes[0]),
        differing=(*(p.words for p in counted if (p.similarity or 0.0) <= UNLIKE), *themes[1]),
        unknown=tuple(p.words for p in parts if p.weight and p.similarity is None and p.name in known(asked)),
        rank_range=(min(in_range), max(in_range)),
        moves=tuple(_moves(place + 1, moved)),
        documents=among.profiles.profiles[column].documents,
        themes=_maybe(practice.themes[column]) if practice else None,
        closeness=_maybe(practice.closeness[column]) if practice else None,
    )


def side_by_side(asked: Context, other: Context) -> list[Part]:
    """The indicators of two cities that say something of the pair."""
    return _parts(asked, other, Weights(), ContextTable([other]).compare(asked), 0)


def _parts(asked: Context, other: Context, weights: Weights, compared: Compared, column: int) -> list[Part]:
    """The indicators of a pair that say something of it."""
    parts = []
    for row, name in enumerate(INDICATORS):
        if compared.moot[row, column]:
            continue
        similarity = _maybe(compared.similarity[row, column])
        words = unknown_words(name, asked, other) if similarity is None else pair_words(name, asked, other)
        weight = weights.indicators.get(name, 0.0) if weights.context else 0.0
        parts.append(Part(name, similarity, weight, words, (asked.sources.get(name, ""), other.sources.get(name, ""))))
    return parts


def _themes(mine: Profile | None, theirs: Profile, names: Sequence[str]) -> tuple[list[Said], list[Said]]:
    """The themes of both, and those of the other alone, each as one reason; the most frequent first."""
    if mine is None:
        return [], []
    order = np.argsort(-theirs.themes, kind="stable")
    both = [names[i] for i in order if theirs.themes[i] and mine.themes[i]]
    theirs_alone = [names[i] for i in order if theirs.themes[i] and not mine.themes[i]]
    return _named("peer.themes", both), _named("peer.themes-alone", theirs_alone)


def _named(code: str, themes: Sequence[str]) -> list[Said]:
    named = tuple(Named("theme", theme) for theme in themes[:_THEMES_NAMED])
    return [say(code, themes=Many(named, "semicolon"))] if named else []


def _moves(rank: int, moved: dict[str, int]) -> list[Said]:
    """What the place among the first ten hangs on, as sentences; the largest move first."""
    if rank > _FIRST:
        enters = [name for name, new in moved.items() if new <= _FIRST]
        return [say("move.enters", indicator=say(f"indicator.{name}")) for name in enters]
    leaves = sorted((name for name, new in moved.items() if new > _FIRST), key=lambda name: -moved[name])
    if leaves:
        return [say("move.leaves", rank=moved[name], indicator=say(f"indicator.{name}")) for name in leaves]
    return [say("move.stays")] if moved else []


def _maybe(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
