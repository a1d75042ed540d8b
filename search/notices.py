"""What a reader must know of an answer beside its hits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.wording import Many, Named, Said, say
from index.multilingual import LEVELS
from search.filters import Filters
from search.query import Query
from search.results import Hit

if TYPE_CHECKING:
    from search.engine import KnowledgeBase


def notices_of(
    base: KnowledgeBase,
    query: Query,
    chosen: Filters,
    total: int,
    near: Sequence[Hit],
    total_under: Callable[[Filters], int],
) -> Iterator[Said]:
    """The notices of an answer; `total_under` counts what other filters would leave."""
    if not total and (chosen or not query.empty):
        yield say("notice.nothing.filters" if chosen else "notice.nothing.corpus")
        yield from _ways_out(chosen, total_under)
        if near:
            yield say("notice.nearest")
    if not query.empty and base.calibration is None:
        yield say("notice.uncalibrated")
    if base.english and query.language not in (None, "en"):
        yield _read_in(query.language)


def _read_in(language: str) -> Said:
    """How well the bundled model reads a question's language."""
    if language not in LEVELS:
        return say("notice.english")
    return say(f"notice.read.{LEVELS[language]}", language=Named("language", language))


def _ways_out(chosen: Filters, total_under: Callable[[Filters], int]) -> Iterator[Said]:
    """For each filter, what would be found without it; those that would help, the most helpful first."""
    helpful = sorted(
        ((total_under(left), name) for name, left in _without_one(chosen)), key=lambda pair: (-pair[0], pair[1])
    )
    for total, name in helpful:
        if total:
            yield say("notice.without", filter=name, documents=say("documents", n=total))


def _without_one(chosen: Filters) -> Iterator[tuple[Said, Filters]]:
    for group, values in chosen.groups.items():
        names = tuple(Named(group, value) for value in values)
        yield say("named", name=Many(names, "or")), chosen.without(group)
    if chosen.year_from is not None or chosen.year_to is not None:
        years = {"first": str(chosen.year_from or "…"), "last": str(chosen.year_to or "…")}
        yield say("range", **years), Filters(chosen.groups)
