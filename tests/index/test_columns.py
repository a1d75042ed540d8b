"""The arrays of a snapshot say what its tables say."""

from __future__ import annotations

import numpy as np
import pytest

from index.columns import GROUPS, PLAIN, UNKNOWN
from search.engine import KnowledgeBase


def ids(base: KnowledgeBase, mask: np.ndarray) -> set[str]:
    rows = {row[0]: row[1] for row in base.db.execute("SELECT rowid, id FROM documents")}
    return {rows[rowid] for rowid in base.columns.rowids[mask].tolist()}


def carried(base: KnowledgeBase, group: str, value: str) -> set[str]:
    if group in PLAIN:
        rows = base.db.execute(f"SELECT id FROM documents WHERE {group} = ?", (value,))
    else:
        sql = "SELECT d.id FROM labels l JOIN documents d ON d.rowid = l.document WHERE l.kind = ? AND l.value = ?"
        rows = base.db.execute(sql, (group, value))
    return {row[0] for row in rows}


@pytest.mark.parametrize("group", GROUPS)
def test_each_value_is_carried_and_counted_as_in_the_tables(starter: KnowledgeBase, group: str) -> None:
    held, total = starter.columns.groups[group], starter.columns.documents
    counts = held.count(np.ones(total, dtype=bool))
    for value in held.values:
        assert ids(starter, held.carriers([value], total)) == carried(starter, group, value) != set()
        assert counts[value] == len(carried(starter, group, value))
    nothing = ids(starter, np.ones(total, dtype=bool)).difference(*(carried(starter, group, v) for v in held.values))
    assert ids(starter, held.carriers([UNKNOWN], total)) == nothing
    assert counts.get(UNKNOWN, 0) == len(nothing)


def test_each_passage_belongs_to_its_document(starter: KnowledgeBase) -> None:
    rows = starter.db.execute("SELECT document, tokens FROM passages ORDER BY rowid").fetchall()
    assert starter.columns.rowids[starter.columns.document].tolist() == [row[0] for row in rows]
    assert starter.columns.tokens.tolist() == [row[1] for row in rows]


def test_places_in_an_order_are_those_of_that_order(starter: KnowledgeBase) -> None:
    by_id = [row[0] for row in starter.db.execute("SELECT rowid FROM documents ORDER BY id")]
    assert starter.columns.rowids[np.argsort(starter.columns.by_id)].tolist() == by_id
    years = {row[0]: row[1] or 0 for row in starter.db.execute("SELECT rowid, year FROM documents")}
    assert starter.columns.year.tolist() == [years[rowid] for rowid in starter.columns.rowids.tolist()]


def test_a_document_has_its_labels_in_the_editors_order(starter: KnowledgeBase) -> None:
    for document, rowid in enumerate(starter.columns.rowids.tolist()[:20]):
        sql = "SELECT value FROM labels WHERE kind = 'theme' AND document = ? ORDER BY ordinal, value"
        assert starter.columns.groups["theme"].of(document) == [row[0] for row in starter.db.execute(sql, (rowid,))]
