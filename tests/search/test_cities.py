"""What the starter corpus holds of each city, and the cities comparable to it with practices worth a call."""

from __future__ import annotations

import pytest

from corpus.errors import InvalidInput, UnknownName
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from search.asked import Asked, find_city, member
from search.cities import asked_for, practice_counts, practices_of, similar_cities
from search.engine import KnowledgeBase
from search.filters import Filters
from search.profile_words import described
from search.themes import theme_tree
from search.weights import PRESETS, Weights

CITIES = load_gazetteer().cities
WITHOUT_PRACTICES = "agadir"


def asking(city: str) -> Asked:
    return member(CITIES[city])


def test_a_citys_practices_are_those_about_it(starter: KnowledgeBase) -> None:
    found = practices_of(starter, CITIES["cork"])
    assert len(found) == practice_counts(starter)["cork"] >= 3
    assert all("cork" in hit.document.cities for hit in found)


def test_themes_are_counted_as_a_search_counts_them(starter: KnowledgeBase) -> None:
    for theme in theme_tree(starter.db):
        assert theme.count == starter.search("", Filters({"theme": (theme.term.id,)}), with_facets=False).total


@pytest.mark.parametrize("city", ["cork", "medellin", "osan", "kilifi-county", WITHOUT_PRACTICES])
def test_peers_are_other_cities_with_practices_and_reasons(starter: KnowledgeBase, city: str) -> None:
    found = similar_cities(starter, asking(city), limit=5)
    counts = practice_counts(starter)
    assert len(found) == 5
    assert [peer.score for peer in found] == sorted((peer.score for peer in found), reverse=True)
    for peer in found:
        assert peer.city.id != city
        assert peer.shared or peer.differing
        assert peer.rank_range[0] <= peer.rank <= peer.rank_range[1]
        assert peer.documents == counts[peer.city.id]
        assert 1 <= len(peer.practices) <= min(3, counts[peer.city.id])
        for document, citation in peer.practices:
            assert peer.city.id in document.cities
            assert document.title in citation.text


def test_a_city_without_practices_still_has_peers_by_context_and_says_so(starter: KnowledgeBase) -> None:
    found = similar_cities(starter, asking(WITHOUT_PRACTICES), limit=3)
    assert all(peer.practice is None and peer.context is not None for peer in found)


def test_with_a_theme_only_its_practices_count_and_are_shown(starter: KnowledgeBase) -> None:
    found = similar_cities(starter, asking("cork"), 5, theme="health-and-well-being")
    assert found
    shown = [document for peer in found for document, _ in peer.practices]
    assert all("health-and-well-being" in document.themes for document in shown)
    assert [p.city.id for p in found] != [p.city.id for p in similar_cities(starter, asking("cork"), 5)]


@pytest.mark.parametrize("name", ["health", "Health and well-being", "health-and-well-being", "wellbeing"])
def test_a_theme_is_found_by_a_word_that_only_its_label_has(name: str) -> None:
    assert load_taxonomy().themes.find(name).id == "health-and-well-being"


def test_a_word_of_several_labels_suggests_them() -> None:
    with pytest.raises(UnknownName) as caught:
        load_taxonomy().themes.find("learning")
    assert {"ai-and-digital-learning", "family-and-community-learning"} <= set(caught.value.suggestions)


def test_weights_change_who_comes_first(starter: KnowledgeBase) -> None:
    by_context = similar_cities(starter, asking("osan"), 10, Weights(1, 0))
    by_practice = similar_cities(starter, asking("osan"), 10, PRESETS["practice-only"])
    assert [peer.city.id for peer in by_context] != [peer.city.id for peer in by_practice]
    assert [peer.score for peer in by_practice] == pytest.approx([peer.practice for peer in by_practice], abs=1e-5)
    assert all(peer.context is None and not peer.unknown for peer in by_practice)


def test_a_city_outside_the_corpus_is_compared_by_what_the_gazetteer_knows(starter: KnowledgeBase) -> None:
    found = similar_cities(starter, find_city("リヨン"), 5)
    assert {peer.city.region for peer in found[:3]} == {"europe-and-north-america"}
    assert all(peer.practice is None for peer in found)
    assert found[0].unknown == ()
    assert found[0].coverage < 1
    assert "year of joining (not known of Lyon)" in [part.words for part in found[0].parts]


def test_a_city_in_words_is_compared_by_what_was_understood(starter: KnowledgeBase) -> None:
    asked = described("a town of 80,000 in Africa with women who learn to read, little money")
    found = similar_cities(starter, asked, 5)
    assert found[0].city.region == "africa"
    assert all(peer.practice is not None for peer in found)


def test_one_asks_by_name_or_in_words(starter: KnowledgeBase) -> None:
    for city, profile in (("", ""), ("Cork", "a town")):
        with pytest.raises(InvalidInput, match="one of the two"):
            asked_for(city, profile)
