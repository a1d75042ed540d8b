"""A city is found by any of its names; a name that several bear is asked about, a misspelt one gets suggestions."""

from __future__ import annotations

import pytest

from corpus.errors import AmbiguousName, UnknownName
from search.asked import find_city


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Cork", "cork"),
        ("corcaigh", "cork"),
        ("geonames:2965140", "cork"),
        ("Agadir, Morocco", "agadir"),
        ("Lyon", "geonames:2996944"),
        ("München", "geonames:2867714"),
        ("東京", "geonames:1850147"),
        ("برلين", "geonames:2950159"),
        ("London, Canada", "geonames:6058560"),
        ("London (CA)", "geonames:6058560"),
        ("Springfield, Missouri", "geonames:4409896"),
        ("Springfield (Missouri, United States of America)", "geonames:4409896"),
        ("Cuenca, Spain", "geonames:3124132"),
    ],
)
def test_a_city_is_found_by_name_in_any_script_with_or_without_its_country(name: str, identity: str) -> None:
    assert find_city(name).context.id == identity


def test_a_name_that_several_bear_is_asked_about_and_each_answer_is_understood() -> None:
    with pytest.raises(AmbiguousName) as caught:
        find_city("Springfield")
    assert "Springfield (Illinois, United States of America), 114," in str(caught.value)
    found = [find_city(text).context.id for text in caught.value.suggestions]
    assert len(set(found)) == len(found) >= 3


def test_namesakes_in_one_country_are_told_apart_by_number() -> None:
    with pytest.raises(AmbiguousName) as caught:
        find_city("San Jose, Philippines")
    assert all(text.startswith("geonames:") for text in caught.value.suggestions)
    assert find_city(caught.value.suggestions[1]).context.country == "PH"


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Paris", "Taken for Paris (France). Also of that name: Paris (Texas, United States of America)."),
        ("Cuenca", "Taken for Cuenca, Ecuador, a member of the network. Also of that name: Cuenca (Spain)"),
    ],
)
def test_who_is_taken_for_plain_has_its_namesakes_named(name: str, note: str) -> None:
    assert find_city(name).notes[0].startswith(note)
    assert find_city("Cork").notes == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("Corck", "Cork"), ("Gothenbrug", "Gothenburg (Sweden)"), ("Мосвка", "Moscow (Russian")]
)
def test_a_misspelt_city_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_city(typed)
    assert any(text.startswith(meant) for text in caught.value.suggestions)


@pytest.mark.parametrize("name", ["Qqqqzz", "", ";", "geonames:99", "geonames:x", "q" * 5000, "Cork, France", "Cork,"])
def test_a_name_that_is_no_city_is_unknown(name: str) -> None:
    with pytest.raises(UnknownName):
        find_city(name)


def test_a_city_whose_country_is_disputed_or_not_listed_has_none() -> None:
    for name in ("Jerusalem", "Hong Kong"):
        context = find_city(name).context
        assert (context.country, context.region, context.incomes, context.capital) == (None, None, (), None)
        assert context.population
