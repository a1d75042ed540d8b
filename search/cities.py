"""What the corpus holds of each city: practices, and the cities comparable to it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.errors import InvalidInput
from corpus.models import City, Document
from corpus.places import load_gazetteer
from corpus.wording import say
from search.asked import Asked, find_city
from search.engine import KnowledgeBase
from search.filters import Filters
from search.indicators import ContextTable
from search.peers import Candidates, Peer, peers
from search.practice import Practices, Profile, ProfileTable, practices_of_cities, profile_of, theme_weights
from search.profile_words import described
from search.results import Citation, Hit, cite
from search.traits import of_member
from search.weights import Weights

# How many of a peer's practices are shown.
_PRACTICES_SHOWN = 3


def practice_counts(base: KnowledgeBase) -> dict[str, int]:
    """How many documents there are about each city."""
    return dict(base.db.execute("SELECT value, count(*) FROM labels WHERE kind = 'city' GROUP BY value").fetchall())


def practices_of(base: KnowledgeBase, city: City, limit: int = 50) -> list[Hit]:
    """The documents about a city, newest first."""
    return list(base.search("", Filters({"city": (city.id,)}), limit=limit, with_facets=False).hits)


def asked_for(city: str = "", profile: str = "") -> Asked:
    """The asking city, by name or described in words. Raises InvalidInput unless it is one of the two."""
    if bool(city.strip()) == bool(profile.strip()):
        raise InvalidInput(say("error.city-or-words"))
    return find_city(city) if city.strip() else described(profile)


def similar_cities(
    base: KnowledgeBase, asked: Asked, limit: int = 10, weights: Weights | None = None, theme: str | None = None
) -> list[Peer]:
    """The cities most comparable to the asking one, each with its practices nearest to what that one does.

    With a theme only cities with practices in it are peers, and only those practices count and are shown.
    """
    practices = practices_of_cities(base)
    within = practices.within(theme)
    own = within.pop(asked.context.id, None)
    mine = profile_of(practices, own) if own else _profile_in_words(base, practices, asked)
    found = peers(asked.context, mine, _candidates(base, theme), weights or Weights(), limit)
    return [replace(peer, practices=_nearest(base, practices, within[peer.city.id], mine)) for peer in found]


@lru_cache(maxsize=32)
def _candidates(base: KnowledgeBase, theme: str | None) -> Candidates:
    """All cities with practices, in that theme where one is asked for."""
    practices, places = practices_of_cities(base), load_gazetteer()
    within = {city: documents for city, documents in practices.within(theme).items() if city in places.cities}
    cities = [places.cities[city] for city in sorted(within)]
    return Candidates(
        cities,
        ContextTable([of_member(city, places) for city in cities]),
        ProfileTable([profile_of(practices, within[city.id]) for city in cities], theme_weights(practices)),
        practices.theme_names,
    )


def _profile_in_words(base: KnowledgeBase, practices: Practices, asked: Asked) -> Profile | None:
    """The profile of a city described in words, where the words name themes."""
    if not asked.themes:
        return None
    carried = np.array([float(name in asked.themes) for name in practices.theme_names])
    return Profile(carried, practices.centred(base.encoder.encode_query(asked.about)), documents=0)


def _nearest(
    base: KnowledgeBase, practices: Practices, documents: tuple[int, ...], mine: Profile | None
) -> tuple[tuple[Document, Citation], ...]:
    """Those of the documents nearest to what `mine` does; those ingested last where nothing is known of it."""
    order = sorted(documents, reverse=True)
    if mine is not None:
        order.sort(key=lambda document: -float(practices.vectors[document] @ mine.direction))
    found = [base.document_at(int(practices.rowids[document])) for document in order[:_PRACTICES_SHOWN]]
    return tuple((document, cite(document)) for document in found)
