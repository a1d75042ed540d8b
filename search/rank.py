"""Passages become documents in order: pooled, sorted, and spread over cities."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.fusion import Score, pool
from search.retrieve import Candidate

# At most two of the first ten come from one city; the reordering looks at the first fifty.
CITY_CAP, CITY_WINDOW, CITY_REACH = 2, 10, 50
# A passage of a few words scores by its title and section alone; as evidence to show it counts for less.
_HALF_TOKENS = 15


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its score and its candidate passages, the best evidence first."""

    document: int
    score: float
    passages: tuple[Candidate, ...]


def rank(db: sqlite3.Connection, found: Iterable[Candidate], score: Score) -> list[Ranked]:
    """Documents by pooled score; ties are broken by the document's id, so the order is always the same."""
    rows = {candidate.rowid: candidate for candidate in found}
    groups: dict[int, list[tuple[float, Candidate]]] = {}
    for rowid, document, tokens in _places(db, rows):
        groups.setdefault(document, []).append((tokens / (tokens + _HALF_TOKENS), rows[rowid]))
    ranked = []
    for document, members in groups.items():
        pooled = pool(sorted((score(candidate) for _, candidate in members), reverse=True))
        members.sort(key=lambda member: (-member[0] * score(member[1]), member[1].rowid))
        ranked.append(Ranked(document, pooled, tuple(candidate for _, candidate in members)))
    ids = ids_of(db, [entry.document for entry in ranked])
    return sorted(ranked, key=lambda entry: (-round(entry.score, 6), ids[entry.document]))


def _places(db: sqlite3.Connection, rowids: Iterable[int]) -> list[tuple[int, int, int]]:
    """(passage, document, tokens) of these passages."""
    sql = "SELECT rowid, document, tokens FROM passages WHERE rowid IN (SELECT value FROM json_each(?))"
    return [(row[0], row[1], row[2]) for row in db.execute(sql, (_json(rowids),))]


def ids_of(db: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, str]:
    """Document ids by row id."""
    sql = "SELECT rowid, id FROM documents WHERE rowid IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in db.execute(sql, (_json(rowids),))}


def cities_of(db: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, list[str]]:
    """City ids by document row id."""
    sql = "SELECT document, value FROM labels WHERE kind = 'city' AND document IN (SELECT value FROM json_each(?))"
    found: dict[int, list[str]] = {}
    for document, city in db.execute(sql, (_json(rowids),)):
        found.setdefault(document, []).append(city)
    return found


def _json(rowids: Iterable[int]) -> str:
    return "[" + ",".join(map(str, rowids)) + "]"


def spread(ranked: Sequence[Ranked], cities: Mapping[int, Sequence[str]]) -> list[Ranked]:
    """The same documents with at most CITY_CAP of one city in the first ten; moves some down, drops none."""
    reach, rest = list(ranked[:CITY_REACH]), list(ranked[CITY_REACH:])
    first: list[Ranked] = []
    held: list[Ranked] = []
    seen: Counter[str] = Counter()
    for entry in reach:
        places = cities.get(entry.document, ())
        if len(first) < CITY_WINDOW and all(seen[city] < CITY_CAP for city in places):
            seen.update(places)
            first.append(entry)
        else:
            held.append(entry)
    return first + held + rest
