"""Which column of a table holds which field: told by its heading, or by the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import InvalidInput, SourceError
from corpus.text import squeeze
from ingest.formats.tables.names import field_of

Given = Sequence[tuple[str, str]]
# What a column can hold; "ignore" keeps it out, for notes and addresses that are nobody's business.
FIELDS = (
    *("id", "title", "text", "city", "country", "year", "language", "publisher", "authors", "organisations"),
    *("licence", "address", "themes", "target_groups", "display", "ignore"),
)
# These have room for what several columns say; of the others the first column counts.
_SEVERAL = frozenset({"text", "city", "country", "authors", "organisations", "themes", "target_groups", "ignore"})
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a table as readers see them, each with the field its column holds; None: none of them.

    Columns from `width` on have no heading.
    """

    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    width: int

    @property
    def texts(self) -> int:
        """How many columns hold text."""
        return self.fields.count("text")


class NoTable(SourceError):
    """Rows that are no table of practices; another sheet of the same file may be one."""


def given_columns(options: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Fields and headings of options such as `title=Name of initiative`. Raises InvalidInput."""
    pairs = [option.partition("=")[::2] for option in options]
    for option, (_, heading) in zip(options, pairs, strict=True):
        if not heading.strip():
            raise InvalidInput(f"--column {option!r}: give FIELD=HEADING; the fields are: {', '.join(FIELDS)}.")
    columns = tuple((field.strip(), heading.strip()) for field, heading in pairs)
    try:
        check_fields(columns)
    except SourceError as error:
        raise InvalidInput(str(error)) from None
    return columns


def check_fields(given: Given) -> None:
    """Raises SourceError when a field is named that there is not."""
    for field, heading in given:
        if field not in FIELDS:
            raise SourceError(f"--column {field}={heading!r}: {field!r} is no field; these are: {', '.join(FIELDS)}.")


def match(headings: Sequence[str], given: Given = ()) -> Columns:
    """The columns under these headings; `given` goes before their names. Raises SourceError for what is not there."""
    check_fields(given)
    fields: list[str | None] = [None] * len(headings)
    for field, heading in given:
        places = [place for place, own in enumerate(headings) if squeeze(own) == squeeze(heading)]
        if not places:
            raise NoTable(f"--column {field}={heading!r}: no column has that heading; {listed(headings)}")
        for place in places if field in _SEVERAL else places[:1]:
            fields[place] = field
    for place, heading in enumerate(headings):
        found = field_of(heading)
        if fields[place] is None and (found in _SEVERAL or found not in fields):
            fields[place] = found
    shown = (squeeze(heading)[:200] or f"Column {place}" for place, heading in enumerate(headings, start=1))
    width = max((place for place, heading in enumerate(headings, start=1) if heading.strip()), default=0)
    return Columns(tuple(shown), tuple(fields), width)


def recognised(cells: Sequence[str], given: Given = ()) -> int:
    """How many of these cells read like headings: what tells the row of headings from the others."""
    named = {squeeze(heading) for _, heading in given}
    return sum(1 for cell in cells if squeeze(cell[:200]) in named or field_of(cell))


def not_understood(headings: Sequence[str]) -> NoTable:
    """The verdict on a table in which no column holds text."""
    return NoTable(
        f"no column was recognised as text; {listed(headings)} Name them: "
        '--column title="A HEADING" --column text="ANOTHER HEADING" (text may be given several times).'
    )


def listed(headings: Sequence[str]) -> str:
    """The headings for a message, as many as a reader takes in."""
    names = [repr(squeeze(heading)[:60]) for heading in headings if heading.strip()]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"its headings are {', '.join(names[:_SHOWN])}{more}." if names else "it has no headings."
