"""Comparable cities: what both have is compared, what is unknown stays unknown, and every reason names its values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput, UnknownName
from corpus.models import City, Country
from corpus.places import Gazetteer
from index.embedder import unit
from search.indicators import ContextTable
from search.peers import Candidates, Peer, peers
from search.practice import Profile, ProfileTable
from search.traits import INDICATORS, Context, of_member
from search.weights import PRESETS, Weights, chosen_weights

COUNTRIES = [
    Country("IE", "IRL", "Ireland", "europe-and-north-america", "high", "Dublin"),
    Country("KE", "KEN", "Kenya", "africa", "lower-middle", "Nairobi"),
    Country("XX", "XXX", "Nowhere", "africa", None, ""),
]
CORK = City(
    "cork", "Cork", "IE", "europe-and-north-america", "city", joined=2015, award_years=(2015,), population=200_000,
    population_source="geonames", latitude=51.9, longitude=-8.5,
)  # fmt: skip
TWIN = replace(CORK, id="twin", name="Twin", population=210_000, award_years=(2019,))
FAR = City(
    "far", "Far", "KE", "africa", "county", joined=2023, population=900_000, latitude=-1.3, longitude=36.8,
)  # fmt: skip
BARE = City("bare", "Bare", "XX", "africa", "city")
THEMES = ("literacy", "youth")


def context(city: City) -> Context:
    return of_member(city, Gazetteer([city], COUNTRIES))


def about(*themes: str, angle: float = 0.0, documents: int = 2) -> Profile:
    """A profile with themes and a direction in the plane."""
    direction = unit(np.array([np.cos(angle), np.sin(angle)], dtype=np.float32))
    return Profile(np.array([float(theme in themes) for theme in THEMES]), direction, documents)


def among(*cities: City, profiles: dict[str, Profile] | None = None) -> Candidates:
    ordered = sorted(cities, key=lambda city: city.id)
    given = profiles or {}
    return Candidates(
        ordered,
        ContextTable([context(city) for city in ordered]),
        ProfileTable([given.get(city.id, about("youth")) for city in ordered], np.ones(len(THEMES))),
        THEMES,
    )


def compare(city: City, *others: City, weights: Weights | None = None, **profiles: Profile) -> list[Peer]:
    """The peers of a city; each city does the same unless told, and nothing is known of the asking one."""
    return peers(context(city), profiles.pop(city.id, None), among(*others, profiles=profiles), weights or Weights())


def similarity(name: str, a: City, b: City) -> float | None:
    value = ContextTable([context(b)]).compare(context(a)).similarity[list(INDICATORS).index(name), 0]
    return None if np.isnan(value) else float(value)


def test_a_city_is_never_its_own_peer() -> None:
    found = peers(context(CORK), about("youth"), among(CORK, TWIN, FAR), Weights())
    assert [peer.city.id for peer in found] == ["twin", "far"]


def test_a_city_that_shares_more_comes_first() -> None:
    found = compare(CORK, FAR, TWIN)
    assert [peer.city.id for peer in found] == ["twin", "far"]
    assert found[0].score > found[1].score


def test_what_is_unknown_stays_unknown_and_lowers_the_coverage() -> None:
    found = {peer.city.id: peer for peer in compare(CORK, TWIN, BARE)}
    assert found["twin"].unknown == ()
    assert found["twin"].coverage == 1
    assert found["bare"].unknown == (
        "population (not known of Bare)",
        "income group (not known of Bare)",
        "climate band (not known of Bare)",
        "distance (not known of Bare)",
        "capital (not known of Bare)",
        "year of joining (not known of Bare)",
    )
    assert found["bare"].coverage == pytest.approx((1 + 1 + 0.5 + 0.5) / 9)


def test_a_city_of_which_little_is_known_is_not_put_forward() -> None:
    # All that is known of the stranger agrees; the neighbour agrees on everything but its size.
    stranger = replace(CORK, id="stranger", population=None, latitude=None, joined=None)
    neighbour = replace(CORK, id="neighbour", population=900_000)
    found = compare(CORK, stranger, neighbour)
    assert [peer.city.id for peer in found] == ["neighbour", "stranger"]
    assert (found[1].context or 0) > (found[0].context or 0)


def test_what_is_unknown_of_the_asking_city_is_held_against_nobody() -> None:
    asked = Context("", "the city described", population=(200_000, 200_000))
    found = peers(asked, about("youth"), among(TWIN, FAR, profiles={"far": about("youth", documents=9)}), Weights())
    assert [peer.city.id for peer in found] == ["twin", "far"]
    assert found[0].coverage == pytest.approx(2 / 9)
    assert found[0].unknown == ()


facts = st.fixed_dictionaries(
    {
        "population": st.none() | st.integers(1, 40_000_000),
        "latitude": st.none() | st.floats(-90, 90),
        "joined": st.none() | st.integers(2013, 2026),
        "kind": st.sampled_from(["city", "county", "district"]),
        "award_years": st.sampled_from([(), (2015,)]),
        "country": st.sampled_from(["IE", "KE", "XX"]),
    }
)
forgotten: dict[str, dict[str, Any]] = {
    "population": {"population": None}, "income": {"incomes": ()}, "climate": {"climate": None},
    "distance": {"point": None}, "joined": {"joined": None}, "kind": {"kind": None}, "capital": {"capital": None},
    "awards": {"awards": None}, "region": {"region": None}, "country": {"country": None},
}  # fmt: skip


@given(facts, facts, st.sampled_from(sorted(forgotten)))
def test_knowing_less_of_a_city_never_brings_it_forward(a: dict[str, Any], b: dict[str, Any], lost: str) -> None:
    asked, other = context(replace(CORK, id="a", **a)), context(replace(FAR, id="b", longitude=1.0, **b))
    less = replace(other, **forgotten[lost])

    def score(known: Context) -> float:
        candidates = Candidates([FAR], ContextTable([known]), ProfileTable([about()], np.ones(2)), THEMES)
        return peers(asked, None, candidates, Weights())[0].score

    assert score(less) <= score(other) + 1e-6


@given(facts, facts)
def test_similarity_lies_between_nothing_and_all_and_is_the_same_both_ways(
    a: dict[str, Any], b: dict[str, Any]
) -> None:
    one, other = context(replace(CORK, id="a", **a)), context(replace(FAR, id="b", longitude=1.0, **b))
    there, back = (ContextTable([y]).compare(x).similarity[:, 0] for x, y in ((one, other), (other, one)))
    np.testing.assert_allclose(there, back, atol=1e-9)
    assert np.all(np.isnan(there) | ((there >= 0) & (there <= 1)))


def test_populations_of_different_units_are_not_compared_and_it_is_said() -> None:
    county = replace(TWIN, kind="county")
    assert similarity("population", CORK, county) is None
    assert similarity("population", CORK, TWIN) == pytest.approx(1, abs=0.02)
    assert "population (county and populated place are different units)" in compare(CORK, county)[0].unknown


def test_a_town_and_a_municipality_are_compared_and_it_is_said() -> None:
    municipality = replace(TWIN, kind="municipality", population_source="its page")
    assert similarity("population", CORK, municipality) == pytest.approx(1, abs=0.02)
    assert "population (Twin 210,000 as stated (municipality), Cork 200,000)" in compare(CORK, municipality)[0].shared


def test_a_population_that_a_source_states_says_so() -> None:
    stated = replace(TWIN, population_source="about 210,000 (a page)")
    assert "population (Twin 210,000 as stated, Cork 200,000)" in compare(CORK, stated)[0].shared
    assert compare(CORK, stated)[0].parts[0].sources == ("GeoNames", "about 210,000 (a page)")


def test_sizes_are_compared_by_their_ratio() -> None:
    bigger, smaller = replace(CORK, population=2_000_000), replace(CORK, population=20_000)
    assert similarity("population", CORK, bigger) == pytest.approx(0.5)
    assert similarity("population", CORK, smaller) == pytest.approx(0.5)
    assert similarity("population", CORK, replace(CORK, population=200_000_000)) == 0


def test_income_groups_and_climate_bands_are_near_or_far() -> None:
    assert similarity("income", CORK, TWIN) == 1
    assert similarity("income", CORK, FAR) == pytest.approx(1 / 3)
    assert similarity("income", CORK, BARE) is None
    assert similarity("climate", CORK, replace(TWIN, latitude=-34)) == 0.5
    assert similarity("climate", CORK, FAR) == 0


def test_distance_is_the_great_circle() -> None:
    across = replace(CORK, longitude=171.5, latitude=-51.9)
    assert similarity("distance", CORK, across) == 0
    # Cork to Nairobi, by the usual calculators 7,300 km.
    assert similarity("distance", CORK, FAR) == pytest.approx(1 - 0.73, abs=0.01)


def test_that_neither_is_a_capital_or_has_an_award_says_nothing_of_a_pair() -> None:
    plain = [replace(city, award_years=()) for city in (CORK, TWIN)]
    found = compare(*plain)[0]
    assert {part.name for part in found.parts} == set(INDICATORS) - {"capital", "awards"}
    assert found.coverage == 1
    dublin = [replace(city, name="Dublin", id=f"dublin-{city.id}") for city in (CORK, TWIN)]
    assert "capital (both)" in compare(*dublin)[0].shared


def test_reasons_name_the_values_they_rest_on() -> None:
    found = {peer.city.id: peer for peer in compare(CORK, TWIN, FAR)}
    assert "population (Twin 210,000, Cork 200,000)" in found["twin"].shared
    assert "country (Ireland)" in found["twin"].shared
    assert "year of joining (2015)" in found["twin"].shared
    assert "climate band (temperate)" in found["twin"].shared
    assert "country (Kenya, not Ireland)" in found["far"].differing
    assert "kind (county, not city)" in found["far"].differing
    assert "awards (Far none known, Cork 2015)" in found["far"].differing


def test_themes_that_are_shared_or_not_are_reasons() -> None:
    found = compare(CORK, TWIN, cork=about("literacy"), twin=about("literacy", "youth"))[0]
    assert "themes (Literacy)" in found.shared
    assert "themes of its own (Youth)" in found.differing


def test_a_city_without_practices_is_compared_by_context_alone() -> None:
    found = compare(CORK, TWIN, FAR)
    assert [peer.practice for peer in found] == [None, None]
    assert found[0].score == pytest.approx((found[0].context or 0) * found[0].coverage, abs=1e-5)


def test_likeness_that_rests_on_few_documents_counts_for_less() -> None:
    found = compare(
        CORK, TWIN, FAR, weights=Weights(0, 1),
        cork=about("youth"), twin=about("youth", documents=1), far=about("youth", documents=3),
    )  # fmt: skip
    assert [peer.city.id for peer in found] == ["far", "twin"]
    assert [peer.themes for peer in found] == pytest.approx([1, 1])
    assert [peer.practice for peer in found] == pytest.approx([3 / 3.5, 1 / 1.5])


def test_weights_shift_the_order_and_only_their_ratio_matters() -> None:
    profiles = {"cork": about("youth"), "twin": about("literacy", angle=1.5), "far": about("youth")}
    orders = [
        [(peer.city.id, peer.score) for peer in compare(CORK, TWIN, FAR, weights=weights, **profiles)]
        for weights in (Weights(1, 0), Weights(0, 1), Weights(1, 2), Weights(10, 20))
    ]
    assert [city for city, _ in orders[0]] == ["twin", "far"]
    assert [city for city, _ in orders[1]] == ["far", "twin"]
    assert orders[2] == orders[3]


def test_an_indicator_without_weight_counts_for_nothing() -> None:
    huge = replace(TWIN, id="huge", population=20_000_000)
    by_rest = chosen_weights(indicators="population=0")
    plain, ignored = compare(CORK, huge)[0], compare(CORK, huge, weights=by_rest)[0]
    assert ignored.score > plain.score
    assert not any(reason.startswith("population") for reason in (*ignored.shared, *ignored.differing))


def test_equal_cities_are_ordered_by_id() -> None:
    others = [replace(TWIN, id=id_) for id_ in ("zulu", "alpha", "mike", "kilo", "echo")]
    found = compare(CORK, *others)
    assert [peer.city.id for peer in found] == ["alpha", "echo", "kilo", "mike", "zulu"]
    assert [peer.rank for peer in found] == [1, 2, 3, 4, 5]
    assert len({peer.score for peer in found}) == 1


def test_ranks_are_as_if_the_list_were_made_again_without_an_indicator() -> None:
    cities = [
        replace(
            CORK, id=f"c{number:02}", population=10**3 * 2**number, latitude=float(5 * number), joined=2013 + number
        )
        for number in range(14)
    ]
    found = compare(CORK, *cities)
    again = {
        name: [
            p.city.id for p in peers(context(CORK), None, among(*cities), chosen_weights(indicators=f"{name}=0"), 14)
        ]
        for name in INDICATORS
    }
    for peer in found:
        ranks = [peer.rank, *(order.index(peer.city.id) + 1 for order in again.values())]
        assert peer.rank_range == (min(ranks), max(ranks))
        outside = [name for name, order in again.items() if order.index(peer.city.id) >= 10]
        assert all(any(f"if {INDICATORS[name]} is ignored" in move for move in peer.moves) for name in outside)
        assert bool(outside) == any(move.startswith("leaves the first ten") for move in peer.moves)
    assert any(peer.moves[0].startswith("leaves") for peer in found)


def test_nothing_known_of_what_counts_is_refused() -> None:
    only_size = chosen_weights("size-and-income", indicators="income=0")
    with pytest.raises(InvalidInput, match=r"nothing is known of Bare\. Known of it: region, country, kind"):
        compare(BARE, TWIN, weights=only_size)


@pytest.mark.parametrize("value", [-1.0, 101.0, float("nan"), float("inf")])
def test_a_weight_is_a_number_from_0_to_100(value: float) -> None:
    for wrong in ({"context": value}, {"practice": value}, {"indicators": {"population": value}}):
        with pytest.raises(InvalidInput, match="from 0 to 100"):
            Weights(**wrong)


@pytest.mark.parametrize("weights", [(0, 0, ""), (1, 0, ",".join(f"{name}=0" for name in INDICATORS))])
def test_weights_that_are_all_zero_are_refused(weights: tuple[float, float, str]) -> None:
    with pytest.raises(InvalidInput, match="All weights are 0"):
        chosen_weights("balanced", *weights)


def test_indicators_and_presets_that_do_not_exist_are_refused() -> None:
    with pytest.raises(UnknownName, match="popularity"):
        chosen_weights(indicators="popularity=1")
    with pytest.raises(UnknownName, match="balanced"):
        chosen_weights("best")
    with pytest.raises(InvalidInput, match="population=3,income=0"):
        chosen_weights(indicators="population")


def test_what_is_set_changes_a_preset_and_leaves_the_rest() -> None:
    assert chosen_weights("region", practice=2, indicators="country=0") == Weights(
        1, 2, {"region": 1, "country": 0, "distance": 1}
    )
    assert PRESETS["region"].indicators["country"] == 1
