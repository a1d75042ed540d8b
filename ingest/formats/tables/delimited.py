"""CSV and TSV: the delimiter is the one under which the rows are most alike."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from corpus.errors import SourceError
from ingest.formats.raw import Parsed, RawSource
from ingest.formats.tables.columns import match, recognised
from ingest.formats.tables.practices import practices
from ingest.formats.tables.rows import Row, row_of, table_of

# Delimiter, and how cells are quoted.
Form = tuple[str, Literal[0, 3]]
MEDIA_TYPES = {",": "text/csv", "\t": "text/tab-separated-values"}
_QUOTED: Literal[0] = csv.QUOTE_MINIMAL
_FORMS: tuple[Form, ...] = ((",", _QUOTED), (";", _QUOTED), ("\t", _QUOTED), ("|", _QUOTED))
_TABS = _FORMS[2]
# Databases write tabs without quoting: there a quotation mark is a letter.
_BARE_TABS: Form = ("\t", csv.QUOTE_NONE)
# Enough to tell the delimiter; a stray quotation mark further down shows in no sample.
_SAMPLE = 500
# Excel's own first line that names the delimiter.
_STATED = re.compile(r'"?sep=([^\n"])"?\n')


def parse_delimited(raw: RawSource) -> Parsed:
    """A document for each row. Raises SourceError when no column holds text."""
    text = raw.decode()
    stated = _STATED.match(text)
    text = text[stated.end() :] if stated else text
    form = (stated[1], _QUOTED) if stated else _form(text)
    table = table_of(_rows(text, form), raw.reading.columns)
    return practices(raw, [table], MEDIA_TYPES.get(form[0], "text/csv"))


def is_tabbed(raw: RawSource) -> bool:
    """Whether a text is a table though its name does not say so: what Excel saves as "text (tab delimited)"."""
    rows = [row for row in islice(_cells(raw.decode(), _TABS), _SAMPLE) if any(row)]
    if len(rows) < 2 or len({len(row) for row in rows}) > 1:
        return False
    fields = match(rows[0]).fields
    return "text" in fields and "title" in fields


def _rows(text: str, form: Form) -> Iterator[Row]:
    for number, cells in enumerate(_cells(text, form), start=1):
        yield row_of(f"row {number}", cells)


def _cells(text: str, form: Form, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)  # what is too long is told with its row
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=form[0], quoting=form[1], strict=strict)
    except csv.Error as error:
        raise SourceError(f"not a readable table ({error}).") from None


def _form(text: str) -> Form:
    """The form that finds most headings, then most rows as wide as each other, then the widest and the most rows."""
    form = max(_FORMS, key=lambda form: _fit(text, form))
    if form == _TABS and not _well_quoted(text, form):
        return max(_BARE_TABS, _TABS, key=lambda form: _fit(text, form))
    return form


def _well_quoted(text: str, form: Form) -> bool:
    try:
        return all(True for _ in _cells(text, form, strict=True))
    except SourceError:
        return False


def _fit(text: str, form: Form) -> tuple[int, float, int, int]:
    rows = [row for row in islice(_cells(text, form), _SAMPLE) if any(row)]
    widths = Counter(len(row) for row in rows)
    width, alike = widths.most_common(1)[0] if widths else (0, 0)
    headings = max((recognised(row[:200]) for row in rows[:20]), default=0)
    return (min(headings, 2), alike / len(rows), width, len(rows)) if width > 1 else (min(headings, 1), 0.0, 0, 0)
