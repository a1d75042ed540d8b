"""From the lines of a PDF's pages to blocks: running lines left out, headings by size, paragraphs joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from corpus.text import squeeze
from ingest.formats.blocks import Block
from ingest.formats.pdf_lines import Line

Pages = Sequence[list[Line]]
_HYPHEN = re.compile(r"(?<=\w)[-\u2010]$")
# Chinese and Japanese are written without spaces, also from line to line; so are their full stops and commas.
_UNSPACED = re.compile("[\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]")
_SENTENCE_END = (".", "!", "?", ":", ";", "。", "؟", "”", "»", '"')
_DIGITS = re.compile(r"\d+")
# A heading is clearly larger than the text, short, and no sentence.
_LARGER, _LONGEST = 1.15, 150
_LEADERS = re.compile(r"[.…·_]\s?[.…·_]\s?[.…·_]|…\s*\S*$")
_CAPTION = re.compile(r"(?:source|table|figure|fig|note|box|chart|graph)\b", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•▪◦●■□‣∙*–-]|o|\(?[0-9a-zA-Z]{1,3}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Typography:
    """The type of a document: size of its running text, and its heading sizes from the largest."""

    body: float
    headings: tuple[float, ...]

    def level(self, line: Line) -> int:
        """The heading level of a line, 0 for running text."""
        if not reads_as_heading(line.text):
            return 0
        if round(line.size, 1) in self.headings:
            return min(1 + self.headings.index(round(line.size, 1)), 5)
        return 6 if line.bold and len(line.text) <= 90 and line.size >= self.body * 0.8 else 0


def reads_as_heading(text: str) -> bool:
    """Whether a text may be a heading: short, mostly letters, no sentence, no line of a contents list."""
    if len(text) > _LONGEST or text.endswith((".", ",", ";")) or _LEADERS.search(text) or _CAPTION.match(text):
        return False
    letters = sum(char.isalpha() for char in text)
    return letters >= 3 and letters * 2 >= len(text) and not text[0].islower()


def typography(pages: Pages) -> Typography:
    """Sizes by how many letters are set in them; a size must come back to be one of headings, not of a cover."""
    letters: Counter[float] = Counter()
    pages_of: Counter[float] = Counter()
    bold = 0
    for page in pages:
        pages_of.update({round(line.size, 1) for line in page})
        for line in page:
            letters[round(line.size, 1)] += len(line.text)
            bold += len(line.text) if line.bold else 0
    body = letters.most_common(1)[0][0] if letters else 0.0
    often = max(1, min(3, len(pages) // 10))
    larger = sorted((size for size in letters if size >= body * _LARGER and pages_of[size] >= often), reverse=True)
    return Typography(body if bold * 2 < letters.total() else float("inf"), tuple(larger))


def without_running_lines(pages: Pages) -> tuple[list[list[Line]], dict[int, str]]:
    """Pages without recurring first and last lines, and the page numbers that were printed there (by 1-based page)."""
    edges = [_edges(page) for page in pages]
    keys = Counter(key for page in edges for key in {_key(line) for line in page})
    # Two of one text are chance; from three on, on a fifth of the pages or more, it is a running line.
    running = {key for key, count in keys.items() if count >= max(3, len(pages) // 5)}
    kept, printed = [], {}
    for index, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        dropped = {id(line) for line in edge if _key(line) in running or line.text.isdecimal()}
        for line in page:
            if id(line) in dropped and (found := re.fullmatch(r"(?:\D*\s)?(\d{1,4})(?:\s\D*)?", line.text)):
                printed[index] = found[1]
        kept.append([line for line in page if id(line) not in dropped])
    return kept, _consistent(printed, len(pages))


def _edges(page: list[Line]) -> list[Line]:
    """The two highest and the two lowest lines."""
    by_height = sorted(page, key=lambda line: -line.bottom)
    return by_height if len(by_height) <= 4 else [*by_height[:2], *by_height[-2:]]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", squeeze(line.text))


def _consistent(printed: dict[int, str], pages: int) -> dict[int, str]:
    """Printed numbers that rise with the pages; stray numbers are no page labels."""
    shifts = Counter(int(number) - index for index, number in printed.items())
    if not shifts or shifts.most_common(1)[0][1] < max(3, pages // 3):
        return {}
    shift = shifts.most_common(1)[0][0]
    return {index: number for index, number in printed.items() if int(number) - index == shift}


def blocks_of(index: int, lines: list[Line], type_: Typography) -> list[Block]:
    """The headings and paragraphs of one page; a "heading" whose next line goes on in small letters was text."""
    blocks: list[Block] = []
    for block in _blocks(index, lines, type_):
        if blocks and blocks[-1].level and not block.level and block.text[:1].islower():
            block = Block(f"{blocks.pop().text} {block.text}", 0, index)
        blocks.append(block)
    return blocks


def _blocks(index: int, lines: list[Line], type_: Typography) -> Iterator[Block]:
    leading = _leading(lines)
    current: list[Line] = []
    level = 0
    for line in lines:
        now = type_.level(line)
        if current and (now != level or _breaks(current[-1], line, leading, heading=now > 0)):
            yield _block(current, level, index)
            current = []
        level = now
        current.append(line)
    if current:
        yield _block(current, level, index)


def _block(lines: list[Line], level: int, index: int) -> Block:
    text = _joined(lines)
    return Block(text, level if level and reads_as_heading(text) else 0, index)


def _leading(lines: list[Line]) -> float:
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 5 * a.size]
    return median_low(steps) if steps else 0.0


def _breaks(above: Line, line: Line, leading: float, heading: bool) -> bool:
    """Whether a paragraph ends between two lines that follow one another."""
    step = above.bottom - line.bottom
    if heading:
        return step > 2.2 * line.size or step < 0
    if step < 0:  # a new column: the paragraph goes on unless its sentence has ended
        return above.text.endswith(_SENTENCE_END)
    if _BULLET.match(line.text):
        return True
    if step > 1.45 * leading:  # a wider gap inside a sentence is a loose layout
        return above.text.endswith(_SENTENCE_END) or not line.text[0].islower()
    indented = line.left > above.left + 0.8 * line.size
    return indented and above.text.endswith(_SENTENCE_END)


def _joined(lines: list[Line]) -> str:
    text = ""
    for line in lines:
        if _HYPHEN.search(text) and line.text[:1].islower():
            text = text[:-1] + line.text
        elif not text or (_UNSPACED.match(text[-1]) and _UNSPACED.match(line.text)):
            text += line.text
        else:
            text = f"{text} {line.text}"
    return squeeze(text)
