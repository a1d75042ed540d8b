"""Cities and countries are found by any of their names in any script; what is unknown stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UnknownName
from corpus.models import City
from corpus.places import CITIES_FILE, Doubt, load_gazetteer, read_cities


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("cork", "cork"),
        (" CORK ", "cork"),
        ("Alcobaça", "alcobaca"),
        ("ALCOBACA", "alcobaca"),
        ("Bogota", "bogota"),
        ("cao lanh", "cao-lanh"),
        ("أكادير", "agadir"),
        ("عمّان", "amman"),
        ("北京", "beijing"),
        ("Pekin", "beijing"),
    ],
)
def test_a_city_is_found_by_name_and_alias_with_or_without_accents(name: str, city: str) -> None:
    assert load_gazetteer().city(name).id == city


@pytest.mark.parametrize(("name", "iso2"), [("ie", "IE"), ("IRL", "IE"), ("Ireland", "IE"), ("cote d'ivoire", "CI")])
def test_a_country_is_found_by_code_and_name(name: str, iso2: str) -> None:
    assert load_gazetteer().country(name).iso2 == iso2


def test_every_shipped_city_is_found_by_its_id_and_each_of_its_names_leads_somewhere() -> None:
    gazetteer = load_gazetteer()
    for city in gazetteer.cities.values():
        assert gazetteer.city(city.id) == city
        assert all(gazetteer.city(name) for name in (city.name, *city.aliases))


@pytest.mark.parametrize(("typed", "meant"), [("Corck", "Cork"), ("Bogotta", "Bogotá"), ("Beijng", "Beijing")])
def test_a_misspelt_city_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(UnknownName) as caught:
        load_gazetteer().city(typed)
    assert meant in caught.value.suggestions
    assert len(caught.value.suggestions) <= 3


def test_a_name_that_is_no_city_gets_no_suggestion_and_is_cut_when_long() -> None:
    with pytest.raises(UnknownName) as caught:
        load_gazetteer().city("q" * 5000)
    assert caught.value.suggestions == []
    assert len(str(caught.value)) < 200


COLUMNS = CITIES_FILE.read_text(encoding="utf-8").split("\n", 1)[0]


def city_of(tmp_path: Path, **values: str) -> City:
    row = ",".join(values.get(column, "") for column in COLUMNS.split(","))
    table = tmp_path / "cities.csv"
    table.write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
    (city,) = read_cities(table)
    return city


def test_the_population_of_the_gazetteer_comes_first(tmp_path: Path) -> None:
    city = city_of(
        tmp_path,
        population="120",
        population_source="geonames",
        stated_population="90",
        stated_population_source="its page",
    )
    assert (city.population, city.population_source) == (120, "geonames")


def test_without_it_the_stated_population_counts_with_its_own_source(tmp_path: Path) -> None:
    city = city_of(tmp_path, stated_population="90", stated_population_source="its page")
    assert (city.population, city.population_source) == (90, "its page")


def test_an_empty_field_is_unknown_and_never_zero(tmp_path: Path) -> None:
    city = city_of(tmp_path, id="x", name="X", country="IE", region="r", kind="city")
    assert city == City("x", "X", "IE", "r", "city")
    assert (city.population, city.latitude, city.joined, city.geonames_id, city.parent) == (None,) * 5


def test_years_and_aliases_are_lists_in_one_field(tmp_path: Path) -> None:
    city = city_of(tmp_path, award_years="2015;2021", aliases="Peking; 北京;")
    assert (city.award_years, city.aliases) == ((2015, 2021), ("Peking", "北京"))


@pytest.mark.parametrize(
    ("name", "city"),
    [("科克", "cork"), ("Шанхай", "shanghai"), ("القاهرة", "cairo"), ("Hô-Chi-Minh-Ville", "ho-chi-minh-city")],
)
def test_a_city_is_found_by_its_name_in_the_six_languages(name: str, city: str) -> None:
    assert load_gazetteer().city(name).id == city


@pytest.mark.parametrize(
    ("name", "iso2"),
    [("Ivory Coast", "CI"), ("South Korea", "KR"), ("Turkey", "TR"), ("Китай", "CN"), ("法国", "FR"), ("Congo", "CG")],
)
def test_a_country_is_found_by_its_usual_names(name: str, iso2: str) -> None:
    assert load_gazetteer().country(name).iso2 == iso2


def test_the_names_to_look_for_hold_every_name_of_the_tables_with_its_doubts() -> None:
    names = {(name.place, name.name): name for name in load_gazetteer().names()}
    assert names["espoo", "Espoo"].doubt is Doubt.NONE
    assert names["cork", "Cork"].doubt is Doubt.WORD
    assert names["cuenca", "Cuenca"].doubt is Doubt.SHARED
    assert "ES" in names["cuenca", "Cuenca"].elsewhere
    assert names["suwon", "수원"].doubt is Doubt.NEVER
    assert names["FR", "France"].doubt is Doubt.NONE


def test_a_capital_that_is_no_member_is_a_sign_of_its_country_alone() -> None:
    signs = {name.name: name.elsewhere for name in load_gazetteer().names() if not name.place}
    assert signs["Tbilisi"] == ("GE",)
    assert "Santiago" not in signs
    assert "Lisbon" not in signs
