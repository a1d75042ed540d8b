"""What a reader must know of an answer beside its hits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.console import counted
from index.multilingual import LEVELS
from search.filters import Filters, label_of
from search.query import Query
from search.results import Hit

# What a reader must know of a level.
_BUT = {"good": "", "basic": "; the search reads it less well than English, and answers may be missing"}

if TYPE_CHECKING:
    from search.engine import KnowledgeBase


def notices_of(
    base: KnowledgeBase,
    query: Query,
    chosen: Filters,
    total: int,
    near: Sequence[Hit],
    total_under: Callable[[Filters], int],
) -> Iterator[str]:
    """The notices of an answer; `total_under` counts what other filters would leave."""
    if not total and (chosen or not query.empty):
        yield f"Nothing comparable was found {'under these filters' if chosen else 'in this corpus'}."
        yield from _ways_out(chosen, total_under)
        if near:
            yield "The nearest practices are shown below; they may not answer the question."
    if not query.empty and base.calibration is None:
        yield "The search is not calibrated for its model: it cannot tell what is too far from your question."
    if base.english and query.language not in (None, "en"):
        yield _read_in(query.language)


def _read_in(language: str) -> str:
    """How well the bundled model reads a question's language."""
    if language not in LEVELS:
        return "The search reads English best; your question looks like another language, and answers may be missing."
    name, level = LEVELS[language]
    return f"{name}: {level}. Your question was read in {name}{_BUT[level]}."


def _ways_out(chosen: Filters, total_under: Callable[[Filters], int]) -> Iterator[str]:
    """For each filter, what would be found without it; those that would help, the most helpful first."""
    helpful = sorted(
        ((total_under(left), name) for name, left in _without_one(chosen)), key=lambda pair: (-pair[0], pair[1])
    )
    for total, name in helpful:
        if total:
            yield f"Without the filter “{name}”: {counted(total, 'document')}."


def _without_one(chosen: Filters) -> Iterator[tuple[str, Filters]]:
    for group, values in chosen.groups.items():
        yield " or ".join(label_of(group, value) for value in values), chosen.without(group)
    if chosen.year_from is not None or chosen.year_to is not None:
        yield f"{chosen.year_from or '…'} to {chosen.year_to or '…'}", Filters(chosen.groups)
