"""From the store to a published snapshot: build beside, verify, publish."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from corpus import duplicates, gazetteer, places, snapshots, taxonomy
from corpus.errors import SnapshotError
from corpus.identity import digest_of
from corpus.snapshots import file_hash
from corpus.store import CorpusStore
from corpus.thesaurus import THESAURUS_FILE
from index import analyzer, assigned, columns, multilingual, postings, vocabulary
from index.calibration import by_language, calibration_of
from index.embedder import Embedder, Vectors
from index.manifest import FORMAT, IndexManifest
from index.onnx_encoder import FILES as ENCODER_FILES
from index.onnx_encoder import OnnxEncoder
from index.vectors import RowIds, VectorIndex

_HASHES = "hashes.json"


def release() -> str:
    """The installed version of learncities."""
    try:
        return version("learncities")
    except PackageNotFoundError:
        return "0"


def pack(vectors: Vectors) -> list[bytes]:
    """Vectors as the store keeps them: float16, little-endian."""
    return [row.astype("<f2").tobytes() for row in vectors]


def embedding_key(embedder: Embedder, text: str) -> str:
    """What one embedding is known by: the same model, precision and text never cost twice."""
    return digest_of([embedder.model_id, embedder.precision, text, *multilingual.revisions(embedder.model_id, text)])[
        :32
    ]


def snapshot_id(
    store: CorpusStore,
    embedder: Embedder,
    chunker: str,
    calibrations: Mapping[str, dict[str, float] | None],
    thesaurus: Path | None = None,
) -> str:
    """A hash of all that changes results: documents, vocabularies, places, model, chunker, analyser, release."""
    files = (
        taxonomy.TAXONOMY_FILE,
        places.CITIES_FILE,
        places.COUNTRIES_FILE,
        places.NAMES_FILE,
        taxonomy.CONCEPTS_FILE,
        gazetteer.FILE,
    )
    documents = store.db.execute(
        "SELECT id, source, content_hash, title, language, year, display FROM documents ORDER BY source"
    ).fetchall()
    passages = store.db.execute(
        "SELECT d.source, p.ordinal, p.embedding FROM passages p JOIN documents d ON d.rowid = p.document ORDER BY 1, 2"
    ).fetchall()
    parts = {
        "documents": documents,
        "passages": passages,
        "files": [file_hash(path) for path in files],
        "model": [embedder.model_id, *multilingual.revisions(embedder.model_id)],
        "precision": "float16",
        "chunker": chunker,
        "analyser": analyzer.VERSION,
        "calibration": calibrations,
        "thesaurus": file_hash(thesaurus) if thesaurus else None,
        "labels": assigned.version(embedder.model_id),
        "release": release(),
        "format": FORMAT,
    }
    return digest_of(parts)[:16]


def publish(
    store: CorpusStore, data: Path, embedder: Embedder, model_name: str, chunker: str, keep: int
) -> tuple[str, bool]:
    """Publish the state of the store; returns the snapshot's id and whether anything changed."""
    meaning = calibration_of(embedder.model_id, data)
    calibration = asdict(meaning) if meaning else None
    calibrations = {language: asdict(own) for language, own in by_language(embedder.model_id, data).items()}
    thesaurus = data / THESAURUS_FILE if (data / THESAURUS_FILE).is_file() else None
    new_id = snapshot_id(store, embedder, chunker, {"": calibration, **calibrations}, thesaurus)

    def build(folder: Path) -> dict[str, Any]:
        with store.transaction() as db:
            vocabulary.note(db)
        store.db.execute("VACUUM INTO ?", (str(folder / "knowledge.db"),))
        _strip(folder / "knowledge.db")
        rowids, vectors = load_vectors(store.db, embedder.dimension)
        VectorIndex.build(rowids, vectors).save(folder)
        encoder = _encoder_into(folder, exported(data, embedder))
        if thesaurus:
            shutil.copyfile(thesaurus, folder / THESAURUS_FILE)
        _verify(folder, rowids, vectors, encoder)
        return IndexManifest(
            snapshot=new_id,
            format=FORMAT,
            release=release(),
            model_name=model_name,
            model_id=embedder.model_id,
            dimension=embedder.dimension,
            encoder=encoder,
            chunker=chunker,
            analyser=analyzer.VERSION,
            documents=store.count("documents"),
            passages=len(rowids),
            published=datetime.now(UTC).isoformat(timespec="seconds"),
            calibration=calibration,
            calibrations=calibrations,
        ).to_json()

    return new_id, snapshots.publish(data, new_id, build, keep)


def _strip(database: Path) -> None:
    """Readers need no stored vectors and no write-ahead log: a published file is read as it stands."""
    db = sqlite3.connect(database, isolation_level=None)
    # Nobody opens the copy before it is whole, and all files of a snapshot are synced then: without these two and the
    # transaction each of some hundred thousand rows would wait for the disk.
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    duplicates.strip(db)
    vocabulary.write(db)
    for table in ("embeddings", "prototypes", "forms"):
        db.execute(f"DELETE FROM {table}")
    postings.write(db)
    columns.write(db)
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.execute("VACUUM")
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()


def load_vectors(db: sqlite3.Connection, dimension: int) -> tuple[RowIds, Vectors]:
    """Row ids and vectors of all passages, in the order of row ids."""
    rows = db.execute(
        "SELECT p.rowid, e.vector FROM passages p JOIN embeddings e ON e.key = p.embedding ORDER BY p.rowid"
    ).fetchall()
    if (expected := db.execute("SELECT count(*) FROM passages").fetchone()[0]) != len(rows):
        raise SnapshotError(f"{expected - len(rows)} passages have no vector; run `learncities rebuild`.")
    rowids = np.array([row[0] for row in rows], dtype=np.int64)
    vectors = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2").reshape(len(rows), dimension)
    return rowids, vectors.astype(np.float32)


def exported(data: Path, embedder: Embedder) -> Path | None:
    """Where the exported model lies, which is made once a model; None for a model that does not export."""
    kept = data / "encoders" / f"{embedder.model_id.replace('/', '_')}-{FORMAT}"
    if not _whole(kept):
        shutil.rmtree(kept, ignore_errors=True)
        if embedder.export(kept) is None:
            return None
        hashes = {name: file_hash(kept / name) for name in ENCODER_FILES}
        (kept / _HASHES).write_text(json.dumps(hashes), encoding="utf-8")
    return kept


def _encoder_into(folder: Path, kept: Path | None) -> str:
    """Put the exported model into the snapshot; returns which one readers use."""
    if kept is None:
        return "sentence-transformers"
    for name in ENCODER_FILES:
        # A copy, not a link: what happens to one snapshot's file must never happen to another's.
        shutil.copyfile(kept / name, folder / name)
    return "onnx"


def _whole(kept: Path) -> bool:
    """Whether the exported files are there and as they were written."""
    try:
        hashes = json.loads((kept / _HASHES).read_text(encoding="utf-8"))
        return all(file_hash(kept / name) == hashes[name] for name in ENCODER_FILES)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _verify(folder: Path, rowids: RowIds, vectors: Vectors, encoder: str) -> None:
    """Refuse to publish an index that does not find its own passages."""
    index = VectorIndex.load(folder)
    if encoder == "onnx":
        OnnxEncoder(folder).encode_query("learning")
    for position in range(0, len(rowids), max(1, len(rowids) // 5)):
        _, best = index.search(vectors[position], 1)
        if not len(best) or best[0] < 0.99:
            raise SnapshotError(f"The new index does not find passage {rowids[position]}; nothing was published.")
