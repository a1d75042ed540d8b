"""Pages that are images: rendered by pdfium and read by OCR into lines like those of other pages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Any

from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from ingest.formats import ocr
from ingest.formats.pdf_layout import without_running_lines
from ingest.formats.pdf_lines import Line, mend

# Word recall on the scanned convention is 0.985 at 150 dpi and 0.987 at 200 to 400; small print needs the more.
_DPI = 300
# A4 at 300 dpi has 3,508 pixels; this is A3, and keeps a page that calls itself a kilometre wide at 25 MB.
_LONGEST = 5000
# A page's mean confidence is 85 to 96 in a language that was asked for, and about 35 in another script.
_LEGIBLE = 60.0
# Sizes of lines of one type differ by 10 % in an image; steps of 30 % tell headings from text.
_STEP = 1.3
_MARKER = re.compile(r"(?:\(?[0-9a-zA-Z]{1,4}[.),]|[•▪◦●■–-])")


@dataclass(frozen=True, slots=True)
class Read:
    """The pages with what OCR found; 1-based numbers of those it read, could not make out, and found nothing on."""

    pages: list[list[Line]]
    by_ocr: tuple[int, ...] = ()
    illegible: tuple[int, ...] = ()
    without: tuple[int, ...] = ()


def read_images(pdf: Any, pages: list[list[Line]], languages: str | None) -> Read:
    """The pages, those without text read by OCR where that is wanted and possible."""
    kept, _ = without_running_lines(pages)
    # A number or a library's stamp on every image is no text layer.
    bare = [index for index, page in enumerate(kept) if not page and (not pages[index] or _is_image(pdf, index))]
    if languages is None or ocr.unready(languages):
        return Read(pages, without=tuple(index + 1 for index in bare))
    read: dict[int, list[Line]] = {}
    illegible = []
    for done, index in enumerate(bare, start=1):
        seen, lines = _page(pdf, index, languages)
        if lines and fmean(line.sure for line in seen) < _LEGIBLE:
            illegible.append(index + 1)
        elif sum(len(line.text) for line in lines) > sum(len(line.text) for line in pages[index]):
            read[index] = lines
        ocr.on_page.get()(done, len(bare))
    printed = [line.size for index, page in enumerate(pages) if index not in read for line in page]
    _even_sizes(read, printed)
    return Read(
        [read.get(index, page) for index, page in enumerate(pages)],
        tuple(index + 1 for index in read),
        tuple(illegible),
        tuple(index + 1 for index in bare if index not in read and index + 1 not in illegible),
    )


def _is_image(pdf: Any, index: int) -> bool:
    """Whether an image covers half of the page or more."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        images = (image.get_bounds() for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return any((right - left) * (top - bottom) * 2 >= width * height for left, bottom, right, top in images)
    finally:
        page.close()


def _page(pdf: Any, index: int, languages: str) -> tuple[list[ocr.Seen], list[Line]]:
    page = pdf[index]
    try:
        image, scale = _rendered(page)
    finally:
        page.close()
    seen = ocr.read(image, languages)
    # Points from the upper edge, negative downwards: only differences count.
    lines = (
        Line(mend(line.text), line.left / scale, line.right / scale, -line.baseline / scale, line.size / scale, False)
        for line in seen
    )
    return seen, list(_with_markers([line for line in lines if line.text]))


def _rendered(page: Any) -> tuple[ocr.Image, float]:
    """The page in grey, with its pixels a point."""
    longest = max(page.get_size())
    scale = min(_DPI / 72, _LONGEST / longest) if longest > 0 else 1.0
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        rows = memoryview(bytes(bitmap.buffer))
        starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
        pixels = b"".join(rows[start : start + bitmap.width] for start in starts)
        return ocr.Image(bitmap.width, bitmap.height, pixels, max(70, round(scale * 72))), scale
    finally:
        bitmap.close()


def _with_markers(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with "(a)" or "1." that was seen as a column of its own put before the line it stands beside."""
    markers = [line for line in lines if _MARKER.fullmatch(line.text)]
    beside: dict[int, Line] = {}
    for marker in markers:
        row = [line for line in lines if line is not marker and _follows(line, marker)]
        if row:
            beside[id(min(row, key=lambda line: line.left))] = marker
    used = {id(marker) for marker in beside.values()}
    for line in lines:
        if found := beside.get(id(line)):
            yield replace(line, text=f"{found.text} {line.text}", left=found.left)
        elif id(line) not in used:
            yield line


def _follows(line: Line, marker: Line) -> bool:
    near = 0 <= line.left - marker.right < 6 * line.size
    return near and abs(line.bottom - marker.bottom) < line.size / 2 and not _MARKER.fullmatch(line.text)


def _even_sizes(read: dict[int, list[Line]], printed: Sequence[float]) -> None:
    """Give lines of one type one size, most that of the document's text; lines in capitals count as bold."""
    sizes = [line.size for page in read.values() for line in page if line.size > 0]
    if not sizes:
        return
    usual = median(sizes)
    body = median(printed or sizes)
    for index, page in read.items():
        read[index] = [replace(line, size=_even(line.size / usual, body), bold=line.text.isupper()) for line in page]


def _even(ratio: float, body: float) -> float:
    return float(body * _STEP ** round(math.log(ratio, _STEP))) if ratio > 0 else body
