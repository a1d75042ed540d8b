"""Which passages hold a term, and how much it says there: BM25 worked out once, when a snapshot is made.

FTS5 answers phrases; this answers words, for three reasons: a term's passages come as one array instead of row by row,
the share of a question that a passage covers can be counted, and fields and constants are ours to choose.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

# Weights of the fields and the constants of BM25; benchmarks/README.md has the run that chose them.
TITLE, SECTION, BODY = 2.0, 1.0, 1.0
K1, B = 1.5, 0.5
# What a prefix stands for at most: its commonest words.
_PREFIXED = 50
# Passages whose terms are counted at once: some hundred bytes a word.
_AT_ONCE = 4096
Keys = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
# What stands at the end of a prefix beyond every character that a term can hold.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Posting:
    """The passages that hold a term, by position, and its saturated frequency in each, 0 to `K1 + 1`."""

    passages: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]

    def idf(self, total: int) -> float:
        """The inverse document frequency among `total` passages, in the form of BM25 that is never negative."""
        held = len(self.passages)
        return math.log(1 + (total - held + 0.5) / (held + 0.5))


_NOWHERE = Posting(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Postings:
    """The terms of a snapshot."""

    def __init__(self, db: sqlite3.Connection, total: int) -> None:
        self._db, self.total = db, total

    def find(self, term: str) -> Posting:
        """Where the term is held; nowhere if no passage holds it."""
        row = self._db.execute("SELECT passages, weights FROM postings WHERE term = ?", (term,)).fetchone()
        if row is None:
            return _NOWHERE
        return Posting(np.frombuffer(row[0], "<i4"), np.frombuffer(row[1], "<f2").astype(np.float32))

    def beginning(self, prefix: str) -> list[str]:
        """The terms that begin so, those of most passages first."""
        sql = "SELECT term FROM postings WHERE term >= ? AND term < ? ORDER BY length(passages) DESC, term LIMIT ?"
        return [row[0] for row in self._db.execute(sql, (prefix, prefix + _LAST, _PREFIXED))]


def write(db: sqlite3.Connection) -> None:
    """Work out the postings of all terms from the full-text index, and keep them beside it."""
    db.execute("DROP TABLE IF EXISTS postings")
    db.execute("CREATE TABLE postings (term TEXT PRIMARY KEY, passages BLOB NOT NULL, weights BLOB NOT NULL)")
    db.executemany("INSERT INTO postings VALUES (?, ?, ?)", _postings(db))


class _Numbers(dict[str, int]):
    """A number for each term, in the order in which they are met."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


def _postings(db: sqlite3.Connection) -> Iterator[tuple[str, bytes, bytes]]:
    numbers = _Numbers()
    counted = list(_counted(db, numbers))
    if not numbers:
        return
    keys = np.concatenate([some for some, _, _ in counted])
    frequencies = np.concatenate([some for _, some, _ in counted])
    lengths = np.concatenate([some for _, _, some in counted])
    passages, number = (keys >> 32).astype("<i4"), (keys & 0xFFFFFFFF).astype(np.int32)
    norm = K1 * (1 - B + B * lengths[passages] / lengths.mean())
    weights = (frequencies * (K1 + 1) / (frequencies + norm)).astype("<f2")
    order = np.argsort(number, kind="stable")
    passages, weights = passages[order], weights[order]
    ends = np.cumsum(np.bincount(number)).tolist()
    for term, first, last in zip(numbers, [0, *ends[:-1]], ends, strict=True):
        yield term, passages[first:last].tobytes(), weights[first:last].tobytes()


def _counted(db: sqlite3.Connection, numbers: _Numbers) -> Iterator[tuple[Keys, Floats, Floats]]:
    """What passages hold, some at a time: passage and term as one number, how often, and the length of each passage."""
    fields = ", ".join(f"coalesce(w.{name}, '')" for name in ("title", "section", "body", "plain"))
    # By passage, so that positions are those of the vectors whatever the full-text index holds.
    rows = db.execute(f"SELECT {fields} FROM passages p LEFT JOIN words w ON w.rowid = p.rowid ORDER BY p.rowid")
    first = 0
    while some := rows.fetchmany(_AT_ONCE):
        (title, a), (section, b), (body, c), (plain, _) = (
            _tokens(column, first, numbers) for column in zip(*some, strict=True)
        )
        weights = np.repeat(np.array([TITLE, SECTION, BODY], dtype=np.float32), [len(title), len(section), len(body)])
        held, frequency = _reduced(np.add, np.concatenate([title, section, body]), weights)
        # `plain` holds the same words by another analysis: a term that both give is counted once.
        again, often = _reduced(np.add, plain, np.ones(len(plain), dtype=np.float32))
        both = _reduced(np.maximum, np.concatenate([held, again]), np.concatenate([frequency, often]))
        yield *both, (a + b + c).astype(np.float32)
        first += len(some)


def _tokens(column: Sequence[str], first: int, numbers: _Numbers) -> tuple[Keys, Keys]:
    """For each token of a field, its passage and its term as one number, and how many there are in each passage."""
    split = [text.split() for text in column]
    held = np.array([len(tokens) for tokens in split], dtype=np.int64)
    passages = np.repeat(np.arange(first, first + len(split), dtype=np.int64), held)
    terms = np.fromiter(map(numbers.__getitem__, chain.from_iterable(split)), dtype=np.int64, count=len(passages))
    return passages << 32 | terms, held


def _reduced(combine: np.ufunc, keys: Keys, values: Floats) -> tuple[Keys, Floats]:
    """Each key once, in order, with its values combined."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[starts], combine.reduceat(values[order], starts) if len(starts) else values
