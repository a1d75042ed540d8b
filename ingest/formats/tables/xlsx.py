"""XLSX: openpyxl reads the visible sheets row by row, from a copy whose size and paths were checked."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import chain, islice
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.escape import unescape

from corpus.errors import SourceError
from ingest.formats.archive import Archive
from ingest.formats.raw import Parsed, RawSource
from ingest.formats.tables.columns import NoTable
from ingest.formats.tables.practices import columns_of, practices
from ingest.formats.tables.rows import MAX_COLUMNS, Row, Table, row_of, table_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# As many as a sheet can have; a wrong row number could name any.
_LAST_ROW = 1_048_576
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!"})
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
# A formula without a stored result; a result that is empty text is one.
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^<>]*t="str")[^<>]*>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def parse_xlsx(raw: RawSource) -> Parsed:
    """A document for each row of the first sheet with text, and of those with the same columns."""
    archive = Archive(raw.data)
    if "xl/workbook.xml" in archive.names and b"purl.oclc.org/ooxml" in archive.read("xl/workbook.xml")[:4000]:
        raise SourceError("saved as a “Strict Open XML” workbook; save it as a plain Excel workbook (.xlsx).")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read anyway
            book = openpyxl.load_workbook(archive.copy_of_xml(), read_only=True, data_only=True, keep_links=False)
            tables, notes = _tables(archive, book, raw)
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # openpyxl raises many types on broken files; each is the same verdict
        reason = f"not a readable Excel workbook (damaged structure: {type(error).__name__}); save it again in Excel."
        raise SourceError(reason) from None
    return practices(raw, tables, MEDIA_TYPE, note=" ".join(notes))


def _tables(archive: Archive, book: openpyxl.Workbook, raw: RawSource) -> tuple[list[Table], list[str]]:
    """The tables to read, and what is to be told of the other sheets. Raises SourceError when there is no table."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables: list[Table] = []
    notes: list[str] = []
    faults: list[NoTable] = []
    for sheet in sheets:
        data = archive.read(sheet._worksheet_path)
        called = f"sheet {sheet.title!r} row" if len(sheets) > 1 else "row"
        rows = (row for row in _rows(sheet, data, called) if row.cells)
        if (first := next(rows, None)) is None:
            continue
        try:
            table = table_of(chain([first], rows), raw.reading.columns)
            tables.append(_alike(table, tables, raw))
        except NoTable as fault:
            faults.append(fault)
            notes.append(f"sheet {sheet.title!r} was left out: {fault}")
            continue
        if _UNCALCULATED.search(data):
            notes.append(f"sheet {sheet.title!r} has formulas without results; save it in Excel to have them read.")
    if not tables:
        raise faults[0] if faults else SourceError("its sheets are empty or hidden.")
    return tables, notes


def _alike(table: Table, others: Sequence[Table], raw: RawSource) -> Table:
    """The table, if it holds the fields that the others do. Raises NoTable."""
    fields = [set(columns_of(one, raw).fields) - {None} for one in (table, *others[:1])]
    if fields[0] != fields[-1]:
        raise NoTable("its columns are not those of the first sheet.")
    return table


def _rows(sheet: Any, data: bytes, called: str) -> Iterator[Row]:
    """The rows of a sheet; a cell that is merged over several rows counts for each of them."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for found in _MERGED.finditer(data):
        column, first, _, last = range_boundaries(found[1].decode())
        if last > first and column <= MAX_COLUMNS:
            starts.setdefault(first, []).append((column - 1, last))
    sheet.reset_dimensions()  # some programs state them wrongly
    spanning: dict[int, tuple[int, str]] = {}
    for number, values in enumerate(islice(sheet.iter_rows(values_only=True), _LAST_ROW), start=1):
        row = row_of(f"{called} {number}", map(_text, values))
        for column, last in starts.get(number, ()):
            spanning[column] = (last, row.cells[column] if column < len(row.cells) else "")
        yield _filled(row, number, spanning) if spanning and row.cells else row


def _filled(row: Row, number: int, spanning: dict[int, tuple[int, str]]) -> Row:
    cells = [*row.cells, *[""] * (max(spanning) + 1 - len(row.cells))]
    for column, (last, text) in list(spanning.items()):
        if number > last:
            del spanning[column]
        elif not cells[column]:
            cells[column] = text
    return row_of(row.place, cells)


def _text(value: object) -> str:
    """A value as its cell shows it."""
    if isinstance(value, str):
        return "" if value in _ERRORS else unescape(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}"  # as many digits as Excel keeps
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return "" if value is None else str(value)
