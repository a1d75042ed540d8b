"""The cities of the world over 15,000 inhabitants, by any of their names in any script; built by build_gazetteer.py."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from corpus.text import fold, nearest

FILE = Path(__file__).with_name("gazetteer.tsv.gz")
SEPARATOR = ";"
# Paris is the one in France, and Medina the one in Saudi Arabia, though neither is alone or first of all called so.
FAR_LARGER = 10


@dataclass(frozen=True, slots=True)
class Settlement:
    """A populated place as GeoNames lists it; no country where we list none of that code, or it is disputed."""

    id: int
    name: str
    country: str | None
    area: str  # the state, where the country is large and its cities share names
    population: int
    latitude: float
    longitude: float
    capital: bool | None
    own: str  # its name as folded: what it is first of all called


class Settlements:
    """Cities by name, the largest first. The file is searched as it is: to index it would take longer than a search."""

    def __init__(self, table: bytes) -> None:
        self._table = table

    def named(self, name: str) -> list[Settlement]:
        """The cities of that name, the largest first; those that are only also called so where they are far larger."""
        wanted = fold(name).strip()
        if not wanted or SEPARATOR in wanted:
            return []
        found = list(self._with(f"{SEPARATOR}{wanted}{SEPARATOR}".encode()))
        largest = max((place.population for place in found if place.own == wanted), default=0)
        return [place for place in found if place.own == wanted or place.population >= FAR_LARGER * largest]

    def by_id(self, geonames_id: int) -> Settlement | None:
        """The city of that GeoNames id."""
        start = b"%d\t" % geonames_id
        if self._table.startswith(start):
            return self._at(0)
        position = self._table.find(b"\n" + start)
        return None if position < 0 else self._at(position + 1)

    def near(self, name: str, limit: int = 3) -> list[Settlement]:
        """The cities whose name is written most like `name`; in other scripts than Latin, any of their names."""
        close = nearest(name, self._own_names if name.isascii() else self._names_beyond_ascii(), limit=limit)
        return list(dict.fromkeys(self.named(found)[0] for found in close))

    @cached_property
    def _own_names(self) -> list[str]:
        return list(dict.fromkeys(place.own for place in self))

    def _names_beyond_ascii(self) -> list[str]:
        lines = (line.rpartition("\t")[2] for line in self._table.decode().splitlines())
        names = (name for line in lines for name in line.split(SEPARATOR) if name and not name.isascii())
        return list(dict.fromkeys(names))

    def __iter__(self) -> Iterator[Settlement]:
        return map(_read, self._table.splitlines())

    def _with(self, part: bytes) -> Iterator[Settlement]:
        position = self._table.find(part)
        while position >= 0:
            yield self._at(position)
            position = self._table.find(part, self._table.find(b"\n", position))

    def _at(self, position: int) -> Settlement:
        start = self._table.rfind(b"\n", 0, position) + 1
        return _read(self._table[start : self._table.find(b"\n", start)])


def _read(line: bytes) -> Settlement:
    number, name, country, area, population, latitude, longitude, capital, names = line.decode().split("\t")
    return Settlement(
        id=int(number),
        name=name,
        country=country or None,
        area=area,
        population=int(population),
        latitude=float(latitude),
        longitude=float(longitude),
        capital=bool(int(capital)) if capital else None,
        own=names.split(SEPARATOR, 2)[1],
    )


@cache
def load_settlements() -> Settlements:
    """The shipped file, read when first asked for."""
    return Settlements(gzip.decompress(FILE.read_bytes()))
