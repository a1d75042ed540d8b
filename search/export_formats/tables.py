"""CSV for spreadsheets and JSON lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.text import clean
from search.export_formats.record import Record, address_of, labels
from search.serialise import hit_json

COLUMNS = (
    "rank", "id", "title", "kind", "authors", "publisher", "year", "language", "cities", "countries", "themes",
    "target_groups", "address", "page", "citation", "licence", "display", "passages", "rests_on", "snapshot", "query",
    "filters",
)  # fmt: skip
# What a spreadsheet takes for the start of a formula, and the forms that it reads alike (OWASP, "CSV injection").
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class _Line:
    """Gives a row back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def csv_rows(records: Iterable[Record]) -> Iterator[str]:
    """A header and a row a document as RFC 4180 has it; several values of a cell are joined by `; `."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for record in records:
        row = _row(record)
        yield writer.writerow([cell(row[column]) for column in COLUMNS])


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """A line a document: the hit as the API serves it, with the search that found it."""
    for record in records:
        hit, found = hit_json(record.hit), record.found
        hit["document"]["address"] = address_of(record.hit.document)
        search = {"snapshot": found.snapshot, "query": found.query, "filters": dict(found.filters)}
        yield json.dumps({**search, "rank": record.rank, **hit}, ensure_ascii=False) + "\n"


def _row(record: Record) -> dict[str, Any]:
    document, citation, found = record.hit.document, record.hit.citation, record.found
    return {
        "rank": record.rank,
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "authors": "; ".join(document.authors),
        "publisher": document.publisher,
        "year": document.year,
        "language": document.language,
        "cities": "; ".join(labels("city", document.cities)),
        "countries": "; ".join(labels("country", document.countries)),
        "themes": "; ".join(labels("theme", document.themes)),
        "target_groups": "; ".join(labels("target_group", document.target_groups)),
        "address": address_of(document),
        "page": citation.page,
        "citation": citation.text,
        "licence": document.licence,
        "display": document.display.value,
        "passages": "\n\n".join(passage.text for passage in record.hit.passages),
        "rests_on": " ".join(document.trust),
        "snapshot": found.snapshot,
        "query": found.query,
        "filters": found.chosen,
    }


def cell(value: Any) -> str:
    """The value as text that no spreadsheet calculates."""
    text = clean("" if value is None else str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
