"""What a cell says, as the corpus keeps it: years, languages, and the names of places and themes resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from anyascii import anyascii

from corpus.errors import UnknownName
from corpus.models import Display
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from corpus.text import squeeze
from ingest.formats.properties import year_of
from ingest.formats.tables.languages import language_of

# What is longer is no name but a sentence, and is read as text.
LONGEST_NAME = 200
_TITLE = 300  # where a document's title is cut
_LIST = re.compile(r"[;|\n；؛、]")
_HTTP = re.compile(r"https?://[^\s<>\"']+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell means for its field. Not `whole`: the cell says more, and stays readable; `problem` says why."""

    value: Any
    whole: bool = True
    problem: str = ""


def read_cell(field: str, cell: str) -> Value:
    """What the cell of a column that holds `field` says."""
    return _READERS[field](cell)


def _title(cell: str) -> Value:
    title = squeeze(cell)
    return Value(title, whole=len(title) <= _TITLE)


def _name(cell: str) -> Value:
    name = squeeze(cell)
    return Value(name) if len(name) <= LONGEST_NAME else Value(None, whole=False)


def _names(cell: str) -> Value:
    names = tuple(dict.fromkeys(_pieces(cell)))
    return Value(names) if all(len(name) <= LONGEST_NAME for name in names) else Value((), whole=False)


def _year(cell: str) -> Value:
    digits = anyascii(cell[:LONGEST_NAME]).strip()  # of any script
    year = year_of(digits)
    return Value(year, whole=digits == str(year), problem="" if year else f"{_shown(cell)} is no year from 1950 on")


def _language(cell: str) -> Value:
    codes = tuple(dict.fromkeys(language_of(name) for name in _pieces(cell)))
    if None in codes:
        return Value(None, whole=False, problem=f"{_shown(cell)} is no language that is known; give a code such as en")
    return Value(codes[0] if len(codes) == 1 else None, whole=len(codes) == 1)


def _address(cell: str) -> Value:
    addresses = [part for part in re.split(r"[\s;|]+", cell) if _HTTP.match(part)]
    problem = "" if addresses else f"{_shown(cell)} does not begin with https:// or http://"
    return Value(addresses[0] if addresses else None, whole=addresses == [cell], problem=problem)


def _display(cell: str) -> Value:
    value = cell.lower()
    if value in set(Display):
        return Value(Display(value))
    return Value(Display.EXTRACT, whole=False, problem=f"{_shown(cell)} is not one of {', '.join(Display)}")


def _resolved(find: Callable[[str], str], cell: str) -> Value:
    """Ids of the names in a cell; commas separate them too where each piece is known."""
    names = _pieces(cell)
    if any(_found(find, name)[0] is None for name in names):
        pieces = [piece for name in names for piece in _pieces(name.replace(",", ";"))]
        names = pieces if all(_found(find, piece)[0] for piece in pieces) else names
    found = {name: _found(find, name) for name in names}
    problems = [f"unknown {what}" for key, what in found.values() if key is None]
    ids = tuple(dict.fromkeys(key for key, _ in found.values() if key is not None))
    return Value(ids, whole=not problems, problem="; ".join(problems))


@lru_cache(maxsize=20_000)
def _found(find: Callable[[str], str], name: str) -> tuple[str | None, str]:
    """The id of a name; None with the name and those nearest to it."""
    try:
        return (find(name), "") if len(name) <= LONGEST_NAME else (None, _shown(name))
    except UnknownName as error:
        near = f" (near: {', '.join(error.suggestions)})" if error.suggestions else ""
        return None, f"{_shown(name)}{near}"


def _city(name: str) -> str:
    return load_gazetteer().city(name).id


def _country(name: str) -> str:
    return load_gazetteer().country(name).iso2


def _theme(name: str) -> str:
    return load_taxonomy().themes.find(name).id


def _target_group(name: str) -> str:
    return load_taxonomy().target_groups.find(name).id


def countries_of(cities: Iterable[str]) -> tuple[str, ...]:
    """The countries of these cities, each once."""
    return tuple(dict.fromkeys(load_gazetteer().cities[city].country for city in cities))


def _pieces(cell: str) -> list[str]:
    return [piece for part in _LIST.split(cell) if (piece := squeeze(part))]


def _shown(text: str) -> str:
    line = squeeze(text[:200])
    return repr(line if len(line) <= 60 else line[:59] + "…")


_READERS: Mapping[str, Callable[[str], Value]] = {
    "title": _title,
    "publisher": _name,
    "licence": _name,
    "authors": _names,
    "organisations": _names,
    "year": _year,
    "language": _language,
    "address": _address,
    "display": _display,
    "city": partial(_resolved, _city),
    "country": partial(_resolved, _country),
    "themes": partial(_resolved, _theme),
    "target_groups": partial(_resolved, _target_group),
}
