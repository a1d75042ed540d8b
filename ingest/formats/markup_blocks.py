"""Elements become blocks in the order in which they begin and end: nothing is looked at twice, whatever the depth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import clean, squeeze
from ingest.formats.blocks import Block
from ingest.formats.markup_table import Table

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")
_LISTS = frozenset({"dir", "dl", "menu", "ol", "ul"})
_PARAGRAPHS = (
    *("address", "blockquote", "caption", "center", "dd", "dt", "fieldset", "figcaption", "hr", "legend", "li"),
    *("option", "p"),
)
_FRAMES = (
    *("article", "aside", "body", "details", "div", "figure", "footer", "form", "header", "hgroup", "html", "main"),
    *("nav", "search", "section"),
)
_CELLS = ("td", "th")
_HELD = frozenset((*_FRAMES, *_CELLS, "li"))
_TABLES = ("table", "tbody", "tfoot", "thead", "tr", *_CELLS)
BLOCKS = frozenset((*_HEADINGS, *_LISTS, *_PARAGRAPHS, *_FRAMES, *_TABLES, "pre"))
# A line that begins so was meant to begin there; other line breaks are layout.
BULLET = re.compile(r"[•▪◦●■□‣∙·✓➢*–—-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
# Where an inline element begins in a heading; a control character, so no text holds it.
JOINT = "\x1f"
# Tables this deep in tables are a layout gone wrong: each would cost as much again.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class PageBlock(Block):
    """A paragraph, list or heading with the number of the frame that it stands in, and whether all of it is a link."""

    frame: int = 0
    linked: bool = False


class BlockBuilder:
    """Blocks from the beginnings and ends of block elements and the text between them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.open_links = 0
        self.level = 0
        self.verbatim = 0
        self._blocks: list[Block] = []
        self._rank = 1
        self._lists = 0
        self._framing = 0
        self._lines: list[str] = []
        self._tables: list[Table] = []
        self._deeper = 0
        self._frames = [0]
        self._numbered = 0
        self._unlinked = False

    def begin(self, name: str) -> None:
        """A block element begins, and the text before it is a paragraph."""
        self._paragraph()
        if name in _HELD:
            self._numbered += 1
            self._frames.append(self._numbered)
        if name in _HEADINGS:
            # A list or table of cards with headings is read as the sections that it shows.
            self._end_list()
            self._framing = self._lists
            # What can be opened and closed has no rank of its own: it stands below the heading above it.
            self.level = min(6, self._rank + 1) if name == "summary" else int(name[1])
            self._rank = self._rank if name == "summary" else self.level
        elif name in _LISTS:
            self._lists += 1
        elif name == "pre":
            self.verbatim += 1
        elif name in _TABLES:
            self._begin_table(name)

    def text(self, text: str) -> None:
        """Text in it."""
        self.pieces.append(text if self.verbatim else text.replace("\n", " "))
        self._unlinked |= not self.open_links and not text.isspace()

    def end(self, name: str) -> None:
        """It ends."""
        self._paragraph()
        if name in _HELD and len(self._frames) > 1:
            self._frames.pop()
        if name in _HEADINGS:
            self.level = 0
        elif name in _LISTS:
            self._lists = max(0, self._lists - 1)
            self._framing = min(self._framing, self._lists)
            if self._lists == self._framing:
                self._end_list()
        elif name == "pre":
            self.verbatim = max(0, self.verbatim - 1)
        elif name == "table":
            self._end_table()
        elif name in _CELLS and self._tables and not self._deeper:
            self._end_list()
            self._tables[-1].end_cell()

    def result(self) -> list[Block]:
        """All blocks, those of what was never closed among them."""
        self._paragraph()
        self._end_list()
        self._deeper = 0
        while self._tables:
            self._end_table()
        return self._blocks

    def _begin_table(self, name: str) -> None:
        self._end_list()
        if name != "table":
            if self._tables and not self._deeper and name in ("tr", *_CELLS):
                self._tables[-1].begin(name)
        elif len(self._tables) < _DEEPEST:
            self._tables.append(Table())
        else:
            self._deeper += 1

    def _end_table(self) -> None:
        if self._deeper:
            self._deeper -= 1
        elif self._tables:
            self._end_list()
            found = self._tables.pop().result()
            self._add(found)
            if self._tables:
                self._tables[-1].framing |= bool(found)

    def _end_list(self) -> None:
        if self._lines:
            self._add([PageBlock("\n".join(self._lines), frame=self._frames[-1])])
            self._lines = []

    def _paragraph(self) -> None:
        """The text since the last block began or ended, if any, as a block, or as a line of the open list."""
        pieces, self.pieces = self.pieces, []
        linked, self._unlinked = not self._unlinked, False
        text = clean("".join(_parted(pieces) if self.level else pieces))
        if not text or text.isspace():
            return
        if self.level:
            self._add([PageBlock(squeeze(text), self.level, frame=self._frames[-1], linked=linked)])
            return
        found = [text.strip("\n").rstrip()] if self.verbatim else _parts(text)
        if self._lists > self._framing:
            self._lines += (line for part in found for line in part.split("\n"))
        else:
            self._add([PageBlock(part, frame=self._frames[-1]) for part in found])

    def _add(self, blocks: list[Block]) -> None:
        if self._tables:
            self._tables[-1].add(blocks)
        else:
            self._blocks += blocks


def _parted(pieces: list[str]) -> list[str]:
    """A heading's pieces; those that a page sets on lines of their own, as "Part 1" and "The river", are set apart."""
    parted: list[str] = []
    for piece in "".join(pieces).split(JOINT):
        ends = parted[-1][-1:] if parted else ""
        parted.append(f" {piece}" if piece[:1].isupper() and (ends.islower() or ends.isdigit()) else piece)
    return parted


def _parts(text: str) -> list[str]:
    """Paragraphs at empty lines; within them, lines are kept where they begin with a bullet or number."""
    parts: list[list[str]] = [[]]
    for line in map(squeeze, text.split("\n")):
        if not line:
            parts.append([])
        else:
            parts[-1] += (["\n" if BULLET.match(line) else " "] if parts[-1] else []) + [line]
    return ["".join(part) for part in parts if part]
