"""What the search page shows beside its hits: the state of the search as links that change one thing each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.pages import Voice
from search.engine import KnowledgeBase
from search.exports import FORMATS
from search.filters import Filters
from search.rank import SORTS
from search.results import FacetValue, SearchResult
from search.themes import theme_tree

# Filter groups that the page offers, in this order; the first ones stand open.
GROUPS = ("theme", "region", "country", "target_group", "city_size", "evidence", "income", "language", "kind")
_OPEN, _VALUES_SHOWN = 3, 6
_FORMAT_NAMES = {"csv": "CSV", "jsonl": "JSON Lines", "ris": "RIS", "bibtex": "BibTeX", "csl": "CSL-JSON"}
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that adds or takes away one value, or sets an order."""

    label: str
    link: str
    count: int = 0
    on: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter group: its first values, the others, and the link that clears it."""

    heading: str
    first: list[Choice]
    more: list[Choice]
    open: bool
    clear: str | None


@dataclass(frozen=True, slots=True)
class SearchState:
    """What an address of the search page asks for."""

    voice: Voice
    q: str
    chosen: Filters
    sort: str = SORTS[0]

    @property
    def pairs(self) -> Pairs:
        """The state as parameters of an address, without place in the results and language."""
        pairs = [("q", self.q)] if self.q else []
        return pairs + self.chosen.pairs + ([("sort", self.sort)] if self.sort != SORTS[0] else [])

    def _years(self) -> tuple[tuple[str, int | None], tuple[str, int | None]]:
        return ("year_from", self.chosen.year_from), ("year_to", self.chosen.year_to)

    def link(self, *more: tuple[str, str]) -> str:
        """The address of the state with more parameters."""
        return self.voice.href("/", [*self.pairs, *more])

    def toggled(self, pair: tuple[str, str]) -> str:
        """The address of the state with one parameter added, or taken away where it is there."""
        pairs = self.pairs
        return self.voice.href("/", [p for p in pairs if p != pair] if pair in pairs else [*pairs, pair])

    def facets(self, result: SearchResult) -> Iterator[Facet]:
        """The filter groups that offer a choice, what is chosen first."""
        number = 0
        for group in GROUPS:
            values = [self._choice(group, facet) for facet in result.facets.get(group, [])]
            values.sort(key=lambda value: not value.on)  # what is chosen is never hidden under "more"
            if len(values) > 1 or group in self.chosen.groups:
                used = group in self.chosen.groups
                clear = self.voice.href("/", [p for p in self.pairs if p[0] != group]) if used else None
                heading = str(self.voice.t(f"facet.{group}"))
                yield Facet(heading, values[:_VALUES_SHOWN], values[_VALUES_SHOWN:], used or number < _OPEN, clear)
                number += 1

    def _choice(self, group: str, facet: FacetValue) -> Choice:
        pair = (group, facet.value)
        return Choice(self.voice.label(group, facet.value), self.toggled(pair), facet.count, pair in self.pairs)

    def active(self) -> Iterator[Choice]:
        """The filters in use, each with the link that takes it away."""
        for group, value in ((g, v) for g, values in self.chosen.groups.items() for v in values):
            yield Choice(self.voice.label(group, value), self.toggled((group, value)))
        for name, year in self._years():
            if year is not None:
                said = self.voice.t(f"search.{name.replace('_', '-')}", year=str(year))
                yield Choice(str(said), self.toggled((name, str(year))))

    def sorts(self) -> Iterator[Choice]:
        """The orders, the one in use marked."""
        for name in SORTS:
            pairs = [pair for pair in self.pairs if pair[0] != "sort"]
            link = self.voice.href("/", [*pairs, ("sort", name)] if name != SORTS[0] else pairs)
            yield Choice(str(self.voice.t(f"search.sort.{name}")), link, on=name == self.sort)

    def exports(self, snapshot: str) -> Iterator[tuple[str, str]]:
        """The whole result as files, by the names of their formats."""
        pairs = [pair for pair in self.pairs if pair[0] != "sort"]
        for name in FORMATS:
            query = [*pairs, ("format", name), ("snapshot", snapshot)]
            yield _FORMAT_NAMES[name], self.voice.address("/api/v1/export", query)


def theme_choices(base: KnowledgeBase, voice: Voice) -> list[Choice]:
    """Every theme with documents, as links to their searches."""
    found = ((theme.term.id, theme.count) for theme in theme_tree(base.db) if theme.count)
    return [Choice(voice.label("theme", i), voice.href("/", [("theme", i)]), count) for i, count in found]
