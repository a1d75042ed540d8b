"""A section in stretches: contents, references and boilerplate apart from the text that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.models import JUNK, PassageKind
from ingest.kinds import kind_of

Stretch = tuple[int, int, PassageKind | None]
_BLOCK = re.compile(r"(?:(?!\n\n).)+", re.DOTALL)
# Junk shorter than this, such as a source below a table, stays with its neighbours: it would tear the text apart.
_LEAST = 150
# A block is judged by its beginning, so that an endless one costs no more than a long one.
_JUDGED = 4000


def stretches(text: str, start: int, end: int, section: tuple[str, ...]) -> Iterator[Stretch]:
    """A section's text cut at the blank lines where junk begins and ends; the kind is given for junk alone."""
    runs: list[Stretch] = []
    for block in _BLOCK.finditer(text, start, end):
        kind = kind_of(block[0][:_JUDGED], section)
        runs.append((block.start(), block.end(), kind if kind in JUNK else None))
    yield from _joined(_joined(runs, 0), _LEAST)


def _joined(runs: Sequence[Stretch], least: int) -> list[Stretch]:
    """Neighbours of one kind as one stretch, junk of fewer than `least` letters counted as text."""
    joined: list[Stretch] = []
    for start, end, found in runs:
        kind = found if end - start >= least else None
        if joined and joined[-1][2] == kind:
            joined[-1] = (joined[-1][0], end, kind)
        else:
            joined.append((start, end, kind))
    return joined
