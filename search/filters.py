"""Filters: names the user gives become ids, and ids become the passages that may be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from corpus.errors import InvalidInput, UnknownName
from corpus.models import NETWORK
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
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
    def by_place(self) -> bool:
        """Whether the user asked for certain places."""
        return "city" in self.groups or "country" in self.groups


def resolve(given: Mapping[str, Iterable[str]], year_from: int | None = None, year_to: int | None = None) -> Filters:
    """Filters by id. Raises UnknownName with suggestions, or InvalidInput for years that leave nothing."""
    for year in (year_from, year_to):
        if year is not None and not 1 <= year <= 9999:
            raise InvalidInput(f"{year} is not a year; give one of four digits.")
    if year_from is not None and year_to is not None and year_from > year_to:
        raise InvalidInput(f"No year is from {year_from} and up to {year_to}: swap the two.")
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
        raise InvalidInput(f"There is no filter {group!r}; there are {', '.join(resolvers)}.")
    return lambda name: UNKNOWN if name.strip().lower() == UNKNOWN else resolvers[group](name)


def _goal(name: str) -> str:
    number = name.strip()
    if number.isdecimal() and not 1 <= int(number) <= 17:
        raise InvalidInput(f"There is no goal {number[:20]}; the Sustainable Development Goals are 1 to 17.")
    return load_taxonomy().sdgs.find(f"sdg-{number}" if number.isdecimal() else name).id


def _language(name: str) -> str:
    code = name.strip().lower()
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise InvalidInput(f"Language {name[:40]!r} is not a two-letter code such as en, fr or zh.")
    return code


def _kind(name: str) -> str:
    kind = name.strip().lower()
    if kind not in KINDS:
        raise UnknownName("kind of document", name, list(KINDS))
    return kind


def label_of(group: str, value: str) -> str:
    """The name readers see for a filter value; `unknown` is called so."""
    taxonomy, gazetteer = load_taxonomy(), load_gazetteer()
    vocabularies = {
        "theme": taxonomy.themes, "sdg": taxonomy.sdgs, "target_group": taxonomy.target_groups,
        "region": taxonomy.regions, "city_size": taxonomy.city_sizes, "income": taxonomy.income_groups,
        "evidence": taxonomy.evidence,
    }  # fmt: skip
    if group in vocabularies and value in vocabularies[group].terms:
        return vocabularies[group].terms[value].label()
    if group == "city" and value in gazetteer.cities:
        return gazetteer.cities[value].name
    if group == "country" and value in gazetteer.countries:
        return gazetteer.countries[value].name
    return value


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
