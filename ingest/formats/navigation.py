"""The words by which visitors move through a saved page, told from its text: "Next" between the parts of a story.

A short line (six words, no mark of a sentence's end, no bullet or number) is navigation where it is repeated and

1. it says a move ("Next", "Back to top", "Read more", "Share"), three times or more; or is a link within the page; or
2. it stands after prose four times or more and leads nowhere twice: it follows itself or ends the text, as no heading
   and no speaker's name does; or
3. it is part of a menu: three or more such lines after prose that come back, in the same order, three times; or
4. it stands alone between two lines of navigation, twice or more, as the clock and button of a video do.

In a text with four such lines, what only tells the visitor how to move ("Scroll down to continue") goes too.
Sentences stay, and so do headings over text, refrains (they stand after verses), lists and answers in tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby, pairwise

from corpus.text import fold
from ingest.formats.navigation_words import INSTRUCTION, MOVE
from ingest.kind_words import BOILERPLATE

_WORDS, _LETTERS, _LONGEST_INSTRUCTION = 6, 45, 160
_SENTENCE_END = re.compile(r"[.!?:;,…。！？：；،؛؟।][\"”»’)\]]*$")
_LISTED = re.compile(r"[•▪◦●■□‣∙·✓➢*–—-]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s")
# Prose is a line this long, or a sentence of eight words; verses and headings are shorter.
_PROSE_LETTERS, _PROSE_WORDS = 60, 8
_LEAST_MOVES, _LEAST_AFTER_PROSE, _LEAST_NOWHERE, _MENU_LINES, _STORY = 3, 4, 2, 3, 4


def navigation(lines: Sequence[str], links: Set[str] = frozenset()) -> set[int]:
    """Which of the lines are navigation; an empty line is not judged. `links`: the texts of links within the page."""
    keys = [_key(line) for line in lines]
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    places.pop("", None)
    after_prose = [place > 0 and _is_prose(lines[place - 1]) for place in range(len(lines))]
    linked = {fold(link.strip()) for link in links}
    found: set[int] = set()
    for key, where in places.items():
        moves = MOVE.fullmatch(key) or BOILERPLATE.search(key) or key in linked
        if (moves and len(where) >= _LEAST_MOVES) or _leads_nowhere(where, after_prose, len(lines)):
            found.update(where)
    found |= _menus(keys, after_prose)
    found |= _between(lines, keys, found)
    return found | _instructions(lines, keys) if len(found) >= _STORY else found


def _instructions(lines: Sequence[str], keys: Sequence[str]) -> set[int]:
    """Lines that only tell the visitor how to move, with the word or two above and below: "Notice", "Let's go"."""
    short = ((place, line) for place, line in enumerate(lines) if len(line) <= _LONGEST_INSTRUCTION)
    found = {place for place, line in short if INSTRUCTION.fullmatch(fold(line.strip()))}
    beside = {place + step for place in found for step in (-1, 1) if 0 <= place + step < len(lines)}
    return found | {place for place in beside if keys[place] and len(keys[place].split()) <= 2}


def _key(line: str) -> str:
    """The line as it is compared, if it is short enough for navigation."""
    text = line.strip()
    short = len(text) <= _LETTERS and len(text.split()) <= _WORDS and "\n" not in text
    return fold(text) if short and not _SENTENCE_END.search(text) and not _LISTED.match(text) else ""


def _is_prose(line: str) -> bool:
    # A letter of Chinese or Japanese says as much as two or three of others.
    letters = len(line) + 2 * sum("\u3040" <= char <= "\u9fff" for char in line)
    return letters >= _PROSE_LETTERS or (len(line.split()) >= _PROSE_WORDS and bool(_SENTENCE_END.search(line)))


def _leads_nowhere(where: Sequence[int], after_prose: Sequence[bool], lines: int) -> bool:
    """Whether what stands after prose follows itself or ends the text; a heading that is always doubled is none."""
    if sum(after_prose[place] for place in where) < max(_LEAST_AFTER_PROSE, len(where) / 2):
        return False
    runs = [len(run) for run in _runs(where)]
    repeated = sum(length - 1 for length in runs) if min(runs) == 1 else 0
    return repeated + (where[-1] == lines - 1) >= _LEAST_NOWHERE


def _runs(places: Iterable[int]) -> Iterator[list[int]]:
    """Places that follow each other, together."""
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        yield [place for _, place in run]


def _menus(keys: Sequence[str], after_prose: Sequence[bool]) -> set[int]:
    """Lines that follow each other, after prose, in the same order three times or more."""
    starts = [place for place in range(len(keys)) if keys[place] and after_prose[place]]
    runs = {place: tuple(_menu_at(keys, place)) for place in starts}
    times = Counter(run[:length] for run in runs.values() for length in range(_MENU_LINES, len(run) + 1))
    found: set[int] = set()
    for place, run in runs.items():
        lengths = [n for n in range(_MENU_LINES, len(run) + 1) if times[run[:n]] >= _LEAST_MOVES]
        found.update(range(place, place + max(lengths, default=0)))
    return found


def _menu_at(keys: Sequence[str], place: int) -> Iterator[str]:
    """The short lines from a place on; a menu of more than forty entries is a list."""
    for key in keys[place : place + 40]:
        if not key:
            return
        yield key


def _between(lines: Sequence[str], keys: Sequence[str], found: Set[int]) -> set[int]:
    """Short lines that stand, with nothing else, between two lines of navigation, twice or more."""
    ordered = sorted(found)
    gaps = (range(a + 1, b) for a, b in pairwise(ordered) if b - a > 1)
    short = (gap for gap in gaps if all(keys[place] or not lines[place] for place in gap))
    idle = [place for gap in short for place in gap if keys[place]]
    times = Counter(keys[place] for place in idle)
    everywhere = Counter(keys)
    return {place for place in idle if times[keys[place]] == everywhere[keys[place]] >= 2}
