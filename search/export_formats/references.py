"""RIS, BibTeX and CSL-JSON for reference managers: a line break within a value of the first two is a space."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from rispy.writer import RisWriter

from corpus.text import clean, squeeze
from search.export_formats.record import Record, address_of, keywords, notes, quoted, types_of

# What TeX would obey. BibTeX counts braces whether or not a backslash stands before them: they become words.
_TEX = str.maketrans(
    {char: f"\\{char}" for char in "#$%&_"}
    | {"\\": r"\textbackslash{}", "{": r"\lbrace{}", "}": r"\rbrace{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
# Which field names the publisher.
_PUBLISHER = {"techreport": "institution", "book": "publisher", "misc": "organization"}
_BREAKS_A_URL = re.compile(r'[\s{}\\^"<>|`]')


class _Ris(RisWriter):  # type: ignore[misc]  # rispy ships no types
    """Records without numbers between them, in lines that end as the RIS format says."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        """No number before a record."""
        del count
        return ""


def ris(records: Iterable[Record]) -> Iterator[str]:
    """A reference a document."""
    writer = _Ris()
    for record in records:
        yield str(writer.formats([_ris_reference(record)]))


def _ris_reference(record: Record) -> dict[str, Any]:
    document, types = record.hit.document, types_of(record.hit.document)
    address = address_of(document)
    reference = {
        "type_of_reference": types.ris,
        "id": document.id,
        "title": _line(document.title),
        "authors": _lines(document.authors),
        "publisher": _line(document.publisher),
        "year": str(document.year or ""),
        "type_of_work": types.genre,
        "language": document.language,
        "keywords": _lines(keywords(document)),
        # A semicolon would part one address into two.
        "urls": [_url(address).replace(";", "%3B")] if address else None,
        "notes": _lines([*notes(record), *map(quoted, record.hit.passages)]),
    }
    return {name: value for name, value in reference.items() if value}


def bibtex(records: Iterable[Record]) -> Iterator[str]:
    """An entry a document; names stand in braces, because nothing says which are people's."""
    for record in records:
        yield write_string(Library([_entry(record)])) + "\n"


def _entry(record: Record) -> Entry:
    document, types = record.hit.document, types_of(record.hit.document)
    address = address_of(document)
    values = {
        # Braces within keep the capitals of names, which styles would take off.
        "title": f"{{{_tex(document.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in document.authors),
        _PUBLISHER[types.bibtex]: _tex(document.publisher),
        "year": str(document.year or ""),
        "type": _tex(types.genre),
        "language": document.language,
        "keywords": _tex(", ".join(keywords(document))),
        "url": _url(address) if address else None,
        "copyright": _tex(document.licence),
        "note": ". ".join(_tex(note).rstrip(".") for note in notes(record)),
        "annote": " ".join(_tex(quoted(passage)) for passage in record.hit.passages),
    }
    return Entry(types.bibtex, document.id, [Field(name, value) for name, value in values.items() if value])


def csl(records: Iterable[Record]) -> Iterator[str]:
    """A JSON list of items as the schema of CSL data has them; what it has no field for is in `custom`."""
    yield "["
    for number, record in enumerate(records):
        yield ("\n" if number == 0 else ",\n") + json.dumps(_item(record), ensure_ascii=False)
    yield "\n]\n"


def _item(record: Record) -> dict[str, Any]:
    document, found, types = record.hit.document, record.found, types_of(record.hit.document)
    item = {
        "id": document.id,
        "type": types.csl,
        "title": document.title,
        "author": [{"literal": name} for name in document.authors],
        "publisher": document.publisher,
        "issued": {"date-parts": [[document.year]]} if document.year else None,
        "genre": types.genre,
        "language": document.language,
        "keyword": ", ".join(keywords(document)),
        "URL": address_of(document),
        "note": "\n".join(notes(record)),
        "annote": "\n\n".join(map(quoted, record.hit.passages)),
    }
    custom = {
        "rank": record.rank,
        "citation": record.hit.citation.text,
        "licence": document.licence,
        "display": document.display.value,
        "snapshot": found.snapshot,
        "query": found.query,
        "filters": dict(found.filters),
    }
    return {**{name: value for name, value in item.items() if value}, "custom": custom}


def _line(text: str | None) -> str:
    return squeeze(clean(text or ""))


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for line in map(_line, texts) if line]


def _tex(text: str | None) -> str:
    return _line(text).translate(_TEX)


def _url(address: str) -> str:
    return _BREAKS_A_URL.sub(lambda found: quote(found[0]), clean(address))
