"""Plain text: paragraphs, whatever its line breaks mean; form feeds part pages; what moves a visitor is left out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from corpus.models import Document
from corpus.text import squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.encoding import decode, readable
from ingest.formats.navigation import navigation
from ingest.formats.plain_lines import Setting, heading_at, paragraph_blocks, setting_of
from ingest.formats.plain_pages import pages_of
from ingest.formats.properties import good_names, good_title, language_code, year_of
from ingest.formats.raw import RawSource

MEDIA_TYPE = "text/plain"
# As Project Gutenberg and library exports begin: "Title: ...", "Author: ...", each on a line, near the top.
_STATED = re.compile(r"(title|authors?|publisher|language|date|year) ?: +(\S.*)", re.IGNORECASE)
_TOP = 40
# One blank line says what a million say.
_BLANKS = re.compile(r"\n(?:[ \t]*\n){2,}")
_LONGEST = 150
# A title has a capital or a letter that knows none, and is neither cut short nor an address.
_NO_TITLE = re.compile(r"[a-zà-ÿа-я]|.*(?:\.\.\.|…)$|.*https?://|\S*_\S*$", re.DOTALL)


def parse_plain(raw: RawSource) -> Document:
    """The document of a text file."""
    pages = pages_of(_BLANKS.sub("\n\n", readable(decode(raw.data), page_breaks=True)))
    lines = [line for page in pages for line in page.split("\n") if line.strip()]
    moves = navigation(lines)
    kept = _without(pages, moves)
    setting = setting_of("\n\n".join(kept))
    blocks = [block for page in _read(kept, setting) for block in page]
    stated = {found[1].lower(): found[2] for line in lines[:_TOP] if (found := _STATED.fullmatch(line.strip()))}
    stated = stated if "title" in stated else {}
    return raw.document(
        assemble(blocks),
        MEDIA_TYPE,
        title=good_title(stated.get("title")) or _title(blocks, story=len(moves) > 0),
        authors=good_names([stated.get("author") or stated.get("authors")]),
        publisher=next(iter(good_names([stated.get("publisher")])), None),
        language=language_code(stated.get("language")),
        year=year_of(stated.get("date") or stated.get("year")),
    )


def _without(pages: list[str], moves: set[int]) -> list[str]:
    """The pages without the lines at these places, counted without blank lines; a blank line is left for each."""
    kept, place = [], -1
    for page in pages:
        lines = []
        for line in page.split("\n"):
            place += bool(line.strip())
            lines.append("" if line.strip() and place in moves else line)
        kept.append("\n".join(lines))
    return kept


def _read(pages: list[str], setting: Setting) -> Iterator[list[Block]]:
    """The blocks of each page; a text without form feeds has no pages."""
    styles: list[str] = []
    for number, page in enumerate(pages, start=1):
        blocks = _blocks(page.split("\n"), setting, styles)
        yield [Block(block.text, block.level, number if len(pages) > 1 else None) for block in blocks]


def _blocks(lines: list[str], setting: Setting, styles: list[str]) -> Iterator[Block]:
    """Paragraphs and underlined headings; the rank of a heading is the order in which its style came up."""
    together: list[str] = []
    place = 0
    while place < len(lines):
        heading = heading_at(lines, place)
        if heading or not lines[place].strip():
            yield from paragraph_blocks(together, setting)
            together = []
        else:
            together.append(lines[place])
        if heading:
            title, style, _ = heading
            styles += [style] if style not in styles else []
            yield Block(squeeze(title), min(6, styles.index(style) + 1))
        place += heading[2] if heading else 1
    yield from paragraph_blocks(together, setting)


def _title(blocks: list[Block], *, story: bool) -> str | None:
    """The first heading, if it stands at the top; else how the text begins, past what only a saved page begins with."""
    if not blocks:
        return None
    if blocks[0].level:
        return blocks[0].text
    lines = [line for block in blocks[:60] for line in block.text.split("\n")]
    # Teasers of other pages, cut short and each with a sentence, stand above the text of this one.
    teasers = [place for place, line in enumerate(lines) if line.endswith(("...", "…")) and len(line) < _LONGEST]
    for line in lines[teasers[-1] + 2 if len(teasers) > 2 else 0 :]:
        if len(line) > _LONGEST or line.endswith((".", "。")):
            break
        # A story begins with buttons of a word or two.
        if not _NO_TITLE.match(line) and (not story or len(line.split()) > 2):
            return line
    return textwrap.shorten(lines[0], 100, placeholder=" …")
