"""Passages become documents in order: pooled, sorted, and spread over cities."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.models import JUNK
from search.fusion import Score, pool
from search.retrieve import Candidate

# At most two of the first ten come from one city; the reordering looks at the first fifty.
CITY_CAP, CITY_WINDOW, CITY_REACH = 2, 10, 50
# A passage of a few words scores by its title and section alone; as evidence to show it counts for less.
_HALF_TOKENS = 15
# A contents or reference list holds a query's words and answers nothing; it ranks below a text half as good.
JUNK_FACTOR = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its score and its candidate passages, the best evidence first."""

    document: int
    score: float
    passages: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    """A passage of a document: its score, how much it counts as evidence, and whether it is junk."""

    candidate: Candidate
    score: float
    weight: float
    junk: bool


def rank(db: sqlite3.Connection, found: Iterable[Candidate], score: Score) -> list[Ranked]:
    """Documents by pooled score; ties are broken by the document's id, so the order is always the same."""
    rows = {candidate.rowid: candidate for candidate in found}
    groups: dict[int, list[_Member]] = {}
    for rowid, document, tokens, kind in _places(db, rows):
        junk = kind in JUNK
        value = score(rows[rowid])
        # Halving a negative score would raise it.
        value = min(value, JUNK_FACTOR * value) if junk else value
        groups.setdefault(document, []).append(_Member(rows[rowid], value, tokens / (tokens + _HALF_TOKENS), junk))
    ranked = []
    for document, members in groups.items():
        members.sort(key=lambda member: (-member.weight * member.score, member.candidate.rowid))
        ranked.append(Ranked(document, _pooled(members), tuple(member.candidate for member in members)))
    ids = ids_of(db, [entry.document for entry in ranked])
    return sorted(ranked, key=lambda entry: (-round(entry.score, 6), ids[entry.document]))


def _pooled(members: Iterable[_Member]) -> float:
    """The better of a document's texts and its junk: that it also has a contents list must not pull it down."""
    kinds: dict[bool, list[float]] = {}
    for member in members:
        kinds.setdefault(member.junk, []).append(member.score)
    return max(pool(sorted(scores, reverse=True)) for scores in kinds.values())


def _places(db: sqlite3.Connection, rowids: Iterable[int]) -> list[tuple[int, int, int, str]]:
    """(passage, document, tokens, kind) of these passages."""
    sql = "SELECT rowid, document, tokens, kind FROM passages WHERE rowid IN (SELECT value FROM json_each(?))"
    return [(row[0], row[1], row[2], row[3]) for row in db.execute(sql, (row_list(rowids),))]


def ids_of(db: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, str]:
    """Document ids by row id."""
    sql = "SELECT rowid, id FROM documents WHERE rowid IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in db.execute(sql, (row_list(rowids),))}


def cities_of(db: sqlite3.Connection, rowids: Iterable[int]) -> dict[int, list[str]]:
    """City ids by document row id."""
    sql = "SELECT document, value FROM labels WHERE kind = 'city' AND document IN (SELECT value FROM json_each(?))"
    found: dict[int, list[str]] = {}
    for document, city in db.execute(sql, (row_list(rowids),)):
        found.setdefault(document, []).append(city)
    return found


def row_list(rowids: Iterable[int]) -> str:
    """Row ids as the JSON list that `json_each` takes."""
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
