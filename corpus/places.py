"""The gazetteer: member cities and countries, found by any of their names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path

from corpus.errors import UnknownName
from corpus.models import City, Country
from corpus.text import fold, nearest

CITIES_FILE = Path(__file__).with_name("cities.csv")
COUNTRIES_FILE = Path(__file__).with_name("countries.csv")
NAMES_FILE = Path(__file__).with_name("place_names.csv")


class Doubt(StrEnum):
    """How far a name in a text may be trusted to mean the place."""

    NONE = ""
    SHARED = "shared"  # other places bear it: where its country is named
    WORD = "word"  # also a word or a person's name: where a sign such as "city of" stands by it
    NEVER = "never"  # only for who asks for it by name


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name, the city's id or country's ISO code that it may mean ("": no place of ours), and the doubts about it.

    `elsewhere` are the countries where a namesake lies; a name without a place is a sign of that country.
    """

    name: str
    place: str
    doubt: Doubt = Doubt.NONE
    elsewhere: tuple[str, ...] = ()


class Gazetteer:
    """Cities by id or name, countries by ISO code or name; misspelt names are answered with the nearest."""

    def __init__(self, cities: Iterable[City], countries: Iterable[Country], names: Iterable[PlaceName] = ()) -> None:
        self.cities: Mapping[str, City] = {city.id: city for city in cities}
        self.countries: Mapping[str, Country] = {country.iso2: country for country in countries}
        self.more_names = tuple(names)
        more = [(name.place, (name.name,)) for name in self.more_names]
        cities_first = ((c.id, (c.id, c.name, *c.aliases)) for c in self.cities.values())
        countries_first = ((c.iso2, (c.iso2, c.iso3, c.name)) for c in self.countries.values())
        self._city_names = _names(chain(cities_first, (n for n in more if n[0] in self.cities)))
        self._country_names = _names(chain(countries_first, (n for n in more if n[0] in self.countries)))

    def names(self) -> Iterator[PlaceName]:
        """Every name to look for in a text, with the doubts about it."""
        yield from self.more_names
        settled = {(name.place, fold(name.name)) for name in self.more_names}
        own = [(c.id, name) for c in self.cities.values() for name in (c.name, *c.aliases)]
        own += [(country.iso2, country.name) for country in self.countries.values()]
        yield from (PlaceName(name, place) for place, name in own if (place, fold(name)) not in settled)
        taken = {name for _, name in settled}.union(fold(name) for _, name in own)
        for country in self.countries.values():
            if country.capital and fold(country.capital) not in taken:
                yield PlaceName(country.capital, "", elsewhere=(country.iso2,))

    @property
    def by_name(self) -> list[City]:
        """All cities in the order of their names; an accent does not send one to the end."""
        return sorted(self.cities.values(), key=lambda city: fold(city.name))

    def city(self, name: str) -> City:
        """The member city of that id or name. Raises UnknownName with the nearest names."""
        return self.cities[
            _resolve("city", name, self._city_names, {key: city.name for key, city in self.cities.items()})
        ]

    def country(self, name: str) -> Country:
        """The country of that ISO code or name. Raises UnknownName with the nearest names."""
        return self.countries[
            _resolve("country", name, self._country_names, {key: c.name for key, c in self.countries.items()})
        ]


def _names(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for key, names in entries:
        for name in names:
            table.setdefault(fold(name), key)
    return table


def _resolve(what: str, name: str, names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    wanted = fold(name).strip()
    if wanted in names:
        return names[wanted]
    near = nearest(name, list(names), limit=8)
    raise UnknownName(what, name, list(dict.fromkeys(labels[names[key]] for key in near))[:3])


def _number(value: str) -> int | None:
    return int(value) if value else None


def read_cities(path: Path = CITIES_FILE) -> list[City]:
    """The cities of the table, in its order; an empty field is unknown."""
    return [_city(row) for row in _rows(path)]


def _city(row: Mapping[str, str]) -> City:
    # A population counts only for the same unit: the gazetteer's where it matched, else what the city states.
    known = "" if row["population"] else "stated_"
    return City(
        id=row["id"],
        name=row["name"],
        country=row["country"],
        region=row["region"],
        kind=row["kind"],
        parent=row["parent"] or None,
        joined=_number(row["joined"]),
        award_years=tuple(int(year) for year in row["award_years"].split(";") if year),
        geonames_id=_number(row["geonames_id"]),
        population=_number(row[known + "population"]),
        population_source=row[known + "population_source"] or None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        aliases=tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip()),
        joined_source=row["joined_source"] or None,
        award_source=row["award_source"] or None,
        place_source=row["place_source"] or None,
    )


def read_countries(path: Path = COUNTRIES_FILE) -> list[Country]:
    """The countries of the table, in its order."""
    return [
        Country(row["iso2"], row["iso3"], row["name"], row["region"], row["income"] or None, row["capital"])
        for row in _rows(path)
    ]


def read_names(path: Path = NAMES_FILE) -> list[PlaceName]:
    """The names of the table, in its order."""
    return [
        PlaceName(row["name"], row["place"], Doubt(row["doubt"]), tuple(filter(None, row["elsewhere"].split(";"))))
        for row in _rows(path)
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the shipped tables, read once."""
    return Gazetteer(read_cities(), read_countries(), read_names())
