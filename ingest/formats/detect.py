"""Which parser a file needs, told by its content first and its ending second."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.raw import RawSource

Parser = Callable[[RawSource], Document]
ENDINGS = (".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub", ".txt", ".text")

# At the very start, after an XML declaration or a comment at most: a text that mentions a tag is no page.
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
TEXT_ENDINGS = frozenset({"md", "markdown", "txt", "text"})
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Word itself writes `document2.xml` now and then.
_WORD = re.compile(r"word/document\d*\.xml")
_NAMED = {"pdf": "PDF", "docx": "Word document", "epub": "EPUB"}
READABLE = "HTML, PDF, DOCX, EPUB, Markdown or plain text"
_BINARY = {
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
}


def parse(raw: RawSource) -> Document:
    """The document in these bytes. Raises SourceError saying why there is none."""
    if not raw.data.strip():
        raise SourceError("the file is empty.")
    return _parser_for(raw)(raw)


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
    return _text_parser(raw)


def _zip_parser(raw: RawSource) -> Parser:
    from ingest.formats.archive import Archive

    archive = Archive(raw.data)
    if any(_WORD.fullmatch(name) for name in archive.names):
        from ingest.formats.docx import parse_docx

        return parse_docx
    if "mimetype" in archive.names and archive.read("mimetype").strip() == b"application/epub+zip":
        from ingest.formats.epub import parse_epub

        return parse_epub
    raise _unreadable(raw, "a ZIP or Office file")


def _unreadable(raw: RawSource, what: str) -> SourceError:
    from ingest.formats.archive import refuse_protected

    refuse_protected(raw.data)
    return SourceError(f"{what}, which cannot be read; give {READABLE}.")


def _ending(raw: RawSource) -> str:
    return raw.source.lower().rsplit(".", 1)[-1]


def _text_parser(raw: RawSource) -> Parser:
    ending = _ending(raw)
    if ending in _NAMED:
        raise SourceError(f"named .{ending}, but it holds no {_NAMED[ending]}.")
    if ending in ("md", "markdown"):
        from ingest.formats.markdown import parse_markdown

        return parse_markdown
    if ending in ("html", "htm", "xhtml"):
        from ingest.formats.html import parse_html

        return parse_html
    from ingest.formats.plain import parse_plain

    return parse_plain
