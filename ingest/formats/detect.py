"""Which parser a file needs, told by its content first and its ending second."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.raw import Parsed, RawSource

Parser = Callable[[RawSource], Document | Parsed]
# Not .json: folders are full of such files that hold settings. One that is given by name is read.
ENDINGS = (
    *(".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub", ".txt", ".text"),
    *(".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".xlsx", ".xlsm"),
)

# At the very start, after an XML declaration or a comment at most: a text that mentions a tag is no page.
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Word itself writes `document2.xml` now and then.
_WORD = re.compile(r"word/document\d*\.xml")
_WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
_CALC = b"application/vnd.oasis.opendocument.spreadsheet"
_NAMED = {"pdf": "PDF", "docx": "Word document", "epub": "EPUB"}
# Text under the name of a workbook is what databases call an export to Excel.
_DELIMITED = frozenset({"csv", "tsv", "tab", "xls", "xlsx", "xlsm"})
_JSON = frozenset({"json", "jsonl", "ndjson"})
TEXT_ENDINGS = frozenset({"md", "markdown", "txt", "text", "csv", "tsv", "tab"}) | _JSON
READABLE = "HTML, PDF, DOCX, EPUB, Markdown, plain text, or a table of practices in CSV, TSV, JSONL or XLSX"
_BINARY = {
    b"\xd0\xcf\x11\xe0": "an old Office file (save it as .docx or .xlsx)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
}


def read(raw: RawSource) -> Parsed:
    """All documents in these bytes. Raises SourceError saying why there is none."""
    if not raw.data.strip():
        raise SourceError("the file is empty.")
    found = _parser_for(raw)(raw)
    return found if isinstance(found, Parsed) else Parsed((found,))


def parse(raw: RawSource) -> Document:
    """The first document in these bytes: the only one, unless they are a table. Raises SourceError as `read` does."""
    parsed = read(raw)
    if not parsed.documents:
        raise SourceError(parsed.faults[0][1])
    return parsed.documents[0]


def _parser_for(raw: RawSource) -> Parser:
    head = raw.data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ")
    # Readers of PDF allow some bytes before the header; a text that mentions it begins otherwise.
    if head.startswith(b"%PDF-") or (_ending(raw) not in TEXT_ENDINGS and b"%PDF-" in raw.data[:1024]):
        from ingest.formats.pdf import parse_pdf

        return parse_pdf
    if raw.data.startswith(_ZIP):
        return _zip_parser(raw)
    for magic, what in _BINARY.items():
        if raw.data.startswith(magic):
            raise _unreadable(raw, what)
    if _HTML.match(head):
        from ingest.formats.html import parse_html

        return parse_html
    return _text_parser(raw, head)


def _zip_parser(raw: RawSource) -> Parser:
    from ingest.formats.archive import Archive

    archive = Archive(raw.data)
    if any(_WORD.fullmatch(name) for name in archive.names):
        from ingest.formats.docx import parse_docx

        return parse_docx
    if any(_WORKBOOK.fullmatch(name) for name in archive.names):
        from ingest.formats.tables.xlsx import parse_xlsx

        return parse_xlsx
    if "xl/workbook.bin" in archive.names:
        raise _unreadable(raw, "a binary Excel workbook (save it as .xlsx)")
    if "mimetype" in archive.names and archive.read("mimetype").startswith(_CALC):
        raise _unreadable(raw, "an OpenDocument spreadsheet (save it as .xlsx)")
    if "mimetype" in archive.names and archive.read("mimetype").strip() == b"application/epub+zip":
        from ingest.formats.epub import parse_epub

        return parse_epub
    raise _unreadable(raw, "a ZIP or Office file")


def _unreadable(raw: RawSource, what: str) -> SourceError:
    from ingest.formats.archive import refuse_protected

    refuse_protected(raw.data)
    return SourceError(f"{what}, which cannot be read; give {READABLE}.")


def _ending(raw: RawSource) -> str:
    return raw.name.lower().rsplit(".", 1)[-1]


def _text_parser(raw: RawSource, head: bytes) -> Parser:
    ending = _ending(raw)
    if ending in _NAMED:
        raise SourceError(f"named .{ending}, but it holds no {_NAMED[ending]}.")
    if table := _table_parser(raw, head):
        return table
    if ending in ("md", "markdown"):
        from ingest.formats.markdown import parse_markdown

        return parse_markdown
    if ending in ("html", "htm", "xhtml"):
        from ingest.formats.html import parse_html

        return parse_html
    from ingest.formats.plain import parse_plain

    return parse_plain


def _table_parser(raw: RawSource, head: bytes) -> Parser | None:
    """The parser of a table: one that is named so, or one of which there is no doubt."""
    if _ending(raw) in _JSON or head.startswith((b"[", b"{")):
        from ingest.formats.tables.json_lines import is_json, parse_json

        if _ending(raw) in _JSON or is_json(raw):
            return parse_json
    if _ending(raw) in _DELIMITED or b"\t" in head:
        from ingest.formats.tables.delimited import is_tabbed, parse_delimited

        return parse_delimited if _ending(raw) in _DELIMITED or is_tabbed(raw) else None
    return None
