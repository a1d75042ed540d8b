"""Ingestion as a whole: what is unchanged costs nothing, what changed is replaced, what fails leaves all as it was."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from corpus import snapshots
from corpus.console import silent
from corpus.errors import ModelMismatch
from corpus.settings import Settings
from corpus.store import CorpusStore
from index.embedder import Vectors
from index.vectors import VectorIndex
from ingest import run
from ingest.formats.raw import RawSource, Reading
from ingest.pipeline import Pipeline
from ingest.sources import FileSource, Root, Walk
from ingest.writer import Writer
from tests.conftest import Box, TinyEmbedder
from tests.corpus.records import changed
from tests.ingest.pdfs import make_pdf
from tests.ingest.published import ROOMS, documents, found_by_word, stored, vectors_and_passages, verdicts

Write = Callable[..., Path]


def test_a_new_file_is_stored_embedded_and_published(box: Box, write: Write) -> None:
    report = box.ingest(write("rooms.md", ROOMS))
    assert verdicts(report) == ["new"]
    assert (report.passages, report.embedded, report.truncated, report.published) == (2, 2, 0, True)
    assert report.snapshot == snapshots.current_id(box.data)
    assert documents(box) == {"evening-rooms": "The library opened.\n\nEveryone came."}
    assert vectors_and_passages(box)[0] == vectors_and_passages(box)[1] != []


def test_a_second_run_embeds_nothing_and_publishes_nothing(box: Box, write: Write) -> None:
    folder = write("rooms.md", ROOMS).parent
    first = box.ingest(folder)
    encoded = list(box.embedder.encoded)
    second = box.ingest(folder)
    assert verdicts(second) == ["unchanged"]
    assert (second.embedded, second.published, second.snapshot) == (0, False, first.snapshot)
    assert box.embedder.encoded == encoded


def test_a_changed_file_replaces_its_passages_in_words_and_vectors(box: Box, write: Write) -> None:
    first = box.ingest(write("rooms.md", ROOMS))
    second = box.ingest(write("rooms.md", ROOMS.replace("Everyone", "Nobody")))
    assert verdicts(second) == ["changed"]
    assert second.snapshot != first.snapshot
    assert found_by_word(box, "everyon") == found_by_word(box, "everyone") == []
    assert found_by_word(box, "nobodi") + found_by_word(box, "nobody") == ["Nobody came."]
    rowids, passages = vectors_and_passages(box)
    assert rowids == passages
    assert len(passages) == 2


def test_only_the_passages_that_changed_are_embedded_again(box: Box, write: Write) -> None:
    box.ingest(write("rooms.md", ROOMS))
    report = box.ingest(write("rooms.md", ROOMS.replace("Everyone", "Nobody")))
    assert (report.passages, report.embedded) == (2, 1)
    assert box.embedder.encoded[-1].endswith("Nobody came.")


@pytest.mark.parametrize("broken", [b"", b"\x00binary\x00" * 9, b"---\ntitle: : x\n---\ntext", b"PK\x03\x04zip"])
def test_a_source_that_fails_leaves_what_was_stored(box: Box, write: Write, broken: bytes) -> None:
    first = box.ingest(write("rooms.md", ROOMS))
    before = documents(box)
    second = box.ingest(write("rooms.md", broken))
    assert verdicts(second) == ["failed"]
    assert second.outcomes[0].note
    assert (second.published, second.snapshot) == (False, first.snapshot)
    assert documents(box) == before


HOSTILE = {
    "a date that is none": b"---\nyear: 2021-13-45\n---\n\ntext",
    "a year without end": b"---\nyear: 99999999999999999999\n---\n\ntext",
    "lists in lists": b"---\nyear: " + b"[" * 3000 + b"\n---\n\ntext",
    "a page that is none": make_pdf([["The rooms."]]).replace(b"/Kids [", b"/Kids [ 999 0 R "),
    "a practice of no year": changed("start: 2015", "start: 2015-13-45").encode(),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_no_parser_expects_fails_alone(box: Box, write: Write, content: bytes) -> None:
    write("a.md", content)
    report = box.ingest(write("b.md", ROOMS).parent)
    assert verdicts(report) == ["failed", "new"]
    assert list(documents(box)) == ["evening-rooms"]


def test_a_run_with_only_failures_keeps_the_published_snapshot(box: Box, write: Write, tmp_path: Path) -> None:
    first = box.ingest(write("rooms.md", ROOMS))
    report = box.ingest(tmp_path / "missing.html", write("empty.md", b""))
    assert verdicts(report) == ["failed", "failed"]
    assert report.snapshot == first.snapshot == snapshots.current_id(box.data)


def test_nothing_is_published_before_anything_is_there(box: Box, write: Write) -> None:
    report = box.ingest(write("empty.md", b""))
    assert (report.snapshot, report.published, snapshots.current_id(box.data)) == (None, False, None)


def test_an_unknown_theme_is_refused_by_name(box: Box, write: Write) -> None:
    report = box.ingest(write("a.md", changed("- family-and-community-learning", "- flying")))
    assert report.outcomes[0].note.startswith("unknown theme 'flying'")


def test_one_text_in_two_documents_stays_two_passages_and_is_embedded_once(box: Box, write: Write) -> None:
    write("a.txt", "Evening rooms for everyone.")
    report = box.ingest(write("b.txt", "Evening rooms for everyone.").parent)
    assert (report.passages, report.embedded) == (2, 1)
    assert found_by_word(box, "even") + found_by_word(box, "evening") == ["Evening rooms for everyone."] * 2
    assert len(vectors_and_passages(box)[0]) == 2


def test_another_model_is_refused_before_anything_changes(box: Box, write: Write) -> None:
    first = box.ingest(write("rooms.md", ROOMS))
    box.embedder.model_id = "other@2"
    with pytest.raises(ModelMismatch, match="made with model tiny@1, not other@2") as caught:
        box.ingest(write("rooms.md", ROOMS.replace("Everyone", "Nobody")))
    assert "learncities rebuild --model" in str(caught.value)
    assert snapshots.current_id(box.data) == first.snapshot


def test_a_snapshot_that_was_damaged_is_published_again_from_what_is_stored(box: Box, write: Write) -> None:
    file = write("rooms.md", ROOMS)
    first = box.ingest(file)
    folder = snapshots.open_snapshot(box.data).path
    (folder / "vectors.faiss").write_bytes(b"short")
    second = box.ingest(file)
    assert (second.embedded, second.published, second.snapshot) == (0, True, first.snapshot)
    assert snapshots.faults(folder, full=True) == []


def test_the_language_of_a_text_is_recognised_where_it_says_none(box: Box, write: Write) -> None:
    write("fr.txt", "La bibliothèque de la ville a ouvert de nouvelles salles où les adultes apprennent à lire.")
    box.ingest(write("short.txt", "Cork").parent)
    db = snapshots.open_snapshot(box.data).database()
    assert {row["source"]: row["language"] for row in db.execute("SELECT source, language FROM documents")} == {
        "files/fr.txt": "fr",
        "files/short.txt": None,
    }
    db.close()


def test_no_local_path_is_in_what_is_published(box: Box, write: Write, tmp_path: Path) -> None:
    report = box.ingest(write("deep/rooms.md", ROOMS), tmp_path / "files", tmp_path / "missing")
    assert tmp_path.name not in json.dumps(report.to_json())
    for file in snapshots.open_snapshot(box.data).path.iterdir():
        assert str(tmp_path).encode() not in file.read_bytes()


class TiredEmbedder(TinyEmbedder):
    """Is interrupted at the batch after so many texts."""

    strength = 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        if len(self.encoded) >= self.strength:
            raise KeyboardInterrupt
        return super().encode(texts)


def test_an_interrupted_run_keeps_what_it_finished_and_the_next_goes_on(
    box: Box, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write("a.md", ROOMS).parent
    write("b.md", "# Opening hours\n\nThe rooms open at six.")
    write("c.md", "# Closing hours\n\nThe rooms close at ten.")
    box.embedder = TiredEmbedder()
    monkeypatch.setattr(TiredEmbedder, "strength", 3)
    monkeypatch.setattr(Writer, "batch", 1)
    with pytest.raises(KeyboardInterrupt):
        box.ingest(folder)
    assert snapshots.current_id(box.data) is None
    box.embedder = TinyEmbedder()
    assert verdicts(box.ingest(folder)) == ["unchanged", "new", "new"]
    assert len(documents(box)) == 3


def test_the_published_vector_of_a_passage_is_that_of_its_text_in_context(box: Box, write: Write) -> None:
    box.ingest(write("rooms.md", ROOMS))
    index = VectorIndex.load(snapshots.open_snapshot(box.data).path)
    vectors = index.vectors_of(index.rowids)
    expected = box.embedder.encode_query("Evening rooms › Evening rooms\nThe library opened.")
    assert np.allclose(vectors[0], expected, atol=1e-3)


class OtherEmbedder(TiredEmbedder):
    """Another model: its vectors point the other way."""

    model_id = "other@2"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return -super().encode(texts)


def test_an_interrupted_change_of_model_never_publishes_vectors_of_two_models(
    box: Box, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write("a.md", ROOMS).parent
    write("b.md", "# Opening hours\n\nThe rooms open at six.")
    box.ingest(folder)
    box.embedder = OtherEmbedder()
    monkeypatch.setattr(run, "SentenceTransformerEmbedder", lambda *_: box.embedder)
    monkeypatch.setattr(Writer, "batch", 1)
    with pytest.raises(KeyboardInterrupt):
        run.rebuild_all(Settings(data=box.data), silent)
    with suppress(ModelMismatch):
        box.ingest(folder)
    index = VectorIndex.load(snapshots.open_snapshot(box.data).path)
    assert len({float(vector.sum()) < 0 for vector in index.vectors_of(index.rowids)}) == 1


def test_what_was_read_is_stored_while_a_slow_file_is_still_being_read(box: Box, write: Write) -> None:
    first, second = write("a.md", ROOMS), write("b.md", "# Opening hours\n\nThe rooms open at six.")
    seen: list[int] = []

    class Slow(FileSource):
        def read(self, reading: Reading = Reading()) -> RawSource:
            until = time.monotonic() + 60
            while not stored(box.data) and time.monotonic() < until:
                time.sleep(0.02)
            seen.append(stored(box.data))
            return super().read(reading)

    root = Root("files", "here")
    files = (FileSource("files/a.md", "files", first, "here"), Slow("files/b.md", "files", second, "here"))
    with CorpusStore(box.data) as store:
        report = Pipeline(store, box.embedder, "tiny", box.data, 3).run(Walk(files, (), (root,)), silent)
    assert seen == [1]
    assert verdicts(report) == ["new", "new"]
