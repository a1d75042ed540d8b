"""A document is replaced whole or not at all, by one writer at a time, with all that belongs to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InvalidInput, LearnCitiesError, StoreBusy
from corpus.models import Display, Document, Figure, Page, Passage, PassageKind, Reference, Section
from corpus.rows import document_from, passage_from
from corpus.store import CorpusStore, delete_documents, delete_unused_embeddings, put_document, put_embeddings

DOCUMENT = Document(
    id="evening-rooms",
    source="files/rooms.pdf",
    title="Evening rooms",
    text="Rooms open late.\n\nÉveryone 学 came.",
    sections=(Section(("Rooms",), 0, 16), Section(("Rooms", "Who"), 18, 34)),
    media_type="application/pdf",
    content_hash="one",
    pages=(Page(1, "i", 0, 16), Page(2, None, 18, 34)),
    language="en",
    year=2024,
    publisher="Cork City Council",
    authors=("A. Byrne",),
    licence="CC BY 4.0",
    display=Display.LINK,
    address="https://example.org/rooms.pdf",
    cities=("cork",),
    countries=("IE",),
    themes=("literacy",),
    target_groups=("adults",),
    organisations=("A school",),
    figures=(Figure("over 200", "rooms"),),
    references=(Reference("Rooms", "Cork", "en", "official", None),),
    trust=("Rests on a single source.",),
)
PASSAGES = [
    Passage(0, "Rooms open late.", 0, 16, ("Rooms",), PassageKind.BODY, 4, (1, 1), ("i", "i")),
    Passage(1, "Éveryone 学 came.", 18, 34, ("Rooms", "Who"), PassageKind.LIST, 4),
]
TABLES = ("documents", "sections", "pages", "passages", "labels", "embeddings")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "data") as opened:
        yield opened


def put(store: CorpusStore, document: Document = DOCUMENT, keys: tuple[str, ...] = ("a", "b")) -> None:
    with store.transaction() as db:
        put_embeddings(db, [(key, b"\0\0") for key in keys])
        put_document(db, document, PASSAGES, keys, "files")


def stored(store: CorpusStore) -> tuple[Document, list[Passage]]:
    cursor = store.db.cursor()
    cursor.row_factory = sqlite3.Row
    (row,) = cursor.execute("SELECT * FROM documents").fetchall()
    return document_from(store.db, row), [
        passage_from(found) for found in cursor.execute("SELECT * FROM passages ORDER BY ordinal")
    ]


def counts(store: CorpusStore) -> dict[str, int]:
    return {table: store.count(table) for table in TABLES}


def test_a_document_and_its_passages_come_back_as_they_were_put(store: CorpusStore) -> None:
    put(store)
    assert stored(store) == (DOCUMENT, PASSAGES)


def test_every_label_comes_back(store: CorpusStore) -> None:
    document = replace(DOCUMENT, themes=("literacy", "equity-and-inclusion"), cities=("cork", "bogota"))
    put(store, document)
    read = stored(store)[0]
    assert (set(read.themes), set(read.cities)) == (set(document.themes), set(document.cities))


def test_a_document_of_the_same_source_replaces_what_was_there(store: CorpusStore) -> None:
    put(store)
    before = counts(store)
    put(store, replace(DOCUMENT, title="Later rooms", content_hash="two"))
    assert counts(store) == before
    assert store.hash_of(DOCUMENT.source) == "two"
    assert stored(store)[0].title == "Later rooms"


def test_an_error_inside_the_transaction_leaves_the_old_document_whole(store: CorpusStore) -> None:
    put(store)
    before = counts(store)
    with pytest.raises(ValueError, match="zip"):  # fewer keys than passages, told when one was written already
        put(store, replace(DOCUMENT, title="Half"), keys=("c",))
    assert counts(store) == before
    assert stored(store) == (DOCUMENT, PASSAGES)


def test_an_id_that_another_source_holds_is_refused_by_the_database_itself(store: CorpusStore) -> None:
    put(store)
    with pytest.raises(sqlite3.IntegrityError):
        put(store, replace(DOCUMENT, source="files/other.pdf"))
    assert store.ids() == {DOCUMENT.id: DOCUMENT.source}


def test_removing_a_document_removes_all_that_belongs_to_it(store: CorpusStore) -> None:
    put(store)
    with store.transaction() as db:
        assert delete_documents(db, [DOCUMENT.source, "files/never-there.pdf"]) == 1
    assert counts(store) == {**dict.fromkeys(TABLES, 0), "embeddings": 2}


def test_vectors_that_no_passage_uses_are_forgotten_and_the_others_kept(store: CorpusStore) -> None:
    put(store, keys=("a", "b"))
    put(store, keys=("b", "c"))
    assert delete_unused_embeddings(store.db) == 1
    assert store.known_embeddings(["a", "b", "c"]) == {"b", "c"}


def test_known_embeddings_are_found_among_many_keys(store: CorpusStore) -> None:
    with store.transaction() as db:
        put_embeddings(db, [(str(n), b"\0\0") for n in range(0, 3000, 2)])
    assert store.known_embeddings([str(n) for n in range(3000)]) == {str(n) for n in range(0, 3000, 2)}


def test_sources_are_known_by_the_root_they_came_from(store: CorpusStore) -> None:
    put(store)
    assert store.sources_under("files") == {DOCUMENT.source}
    assert store.sources_under("starter") == set()


def test_a_second_writer_is_refused_and_told_who_holds_the_lock(store: CorpusStore) -> None:
    with pytest.raises(StoreBusy, match=rf"being written by process {os.getpid()}"):
        CorpusStore(store.path.parent)


def test_a_damaged_database_is_told_and_leaves_the_folder_unlocked(tmp_path: Path) -> None:
    (tmp_path / "knowledge.db").write_bytes(b"garbage" * 1000)
    for _ in range(2):
        with pytest.raises(LearnCitiesError, match=r"knowledge\.db"):
            CorpusStore(tmp_path)


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("text")
    with pytest.raises(InvalidInput, match="'data' is a file"):
        CorpusStore(tmp_path / "data")


def test_a_writer_that_leaves_lets_the_next_one_in(tmp_path: Path) -> None:
    for _ in range(2):
        with CorpusStore(tmp_path) as store:
            assert store.count("documents") == 0
