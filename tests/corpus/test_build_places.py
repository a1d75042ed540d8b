"""How a city's place is settled: only where it is plain which one is meant, and of the same size."""

from __future__ import annotations

import pytest

from corpus.build_places import Place, bare, clear_winner, find, match, same_size, settle


def place(number: int, name: str, population: int, country: str = "IE", *others: str) -> Place:
    return Place(str(number), name, country, population, 51.9, -8.5, list(others))


def city(**values: str) -> dict[str, str]:
    return {"name": "Cork", "country": "IE", "kind": "city", "aliases": "", "stated_population": "", **values}


@pytest.mark.parametrize(("one", "other"), [("São Tomé", "sao tome"), ("St.-Denis", "ST DENIS"), ("Ａ", "a")])
def test_names_are_compared_by_letters_and_digits_alone(one: str, other: str) -> None:
    assert bare(one) == bare(other)


def test_a_place_wins_only_where_every_namesake_is_tiny() -> None:
    large, tiny, rival = place(1, "Cork", 200_000), place(2, "Cork", 900), place(3, "Cork", 50_000)
    assert clear_winner([tiny, large]) == large
    assert clear_winner([large, rival]) is None
    assert clear_winner([]) is None


def test_a_place_is_matched_by_any_of_its_names_in_the_same_country_only() -> None:
    here, abroad = place(1, "Corcaigh", 200_000, "IE", "Cork"), place(2, "Cork", 900_000, "US")
    assert match(city(), [here, abroad]) == here
    assert match(city(name="Cork (city)"), [here]) == here
    assert match(city(name="X", aliases="Y;Corcaigh"), [here]) == here
    assert match(city(), [abroad]) is None


def test_sizes_far_apart_are_not_of_one_unit() -> None:
    assert same_size(city(stated_population="300"), place(1, "Cork", 100))
    assert not same_size(city(stated_population="301"), place(1, "Cork", 100))
    assert same_size(city(), place(1, "Cork", 100))


@pytest.mark.parametrize(
    ("row", "status", "source"),
    [
        (city(), "matched", "geonames"),
        (city(stated_population="9000000"), "unit differs", ""),
        (city(name="Limerick"), "unknown", ""),
        (city(kind="county"), "unknown", ""),
    ],
)
def test_a_city_without_a_fitting_place_stays_unknown(row: dict[str, str], status: str, source: str) -> None:
    assert settle(row, [place(1, "Cork", 200_000)], {}) == status
    assert (row["place_source"], row["population_source"]) == (source, source)
    assert (row["population"] == "200000") is (status == "matched")


def test_a_place_settled_by_hand_wins() -> None:
    row = city()
    by_hand = {"geonames_id": "", "latitude": "1.5", "longitude": "2.5", "why": "unit differs: a district"}
    assert settle(row, [place(1, "Cork", 200_000)], by_hand) == "unit differs"
    assert (row["latitude"], row["place_source"], row["population"]) == ("1.5", "settled by hand", "")


def test_an_id_that_is_not_listed_is_an_error() -> None:
    with pytest.raises(LookupError, match="no place 99"):
        find("99", [place(1, "Cork", 1)])
