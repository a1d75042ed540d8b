"""The full-text index: FTS5 over analysed terms, written in the store's own transactions; `postings` scores it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analyzer import terms

# The tokenizer only splits at spaces: terms come from our analyser, marks of every script included.
_CREATE = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    title, section, body, plain, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* P* S* Co'"
)
"""
# Questions are analysed as English: `plain` holds what is written in another language analysed the same way, so
# that a word typed as it stands in the text is found.
_QUERY_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """What of a passage is searched by words."""

    rowid: int
    title: str
    section: str
    body: str
    language: str | None


def create(db: sqlite3.Connection) -> None:
    """Make the index if it is not there."""
    db.execute(_CREATE)


def add(db: sqlite3.Connection, passages: Iterable[Words]) -> None:
    """Index these passages."""
    rows = map(_row, passages)
    db.executemany("INSERT INTO words (rowid, title, section, body, plain) VALUES (?, ?, ?, ?, ?)", rows)


def _row(words: Words) -> tuple[object, ...]:
    parts = (words.title, words.section, words.body)
    plain = "" if words.language == _QUERY_LANGUAGE else " ".join(terms("\n".join(parts), _QUERY_LANGUAGE))
    return (words.rowid, *(" ".join(terms(part, words.language)) for part in parts), plain)


def remove_source(db: sqlite3.Connection, source: str) -> None:
    """Forget the passages of the document of this source; call before the document goes."""
    db.execute(
        "DELETE FROM words WHERE rowid IN (SELECT p.rowid FROM passages p"
        " JOIN documents d ON d.rowid = p.document WHERE d.source = ?)",
        (source,),
    )


def quoted(term: str) -> str:
    """The term as an FTS5 string: whatever a user typed, it is never an operator."""
    return '"' + term.replace('"', '""') + '"'


def holding(db: sqlite3.Connection, term: str) -> set[int]:
    """The row ids of all passages that hold the term."""
    return {int(rowid) for (rowid,) in db.execute("SELECT rowid FROM words WHERE words MATCH ?", (quoted(term),))}


def phrase(db: sqlite3.Connection, phrase_terms: Sequence[str]) -> set[int]:
    """The row ids of all passages that hold these terms one after another."""
    expression = quoted(" ".join(phrase_terms))
    return {int(rowid) for (rowid,) in db.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))}
