"""From the store to a published snapshot: an id that says what changed, and files that can only be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from corpus import snapshots
from corpus.models import Display, Document, Section
from corpus.store import CorpusStore, put_document
from index import build

if TYPE_CHECKING:
    from tests.conftest import Box

DOCUMENT = Document(
    id="one",
    source="one.md",
    title="One",
    text="Bakers teach bread.",
    sections=(Section((), 0, 19),),
    media_type="text/markdown",
    content_hash="abc",
    year=2020,
    language="en",
    retrieved="2025-01-01",
)


def id_with(box: Box, document: Document) -> str:
    """The id of a snapshot that would hold this one document."""
    with CorpusStore(box.data) as store:
        put_document(store.db, document, [], [], "root")
        return build.snapshot_id(store, box.embedder, "1", {})


def test_the_retrieval_date_alone_gives_the_same_snapshot(box: Box) -> None:
    assert id_with(box, DOCUMENT) == id_with(box, replace(DOCUMENT, retrieved="2026-06-30"))


@pytest.mark.parametrize(
    "change",
    [
        {"content_hash": "def"},
        {"title": "Two"},
        {"id": "two"},
        {"language": "fr"},
        {"year": 2021},
        {"display": Display.FULL},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_document_gives_another_snapshot(box: Box, change: dict[str, Any]) -> None:
    assert id_with(box, DOCUMENT) != id_with(box, replace(DOCUMENT, **change))


def test_another_model_chunker_or_calibration_gives_another_snapshot(box: Box) -> None:
    with CorpusStore(box.data) as store:
        put_document(store.db, DOCUMENT, [], [], "root")
        first = build.snapshot_id(store, box.embedder, "1", {})
        assert build.snapshot_id(store, box.embedder, "2", {}) != first
        assert build.snapshot_id(store, box.embedder, "1", {"": {"cutoff": 0.3}}) != first
        box.embedder.model_id = "tiny@2"
        assert build.snapshot_id(store, box.embedder, "1", {}) != first


def test_the_same_files_in_another_folder_give_the_same_snapshot(
    box: Box, practice: Callable[..., Path], tmp_path: Path
) -> None:
    file = practice("one", "Bakers teach bread.")
    first = box.ingest(file).snapshot
    box.data = tmp_path / "elsewhere"
    assert box.ingest(file).snapshot == first


def test_an_unchanged_corpus_is_not_published_twice(box: Box, practice: Callable[..., Path]) -> None:
    file = practice("one", "Bakers teach bread.")
    assert box.ingest(file).published
    assert not box.ingest(file).published
    assert len(snapshots.published_ids(box.data)) == 1


def test_a_published_database_holds_no_embeddings_and_can_only_be_read(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Bakers teach bread."))
    snapshot = snapshots.open_snapshot(box.data)
    db = snapshot.database()
    assert db.execute("SELECT count(*) FROM embeddings").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM passages").fetchone()[0] == 1
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM documents")
    db.close()
    assert {path.name for path in snapshot.path.iterdir()} == {*snapshot.manifest["files"], snapshots.MANIFEST}


def test_the_stored_vectors_are_those_of_the_passages_in_their_order(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Bakers teach bread."), practice("two", "Sailors teach knots."))
    with CorpusStore(box.data) as store:
        rowids, vectors = build.load_vectors(store.db, box.embedder.dimension)
        texts = [text for (text,) in store.db.execute("SELECT text FROM passages ORDER BY rowid")]
    assert rowids.tolist() == sorted(rowids.tolist())
    assert len(texts) == 2
    for text, vector in zip(texts, vectors, strict=True):
        embedded = next(whole for whole in box.embedder.encoded if whole.endswith(text))
        np.testing.assert_allclose(vector, box.embedder.encode_query(embedded), atol=1e-3)


def test_an_empty_corpus_is_published_after_its_last_document_went(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Bakers teach bread."))
    with CorpusStore(box.data) as store:
        store.db.execute("DELETE FROM documents")
        build.publish(store, box.data, box.embedder, "tiny", "1", keep=3)
    assert box.open().search("bread").total == 0
