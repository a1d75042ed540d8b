"""Which passages hold a term, and how much it says there: BM25 worked out once, when a snapshot is made.

FTS5 answers phrases; this answers words, for three reasons: a term's passages come as one array instead of row by row,
the share of a question that a passage covers can be counted, and fields and constants are ours to choose.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Weights of the fields and the constants of BM25; benchmarks/README.md has the run that chose them.
TITLE, SECTION, BODY = 2.0, 1.0, 1.0
K1, B = 1.5, 0.5
# What a prefix stands for at most: its commonest words.
_PREFIXED = 50
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
    terms, held, frequencies, lengths = array("i"), array("i"), array("f"), array("f")
    fields = ", ".join(f"coalesce(w.{name}, '')" for name in ("title", "section", "body", "plain"))
    # By passage, so that positions are those of the vectors whatever the full-text index holds.
    for row in db.execute(f"SELECT {fields} FROM passages p LEFT JOIN words w ON w.rowid = p.rowid ORDER BY p.rowid"):
        title, section, body, plain = (field.split() for field in row)
        counts = _frequencies(title, section, body, plain)
        lengths.append(len(title) + len(section) + len(body))
        terms.extend(map(numbers.__getitem__, counts))
        frequencies.extend(counts.values())
        held.append(len(counts))
    if not terms:
        return
    length, frequency = np.frombuffer(lengths, dtype=np.float32), np.frombuffer(frequencies, dtype=np.float32)
    norm = np.repeat(K1 * (1 - B + B * length / length.mean()), held)
    number = np.frombuffer(terms, dtype=np.int32)
    order = np.argsort(number, kind="stable")
    passages = np.repeat(np.arange(len(held), dtype="<i4"), held)[order]
    weights = (frequency * (K1 + 1) / (frequency + norm)).astype("<f2")[order]
    ends = np.cumsum(np.bincount(number)).tolist()
    for term, first, last in zip(numbers, [0, *ends[:-1]], ends, strict=True):
        yield term, passages[first:last].tobytes(), weights[first:last].tobytes()


def _frequencies(
    title: Sequence[str], section: Sequence[str], body: Sequence[str], plain: Sequence[str]
) -> dict[str, float]:
    """How often a passage holds each term, by the weights of its fields.

    `plain` holds the same words by another analysis: a term that both give is counted once.
    """
    counts = {term: BODY * count for term, count in Counter(body).items()}
    for weight, field in ((TITLE, title), (SECTION, section)):
        for term in field:
            counts[term] = counts.get(term, 0.0) + weight
    for term, count in Counter(plain).items():
        counts[term] = max(counts.get(term, 0.0), count)
    return counts
