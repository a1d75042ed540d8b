"""What the starter corpus holds of each city, and the cities comparable to it with practices worth a call."""

from __future__ import annotations

import pytest

from corpus.places import load_gazetteer
from search.cities import practice_counts, practices_of, profiles, similar_cities, themes_with_counts
from search.engine import KnowledgeBase
from search.filters import Filters
from search.peers import Weights

CITIES = load_gazetteer().cities
WITHOUT_PRACTICES = "agadir"


def test_a_citys_practices_are_those_about_it(starter: KnowledgeBase) -> None:
    found = practices_of(starter, CITIES["cork"])
    assert len(found) == practice_counts(starter)["cork"] >= 3
    assert all("cork" in hit.document.cities for hit in found)


def test_themes_are_counted_as_a_search_counts_them(starter: KnowledgeBase) -> None:
    for term, count in themes_with_counts(starter):
        assert count == starter.search("", Filters({"theme": (term.id,)}), with_facets=False).total


@pytest.mark.parametrize("city", ["cork", "medellin", "osan", "kilifi-county", WITHOUT_PRACTICES])
def test_peers_are_other_cities_with_practices_and_reasons(starter: KnowledgeBase, city: str) -> None:
    found = similar_cities(starter, CITIES[city], limit=5)
    counts = practice_counts(starter)
    assert len(found) == 5
    assert [peer.score for peer in found] == sorted((peer.score for peer in found), reverse=True)
    for peer in found:
        assert peer.city.id != city
        assert peer.shared or peer.differing
        assert 1 <= len(peer.practices) <= min(3, counts[peer.city.id])
        for document, citation in peer.practices:
            assert peer.city.id in document.cities
            assert document.title in citation.text


def test_a_city_without_practices_still_has_peers_and_says_so(starter: KnowledgeBase) -> None:
    assert WITHOUT_PRACTICES not in profiles(starter)
    found = similar_cities(starter, CITIES[WITHOUT_PRACTICES], limit=3)
    assert all(peer.practice is None and peer.context is not None for peer in found)


def test_the_practices_of_a_peer_come_nearest_first(starter: KnowledgeBase) -> None:
    mine = profiles(starter)["cork"]
    peer = next(p for p in similar_cities(starter, CITIES["cork"], limit=50) if len(p.practices) == 3)
    rows = dict(starter.db.execute("SELECT id, rowid FROM documents").fetchall())
    theirs = profiles(starter)[peer.city.id].documents
    shown = [float(theirs[rows[document.id]] @ mine.centroid) for document, _ in peer.practices]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == max(float(vector @ mine.centroid) for vector in theirs.values())


def test_weights_change_who_comes_first(starter: KnowledgeBase) -> None:
    by_context = similar_cities(starter, CITIES["osan"], 10, Weights(1, 0))
    by_practice = similar_cities(starter, CITIES["osan"], 10, Weights(0, 1))
    assert [peer.city.id for peer in by_context] != [peer.city.id for peer in by_practice]
    assert all(peer.score == pytest.approx(peer.practice) for peer in by_practice)
