"""Comparable cities: what both have is compared, what is unknown stays unknown, and every reason names its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import City, Country
from corpus.places import Gazetteer
from search.peers import Peer, Profile, Weights, peers, profile
from search.traits import Trait, context_traits

COUNTRIES = [
    Country("IE", "IRL", "Ireland", "europe-and-north-america", "high", "Dublin"),
    Country("KE", "KEN", "Kenya", "africa", "lower-middle", "Nairobi"),
    Country("XX", "XXX", "Nowhere", "africa", None, "Nowhere Town"),
]
CORK = City("cork", "Cork", "IE", "europe-and-north-america", "city", joined=2015, population=200_000, latitude=51.9)
TWIN = replace(CORK, id="twin", name="Twin", population=210_000)
FAR = City("far", "Far", "KE", "africa", "county", joined=2022, population=900_000, latitude=-1.3)
BARE = City("bare", "Bare", "XX", "africa", "city")


def gazetteer(*cities: City) -> Gazetteer:
    return Gazetteer(cities, COUNTRIES)


def about(*themes: str, angle: float = 0.0) -> Profile:
    """A profile with themes and a direction in the plane."""
    vector = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
    return profile(themes, {1: vector})


def trait(name: str, a: City, b: City) -> Trait:
    return next(t for t in context_traits(a, b, gazetteer(a, b)) if t.name == name)


def compare(city: City, *others: City, weights: Weights | None = None, **profiles: Profile) -> list[Peer]:
    return peers(city, gazetteer(city, *others), profiles, weights)


def test_a_city_is_never_its_own_peer_and_every_other_with_practices_is_one() -> None:
    found = compare(CORK, TWIN, FAR, BARE, cork=about("youth"), twin=about("youth"), far=about("literacy"))
    assert [peer.city.id for peer in found] == ["twin", "far"]


def test_a_city_that_shares_more_comes_first() -> None:
    found = compare(CORK, FAR, TWIN, twin=about("youth"), far=about("youth"))
    assert [peer.city.id for peer in found] == ["twin", "far"]
    assert found[0].score > found[1].score


def test_what_is_unknown_stays_unknown_and_lowers_the_coverage() -> None:
    found = {peer.city.id: peer for peer in compare(CORK, TWIN, BARE, twin=about(), bare=about())}
    assert set(found["bare"].unknown) == {"population", "income group", "latitude", "year of joining"}
    assert found["twin"].unknown == ()
    assert found["twin"].coverage == 1
    assert found["bare"].coverage == pytest.approx(4 / 8)
    assert not any(
        "unknown" in reason or "None" in reason for reason in (*found["bare"].shared, *found["bare"].differing)
    )


def test_a_city_of_which_little_is_known_is_not_put_forward() -> None:
    # All that is known of the stranger agrees; the neighbour agrees on everything but its size.
    stranger = replace(CORK, id="stranger", population=None, latitude=None, joined=None)
    neighbour = replace(CORK, id="neighbour", population=600_000)
    found = compare(CORK, stranger, neighbour, stranger=about(), neighbour=about())
    assert [peer.city.id for peer in found] == ["neighbour", "stranger"]


def test_populations_of_different_kinds_are_not_compared() -> None:
    county = replace(TWIN, kind="county")
    assert trait("population", CORK, county).similarity is None
    assert trait("population", CORK, TWIN).similarity == pytest.approx(1, abs=0.02)


def test_sizes_are_compared_by_their_ratio() -> None:
    bigger, smaller = replace(CORK, population=2_000_000), replace(CORK, population=20_000)
    assert trait("population", CORK, bigger).similarity == pytest.approx(0.5)
    assert trait("population", CORK, smaller).similarity == pytest.approx(0.5)
    assert trait("population", CORK, replace(CORK, population=200_000_000)).similarity == 0


def test_income_groups_are_near_or_far() -> None:
    assert trait("income group", CORK, TWIN).similarity == 1
    assert trait("income group", CORK, FAR).similarity == pytest.approx(1 / 3)
    assert trait("income group", CORK, BARE).similarity is None


def test_reasons_name_the_values_they_rest_on() -> None:
    found = {peer.city.id: peer for peer in compare(CORK, TWIN, FAR, twin=about(), far=about())}
    assert "population (Twin 210,000, Cork 200,000)" in found["twin"].shared
    assert "country (Ireland)" in found["twin"].shared
    assert "year of joining (2015)" in found["twin"].shared
    assert "country (Kenya, not Ireland)" in found["far"].differing
    assert "kind (county, not city)" in found["far"].differing
    assert "capital (no)" in found["far"].shared


def test_shared_themes_are_a_reason() -> None:
    found = compare(CORK, TWIN, cork=about("literacy", "youth"), twin=about("literacy"))
    assert "themes (Literacy)" in found[0].shared


def test_a_city_without_practices_is_compared_by_context_alone() -> None:
    found = compare(CORK, TWIN, FAR, twin=about("youth"), far=about("youth"))
    assert [peer.practice for peer in found] == [None, None]
    assert found[0].score == pytest.approx((found[0].context or 0) * found[0].coverage)


def test_weights_shift_the_order() -> None:
    profiles = {"cork": about("youth"), "twin": about("literacy", angle=1.5), "far": about("youth")}
    by_context = compare(CORK, TWIN, FAR, weights=Weights(1, 0), **profiles)
    by_practice = compare(CORK, TWIN, FAR, weights=Weights(0, 1), **profiles)
    assert [peer.city.id for peer in by_context] == ["twin", "far"]
    assert [peer.city.id for peer in by_practice] == ["far", "twin"]


def test_only_the_ratio_of_the_weights_matters() -> None:
    profiles = {"cork": about("youth"), "twin": about("literacy", angle=1.5), "far": about("youth")}
    once, tenfold = (compare(CORK, TWIN, FAR, weights=Weights(w, 2 * w), **profiles) for w in (1, 10))
    assert [peer.city.id for peer in once] == [peer.city.id for peer in tenfold]
    assert [peer.score for peer in once] == pytest.approx([peer.score for peer in tenfold])


def test_equal_scores_are_ordered_by_id() -> None:
    others = [replace(TWIN, id=id_) for id_ in ("zulu", "alpha", "mike")]
    found = peers(CORK, gazetteer(CORK, *others), {city.id: about("youth") for city in others})
    assert [peer.city.id for peer in found] == ["alpha", "mike", "zulu"]


def test_a_long_document_weighs_no_more_than_a_short_one() -> None:
    east, north = np.array([1, 0], dtype=np.float32), np.array([0, 1], dtype=np.float32)
    np.testing.assert_allclose(profile([], {1: east, 2: north}).centroid, [0.5**0.5, 0.5**0.5], atol=1e-6)


maybe_numbers: dict[str, st.SearchStrategy[Any]] = {
    "population": st.none() | st.integers(1, 40_000_000),
    "latitude": st.none() | st.floats(-90, 90),
    "joined": st.none() | st.integers(2013, 2026),
    "kind": st.sampled_from(["city", "county", "district"]),
}


@given(st.fixed_dictionaries(maybe_numbers), st.fixed_dictionaries(maybe_numbers))
def test_similarity_lies_between_nothing_and_all_and_is_the_same_both_ways(
    a: dict[str, Any], b: dict[str, Any]
) -> None:
    one, other = replace(CORK, id="a", **a), replace(FAR, id="b", **b)
    there = context_traits(one, other, gazetteer(one, other))
    back = context_traits(other, one, gazetteer(one, other))
    assert [t.similarity for t in there] == [
        t.similarity if t.similarity is None else pytest.approx(t.similarity) for t in back
    ]
    assert all(t.similarity is None or 0 <= t.similarity <= 1 for t in there)
    peer = compare(one, other, a=about("youth"), b=about("youth", angle=2))[0]
    assert 0 <= peer.score <= 1 + 1e-6
    assert len(peer.unknown) == round((1 - peer.coverage) * len(there))
