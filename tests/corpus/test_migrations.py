"""Each step of the schema is applied once, and an older store gains only what is newer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus import migrations
from corpus.migrations import MIGRATIONS, migrate
from corpus.store import CorpusStore


def schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def applied(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM migrations ORDER BY name")]


def test_every_step_is_applied_once_and_noted() -> None:
    db = sqlite3.connect(":memory:")
    migrate(db)
    before = schema(db)
    migrate(db)
    assert schema(db) == before
    assert applied(db) == sorted(step.__name__ for step in MIGRATIONS)
    db.close()


def test_opening_a_store_again_changes_nothing(tmp_path: Path) -> None:
    with CorpusStore(tmp_path) as store:
        store.set_meta("model", "tiny@1")
        before = schema(store.db)
    with CorpusStore(tmp_path) as store:
        assert schema(store.db) == before
        assert store.meta("model") == "tiny@1"


def test_an_older_store_gains_only_the_newer_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with CorpusStore(tmp_path) as store:
        store.set_meta("model", "tiny@1")

    def m999_later(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE later (x INTEGER)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, m999_later))
    for _ in range(2):
        with CorpusStore(tmp_path) as store:
            assert store.count("later") == 0
            assert store.meta("model") == "tiny@1"
            assert applied(store.db)[-1] == "m999_later"


def test_the_names_of_the_steps_rise() -> None:
    names = [step.__name__ for step in MIGRATIONS]
    assert names == sorted(set(names))


def test_a_store_of_the_first_schema_keeps_its_documents() -> None:
    db = sqlite3.connect(":memory:")
    MIGRATIONS[0](db)
    db.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY)")
    db.execute("INSERT INTO migrations VALUES (?)", (MIGRATIONS[0].__name__,))
    db.execute(
        "INSERT INTO documents VALUES (7, 'a', 'a.md', 'A', 'Text.', 'publication', 'en', 2020, NULL, NULL, 'full', "
        "NULL, NULL, 'text/markdown', 'hash', '', 0, '{}')"
    )
    migrate(db)
    assert db.execute("SELECT rowid, id, quality FROM documents").fetchall() == [(7, "a", None)]
    assert db.execute("SELECT count(*) FROM duplicates").fetchone() == (0,)
    db.close()


def test_what_belongs_to_a_document_goes_with_it_and_is_found_by_an_index() -> None:
    db = sqlite3.connect(":memory:")
    migrate(db)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    belonging = [
        (table, key[3], key[6])
        for table in tables
        for key in db.execute(f"PRAGMA foreign_key_list({table})")
        if key[2] == "documents"
    ]
    assert {table for table, _, _ in belonging} >= {"passages", "signatures", "bands", "duplicates"}
    for table, column, action in belonging:
        plan = db.execute(f"EXPLAIN QUERY PLAN DELETE FROM {table} WHERE {column} = 1").fetchall()
        assert action == "CASCADE", table
        assert "SEARCH" in plan[0][3], (table, column)
    db.close()
