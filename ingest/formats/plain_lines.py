"""The lines of a plain text become blocks: it is told from their lengths what a line break means.

paragraphs  most of the text stands in lines longer than anyone wraps by hand: a line is a paragraph
wrapped     lines end where the next word would not have fitted: they are joined; a line that ends long before that, or
            before a bullet or number, was meant to end there
verses      lines often end although more would have fitted: each stays a line
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from corpus.text import squeeze
from ingest.formats.blocks import Block
from ingest.formats.markup_blocks import BULLET

# The widest lines that are wrapped, by programs for mail and terminals, are of 100 to 120 letters.
_WIDEST = 120
# A line is ended on purpose where the next word would have left this share of the width free; verses do so often.
_FREE, _OFTEN = 0.15, 0.4
# Below this many line breaks nothing can be told from their lengths: they are joined, as Markdown does.
_TOLD = 6
# A short line in a wrapped text ends before half of the width.
_HALF = 0.5
_SHORT = 60
_UNDERLINE = re.compile(r"([=\-~^\"'*+#`:.])\1{2,}")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
# Between these, a line break is not a space: their scripts set none between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\uff00-\uff60]")


class Breaks(Enum):
    """What the end of a line means."""

    PARAGRAPHS = "paragraphs"
    WRAPPED = "wrapped"
    VERSES = "verses"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: what its line breaks mean, how wide its lines are, and the words that it holds."""

    breaks: Breaks
    width: int
    words: frozenset[str]


def setting_of(text: str) -> Setting:
    """How the text is set, from the lengths of all its lines."""
    lines = text.split("\n")
    widths = [width_of(line) for line in lines]
    words = frozenset(re.findall(r"\w+", text.lower())) if "-\n" in text else frozenset()
    if sum(width for width in widths if width > _WIDEST) * 2 > sum(widths):
        return Setting(Breaks.PARAGRAPHS, max(widths), words)
    inner = [(a, width_of(b.split(maxsplit=1)[0])) for a, b in zip(widths, lines[1:], strict=False) if a and b.strip()]
    if len(inner) < _TOLD:
        return Setting(Breaks.WRAPPED, 0, words)
    # The widest of all may be an address that could not be wrapped: nine of ten are not wider than this.
    width = sorted(a for a, _ in inner)[len(inner) * 9 // 10]
    ended = sum(a + 1 + word <= width * (1 - _FREE) for a, word in inner)
    return Setting(Breaks.VERSES if ended > _OFTEN * len(inner) else Breaks.WRAPPED, width, words)


def width_of(line: str) -> int:
    """How wide a line is set, in letters; Chinese, Japanese and Korean ones are two wide."""
    text = line.strip()
    return len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))


def paragraph_blocks(lines: Sequence[str], setting: Setting) -> Iterator[Block]:
    """The blocks of lines that stand together, without a blank line between them."""
    together: list[list[str]] = []
    for before, line in pairwise(["", *map(squeeze, lines)]):
        if together and setting.breaks is Breaks.PARAGRAPHS and not _together(before, line):
            yield Block("\n".join(joined(part, setting.words) for part in together))
            together = [[line]]
        elif together and setting.breaks is Breaks.WRAPPED and not _ends(before, line, setting):
            together[-1].append(line)
        else:
            together.append([line])
    if together:
        yield Block("\n".join(joined(part, setting.words) for part in together))


def _together(before: str, line: str) -> bool:
    """Whether two lines of their own belong together: the items of a list, or the short lines of a label."""
    if BULLET.match(before) or BULLET.match(line):
        return bool(BULLET.match(before) and BULLET.match(line))
    return width_of(before) <= _SHORT and width_of(line) <= _SHORT


def _ends(before: str, line: str, setting: Setting) -> bool:
    short = width_of(before) < setting.width * _HALF
    # A wrapped line may begin with a number that ends a sentence.
    return short or bool(
        BULLET.match(line) and (not line[0].isalnum() or before.endswith((".", ":", ";", "!", "?", ",")))
    )


def joined(lines: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """Wrapped lines as one: a hyphen goes where the text holds the word without it; some scripts set no spaces."""
    pieces = [*lines[:1]]
    for before, line in pairwise(lines):
        if before.endswith("\u00ad"):
            pieces[-1] = pieces[-1][:-1]
        elif _HYPHENATED.search(before) and line[:1].islower():
            first, rest = before.rpartition(" ")[2], line.partition(" ")[0]
            whole = "".join(re.findall(r"\w", first + rest)).lower()
            pieces[-1] = pieces[-1][:-1] if whole in words else pieces[-1]
        elif not (_UNSPACED.match(before[-1:]) and _UNSPACED.match(line[:1])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def heading_at(lines: Sequence[str], place: int) -> tuple[str, str, int] | None:
    """An underlined heading that begins here, as in reStructuredText: its text, its style, how many lines it takes."""
    over = 1 if _UNDERLINE.fullmatch(lines[place].strip()) else 0
    title, under = (line.strip() for line in (*lines[place + over : place + over + 2], "", "")[:2])
    if not _UNDERLINE.fullmatch(under) or not any(char.isalnum() for char in title) or len(title) > 100:
        return None
    matches = abs(len(under) - width_of(title)) <= 2 and (not over or lines[place].strip() == under)
    apart = place == 0 or not lines[place - 1].strip()
    return (title, under[0] * (over + 1), over + 2) if matches and apart else None
