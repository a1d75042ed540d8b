"""Which names a place is looked for by: from CLDR and GeoNames, in letters asked for, settled by hand first."""

from __future__ import annotations

import pytest

from corpus.build_names import Name, by_hand, doubt_of, is_wanted, of_cities, of_countries, settled, spellings
from corpus.build_places import Place, read

CORK = {"id": "cork", "name": "Cork", "country": "IE", "aliases": "", "geonames_id": "1"}
PLACE = Place(
    "1", "Cork", "IE", 200_000, 51.9, -8.5, ["Korko", "Корк", "科克", "קורק", "Корк хот", "Старый Корк", "كورك"]
)


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Myanmar (Burma)", ["Myanmar", "Burma"]),
        ("Congo - Kinshasa", ["Congo-Kinshasa"]),
        ("Côte d’Ivoire", ["Côte d'Ivoire"]),
        ("Bosnia & Herzegovina", ["Bosnia and Herzegovina"]),
    ],
)
def test_a_listed_name_may_hold_two(listed: str, names: list[str]) -> None:
    assert list(spellings(listed)) == names


def test_a_country_is_named_in_the_six_languages() -> None:
    names = {name.name for name in of_countries([{"iso2": "IE"}])}
    assert names == {"Ireland", "Irlande", "Irlanda", "أيرلندا", "爱尔兰", "Ирландия"}


def test_a_city_gets_its_names_in_letters_that_are_asked_for_and_no_longer_than_its_own() -> None:
    assert {name.name for name in of_cities([CORK], [PLACE], [])} == {"Корк", "科克", "كورك"}


def test_a_name_in_other_letters_is_as_doubtful_as_the_citys_own() -> None:
    hand = [Name("cork", "Cork", "word", "US")]
    assert {(name.doubt, name.elsewhere) for name in of_cities([CORK], [PLACE], hand)} == {("word", "US")}


def test_persian_letters_are_asked_for_in_iran_alone() -> None:
    assert is_wanted("یزد", {**CORK, "country": "IR"})
    assert not is_wanted("یزد", CORK)


@pytest.mark.parametrize(
    ("name", "country", "doubt"),
    [("科克", "IE", "shared"), ("上海", "CN", ""), ("格拉斯哥", "GB", ""), ("بون", "DE", "never"), ("دبلن", "IE", "")],
)
def test_a_short_name_in_foreign_letters_is_doubtful(name: str, country: str, doubt: str) -> None:
    assert doubt_of(name, country) == doubt


def test_what_is_settled_by_hand_wins_for_every_place() -> None:
    hand = list(by_hand([{"place": "fez", "names": "Fez;Fes", "doubt": "word", "elsewhere": ""}]))
    found = [Name("fez", "FES"), Name("fez", "Фес"), Name("fez", "Фес"), Name("sur", "Fez")]
    assert settled(hand, found) == [Name("fez", "Fes", "word"), Name("fez", "Fez", "word"), Name("fez", "Фес")]


def test_the_shipped_table_holds_what_was_settled_by_hand() -> None:
    shipped = {Name(**row) for row in read("place_names.csv")}
    assert set(settled(by_hand(read("place_names_by_hand.csv")), [])) <= shipped
