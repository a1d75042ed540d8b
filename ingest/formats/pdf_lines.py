"""The lines of a PDF page with their geometry, in reading order; the only user of pdfium's text functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from ingest.formats.pdf_bidi import Glyph, in_logical_order

# U+FFFE is where pdfium joined a word that was hyphenated at a line's end; the soft hyphen is the same, unjoined.
_SPACE = re.compile(r"\s+")
_JOINED = re.compile("[\ufffe\u00ad]\\s*")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ufffe\uffff]")
_BOLD = 600
# A line of a column holds at least this many letters; less is a cell of a table.
_COLUMN = 25
# Shapes of Arabic letters and Hebrew ones with signs, which some files name instead of the letters.
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: left and right edge, baseline and font size in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


def page_lines(page: Any) -> list[Line]:
    """The lines of a pdfium page in the order in which they are read."""
    text_page = page.get_textpage()
    try:
        width = page.get_width()
        return in_reading_order(list(_lines(text_page, width)), width)
    finally:
        text_page.close()


def _lines(text_page: Any, width: float) -> Iterator[Line]:
    position = 0
    for raw in text_page.get_text_range().split("\r\n"):
        length = len(raw)
        first = position + length - len(raw.lstrip())
        last = position + len(raw.rstrip()) - 1
        position += length + 2
        if last >= first:
            yield from _halves(text_page, raw.strip(), first, last, width)


def _halves(text_page: Any, raw: str, first: int, last: int, width: float) -> Iterator[Line]:
    """The line, or its two halves where pdfium has joined those of two columns that stand at one height."""
    if _RIGHT_TO_LEFT.search(raw):
        yield from _from_right(text_page, first, last)
        return
    line = _line(text_page, mend(raw), first, last)
    cut = _gutter(text_page, raw, line, first, width / 2) if line.right - line.left > width / 2 else None
    if cut is None:
        if line.text:
            yield line
        return
    yield _line(text_page, mend(raw[: cut - first]), first, cut - 1)
    yield _line(text_page, mend(raw[cut - first :]), cut, last)


def _from_right(text_page: Any, first: int, last: int) -> Iterator[Line]:
    line = _line(text_page, "", first, last)
    glyphs = list(_glyphs(text_page, first, last))
    text = mend(in_logical_order(glyphs, line.size))
    if text:
        edges = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
        yield replace(line, text=text, left=edges[0], right=edges[1])


def _glyphs(text_page: Any, first: int, last: int) -> Iterator[Glyph]:
    """The shapes of a line; letters in one box are one shape, which pdfium has turned round if they are Arabic."""
    letters = []
    for index in range(first, last + 1):
        text = _CONTROL.sub("", text_page.get_text_range(index, 1))
        if text.strip():
            # Loose boxes hold the room that a letter takes, so that a gap between two of them is a space.
            letters.append((text, bool(_RIGHT_TO_LEFT.match(text)), text_page.get_charbox(index, loose=True)))
    for (from_right, box), group in groupby(letters, key=lambda letter: letter[1:]):
        texts = [text for text, *_ in group]
        text = "".join(reversed(texts) if from_right else texts)
        yield Glyph(unicodedata.normalize("NFKC", text) if _FORMS.search(text) else text, box[0], box[2])


def _gutter(text_page: Any, raw: str, line: Line, first: int, middle: float) -> int | None:
    """The index of the first letter beyond a wide gap at the page's middle, with text on both sides of it.

    pdfium writes a space for every such gap: only the letters beside spaces are asked where they stand.
    """
    for gap in _SPACE.finditer(raw):
        # A space that the file itself draws has a box: it fills the gap, as in a line that is set to full width.
        around = ((i, text_page.get_charbox(first + i)) for i in range(gap.start() - 1, gap.end() + 1))
        drawn = [(i, box) for i, box in around if box[2] > box[0]]
        for (_, before), (index, after) in pairwise(drawn):
            near = abs((before[2] + after[0]) / 2 - middle) < middle / 4
            both = index >= _COLUMN and len(raw) - 1 - index >= _COLUMN
            if near and both and after[0] - before[2] > line.size:
                return first + index
    return None


def _line(text_page: Any, text: str, first: int, last: int) -> Line:
    start, end = text_page.get_charbox(first), text_page.get_charbox(last)
    size = pdfium.FPDFText_GetFontSize(text_page, first)
    # A file may set 1-point type and scale it up: then the letters' own height tells.
    size = size if size > 2 else max(start[3] - start[1], end[3] - end[1]) * 1.4
    bold = pdfium.FPDFText_GetFontWeight(text_page, first) >= _BOLD
    return Line(text, min(start[0], end[0]), max(start[2], end[2]), start[1], size, bold)


def mend(text: str) -> str:
    """`text` with joined hyphenation, plain letters for ligatures, and no control characters."""
    return _CONTROL.sub("", _JOINED.sub("", text).translate(_LIGATURES)).strip()


def in_reading_order(lines: list[Line], width: float) -> list[Line]:
    """Two columns one after the other, where the file draws them row by row; other pages as the file has them."""
    middle = width / 2
    sides = [_side(line, middle) for line in lines]
    columns = {side: [line for line, s in zip(lines, sides, strict=True) if s == side] for side in "LR"}
    if not _interleaved(lines, sides) or any(_narrow(column) for column in columns.values()):
        return lines
    letters = "".join(line.text for line in lines)
    first, second = ("R", "L") if len(_RIGHT_TO_LEFT.findall(letters)) * 2 > len(letters) else ("L", "R")
    ordered: list[Line] = []
    band: dict[str, list[Line]] = {"L": [], "R": []}
    for line, side in zip(lines, sides, strict=True):
        if side == "F":  # a line across both columns closes what stands above it
            ordered += [*band[first], *band[second], line]
            band = {"L": [], "R": []}
        else:
            band[side].append(line)
    return [*ordered, *band[first], *band[second]]


def _side(line: Line, middle: float) -> str:
    """L or R of the page's middle, or F for a full-width line."""
    if line.right <= middle + line.size:
        return "L"
    return "R" if line.left >= middle - line.size else "F"


def _interleaved(lines: list[Line], sides: list[str]) -> bool:
    """Whether the file goes back and forth between the sides at the same height, row by row."""
    pairs = pairwise(zip(lines, sides, strict=True))
    rows = sum(1 for (a, s), (b, t) in pairs if {s, t} == {"L", "R"} and abs(a.bottom - b.bottom) < a.size / 2)
    return rows >= 4 and rows * 4 >= len(lines)


def _narrow(column: list[Line]) -> bool:
    """Whether a side holds cells of a table rather than lines of text; a table's rows must stay together."""
    return len(column) < 4 or median(len(line.text) for line in column) < _COLUMN
