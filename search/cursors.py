"""Cursors: where a listing goes on, bound to the snapshot and the question it began with."""

from __future__ import annotations

import base64
import binascii
import re

from corpus.errors import InvalidInput
from corpus.identity import digest_of
from search.filters import Filters


def make(offset: int, snapshot: str, typed: str, chosen: Filters) -> str:
    """An opaque cursor for the hits from `offset` on."""
    raw = f"{snapshot}:{offset}:{_question(typed, chosen)}"
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def offset_of(cursor: str | None, snapshot: str, typed: str, chosen: Filters) -> int:
    """Where the cursor points; 0 without one. Raises InvalidInput when it belongs to another question or snapshot."""
    if not cursor:
        return 0
    belongs, offset = read(cursor)
    if belongs != (snapshot, _question(typed, chosen)):
        raise InvalidInput("This cursor belongs to another question or snapshot; start again without it.")
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
        raise InvalidInput(f"{cursor[:40]!r} is not a cursor that was given out here.") from None


def snapshot_of(cursor: str | None) -> str | None:
    """The snapshot that a cursor goes on in, so that totals never change between pages; None without one."""
    return read(cursor)[0][0] if cursor else None


def _question(typed: str, chosen: Filters) -> str:
    groups = {group: sorted(values) for group, values in chosen.groups.items()}
    return digest_of([typed, groups, chosen.year_from, chosen.year_to])[:16]
