"""What an extractor found, in the structure of its page: the extractor tells which text, the page how it is built.

Extractors flatten what they find: headings, nested lists, dates and cells get lost, most of all on pages that are no
articles. So the blocks of the whole page are kept that hold the text that was found, and the headings right above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.formats.blocks import Block
from ingest.formats.markup_blocks import PageBlock

_TOKEN = re.compile(r"[\u3040-\u9fff]|[^\W_\u3040-\u9fff]+")
_N = 4
# Of a block's shingles. 0.3 to 0.7 gave the same F1 on 181 real pages, within 0.0002.
_SHARE = 0.5
# Between a heading and its text stand a date, a name, a caption: so long, so many. Above the title, any number.
_SMALL, _FEW = 60, 2

Shingle = tuple[str, ...]


def aligned(whole: Sequence[Block], found: str) -> list[Block]:
    """The blocks of a page whose text was found, each piece of it once, with the headings right above them."""
    tokens = [_TOKEN.findall(block.text) for block in whole]
    body = [i for i, block in enumerate(whole) if not block.level]
    every = Counter(_shingles(_TOKEN.findall(found)))
    kept = _long(tokens, body, every.copy())
    kept |= _short(tokens, body, kept, every)
    return [block for i, block in enumerate(whole) if i in kept or (block.level and _heads(whole, i, kept))]


def _shingles(tokens: list[str]) -> list[Shingle]:
    return list(zip(*(tokens[i:] for i in range(_N)), strict=False))


def _long(tokens: Sequence[list[str]], body: Sequence[int], left: Counter[Shingle]) -> set[int]:
    """Blocks with shingles of their own: the surest first, so that a teaser never takes the place of the text."""
    shingles = {i: _shingles(tokens[i]) for i in body if len(tokens[i]) >= _N}

    def share(i: int) -> float:
        return sum(left[shingle] > 0 for shingle in shingles[i]) / len(shingles[i])

    kept: set[int] = set()
    for i in sorted(shingles, key=lambda i: (-round(share(i), 1), -len(shingles[i]))):
        if share(i) >= _SHARE:
            kept.add(i)
            left.subtract(shingles[i])
    return kept


def _short(tokens: Sequence[list[str]], body: Sequence[int], kept: set[int], every: Counter[Shingle]) -> set[int]:
    """Blocks of a few words, where they were found beside the words of a neighbour that is kept."""
    found: set[int] = set()
    for place, i in enumerate(body):
        if 0 < len(tokens[i]) < _N:
            before = tokens[body[place - 1]] if place and body[place - 1] in kept else []
            after = tokens[body[place + 1]] if place + 1 < len(body) and body[place + 1] in kept else []
            beside = _shingles(before[-_N:] + tokens[i])[-1:] + _shingles(tokens[i] + after[:_N])[:1]
            if any(shingle in every for shingle in beside):
                found.add(i)
    return found


def _heads(whole: Sequence[Block], heading: int, kept: set[int]) -> bool:
    """Whether a heading stands over text that is kept, with no other text between, and is none put into that text."""
    level, between = whole[heading].level, 0
    for i in range(heading + 1, len(whole)):
        if i in kept:
            return not _inserted(whole, heading, i, kept)
        if whole[i].level and whole[i].level <= level:
            return False
        if not whole[i].level:
            between += 1
            if len(whole[i].text) > _SMALL or "\n" in whole[i].text or (between > _FEW and level > 1):
                return False
    return False


def _inserted(whole: Sequence[Block], heading: int, after: int, kept: set[int]) -> bool:
    """Whether a heading is a link to elsewhere, set between two paragraphs of one frame in a frame of its own."""
    before = next((i for i in range(heading - 1, max(-1, heading - 20), -1) if i in kept), None)
    link = whole[heading]
    if before is None or not isinstance(link, PageBlock) or not link.linked:
        return False
    above, below = (block.frame if isinstance(block, PageBlock) else -1 for block in (whole[before], whole[after]))
    return above == below != link.frame
