"""The schema of the store, as numbered functions; a table says which were applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]


def m001_first_schema(db: sqlite3.Connection) -> None:
    """Documents, their sections, pages, passages, labels and places, and embeddings by content."""
    _run(
        db,
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE documents (
            rowid INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            kind TEXT NOT NULL,
            language TEXT,
            year INTEGER,
            publisher TEXT,
            licence TEXT,
            display TEXT NOT NULL CHECK (display IN ('full', 'extract', 'link')),
            address TEXT,
            retrieved TEXT,
            media_type TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            root TEXT NOT NULL,
            declares_id INTEGER NOT NULL,
            details TEXT NOT NULL  -- JSON: authors, organisations, figures, references, trust
        );
        CREATE TABLE sections (
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            path TEXT NOT NULL,  -- JSON list of headings
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            PRIMARY KEY (document, ordinal)
        ) WITHOUT ROWID;
        CREATE TABLE pages (
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            page_index INTEGER NOT NULL,
            label TEXT,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            PRIMARY KEY (document, page_index)
        ) WITHOUT ROWID;
        CREATE TABLE passages (
            rowid INTEGER PRIMARY KEY,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            text TEXT NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            section TEXT NOT NULL,  -- JSON list of headings
            kind TEXT NOT NULL,
            tokens INTEGER NOT NULL,
            page_first INTEGER, page_last INTEGER,
            label_first TEXT, label_last TEXT,
            embedding TEXT NOT NULL,
            UNIQUE (document, ordinal)
        );
        CREATE INDEX passages_by_embedding ON passages (embedding);
        CREATE TABLE embeddings (key TEXT PRIMARY KEY, vector BLOB NOT NULL);
        CREATE TABLE labels (
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            kind TEXT NOT NULL,  -- theme, sdg, target_group, city, country
            value TEXT NOT NULL,
            origin TEXT NOT NULL,
            ordinal INTEGER NOT NULL,  -- the editors' order
            PRIMARY KEY (kind, value, document)
        ) WITHOUT ROWID;
        CREATE INDEX labels_by_document ON labels (document);
        """,
    )


def m002_what_a_text_names(db: sqlite3.Connection) -> None:
    """Language and names of passages, quality of documents."""
    _run(
        db,
        """
        ALTER TABLE passages ADD COLUMN language TEXT;
        ALTER TABLE passages ADD COLUMN named TEXT NOT NULL DEFAULT '{}';  -- JSON: cities, countries, years
        ALTER TABLE documents ADD COLUMN quality REAL;
        """,
    )


def m003_near_duplicates(db: sqlite3.Connection) -> None:
    """What near-duplicate documents are found by, and the pairs of them."""
    _run(
        db,
        """
        CREATE TABLE signatures (
            document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            signature BLOB NOT NULL
        );
        CREATE TABLE bands (
            hash INTEGER NOT NULL,
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            PRIMARY KEY (hash, document)
        ) WITHOUT ROWID;
        CREATE INDEX bands_by_document ON bands (document);
        CREATE TABLE duplicates (  -- each pair in both directions
            document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            other INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
            similarity REAL NOT NULL,
            PRIMARY KEY (document, other)
        ) WITHOUT ROWID;
        CREATE INDEX duplicates_by_other ON duplicates (other);
        """,
    )


def m004_what_earned_a_label(db: sqlite3.Connection) -> None:
    """Labels of passages, and of every label how sure it is, what gave it, and the span of text that earned it."""
    _run(
        db,
        """
        ALTER TABLE documents ADD COLUMN labelled TEXT;  -- what assigned its labels; NULL: nothing yet
        ALTER TABLE labels ADD COLUMN probability REAL;
        ALTER TABLE labels ADD COLUMN model TEXT;
        ALTER TABLE labels ADD COLUMN start INTEGER;  -- code points of the document's text
        ALTER TABLE labels ADD COLUMN end INTEGER;
        CREATE TABLE passage_labels (
            passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
            kind TEXT NOT NULL,  -- theme, sdg, target_group, evidence
            value TEXT NOT NULL,
            probability REAL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            PRIMARY KEY (passage, kind, value)
        ) WITHOUT ROWID;
        CREATE INDEX passage_labels_by_value ON passage_labels (kind, value);
        CREATE TABLE prototypes (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID;
        """,
    )


def m005_when_a_document_came(db: sqlite3.Connection) -> None:
    """When a document was first held and when its content last changed; unknown of those held before."""
    _run(
        db,
        """
        ALTER TABLE documents ADD COLUMN added TEXT;  -- ISO 8601, UTC
        ALTER TABLE documents ADD COLUMN changed TEXT;
        """,
    )


def m006_how_words_are_written(db: sqlite3.Connection) -> None:
    """The words and pairs of a document as they stand in it, so that only what changed is looked through again."""
    _run(
        db,
        """
        CREATE TABLE forms (
            document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
            version TEXT NOT NULL,  -- what found them
            forms TEXT NOT NULL  -- one a line
        );
        """,
    )


MIGRATIONS: tuple[Migration, ...] = (
    m001_first_schema,
    m002_what_a_text_names,
    m003_near_duplicates,
    m004_what_earned_a_label,
    m005_when_a_document_came,
    m006_how_words_are_written,
)


def _run(db: sqlite3.Connection, script: str) -> None:
    """Run the statements of a script within the caller's transaction; `executescript` would end it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def migrate(db: sqlite3.Connection) -> None:
    """Bring the schema of `db` up to date; each step is applied once, whole or not at all."""
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    applied = {name for (name,) in db.execute("SELECT name FROM migrations")}
    for step in MIGRATIONS:
        if step.__name__ not in applied:
            db.commit()
            db.execute("BEGIN IMMEDIATE")
            with db:  # commits, or rolls back what failed
                step(db)
                db.execute("INSERT INTO migrations VALUES (?)", (step.__name__,))
