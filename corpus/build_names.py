"""Gathers the names of countries and cities in six languages and writes them as place_names.csv.

Countries: CLDR, through Babel. Cities: GeoNames, in the scripts that no other column of ours covers.
What place_names_by_hand.csv says of a name wins.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.build_places import Place, Row, find, load_places, match, read, write
from corpus.text import fold

LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")
# Russian, Arabic and Chinese letters; Persian has some of its own, and they matter for Iran alone.
_RUSSIAN = re.compile(r"[А-Яа-яЁё -]+")
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a -]+")
_PERSIAN = re.compile(r"[\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc -]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# "city" in Mongolian and Kyrgyz, whose letters are all Russian ones.
_FOREIGN = re.compile(r"\b(?:хот|шаары|балһсн)\b")
# Sounds written down: three Chinese characters also stand inside other names, three Arabic letters are mostly a word.
_SHORT_CHINESE, _SHORT_ARABIC = 3, 3


class Name(NamedTuple):
    """A name, the id or ISO code of what it may mean ("" is no place of ours), and how far it is to be trusted."""

    place: str
    name: str
    doubt: str = ""
    elsewhere: str = ""


def by_hand(rows: Iterable[Row]) -> Iterator[Name]:
    """The names that were settled by hand, one each."""
    for row in rows:
        for name in row["names"].split(";"):
            yield Name(row["place"], name, row["doubt"], row["elsewhere"])


def of_countries(countries: Iterable[Row]) -> Iterator[Name]:
    """What CLDR calls each country, and what stands beside that in brackets."""
    from babel import Locale

    territories = [Locale(language).territories for language in LANGUAGES]
    for country in countries:
        for names in territories:
            for name in spellings(names[country["iso2"]]):
                yield Name(country["iso2"], name)


def spellings(name: str) -> Iterator[str]:
    """A name as it is listed, or what stands before and within its brackets: `Myanmar (Burma)` is two names."""
    name = name.replace(" - ", "-").replace("’", "'").replace(" & ", " and ")
    before, _, within = name.partition(" (")
    yield before
    if within:
        yield within.rstrip(")")


def of_cities(cities: Iterable[Row], places: list[Place], hand: Iterable[Name]) -> Iterator[Name]:
    """What GeoNames calls each city in Russian, Arabic and Chinese letters; as doubtful as the city's own name."""
    doubts = {(name.place, fold(name.name)): name for name in hand}
    for city in cities:
        own = doubts.get((city["id"], fold(city["name"].partition(" (")[0])), Name("", ""))
        place = find(city["geonames_id"], places) or match(city, places)
        for name in sorted(place.others) if place else ():
            if is_wanted(name, city):
                yield Name(city["id"], name, own.doubt or doubt_of(name, city["country"]), own.elsewhere)


def is_wanted(name: str, city: Row) -> bool:
    """Whether a name is in letters that are asked for, and no longer than the city's own."""
    letters = (_RUSSIAN, _PERSIAN if city["country"] == "IR" else _ARABIC, _CHINESE)
    words = len(re.split(r"[ '-]", city["name"]))
    return any(kind.fullmatch(name) for kind in letters) and not _FOREIGN.search(name) and len(name.split()) <= words


def doubt_of(name: str, country: str) -> str:
    """How far a name in foreign letters may be trusted by its length alone."""
    if _CHINESE.fullmatch(name):
        return "shared" if len(name) <= _SHORT_CHINESE and country != "CN" else ""
    return "never" if _ARABIC.fullmatch(name) and len(name) <= _SHORT_ARABIC else ""


def settled(hand: Iterable[Name], found: Iterable[Name]) -> list[Name]:
    """All names, each once a place; what was settled by hand comes first and wins."""
    names: dict[tuple[str, str], Name] = {}
    by_anyone = set()
    for name in hand:
        names.setdefault((name.place, name.name), name)
        by_anyone.add(fold(name.name))
    for name in found:
        if fold(name.name) not in by_anyone:
            names.setdefault((name.place, fold(name.name)), name)
    return sorted(names.values())


def main() -> None:
    """Rewrites the table and prints how many names it holds."""
    hand = list(by_hand(read("place_names_by_hand.csv")))
    cities = of_cities(read("cities.csv"), load_places(), hand)
    names = settled(hand, [*of_countries(read("countries.csv")), *cities])
    write("place_names.csv", [name._asdict() for name in names])
    sys.stdout.write(f"{len(names)} names of {len({name.place for name in names})} places\n")


if __name__ == "__main__":
    main()
