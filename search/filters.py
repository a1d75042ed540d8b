"""Filters: names the user gives become ids, and ids become the passages that may be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from corpus.errors import InvalidInput, UnknownName
from corpus.labels import label_of as label_of
from corpus.models import NETWORK
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from corpus.wording import Many, say
from index.columns import UNKNOWN, Columns, Mask

KINDS = ("practice", "publication", NETWORK)


@dataclass(frozen=True, slots=True)
class Filters:
    """Resolved filters: within a group any value, between groups all of them."""

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None

    def __bool__(self) -> bool:
        return bool(self.groups) or self.year_from is not None or self.year_to is not None

    def without(self, group: str) -> Filters:
        """The same filters but for one group."""
        return Filters({k: v for k, v in self.groups.items() if k != group}, self.year_from, self.year_to)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters as parameters of an address."""
        years = (("year_from", self.year_from), ("year_to", self.year_to))
        chosen = [(group, value) for group, values in self.groups.items() for value in values]
        return chosen + [(name, str(year)) for name, year in years if year is not None]

    @property
    def by_place(self) -> bool:
        """Whether the user asked for certain places."""
        return "city" in self.groups or "country" in self.groups


def resolve(given: Mapping[str, Iterable[str]], year_from: int | None = None, year_to: int | None = None) -> Filters:
    """Filters by id. Raises UnknownName with suggestions, or InvalidInput for years that leave nothing."""
    for year in (year_from, year_to):
        if year is not None and not 1 <= year <= 9999:
            raise InvalidInput(say("error.year", year=str(year)[:20]))
    if year_from is not None and year_to is not None and year_from > year_to:
        raise InvalidInput(say("error.years", first=str(year_from), last=str(year_to)))
    groups = {}
    for group, names in given.items():
        values = tuple(dict.fromkeys(resolver(group)(name) for name in names if name.strip()))
        if values:
            groups[group] = values
    return Filters(groups, year_from, year_to)


def resolver(group: str) -> Callable[[str], str]:
    """How names of a filter group become ids. Raises InvalidInput for a group that does not exist."""
    taxonomy, gazetteer = load_taxonomy(), load_gazetteer()
    resolvers: dict[str, Callable[[str], str]] = {
        "theme": lambda name: taxonomy.themes.find(name).id,
        "sdg": _goal,
        "target_group": lambda name: taxonomy.target_groups.find(name).id,
        "region": lambda name: taxonomy.regions.find(name).id,
        "city_size": lambda name: taxonomy.city_sizes.find(name).id,
        "income": lambda name: taxonomy.income_groups.find(name).id,
        "evidence": lambda name: taxonomy.evidence.find(name).id,
        "city": lambda name: gazetteer.city(name).id,
        "country": lambda name: gazetteer.country(name).iso2,
        "language": _language,
        "kind": _kind,
    }
    if group not in resolvers:
        raise InvalidInput(say("error.filter", name=repr(group), known=Many(tuple(resolvers))))
    return lambda name: UNKNOWN if name.strip().lower() == UNKNOWN else resolvers[group](name)


def _goal(name: str) -> str:
    number = name.strip()
    if number.isdecimal() and not 1 <= int(number) <= 17:
        raise InvalidInput(say("error.goal", number=number[:20]))
    return load_taxonomy().sdgs.find(f"sdg-{number}" if number.isdecimal() else name).id


def _language(name: str) -> str:
    code = name.strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise InvalidInput(say("error.language", name=repr(name[:40])))
    return code


def _kind(name: str) -> str:
    kind = name.strip().lower()
    if kind not in KINDS:
        raise UnknownName("kind of document", name, list(KINDS))
    return kind


def allowed(columns: Columns, filters: Filters) -> Mask | None:
    """Which documents pass; None means all."""
    if not filters:
        return None
    mask = np.ones(columns.documents, dtype=bool)
    for group, wanted in filters.groups.items():
        mask &= columns.groups[group].carriers(wanted, columns.documents)
    if filters.year_from is not None:
        mask &= columns.year >= filters.year_from
    if filters.year_to is not None:
        mask &= (columns.year > 0) & (columns.year <= filters.year_to)
    return mask
