"""A table as it stands in a file: rows of cells, the row of headings among them, and how much of it is read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.errors import SourceError
from corpus.text import clean, squeeze
from ingest.formats.markup import MACHINERY, BlockReader
from ingest.formats.tables.columns import Given, NoTable, not_understood, recognised
from ingest.formats.xhtml import html_blocks

# More than any collection of practices seen; such a file is a database's dump, and can be given in parts.
MAX_ROWS = 100_000
MAX_COLUMNS = 200
# Characters in a cell. Excel allows 32,767; a book in one cell is most often a quotation mark that is missing.
MAX_CELL = 1_000_000
# A title, a date and some notes may stand above the headings.
_SEARCHED = 20
_TAG = re.compile(r"</?(?:p|br|div|span|li|ul|ol|strong|em|b|i|u|a|h[1-6]|td|tr|table|sup|sub)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row as text, and its place as a user finds it: "row 17"."""

    place: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and the rows below them that are not empty."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(rows: Iterable[Row], given: Given) -> Table:
    """The table in these rows. Raises SourceError when it is too large, or has no row of headings."""
    kept = list(islice((row for row in rows if any(map(str.strip, row.cells))), MAX_ROWS + _SEARCHED + 1))
    place = _headings_at(kept, given)
    if place is None:
        raise not_understood(max((row.cells for row in kept[:_SEARCHED]), key=_filled, default=()))
    headings, below = kept[place].cells, kept[place + 1 :]
    width, where = max([(len(headings), ""), *((len(row.cells), f" in {row.place}") for row in below)])
    within_limits(len(below), width, where)
    return Table((*headings, *[""] * (width - len(headings))), tuple(below))


def within_limits(rows: int, columns: int, where: str = "") -> None:
    """Raises SourceError when there are no rows or too many, or too many columns."""
    if not rows:
        raise NoTable("it has headings but no rows.")
    if rows > MAX_ROWS:
        raise SourceError(f"more than {MAX_ROWS:,} rows; split it into several files.")
    if columns > MAX_COLUMNS:
        raise SourceError(f"more than {MAX_COLUMNS} columns{where}; take out those that are not needed.")


def _headings_at(rows: Sequence[Row], given: Given) -> int | None:
    """The first of the first rows with two headings that are known, else the first with one."""
    known = [recognised(row.cells[: MAX_COLUMNS + 1], given) for row in rows[:_SEARCHED]]
    return next((place for least in (2, 1) for place, count in enumerate(known) if count >= least), None)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def row_of(place: str, cells: Iterable[str]) -> Row:
    """A row of cleaned cells, without the empty ones at its end; one that is too long stays so, to be told."""
    cleaned = [plain(cell) if len(cell) <= MAX_CELL else cell[: MAX_CELL + 1] for cell in cells]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    return Row(place, tuple(cleaned))


def plain(cell: str) -> str:
    """The text of a cell: lines squeezed, blank lines between paragraphs; the markup of web databases is taken out."""
    text = clean(cell)
    if "<" in text and _TAG.search(text):
        text = "\n\n".join(block.text for block in html_blocks(f"<body>{text}</body>", BlockReader(MACHINERY)))
    elif "&" in text and _ENTITY.search(text):
        text = clean(html.unescape(text))
    if "\n" not in text and "\r" not in text:
        return squeeze(text)
    lines = (squeeze(line) for line in re.split(r"\r\n?|\n", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
