"""What a snapshot's passages and documents are grouped, filtered and counted by: one array each, read in milliseconds.

Passages are numbered in the order of their row ids, as in the vector index, and documents in the order of theirs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.models import JUNK
from index.labels import KINDS

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
RowIds = npt.NDArray[np.int64]
# Columns of `documents` that are filtered and counted like labels.
PLAIN = ("language", "kind")
GROUPS = (*KINDS, *PLAIN)
# The value of documents that carry none of a group.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """The labels of one kind: `codes[i]` is the number in `values` of a label of document `documents[i]`, rising."""

    values: tuple[str, ...]
    documents: Ints
    codes: Ints

    def of(self, document: int) -> list[str]:
        """The values that a document carries."""
        first, last = np.searchsorted(self.documents, (document, document + 1))
        return [self.values[code] for code in self.codes[first:last]]

    def carriers(self, wanted: Iterable[str], total: int) -> Mask:
        """Which of `total` documents carry any of these values; `unknown` is carried by those that carry none."""
        names = {value: code for code, value in enumerate(self.values)}
        wanted = set(wanted)
        mask = np.zeros(total, dtype=bool)
        codes = [names[value] for value in wanted if value in names]
        mask[self.documents[np.isin(self.codes, codes)]] = True
        if UNKNOWN in wanted:
            mask |= ~self._any(total)
        return mask

    def count(self, chosen: Mask) -> dict[str, int]:
        """How many of the chosen documents carry each value, `unknown` included; values of none are left out."""
        inside = chosen[self.documents]
        counts = np.bincount(self.codes[inside], minlength=len(self.values)).tolist()
        found = {value: n for value, n in zip(self.values, counts, strict=True) if n}
        carriers = self.documents[inside]
        labelled = np.count_nonzero(np.diff(carriers)) + 1 if len(carriers) else 0
        unknown = int(np.count_nonzero(chosen) - labelled)
        return found | ({UNKNOWN: unknown} if unknown else {})

    def _any(self, total: int) -> Mask:
        mask = np.zeros(total, dtype=bool)
        mask[self.documents] = True
        return mask


@dataclass(frozen=True, slots=True)
class Columns:
    """The arrays of a snapshot: `year` is 0 where unknown, `family` the first of a document and its near-duplicates."""

    document: Ints
    tokens: Ints
    junk: Mask
    rowids: RowIds
    year: Ints
    by_id: Ints
    by_title: Ints
    by_added: Ints
    family: Ints
    groups: Mapping[str, Group]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.rowids)


def write(db: sqlite3.Connection) -> None:
    """Make the arrays from the tables of a snapshot and keep them there."""
    rowids = _rowids(db, "rowid")
    passages = db.execute("SELECT document, tokens, kind FROM passages ORDER BY rowid").fetchall()
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "document": _positions(rowids, [row[0] for row in passages]),
        "tokens": np.array([row[1] for row in passages], dtype=np.int32),
        "junk": np.array([row[2] in JUNK for row in passages], dtype=bool),
        "rowids": rowids,
        "year": np.array(
            [row[0] or 0 for row in db.execute("SELECT year FROM documents ORDER BY rowid")], dtype=np.int32
        ),
        "by_id": _ranks(_rowids(db, "id")),
        "by_title": _ranks(_rowids(db, "title COLLATE NOCASE, id")),
        "by_added": _ranks(_rowids(db, "added DESC, year DESC, id")),
        "family": _families(db, rowids),
    }
    names = {}
    for group in GROUPS:
        names[group], arrays[f"{group} documents"], arrays[f"{group} codes"] = _labels(db, group, rowids)
    db.execute("DROP TABLE IF EXISTS columns")
    db.execute("CREATE TABLE columns (name TEXT PRIMARY KEY, type TEXT NOT NULL, data BLOB NOT NULL)")
    rows = [(name, array.dtype.str, array.tobytes()) for name, array in arrays.items()]
    db.executemany("INSERT INTO columns VALUES (?, ?, ?)", rows)
    db.execute("INSERT INTO columns VALUES ('values', 'json', ?)", (json.dumps(names, ensure_ascii=False),))


def read(db: sqlite3.Connection) -> Columns:
    """The arrays that were kept."""
    rows = {row[0]: (row[1], row[2]) for row in db.execute("SELECT name, type, data FROM columns")}
    names = json.loads(rows.pop("values")[1])
    arrays = {name: np.frombuffer(data, dtype=kind) for name, (kind, data) in rows.items()}
    groups = {
        group: Group(tuple(names[group]), arrays.pop(f"{group} documents"), arrays.pop(f"{group} codes"))
        for group in GROUPS
    }
    return Columns(**arrays, groups=groups)


def _labels(db: sqlite3.Connection, group: str, rowids: RowIds) -> tuple[list[str], Ints, Ints]:
    """The values of a group, and each label's document and value, by document and then as the editors ordered them."""
    if group in PLAIN:
        rows = db.execute(f"SELECT rowid, {group} FROM documents WHERE {group} NOTNULL ORDER BY 1").fetchall()
    else:
        sql = "SELECT document, value FROM labels WHERE kind = ? ORDER BY document, ordinal, value"
        rows = db.execute(sql, (group,)).fetchall()
    values = sorted({row[1] for row in rows})
    numbers = {value: number for number, value in enumerate(values)}
    codes = np.array([numbers[row[1]] for row in rows], dtype=np.int32)
    return values, _positions(rowids, [row[0] for row in rows]), codes


def _families(db: sqlite3.Connection, rowids: RowIds) -> Ints:
    """For each document the first of those that are linked to it as near-duplicates, or itself.

    Only what is linked directly belongs together: chains of small changes may end far from where they began.
    """
    family = np.arange(len(rowids), dtype=np.int32)
    pairs = db.execute("SELECT document, min(other) FROM duplicates GROUP BY document ORDER BY document").fetchall()
    documents = _positions(rowids, [row[0] for row in pairs])
    for document, other in zip(documents, _positions(rowids, [row[1] for row in pairs]), strict=True):
        family[document] = min(document, family[other])
    return family


def _rowids(db: sqlite3.Connection, order: str) -> RowIds:
    return np.array([row[0] for row in db.execute(f"SELECT rowid FROM documents ORDER BY {order}")], dtype=np.int64)


def _ranks(ordered: RowIds) -> Ints:
    """The place of each document, by row id, in this order."""
    return np.argsort(ordered).astype(np.int32)


def _positions(rowids: RowIds, wanted: Sequence[int]) -> Ints:
    return np.searchsorted(rowids, np.array(wanted, dtype=np.int64)).astype(np.int32)
