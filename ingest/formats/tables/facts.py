"""What the cells of a row say about its document, and which of them say more than that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.formats.tables.columns import Columns
from ingest.formats.tables.rows import Row
from ingest.formats.tables.values import countries_of, read_cell

# Of the fields of a table, those that a document calls otherwise.
_CALLED = {"city": "cities", "country": "countries"}
_OWN = frozenset({"text", "id", "ignore"})


@dataclass(slots=True)
class Facts:
    """The known fields of a document; the columns that no field holds whole; a warning for each name not known."""

    known: dict[str, Any] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)


def facts_of(row: Row, columns: Columns) -> Facts:
    """What this row says, without its texts."""
    facts = Facts()
    for place, (name, cell) in enumerate(zip(columns.fields, row.cells, strict=False)):
        if cell and name is None:
            facts.left.add(place)
        elif cell and name and name not in _OWN:
            _take(facts, place, name, row, columns)
    _settle_places(facts, row, columns)
    return facts


def _take(facts: Facts, place: int, name: str, row: Row, columns: Columns) -> None:
    value = read_cell(name, row.cells[place])
    key = _CALLED.get(name, name)
    if isinstance(value.value, tuple):
        facts.known[key] = tuple(dict.fromkeys((*facts.known.get(key, ()), *value.value)))
    elif value.value is not None:
        facts.known[key] = value.value
    if not value.whole:
        facts.left.add(place)
    if value.problem:
        facts.warnings.append(f"{row.place}: {columns.headings[place]}: {value.problem}; it stays in the text.")


def _settle_places(facts: Facts, row: Row, columns: Columns) -> None:
    """A city of another country than the row's is a namesake; a row without a country is in its city's."""
    cities, countries = facts.known.get("cities", ()), facts.known.get("countries", ())
    if not countries:
        facts.known["countries"] = countries_of(cities)
        return
    meant = tuple(city for city in cities if countries_of([city])[0] in countries)
    if meant != cities:
        facts.known["cities"] = meant
        facts.left |= {place for place, name in enumerate(columns.fields) if name == "city" and _holds(row, place)}
        other = ", ".join(city for city in cities if city not in meant)
        facts.warnings.append(f"{row.place}: the {other} that is known lies in another country; it stays in the text.")


def _holds(row: Row, place: int) -> bool:
    return place < len(row.cells) and bool(row.cells[place])
