"""Cursors: where a listing goes on, bound to the snapshot and the question it began with."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from corpus.errors import InvalidInput
from corpus.identity import digest_of
from corpus.wording import say
from search.filters import Filters


@dataclass(frozen=True, slots=True)
class State:
    """What a listing is of: a cursor of one state means nothing in another."""

    snapshot: str
    typed: str
    chosen: Filters
    sort: str

    @property
    def question(self) -> str:
        """The question, its filters and its order as a short hash, whatever order the filters came in."""
        groups = {group: sorted(values) for group, values in self.chosen.groups.items()}
        return digest_of([self.typed, groups, self.chosen.year_from, self.chosen.year_to, self.sort])[:16]


def make(offset: int, state: State) -> str:
    """An opaque cursor for the hits from `offset` on."""
    raw = f"{state.snapshot}:{offset}:{state.question}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def offset_of(cursor: str | None, state: State) -> int:
    """Where the cursor points; 0 without one. Raises InvalidInput when it belongs to another question or snapshot."""
    if not cursor:
        return 0
    belongs, offset = read(cursor)
    if belongs != (state.snapshot, state.question):
        raise InvalidInput(say("error.cursor.other"))
    return offset


def read(cursor: str) -> tuple[tuple[str, str], int]:
    """((snapshot, question), offset) of a cursor. Raises InvalidInput when it is none of ours."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        snapshot, offset, question = raw.split(":")
        if not (re.fullmatch("[a-z0-9-]{8,64}", snapshot) and re.fullmatch("[0-9]{1,12}", offset)):
            raise ValueError
        return (snapshot, question), int(offset)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise InvalidInput(say("error.cursor", cursor=repr(cursor[:40]))) from None


def snapshot_of(cursor: str | None) -> str | None:
    """The snapshot that a cursor goes on in, so that totals never change between pages; None without one."""
    return read(cursor)[0][0] if cursor else None
