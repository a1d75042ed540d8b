"""A thorough look at an installation: model, store, snapshot; each finding says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from corpus import snapshots
from corpus.check import check_all
from corpus.errors import LearnCitiesError
from corpus.settings import Settings
from corpus.store import DATABASE
from index.manifest import read_manifest
from index.onnx_encoder import OnnxEncoder
from index.transformer import BUNDLED, bundled_path
from index.vectors import VectorIndex
from ingest.formats import ocr
from ingest.sources import starter_files


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    ok: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """All findings; nothing is changed."""
    looks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("model", _model),
        ("starter corpus", _corpus),
        ("images of text", _ocr),
        ("store", _store),
        ("published snapshot", _snapshot),
    )
    return [_look(what, settings, look) for what, look in looks]


def _look(what: str, settings: Settings, look: Callable[[Settings], str]) -> Finding:
    try:
        return Finding(what, True, look(settings))
    except (LearnCitiesError, sqlite3.Error, OSError) as error:
        return Finding(what, False, str(error))


def _model(settings: Settings) -> str:
    if settings.model != BUNDLED:
        return f"{settings.model} (checked when it is loaded)"
    bundled_path()
    return "bundled all-MiniLM-L6-v2, weights as published"


def _corpus(_: Settings) -> str:
    files = starter_files()
    faults = check_all(files)
    if faults:
        raise LearnCitiesError(f"{len(faults)} faults, the first: {faults[0]}. Run `learncities check`.")
    return f"{len(files)} documents, no faults"


def _ocr(settings: Settings) -> str:
    program = ocr.installed()
    if program is None:
        return "tesseract is not installed: scanned pages are reported, not read"
    if settings.ocr_languages and (fault := ocr.unready(settings.ocr_languages)):
        raise LearnCitiesError(f"Scanned pages are reported, not read: {fault}.")
    told = f"tesseract {program.version}; languages: {', '.join(program.languages) or 'none'}"
    return f"{told}; {f'read in {settings.ocr_languages}' if settings.ocr_languages else 'switched off'}"


def _store(settings: Settings) -> str:
    path = settings.data / DATABASE
    if not path.is_file():
        raise LearnCitiesError(f"No knowledge base in {settings.data.name}/. Run `learncities ingest`.")
    db = sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)
    try:
        verdict = db.execute("PRAGMA quick_check").fetchone()[0]
        lost = db.execute(
            "SELECT count(*) FROM passages WHERE embedding NOT IN (SELECT key FROM embeddings)"
        ).fetchone()[0]
    finally:
        db.close()
    if verdict != "ok":
        raise LearnCitiesError(f"{DATABASE} is damaged ({verdict}). Restore it, or ingest again into a new folder.")
    if lost:
        raise LearnCitiesError(f"{lost} passages have no vector. Run `learncities rebuild`.")
    return f"{DATABASE} is sound"


def _snapshot(settings: Settings) -> str:
    snapshot = snapshots.open_snapshot(settings.data)
    if found := snapshots.faults(snapshot.path, full=True):
        raise LearnCitiesError(f"{'; '.join(found)}. {snapshots.REBUILD}")
    manifest = read_manifest(snapshot.manifest)
    held = snapshot.database().execute("SELECT count(*) FROM passages").fetchone()[0]
    if not held == manifest.passages == len(VectorIndex.load(snapshot.path)):
        raise LearnCitiesError(f"Passages and vectors of {snapshot.id} are not the same number. {snapshots.REBUILD}")
    if manifest.encoder == "onnx":
        OnnxEncoder(snapshot.path).encode_query("learning")
    return f"{snapshot.id}: {manifest.documents} documents, {manifest.passages} passages, all hashes right"
