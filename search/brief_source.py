"""The sentences of a document that a brief may choose from: all of a short one, the nearest passages of a long one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from corpus.models import Display, Document, Passage, PassageKind
from corpus.rows import passage_from
from corpus.text import sentences
from search.engine import KnowledgeBase
from search.roles import is_whole, typical

# Encoding one takes about 6 ms: half a second for a long document.
MOST_SENTENCES = 80
_PROSE = (PassageKind.BODY, PassageKind.LIST)


@dataclass(frozen=True, slots=True)
class Quotable:
    """A whole sentence with its place in the document's text, and the passage it stands in."""

    text: str
    start: int
    end: int
    passage: Passage


def quotables(base: KnowledgeBase, document: Document) -> tuple[list[Quotable], int, int]:
    """Sentences in order, at most 80; how many passages they were taken from, and how many there are."""
    if document.display is Display.LINK:
        return [], 0, 0
    rows = base.db.execute(
        "SELECT p.* FROM passages p JOIN documents d ON d.rowid = p.document WHERE d.id = ? ORDER BY p.ordinal",
        (document.id,),
    ).fetchall()
    prose = [(row["rowid"], passage) for row in rows if (passage := passage_from(row)).kind in _PROSE]
    found, read = _up_to_most([passage for _, passage in prose], document.language)
    if read < len(prose):
        found, read = _up_to_most(_nearest(base, prose), document.language)
    return sorted(found, key=lambda item: item.start), read, len(prose)


def _up_to_most(passages: Sequence[Passage], language: str | None) -> tuple[list[Quotable], int]:
    """The whole sentences of the first passages, and of how many."""
    found: list[Quotable] = []
    for number, passage in enumerate(passages):
        whole = [item for item in _sentences(passage, language) if is_whole(item.text)]
        if len(found) + len(whole) > MOST_SENTENCES:
            return found, number
        found += whole
    return found, len(passages)


def _sentences(passage: Passage, language: str | None) -> Iterator[Quotable]:
    for start, end in sentences(passage.text, language):
        yield Quotable(passage.text[start:end], passage.start + start, passage.start + end, passage)


def _nearest(base: KnowledgeBase, prose: Sequence[tuple[int, Passage]]) -> list[Passage]:
    """The passages, closest to a typical sentence first: the best one of each role, then the next of each."""
    vectors = base.index.vectors_of(np.array([rowid for rowid, _ in prose], dtype=np.int64))
    orders = [np.argsort(-(vectors @ rows.T).max(axis=1), kind="stable") for rows in typical(base.encoder).values()]
    turns = (position for turn in zip_longest(*orders) for position in turn)
    return [prose[position][1] for position in dict.fromkeys(int(position) for position in turns)]
