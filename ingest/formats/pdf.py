"""PDF: pypdf for metadata, outline, page labels and encryption; pypdfium2 for the text; tesseract for images of it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from corpus.errors import SourceError
from corpus.models import Document, Page
from corpus.text import squeeze
from ingest.formats.blocks import Block, Layout, assemble
from ingest.formats.ocr import MAX_PAGES, unready
from ingest.formats.pdf_front import front_of
from ingest.formats.pdf_layout import Typography, blocks_of, typography, without_running_lines
from ingest.formats.pdf_lines import Line, page_lines
from ingest.formats.pdf_ocr import Read, read_images
from ingest.formats.pdf_outline import Outline, labels_of, outline_of
from ingest.formats.raw import RawSource

MEDIA_TYPE = "application/pdf"
# pypdf reports every odd font to its logger; a user is told once, by the verdict on the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
# An outline of fewer entries is a cover and a back page: then headings are found by their size.
_ENOUGH_OUTLINE = 3
ENCRYPTED = "encrypted: give its password with --password."


def parse_pdf(raw: RawSource) -> Document:
    """The document of a PDF, page by page. Raises SourceError when it is encrypted, broken or without text."""
    reader = _open(raw)
    read = _pages(raw)
    languages = raw.reading.ocr
    if len(read.without) + len(read.illegible) == len(read.pages):
        reason = unready(languages) or f"OCR with {languages} could not make out any text in them"
        raise SourceError(f"no text layer: {len(read.pages)} page(s) of images; {reason}.")
    kept, printed = without_running_lines(read.pages)
    if not any(kept):  # every page says the same, which is then all that the file says
        kept = read.pages
    labels = labels_of(reader) or printed
    layout = assemble(_blocks(kept, outline_of(reader)), labels)
    title, year, authors = front_of(reader, read.pages)
    return raw.document(
        _with_every_page(layout, len(kept), labels),
        MEDIA_TYPE,
        title=title,
        year=year,
        authors=authors,
        trust=_trust(read),
        warnings=tuple(_warnings(read, languages)),
    )


def _open(raw: RawSource) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not (reader.decrypt(raw.reading.password or "") or reader.decrypt("")):
            raise SourceError(ENCRYPTED)
    except SourceError:
        raise
    except Exception as error:  # pypdf raises many types on broken files; each is the same verdict
        raise SourceError(f"not a readable PDF ({_reason(error)}).") from None
    return reader


def _reason(error: Exception) -> str:
    kind = "damaged structure" if isinstance(error, PyPdfError) else type(error).__name__
    return squeeze(f"{kind}: {error}")[:120]


def _pages(raw: RawSource) -> Read:
    """The lines of every page, from its text layer or by OCR."""
    try:
        pdf = _pdfium(raw)
        try:
            if len(pdf) > MAX_PAGES:
                raise SourceError(f"it has {len(pdf):,} pages; {MAX_PAGES:,} are read at most: split it into parts.")
            return read_images(pdf, [page_lines(page) for page in pdf], raw.reading.ocr)
        finally:
            pdf.close()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(ENCRYPTED) from None
        raise SourceError(f"not a readable PDF ({_reason(error)}).") from None


def _pdfium(raw: RawSource) -> Any:
    try:
        return pypdfium2.PdfDocument(raw.data, password=raw.reading.password)
    except pypdfium2.PdfiumError:
        # A password meant for another file of the same run does no harm to one that opens without.
        return pypdfium2.PdfDocument(raw.data)


def _blocks(pages: list[list[Line]], outline: Outline) -> Iterator[Block]:
    """Blocks with headings from the outline where it has enough of them, else from the size of the type."""
    by_outline = sum(len(entries) for entries in outline.values()) >= _ENOUGH_OUTLINE
    type_ = Typography(float("inf"), ()) if by_outline else typography(pages)
    for index, lines in enumerate(pages, start=1):
        waiting = list(outline.get(index, ())) if by_outline else []
        found = blocks_of(index, lines, type_)
        for block in found:
            begun = next((i for i, (_, title) in enumerate(waiting) if _begins(block.text, title)), None)
            if begun is not None:
                yield from (Block(title, level, index) for level, title in waiting[: begun + 1])
                waiting = waiting[begun + 1 :]
            yield block
        yield from (Block(title, level, index) for level, title in waiting)
        if found and all(block.level for block in found):  # a title page would be lost, and count as one without text
            yield Block("\n".join(block.text for block in found), 0, index)


def _begins(text: str, title: str) -> bool:
    """Whether the title stands at the beginning of the text, numbers and spaces aside."""
    plain_text, plain_title = (re.sub(r"[\W\d_]+", "", value).casefold() for value in (text[:300], title))
    return bool(plain_title) and plain_text.startswith(plain_title[:60])


def _with_every_page(layout: Layout, count: int, labels: dict[int, str]) -> Layout:
    """The layout with an empty page where one has no text, so that such pages can be counted."""
    known = {page.index: page for page in layout.pages}
    pages, position = [], 0
    for index in range(1, count + 1):
        page = known.get(index) or Page(index, labels.get(index), position, position)
        pages.append(page)
        position = page.end
    return replace(layout, pages=tuple(pages))


def _trust(read: Read) -> tuple[str, ...]:
    pages = len(read.by_ocr)
    note = f"text of {pages} page{'s' * (pages > 1)} was read from images (OCR); check quotations against the source"
    return (note,) if pages else ()


def _warnings(read: Read, languages: str | None) -> Iterator[str]:
    if read.without:
        reason = unready(languages) or "OCR found no text in them"
        yield f"no text layer on page(s) {_ranges(read.without)}; {reason}"
    if read.illegible:
        yield (
            f"OCR with {languages} could not make out page(s) {_ranges(read.illegible)}; "
            "name the languages they are written in with the setting `ocr`"
        )


def _ranges(numbers: Sequence[int]) -> str:
    """Such as "3, 7-20"."""
    runs = [list(run) for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0])]
    shown = [f"{run[0][1]}-{run[-1][1]}" if len(run) > 1 else str(run[0][1]) for run in runs]
    return ", ".join(shown[:20]) + (" ..." if len(shown) > 20 else "")
