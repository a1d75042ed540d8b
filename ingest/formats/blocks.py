"""From a parser's blocks to a document's text: headings become section paths, the rest becomes text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.models import Page, Section


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list or table as text, or a heading (level 1 to 6; 0 is body text) on a page, if any."""

    text: str
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's text with the sections and pages that lie over it."""

    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]


def assemble(blocks: Iterable[Block], labels: dict[int, str] | None = None) -> Layout:
    """Text with a blank line between blocks; sections and pages are its code-point spans."""
    parts: list[str] = []
    sections: list[Section] = []
    spans: dict[int, tuple[int, int]] = {}
    path: list[tuple[int, str]] = []
    position = 0
    for block in blocks:
        if block.level:
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, block.text)]
            continue
        start, end = position, position + len(block.text)
        parts.append(block.text)
        _extend(sections, tuple(text for _, text in path), start, end)
        if block.page is not None:
            spans[block.page] = (spans.get(block.page, (start, end))[0], end)
        position = end + 2
    pages = tuple(Page(i, (labels or {}).get(i), *span) for i, span in sorted(spans.items()))
    return Layout("\n\n".join(parts), tuple(sections), pages)


def _extend(sections: list[Section], path: tuple[str, ...], start: int, end: int) -> None:
    if sections and sections[-1].path == path:
        sections[-1] = Section(path, sections[-1].start, end)
    else:
        sections.append(Section(path, start, end))
