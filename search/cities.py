"""What the corpus holds of each city: practices, profile, and the cities comparable to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

import numpy as np

from corpus.models import City, Document
from corpus.places import load_gazetteer
from corpus.taxonomy import Term, load_taxonomy
from index.embedder import Vectors
from search.engine import KnowledgeBase
from search.filters import Filters
from search.peers import Peer, Profile, Weights, peers, profile, unit
from search.results import Citation, Hit, cite

# How many of a peer's practices are shown.
_PRACTICES_SHOWN = 3


def practice_counts(base: KnowledgeBase) -> dict[str, int]:
    """How many documents there are about each city."""
    return dict(base.db.execute("SELECT value, count(*) FROM labels WHERE kind = 'city' GROUP BY value").fetchall())


def themes_with_counts(base: KnowledgeBase) -> list[tuple[Term, int]]:
    """The themes of the taxonomy, in its order, with how many documents carry each."""
    rows = base.db.execute("SELECT value, count(*) FROM labels WHERE kind = 'theme' GROUP BY value")
    counts = Counter(dict(rows.fetchall()))
    return [(term, counts[term.id]) for term in load_taxonomy().themes.terms.values()]


def practices_of(base: KnowledgeBase, city: City, limit: int = 50) -> list[Hit]:
    """The documents about a city, newest first."""
    return list(base.search("", Filters({"city": (city.id,)}), limit=limit, with_facets=False).hits)


def similar_cities(base: KnowledgeBase, city: City, limit: int = 10, weights: Weights | None = None) -> list[Peer]:
    """The cities most comparable to `city`, each with its practices nearest to what `city` does."""
    found = profiles(base)
    best = peers(city, load_gazetteer(), found, weights)[:limit]
    mine = found.get(city.id)
    return [replace(peer, practices=_nearest_practices(base, found[peer.city.id], mine)) for peer in best]


@lru_cache(maxsize=2)  # a snapshot never changes; two, because an old one may still be asked while a new one opens
def profiles(base: KnowledgeBase) -> dict[str, Profile]:
    """What each city with documents does."""
    vectors = _document_vectors(base)
    themes: dict[int, set[str]] = {}
    for document, theme in base.db.execute("SELECT document, value FROM labels WHERE kind = 'theme'"):
        themes.setdefault(document, set()).add(theme)
    cities: dict[str, list[int]] = {}
    for city, document in base.db.execute("SELECT value, document FROM labels WHERE kind = 'city'"):
        if document in vectors:
            cities.setdefault(city, []).append(document)
    return {
        city: profile(
            (theme for document in documents for theme in themes.get(document, ())),
            {document: vectors[document] for document in documents},
        )
        for city, documents in cities.items()
    }


def _document_vectors(base: KnowledgeBase) -> dict[int, Vectors]:
    """The mean direction of each document's passages, by row id."""
    groups: dict[int, list[int]] = {}
    for rowid, document in base.db.execute("SELECT rowid, document FROM passages ORDER BY rowid"):
        groups.setdefault(document, []).append(rowid)
    return {
        document: unit(base.index.vectors_of(np.array(rowids, dtype=np.int64)).mean(axis=0))
        for document, rowids in groups.items()
    }


def _nearest_practices(
    base: KnowledgeBase, theirs: Profile, mine: Profile | None
) -> tuple[tuple[Document, Citation], ...]:
    """Their documents nearest to what `mine` does; the newest rows where nothing is known of mine."""
    documents = sorted(theirs.documents, reverse=True)
    if mine is not None:
        documents.sort(key=lambda rowid: -float(theirs.documents[rowid] @ mine.centroid))
    found = [base.document_at(rowid) for rowid in documents[:_PRACTICES_SHOWN]]
    return tuple((document, cite(document)) for document in found)
