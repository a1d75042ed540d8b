"""CorpusStore: documents and passages in SQLite, the single source of truth.

A document is replaced in one transaction or not at all. The writer holds a lock; readers open published
snapshots and never this file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus import dates
from corpus.errors import InvalidInput, LearnCitiesError, StoreBusy
from corpus.migrations import migrate
from corpus.models import Document, Passage
from corpus.rows import LABEL_COLUMNS, document_row, label_rows, page_rows, passage_row, section_rows

DATABASE = "knowledge.db"
# A transaction inside another one is a savepoint of it: how each begins, is undone and ends.
_TRANSACTION = ("BEGIN IMMEDIATE", ("ROLLBACK",), "COMMIT")
_SAVEPOINT = ("SAVEPOINT part", ("ROLLBACK TO part", "RELEASE part"), "RELEASE part")


class CorpusStore:
    """The writer's side of `knowledge.db`; use as a context manager, it holds the write lock while open."""

    def __init__(self, data: Path) -> None:
        if data.exists() and not data.is_dir():
            raise InvalidInput(f"--data {data.name!r} is a file; give a folder.")
        data.mkdir(parents=True, exist_ok=True)
        self.path = data / DATABASE
        self._lock = FileLock(data / "write.lock")
        self._owner = data / "write.owner"
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            holder = self._owner.read_text(encoding="utf-8") if self._owner.exists() else "another process"
            raise StoreBusy(f"{data} is being written by {holder}; wait for it, or use another --data.") from None
        self._owner.write_text(f"process {os.getpid()}", encoding="utf-8")
        try:
            self.db = self._connect()
        except sqlite3.Error as error:
            self._release()
            way_out = "Restore it from a backup, or ingest into another folder with --data"
            raise LearnCitiesError(f"{DATABASE} in {data.name}/ cannot be opened ({error}). {way_out}.") from None

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA foreign_keys = ON")
        migrate(db)
        return db

    def __enter__(self) -> CorpusStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let the next writer in."""
        self.db.close()
        self._release()

    def _release(self) -> None:
        self._owner.unlink(missing_ok=True)
        self._lock.release()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction, committed whole or not at all; every room writes through it."""
        begin, undo, end = _SAVEPOINT if self.db.in_transaction else _TRANSACTION
        self.db.execute(begin)
        try:
            yield self.db
        except BaseException:
            for statement in undo:
                self.db.execute(statement)
            raise
        self.db.execute(end)

    @contextmanager
    def undone(self) -> Iterator[sqlite3.Connection]:
        """A transaction whose changes are seen inside and gone after it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        finally:
            self.db.execute("ROLLBACK")

    def meta(self, key: str) -> str | None:
        """What was noted under `key`, if anything."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Note `value` under `key`."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def place_of(self, root: str) -> str | None:
        """The place that the root of this name was ingested from, as a hash."""
        return self.meta(f"root {root}")

    def hash_of(self, source: str) -> str | None:
        """The content hash of the document of this source, if there is one."""
        return self._one("SELECT content_hash FROM documents WHERE source = ?", source)

    def id_of(self, source: str) -> str | None:
        """The id of the document of this source, if there is one."""
        return self._one("SELECT id FROM documents WHERE source = ?", source)

    def source_of(self, document_id: str) -> str | None:
        """The source of the document of this id, if there is one."""
        return self._one("SELECT source FROM documents WHERE id = ?", document_id)

    def declares_id(self, source: str) -> bool:
        """Whether the document of this source says its id itself."""
        return bool(self._one("SELECT declares_id FROM documents WHERE source = ?", source))

    def _one(self, sql: str, value: str) -> str | None:
        row = self.db.execute(sql, (value,)).fetchone()
        return row[0] if row else None

    def ids(self) -> dict[str, str]:
        """The source of every document by its id."""
        return dict(self.db.execute("SELECT id, source FROM documents"))

    def sources_under(self, root: str) -> set[str]:
        """The sources of the documents that came from `root`."""
        return {source for (source,) in self.db.execute("SELECT source FROM documents WHERE root = ?", (root,))}

    def known_embeddings(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` whose vectors are stored."""
        found: set[str] = set()
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            found |= {key for (key,) in self.db.execute(f"SELECT key FROM embeddings WHERE key IN ({marks})", part)}
        return found

    def count(self, table: str) -> int:
        """The number of rows of `table`."""
        return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def put_document(
    db: sqlite3.Connection, document: Document, passages: Sequence[Passage], keys: Sequence[str], root: str
) -> tuple[int, list[int]]:
    """Write a document and its passages in place of what its source held; returns their row ids."""
    row = {**document_row(document, root), **dates.of(db, document)}
    delete_documents(db, [document.source])
    marks = ",".join("?" * len(row))
    rowid = int(db.execute(f"INSERT INTO documents ({','.join(row)}) VALUES ({marks})", [*row.values()]).lastrowid or 0)
    db.executemany("INSERT INTO sections VALUES (?,?,?,?,?)", section_rows(rowid, document))
    db.executemany("INSERT INTO pages VALUES (?,?,?,?,?)", page_rows(rowid, document))
    db.executemany(f"INSERT OR IGNORE INTO labels ({LABEL_COLUMNS}) VALUES (?,?,?,?,?)", label_rows(rowid, document))
    rowids = []
    for passage, key in zip(passages, keys, strict=True):
        values = passage_row(rowid, passage, key)
        marks = ",".join("?" * len(values))
        insert = f"INSERT INTO passages ({','.join(values)}) VALUES ({marks})"
        rowids.append(int(db.execute(insert, [*values.values()]).lastrowid or 0))
    return rowid, rowids


def put_embeddings(db: sqlite3.Connection, vectors: Iterable[tuple[str, bytes]]) -> None:
    """Keep vectors (float16 bytes) by the key of what was embedded."""
    db.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?)", vectors)


def rename(db: sqlite3.Connection, source: str, document_id: str) -> None:
    """Give the document of this source another id."""
    db.execute("UPDATE documents SET id = ? WHERE source = ?", (document_id, source))


def delete_documents(db: sqlite3.Connection, sources: Iterable[str]) -> int:
    """Remove the documents of these sources with all that belongs to them; returns how many there were."""
    removed = 0
    for source in sources:
        removed += db.execute("DELETE FROM documents WHERE source = ?", (source,)).rowcount
    return removed


def delete_unused_embeddings(db: sqlite3.Connection) -> int:
    """Forget vectors that no passage uses any more; returns how many."""
    return db.execute("DELETE FROM embeddings WHERE key NOT IN (SELECT embedding FROM passages)").rowcount
