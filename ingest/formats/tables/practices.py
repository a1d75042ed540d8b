"""Tables of practices: each row becomes a document, and nothing that a cell says is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.raw import Parsed, RawSource
from ingest.formats.tables.columns import Columns, match, not_understood
from ingest.formats.tables.facts import Facts, facts_of
from ingest.formats.tables.keys import keys_of
from ingest.formats.tables.rows import MAX_CELL, Row, Table

# (place, reason)
Fault = tuple[str, str]
FURTHER = "Further facts"
# A cell without a field that is as long is prose, and a section of its own.
_PROSE = 200
# Characters of a text that make a title where there is none.
_TITLE = 100


def practices(
    raw: RawSource, tables: Sequence[Table], media_type: str, faults: Sequence[Fault] = (), note: str = ""
) -> Parsed:
    """A document for each row of these tables. Raises SourceError when no column holds text."""
    rows = [(row, columns) for table in tables for columns in [columns_of(table, raw)] for row in table.rows]
    bad = [(f"{raw.source}#{place.replace(' ', '-')}", f"{place}: {reason}") for place, reason in faults]
    documents: list[Document] = []
    for (row, columns), (key, fault) in zip(rows, keys_of(rows), strict=True):
        source = f"{raw.source}#{key}"
        try:
            if fault:
                raise SourceError(fault)
            documents.append(_document(RawSource(source, _bytes_of(row, columns)), row, columns, media_type))
        except SourceError as error:
            bad.append((source, f"{row.place}: {error}"))
    if note and documents:
        documents[0] = replace(documents[0], warnings=(note, *documents[0].warnings))
    return Parsed(tuple(documents), tuple(bad))


def columns_of(table: Table, raw: RawSource) -> Columns:
    """What the table's columns hold. Raises SourceError when none of them holds text."""
    columns = match(table.headings, raw.reading.columns)
    other = [place for place, field in enumerate(columns.fields) if field is None]
    if not columns.texts and not any(_is_prose(row, place) for row in table.rows for place in other):
        raise not_understood(table.headings)
    return columns


def _document(own: RawSource, row: Row, columns: Columns, media_type: str) -> Document:
    if (place := next((place for place, cell in enumerate(row.cells) if len(cell) > MAX_CELL), None)) is not None:
        heading = columns.headings[place]
        raise SourceError(f"more than {MAX_CELL:,} characters under {heading!r}; is a quotation mark missing?")
    facts = facts_of(row, columns)
    blocks = list(_blocks(row, columns, facts))
    if len(row.cells) > columns.width:
        facts.warnings.append(f"{row.place}: more cells than headings; is a cell with a delimiter in it not quoted?")
    title = facts.known.pop("title", None) or _beginning(next(block.text for block in blocks if not block.level))
    return own.document(
        assemble(blocks), media_type, title=title, kind="practice", warnings=tuple(facts.warnings), **facts.known
    )


def _blocks(row: Row, columns: Columns, facts: Facts) -> Iterator[Block]:
    """Texts under their headings, then what other columns tell at length, then all that no field holds, a line each."""
    texts = [place for place, cell in enumerate(row.cells) if cell and columns.fields[place] == "text"]
    prose = sorted(place for place in facts.left if _is_prose(row, place))
    if not texts and not prose:
        under = ", ".join(repr(h) for h, f in zip(columns.headings, columns.fields, strict=True) if f == "text")
        raise SourceError(f"no text (nothing stands under {under})." if under else "no text.")
    for place in (*texts, *prose):
        if columns.texts > 1 or place in prose:
            yield Block(columns.headings[place], level=1)
        yield from (Block(part) for part in row.cells[place].split("\n\n"))
    if further := sorted(facts.left.difference(prose)):
        yield Block(FURTHER, level=1)
        lines = (f"{columns.headings[place]}: {row.cells[place]}" for place in further)
        yield Block("\n".join(lines).replace("\n\n", "\n"))


def _beginning(text: str) -> str:
    """How a text begins, cut between words where it has any."""
    line = squeeze(text[: 2 * _TITLE])
    if len(line) <= _TITLE:
        return line
    return f"{line[:_TITLE].rpartition(' ')[0] or line[:_TITLE]} …"


def _is_prose(row: Row, place: int) -> bool:
    return place < len(row.cells) and len(row.cells[place]) >= _PROSE


def _bytes_of(row: Row, columns: Columns) -> bytes:
    """What makes this row's document: its cells with what they are read as."""
    cells = zip(columns.headings, columns.fields, row.cells, strict=False)
    return json.dumps([cell for cell in cells if cell[2] and cell[1] != "ignore"], ensure_ascii=False).encode()
