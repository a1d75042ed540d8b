"""PDF: pypdf for metadata, outline, page labels and encryption; pypdfium2 for the text."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import clean, squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.pdf_layout import Typography, blocks_of, typography, without_running_lines
from ingest.formats.pdf_lines import Line, page_lines
from ingest.formats.raw import RawSource

MEDIA_TYPE = "application/pdf"
# pypdf reports every odd font to its logger; a user is told once, by the verdict on the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
# An outline of fewer entries is a cover and a back page: then headings are found by their size.
_ENOUGH_OUTLINE = 3
ENCRYPTED = "encrypted: give its password with --password."
Outline = dict[int, list[tuple[int, str]]]


def parse_pdf(raw: RawSource) -> Document:
    """The document of a PDF, page by page. Raises SourceError when it is encrypted, broken or without text."""
    reader = _open(raw)
    pages = _pages(raw)
    if not any(pages):
        raise SourceError(f"no text layer: {len(pages)} page(s) of images; it needs OCR first.")
    kept, printed = without_running_lines(pages)
    layout = assemble(_blocks(kept, _outline(reader)), _labels(reader) or printed)
    empty = [str(i) for i, page in enumerate(pages, 1) if not page]
    information = _information(reader)
    return raw.document(
        layout,
        MEDIA_TYPE,
        title=_good_title(information.get("/Title")) or _largest_line(pages),
        year=_year(information.get("/CreationDate")),
        authors=_authors(information.get("/Author")),
        warnings=(f"no text layer on page(s) {', '.join(empty)}",) if empty else (),
    )


def _open(raw: RawSource) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not (reader.decrypt(raw.password or "") or reader.decrypt("")):
            raise SourceError(ENCRYPTED)
        len(reader.pages)
    except SourceError:
        raise
    except Exception as error:  # pypdf raises many types on broken files; each is the same verdict
        raise SourceError(f"not a readable PDF ({_reason(error)}).") from None
    return reader


def _reason(error: Exception) -> str:
    kind = "damaged structure" if isinstance(error, PyPdfError) else type(error).__name__
    return squeeze(f"{kind}: {error}")[:120]


def _pages(raw: RawSource) -> list[list[Line]]:
    """The lines of every page."""
    try:
        pdf = _pdfium(raw)
        try:
            return [page_lines(page) for page in pdf]
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(ENCRYPTED) from None
        raise SourceError(f"not a readable PDF ({_reason(error)}).") from None


def _pdfium(raw: RawSource) -> Any:
    try:
        return pypdfium2.PdfDocument(raw.data, password=raw.password)
    except pypdfium2.PdfiumError:
        # A password meant for another file of the same run does no harm to one that opens without.
        return pypdfium2.PdfDocument(raw.data)


def _blocks(pages: list[list[Line]], outline: Outline) -> Iterator[Block]:
    """Blocks with headings from the outline where it has enough of them, else from the size of the type."""
    by_outline = sum(len(entries) for entries in outline.values()) >= _ENOUGH_OUTLINE
    type_ = Typography(float("inf"), ()) if by_outline else typography(pages)
    for index, lines in enumerate(pages, start=1):
        waiting = list(outline.get(index, ())) if by_outline else []
        for block in blocks_of(index, lines, type_):
            found = next((i for i, (_, title) in enumerate(waiting) if _begins(block.text, title)), None)
            if found is not None:
                yield from (Block(title, level, index) for level, title in waiting[: found + 1])
                waiting = waiting[found + 1 :]
            yield block
        yield from (Block(title, level, index) for level, title in waiting)


def _begins(text: str, title: str) -> bool:
    """Whether the title stands at the beginning of the text, numbers and spaces aside."""
    plain_text, plain_title = (re.sub(r"[\W\d_]+", "", value).casefold() for value in (text[:300], title))
    return bool(plain_title) and plain_text.startswith(plain_title[:60])


def _outline(reader: PdfReader) -> Outline:
    """(level, title) of the outline entries by 1-based page; empty where there is none or it is broken."""
    found: Outline = {}

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
    """The labels that the file itself gives its pages; empty where it gives none."""
    try:
        if "/PageLabels" not in reader.root_object:
            return {}
        return {i: label for i, label in enumerate(reader.page_labels, 1) if label}
    except Exception:  # broken labels cost the printed numbers, not the document
        return {}


def _information(reader: PdfReader) -> dict[str, Any]:
    try:
        return dict(reader.metadata or {})
    except Exception:  # broken metadata costs the title, not the document
        return {}


def _authors(value: object) -> tuple[str, ...]:
    name = squeeze(clean(str(value or "")))
    # What software puts in when nobody told it a name.
    nobody = re.search(r"\b(user|admin(istrator)?|owner|author)\W*$|^\W*(anonymous|unknown)\W*$", name, re.IGNORECASE)
    return () if not name or nobody else (name,)


def _good_title(value: object) -> str | None:
    title = squeeze(str(value or ""))
    made_by_software = re.search(r"\.(docx?|indd|pdf|qxd|pptx?)$|^microsoft word|^untitled", title, re.IGNORECASE)
    return title if len(title) >= 4 and not made_by_software else None


def _largest_line(pages: list[list[Line]]) -> str | None:
    """The largest type on the first two pages: the title where the file does not name it."""
    lines = [line for page in pages[:2] for line in page if len(line.text) >= 8 and re.search(r"[^\W\d]{3}", line.text)]
    largest = max(lines, key=lambda line: line.size, default=None)
    return largest.text[:150] if largest else None


def _year(value: object) -> int | None:
    found = re.match(r"D?:?((?:19|20)\d\d)", str(value or ""))
    return int(found[1]) if found else None
