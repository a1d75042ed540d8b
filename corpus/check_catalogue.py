"""Does a catalogue hold together? Each fault with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.catalogue import Entry, entries_of, line_of, lines_of
from corpus.errors import UnknownName
from corpus.faults import Fault
from corpus.identity import RESERVED
from corpus.places import Gazetteer
from corpus.taxonomy import Taxonomy


def check_catalogue(path: Path, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Fault]:
    """Every fault of a catalogue, by line: its form, unknown themes and places, what is listed twice, missing files."""
    entries, faults = entries_of(path)
    lines = lines_of(path) if entries else []
    for number, (start, entry) in enumerate(entries):
        end = entries[number + 1][0] if number + 1 < len(entries) else len(lines) + 1
        for field, reason in _meaning(entry, path.parent, taxonomy, gazetteer):
            faults.append(Fault(path.name, line_of(lines, start, end, field), reason))
    faults += _twice(path.name, entries)
    return sorted(faults, key=lambda fault: fault.line)


def _meaning(entry: Entry, folder: Path, taxonomy: Taxonomy, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    for field, vocabulary in (("themes", taxonomy.themes), ("target_groups", taxonomy.target_groups)):
        for value in getattr(entry, field):
            if value not in vocabulary.terms:
                yield field, f"{field}: {UnknownName(vocabulary.what, value, vocabulary.suggest(value))}"
    for value in entry.cities:
        if value not in gazetteer.cities:
            yield "cities", f"cities: {_known_city(gazetteer, value)}"
    if entry.id in RESERVED:
        yield "id", f"id: {entry.id!r} is a word of the API's addresses; choose another"
    if entry.path and not (folder / entry.path).exists():
        yield "path", f"path: there is no {entry.path!r} beside the catalogue"


def _known_city(gazetteer: Gazetteer, name: str) -> str:
    try:
        return f"{name!r} is no id of cities.csv; write {gazetteer.city(name).id!r}"
    except UnknownName as error:
        return str(error)


def _twice(file: str, entries: Iterable[tuple[int, Entry]]) -> Iterator[Fault]:
    for what in ("where", "id"):
        seen: dict[str, int] = {}
        for start, entry in entries:
            value = getattr(entry, what)
            if value and value in seen:
                yield Fault(file, start, f"{value} is listed on line {seen[value]} already")
            elif value:
                seen[value] = start
