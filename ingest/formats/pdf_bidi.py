"""Lines in Arabic or Hebrew, put into the order in which they are read by where their letters stand on the page.

pdfium turns every run of such letters round, which is right for files that draw them from left to right only, and turns
round what one glyph stands for, such as lam-alef.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

# A gap of more than this share of the type's size is a space; the narrowest spaces have 0.2, letters stand closer.
_SPACE = 0.15
_CLASSES = {"L": "L", "R": "R", "AL": "R", "EN": "D", "AN": "D", "CS": "C", "ES": "N", "ET": "N"}
# In the order of a line from right to left: Latin words with what stands between them, and numbers.
_LEFT_TO_RIGHT = re.compile("L(?:[LDNC]*[LD])?|D(?:C?D)*")
# In the order of a line from left to right.
_RIGHT_TO_LEFT = re.compile("R(?:[RDNC]*R)?")
_NUMBER = re.compile("D(?:C?D)*")


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one shape on the page stands for, with its edges in points."""

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where it stands."""
        return (self.left + self.right) / 2


def in_logical_order(glyphs: Sequence[Glyph], size: float) -> str:
    """The text of one line as it is read."""
    placed = _with_marks([glyph for glyph in glyphs if not glyph.text.isspace()])
    classes = _classes([glyph.text for glyph in placed])
    if classes.count("R") * 2 > classes.count("R") + classes.count("L"):
        placed.sort(key=lambda glyph: -glyph.middle)
        return "".join(_turned(_spaced(placed, size), _LEFT_TO_RIGHT))
    placed.sort(key=lambda glyph: glyph.middle)
    items = _spaced(placed, size)
    for run in _RIGHT_TO_LEFT.finditer(_classes(items)):
        items[run.start() : run.end()] = _turned(items[run.start() : run.end()][::-1], _NUMBER)
    return "".join(items)


def _classes(items: Sequence[str]) -> str:
    """One letter an item: L and R for writing from left and right, D for digits, C between them, N for the rest."""
    return "".join(_CLASSES.get(unicodedata.bidirectional(item[0]), "N") for item in items)


def _turned(items: Sequence[str], runs: re.Pattern[str]) -> list[str]:
    """The items, with each run of them turned round."""
    turned = list(items)
    for run in runs.finditer(_classes(items)):
        turned[run.start() : run.end()] = reversed(items[run.start() : run.end()])
    return turned


def _with_marks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs, with vowel signs put behind the letter that they stand above or below."""
    marks = [glyph for glyph in glyphs if unicodedata.combining(glyph.text[0])]
    letters = [glyph for glyph in glyphs if not unicodedata.combining(glyph.text[0])]
    for mark in marks if letters else ():
        near = min(range(len(letters)), key=lambda i: abs(letters[i].middle - mark.middle))
        letters[near] = replace(letters[near], text=letters[near].text + mark.text)
    return letters


def _spaced(glyphs: Sequence[Glyph], size: float) -> list[str]:
    """The texts of glyphs that stand side by side, with a space where there is a gap."""
    items: list[str] = []
    for before, glyph in zip([None, *glyphs], glyphs, strict=False):
        if before and max(glyph.left - before.right, before.left - glyph.right) > _SPACE * size:
            items.append(" ")
        items.append(glyph.text)
    return items
