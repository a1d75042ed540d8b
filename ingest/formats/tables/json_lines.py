"""JSON: an array of objects, or an object a line, becomes a table; what is nested becomes headings and lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.errors import SourceError
from corpus.text import clean
from ingest.formats.raw import Parsed, RawSource
from ingest.formats.tables.columns import match
from ingest.formats.tables.practices import Fault, practices
from ingest.formats.tables.rows import Table, row_of, within_limits

MEDIA_TYPE = "application/json"
# In a list, pieces this long are sentences and get lines of their own.
_SENTENCE = 60
Objects = list[tuple[str, dict[str, Any]]]


def parse_json(raw: RawSource) -> Parsed:
    """A document for each object. Raises SourceError when it is not JSON, or no field holds text."""
    objects, faults = _objects(raw.decode())
    if not objects:
        raise SourceError(": ".join(faults[0]) if faults else "it holds no objects.")
    return practices(raw, [_table(objects)], MEDIA_TYPE, faults)


def is_json(raw: RawSource) -> bool:
    """Whether a text is JSON with practices in it though its name does not say so."""
    try:
        objects, faults = _objects(raw.decode())
        return bool(objects) and not faults and match(_table(objects).headings).texts > 0
    except SourceError:
        return False


def _objects(text: str) -> tuple[Objects, list[Fault]]:
    """The objects with their places, and what is none with the reason."""
    try:
        value = _loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" and not _first_line_is_object(text):
            raise SourceError(f"line {error.lineno}, column {error.colno}: not JSON ({error.msg}).") from None
        return _lines(text)
    items = value if isinstance(value, list) else _wrapped(value)
    places = [(f"item {number}", item) for number, item in enumerate(items, start=1)]
    objects = [(place, item) for place, item in places if isinstance(item, dict)]
    return objects, [(place, "not a JSON object.") for place, item in places if not isinstance(item, dict)]


def _lines(text: str) -> tuple[Objects, list[Fault]]:
    objects: Objects = []
    faults: list[Fault] = []
    # Not splitlines: inside of a string, JSON allows some of the characters at which that splits.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = _loads(line)
        except json.JSONDecodeError as error:
            faults.append((f"line {number}", f"not JSON ({error.msg} at column {error.colno})."))
            continue
        if isinstance(value, dict):
            objects.append((f"line {number}", value))
        else:
            faults.append((f"line {number}", "not a JSON object."))
    return objects, faults


def _first_line_is_object(text: str) -> bool:
    try:
        return isinstance(_loads(text.lstrip().split("\n", 1)[0]), dict)
    except json.JSONDecodeError:
        return False


def _wrapped(value: Any) -> list[Any]:
    """The one list of objects in an object that holds no text of its own: `{"practices": [...]}`."""
    if not isinstance(value, dict):
        raise SourceError("a single JSON value; an array of objects is needed, or an object a line.")
    lists = [item for item in value.values() if isinstance(item, list) and any(isinstance(one, dict) for one in item)]
    return lists[0] if len(lists) == 1 and not match(list(value)).texts else [value]


def _loads(text: str) -> Any:
    """JSON with numbers as they are written."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except RecursionError:
        raise SourceError("its JSON is nested too deeply.") from None


def _table(objects: Objects) -> Table:
    """One column for each key, in the order in which they first come up."""
    flat = [(place, dict(_flat("", value))) for place, value in objects]
    headings = list(dict.fromkeys(key for _, cells in flat for key in cells))
    within_limits(len(flat), len(headings))
    rows = (row_of(place, (cells.get(heading, "") for heading in headings)) for place, cells in flat)
    return Table(tuple(headings), tuple(row for row in rows if row.cells))


def _flat(heading: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{heading} {clean(key)}".strip(), inner)
    elif (text := _text(value)).strip():
        yield heading, text


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _joined([text for item in value if (text := _text(item)).strip()])
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, inner in value.items() if (text := _text(inner)).strip())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _joined(pieces: Sequence[str]) -> str:
    return ("\n" if any(len(piece) > _SENTENCE for piece in pieces) else "; ").join(pieces)
