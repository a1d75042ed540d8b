"""PDF: pypdf for metadata, outline, page labels and encryption; pypdfium2 for the text."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.raw import RawSource

MEDIA_TYPE = "application/pdf"
# pypdf reports every odd font to its logger; a user is told once, by the verdict on the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_JOINED = re.compile("[\ufffe\u00ad]\\s*")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SENTENCE_END = (".", "!", "?", ":", ";", "。", "؟")


def parse_pdf(raw: RawSource) -> Document:
    """The document of a PDF, page by page. Raises SourceError when it is encrypted, broken or without text."""
    reader = _open(raw)
    pages = _page_texts(raw)
    if not any(page.strip() for page in pages):
        raise SourceError(f"no text layer: {len(pages)} page(s) of images; it needs OCR first.")
    outline = _outline(reader)
    blocks = [block for i, page in enumerate(_without_running_lines(pages), 1) for block in _blocks(i, page, outline)]
    empty = [str(i) for i, page in enumerate(pages, 1) if not page.strip()]
    layout = assemble(blocks, _labels(reader))
    information = _information(reader)
    return raw.document(
        layout,
        MEDIA_TYPE,
        title=_good_title(information.get("/Title")) or _first_line(pages),
        year=_year(information.get("/CreationDate")),
        authors=tuple(filter(None, [squeeze(str(information.get("/Author") or ""))])),
        warnings=(f"no text layer on page(s) {', '.join(empty)}",) if empty else (),
    )


def _open(raw: RawSource) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not reader.decrypt(raw.password or ""):
            raise SourceError("encrypted: give its password with --password.")
        len(reader.pages)
    except SourceError:
        raise
    except Exception as error:  # pypdf raises many types on broken files; each is the same verdict
        raise SourceError(f"not a readable PDF ({_reason(error)}).") from None
    return reader


def _reason(error: Exception) -> str:
    kind = "damaged structure" if isinstance(error, PyPdfError) else type(error).__name__
    return squeeze(f"{kind}: {error}")[:120]


def _page_texts(raw: RawSource) -> list[str]:
    try:
        pdf = pypdfium2.PdfDocument(raw.data, password=raw.password)
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"not a readable PDF ({_reason(error)}).") from None
    try:
        return [_mend(_text_of(page)) for page in pdf]
    finally:
        pdf.close()


def _text_of(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        return str(text_page.get_text_bounded())
    finally:
        text_page.close()
        page.close()


def _mend(text: str) -> str:
    text = _JOINED.sub("", text.replace("\r\n", "\n")).translate(_LIGATURES)
    return _CONTROL.sub("", _HYPHEN.sub("", text))


def _without_running_lines(pages: list[str]) -> list[str]:
    """Pages without the first and last lines that recur, digits aside, on a third of the pages or more."""
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    edges = Counter(key for page in lines for key in {_edge(line) for line in page[:2] + page[-2:]})
    running = {key for key, n in edges.items() if n >= max(3, len(pages) // 3)}

    def kept(page: list[str]) -> Iterator[str]:
        for number, line in enumerate(page):
            at_edge = number < 2 or number >= len(page) - 2
            if not (at_edge and (_edge(line) in running or line.strip().isdecimal())):
                yield line

    return ["\n".join(kept(page)) for page in lines]


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", squeeze(line))


def _blocks(index: int, page: str, outline: dict[int, list[tuple[int, str]]]) -> Iterator[Block]:
    headings = outline.get(index, [])
    for paragraph in _paragraphs(page):
        while headings and squeeze(headings[0][1]).casefold()[:60] in paragraph.casefold()[:200]:
            level, title = headings[0]
            yield Block(title, level, index)
            headings = headings[1:]
        yield Block(paragraph, 0, index)
    for level, title in headings:
        yield Block(title, level, index)


def _paragraphs(page: str) -> Iterator[str]:
    """Lines joined to paragraphs: one ends where a line stops clearly short of the page's usual width."""
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    usual = sorted(len(line) for line in lines)[int(len(lines) * 0.75)] if lines else 0
    current: list[str] = []
    for line in lines:
        current.append(line)
        if len(line) < 0.75 * usual and (line.endswith(_SENTENCE_END) or len(line) < 0.5 * usual):
            yield squeeze(" ".join(current))
            current = []
    if current:
        yield squeeze(" ".join(current))


def _outline(reader: PdfReader) -> dict[int, list[tuple[int, str]]]:
    """(level, title) of the outline entries by 1-based page; empty where there is none or it is broken."""
    found: dict[int, list[tuple[int, str]]] = {}

    def walk(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, min(level + 1, 6))
            elif isinstance(entry, Destination) and (title := squeeze(str(entry.title or ""))):
                page = reader.get_destination_page_number(entry)
                if page is not None:
                    found.setdefault(page + 1, []).append((level, title))

    try:
        walk(reader.outline, 1)
    except Exception:  # a broken outline costs the headings, not the document
        return {}
    return found


def _labels(reader: PdfReader) -> dict[int, str]:
    try:
        return {i: label for i, label in enumerate(reader.page_labels, 1) if label}
    except Exception:  # broken labels cost the printed numbers, not the document
        return {}


def _information(reader: PdfReader) -> dict[str, Any]:
    try:
        return dict(reader.metadata or {})
    except Exception:  # broken metadata costs the title, not the document
        return {}


def _good_title(value: object) -> str | None:
    title = squeeze(str(value or ""))
    made_by_software = re.search(r"\.(docx?|indd|pdf|qxd|pptx?)$|^microsoft word|^untitled", title, re.IGNORECASE)
    return title if len(title) >= 4 and not made_by_software else None


def _first_line(pages: list[str]) -> str | None:
    lines = (squeeze(line) for page in pages[:2] for line in page.split("\n"))
    return next((line[:150] for line in lines if len(line) >= 8 and any(c.isalpha() for c in line)), None)


def _year(value: object) -> int | None:
    found = re.match(r"D?:?((?:19|20)\d\d)", str(value or ""))
    return int(found[1]) if found else None
