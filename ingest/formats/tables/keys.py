"""What each row is known by: its id, or a name made from its title, so that it may move within the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.identity import digest, slug
from corpus.text import squeeze
from ingest.formats.tables.columns import Columns
from ingest.formats.tables.rows import Row

_LONGEST = 100


def keys_of(rows: Sequence[tuple[Row, Columns]]) -> Iterator[tuple[str, str]]:
    """A key for each row, with the reason why it cannot be kept under it, if there is one: its id is another row's."""
    ids = [_own_id(row, columns) for row, columns in rows]
    taken = set(ids)
    first: dict[str, str] = {}
    count: dict[str, int] = {}
    for (row, columns), own in zip(rows, ids, strict=True):
        if own:
            holder = first.setdefault(own, row.place)
            yield own, "" if holder == row.place else f"its id {own!r} is that of {holder} too; change one of them."
            continue
        base = _name_of(row, columns)
        key = base
        while key in taken:
            count[base] = count.get(base, 1) + 1
            key = f"{base}-{count[base]}"
        taken.add(key)
        yield key, ""


def _own_id(row: Row, columns: Columns) -> str:
    own = squeeze(_cell(row, columns, "id"))
    return own.replace("#", "%23") if len(own) <= _LONGEST else digest(own.encode())[:20]


def _name_of(row: Row, columns: Columns) -> str:
    """From the title, or else how the text begins; a hash of it where no letter can be put in an address."""
    told = _cell(row, columns, "title") or _cell(row, columns, "text") or next(filter(None, row.cells), "")
    return slug(told[:1000], _LONGEST) or digest(told.encode())[:20]


def _cell(row: Row, columns: Columns, field: str) -> str:
    found = zip(columns.fields, row.cells, strict=False)
    return next((cell for name, cell in found if name == field and cell), "")
