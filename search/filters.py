"""Filters: names the user gives become ids, and ids become the passages that may be found."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from corpus.errors import InvalidInput, UnknownName
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from index.vectors import RowIds

# Columns of `documents` that are filtered like labels.
KINDS = ("practice", "publication")
COLUMNS = {"language": "language", "kind": "kind"}


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
    return resolvers[group]


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
    """The name readers see for a filter value."""
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


def allowed_documents(db: sqlite3.Connection, filters: Filters) -> RowIds:
    """The row ids of the documents that pass, rising."""
    where, values = _where(filters)
    return _rowids(db, f"SELECT d.rowid FROM documents d {where} ORDER BY d.rowid", values)


def allowed_passages(db: sqlite3.Connection, filters: Filters) -> RowIds | None:
    """The row ids of the passages that may be found, rising; None means all."""
    if not filters:
        return None
    where, values = _where(filters)
    sql = f"SELECT p.rowid FROM passages p JOIN documents d ON d.rowid = p.document {where} ORDER BY p.rowid"
    return _rowids(db, sql, values)


def _where(filters: Filters) -> tuple[str, list[object]]:
    clauses: list[str] = []
    values: list[object] = []
    for group, wanted in filters.groups.items():
        marks = ",".join("?" * len(wanted))
        if group in COLUMNS:
            clauses.append(f"d.{COLUMNS[group]} IN ({marks})")
        else:
            clauses.append(f"d.rowid IN (SELECT document FROM labels WHERE kind = ? AND value IN ({marks}))")
            values.append(group)
        values += wanted
    for operator, year in ((">=", filters.year_from), ("<=", filters.year_to)):
        if year is not None:
            clauses.append(f"d.year {operator} ?")
            values.append(year)
    return ("WHERE " + " AND ".join(clauses) if clauses else ""), values


def _rowids(db: sqlite3.Connection, sql: str, values: list[object]) -> RowIds:
    return np.fromiter((row[0] for row in db.execute(sql, values)), dtype=np.int64)
