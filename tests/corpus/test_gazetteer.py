"""Cities of the world are found by any of their names; the file says what is shipped and nothing more."""

from __future__ import annotations

from corpus.build_gazetteer import capitals_of, line, names
from corpus.gazetteer import FILE, Settlements, load_settlements
from corpus.text import fold


def entry(number: int, name: str, population: int, country: str = "IE", *others: str) -> dict[str, object]:
    return {
        "geonameid": number, "name": name, "countrycode": country, "population": population, "latitude": 51.9,
        "longitude": -8.5, "admin1code": "M", "alternatenames": list(others),
    }  # fmt: skip


def settlements(*entries: dict[str, object]) -> Settlements:
    return Settlements("".join(line(one, {"IE", "US"}, {1}, {"M": "Maine"}) for one in entries).encode())


def test_a_city_is_found_by_any_name_with_or_without_accents() -> None:
    table = settlements(entry(1, "Évry", 50_000, "IE", "Эври"), entry(2, "Cork", 200_000))
    assert [place.id for name in ("evry", " ÉVRY ", "Эври") for place in table.named(name)] == [1, 1, 1]
    assert table.named("evr") == table.named("") == table.named(";") == []


def test_a_city_first_called_so_comes_before_those_also_called_so_unless_far_smaller() -> None:
    small, large = entry(3, "Medina", 20_000, "US"), entry(4, "Al Madinah", 1_000_000, "SA", "Medina")
    near = entry(5, "Almost", 30_000, "IE", "Medina")
    assert [place.id for place in settlements(large, near, small).named("medina")] == [4, 3]
    assert [place.id for place in settlements(near, small).named("medina")] == [3]


def test_a_country_that_is_not_listed_or_is_disputed_is_unknown() -> None:
    table = settlements(entry(1, "A", 1, "XK"), entry(281184, "B", 1, "IE"), entry(3, "C", 1, "US"))
    assert [(p.country, p.capital) for p in table] == [(None, None), (None, None), ("US", False)]
    assert [p.area for p in table] == ["", "", "Maine"]


def test_the_capital_is_the_largest_city_of_its_name() -> None:
    large, small = entry(1, "Dublin", 1_000_000), entry(2, "Dublin", 20_000)
    assert capitals_of([large, small, entry(3, "Cork", 5)], {"IE": "Dublin", "US": "Washington, D.C."}) == {1}


def test_transliterations_by_machine_and_long_names_are_left_out() -> None:
    assert names(entry(1, "Cork", 5, "IE", "kwrk", "Corcaigh", "x;y", "Q" * 61)) == ["cork", "corcaigh"]


def test_the_shipped_file_is_small_whole_and_folded_as_lookups_are() -> None:
    assert FILE.stat().st_size < 3_000_000
    places = list(load_settlements())
    assert len(places) > 30_000
    assert sum(bool(place.capital) for place in places) > 190
    assert all(place.population > 0 or place.capital is not False for place in places[:1000])
    assert all(place.own == fold(place.name).strip() for place in places[::50])


def test_a_city_is_found_by_its_number() -> None:
    assert [place.name for place in (load_settlements().by_id(2965140),) if place] == ["Cork"]
    assert load_settlements().by_id(next(iter(load_settlements())).id) is not None
    assert load_settlements().by_id(9) is None
