"""Facet counts over the candidate set; a group in use is counted as if it were not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection

from index.labels import KINDS
from search.filters import COLUMNS, Filters, label_of
from search.rank import row_list
from search.results import FacetValue

GROUPS = (*KINDS, *COLUMNS)
Documents = Collection[int]


def facets(
    db: sqlite3.Connection, documents: Documents, filters: Filters, found_without: Callable[[str], Documents]
) -> dict[str, list[FacetValue]]:
    """Counts by group, largest first; `found_without(group)` is the set with that group's filter lifted."""
    return {
        group: _count(db, group, found_without(group) if group in filters.groups else documents) for group in GROUPS
    }


def _count(db: sqlite3.Connection, group: str, documents: Documents) -> list[FacetValue]:
    ids = row_list(documents)
    chosen = "IN (SELECT value FROM json_each(?))"
    if group in COLUMNS:
        column = COLUMNS[group]
        sql = f"SELECT {column}, count(*) FROM documents WHERE rowid {chosen} AND {column} NOTNULL GROUP BY 1"
        rows = db.execute(sql, (ids,))
    else:
        sql = f"SELECT value, count(*) FROM labels WHERE kind = ? AND document {chosen} GROUP BY 1"
        rows = db.execute(sql, (group, ids))
    values = [FacetValue(value, label_of(group, value), count) for value, count in rows]
    return sorted(values, key=lambda facet: (-facet.count, facet.label))
