"""Published states of the corpus: a folder a snapshot, never changed once it is there, and a pointer to the newest.

data/snapshots/<id>/{knowledge.db, vectors.faiss, encoder files, manifest.json}; data/current holds the id.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import Gone, NotFound, SnapshotError

MANIFEST = "manifest.json"
REQUIRED = ("knowledge.db", "vectors.faiss")
_ID = re.compile(r"[a-z0-9-]{1,64}")
REBUILD = "Run `learncities rebuild` to publish it again from the stored vectors."


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state: its id, its folder and its manifest."""

    id: str
    path: Path
    manifest: dict[str, Any]

    def database(self) -> sqlite3.Connection:
        """A connection that can only read. Raises SnapshotError when the database is damaged."""
        # as_uri() escapes what SQLite's URI syntax would read as parameters.
        uri = (self.path / "knowledge.db").resolve().as_uri() + "?mode=ro&immutable=1"
        try:
            db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            raise SnapshotError(f"Snapshot {self.id} cannot be read ({error}). {REBUILD}") from None
        db.row_factory = sqlite3.Row
        return db


def publish(data: Path, snapshot_id: str, build: Callable[[Path], dict[str, Any]], keep: int) -> bool:
    """Have `build` fill a folder, then make it the current snapshot; False where it already was.

    `build` returns what goes into the manifest beside the files' sizes and hashes.
    """
    root = data / "snapshots"
    final = root / snapshot_id
    root.mkdir(parents=True, exist_ok=True)
    for stale in root.glob(".*.tmp"):  # left by a run that was killed
        shutil.rmtree(stale, ignore_errors=True)
    fresh = faults(final, full=True) != []
    if fresh:
        _build_beside(root / f".{snapshot_id}.tmp", final, build)
    changed = fresh or current_id(data) != snapshot_id
    _point_to(data, snapshot_id)
    _drop_old(data, snapshot_id, keep)
    return changed


def _build_beside(beside: Path, final: Path, build: Callable[[Path], dict[str, Any]]) -> None:
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    manifest = build(beside)
    files = sorted(path for path in beside.iterdir() if path.is_file())
    manifest["files"] = {path.name: {"bytes": path.stat().st_size, "sha256": file_hash(path)} for path in files}
    text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True)
    (beside / MANIFEST).write_text(text, encoding="utf-8")
    for path in beside.iterdir():
        _sync(path)
    _sync(beside)
    shutil.rmtree(final, ignore_errors=True)
    beside.rename(final)
    _sync(final.parent)


def _point_to(data: Path, snapshot_id: str) -> None:
    beside = data / "current.tmp"
    beside.write_text(snapshot_id, encoding="utf-8")
    _sync(beside)
    beside.replace(data / "current")
    _sync(data)


def _drop_old(data: Path, newest: str, keep: int) -> None:
    older = [snapshot for snapshot in published_ids(data) if snapshot != newest]
    for snapshot in older[: max(0, len(older) - (keep - 1))]:
        shutil.rmtree(data / "snapshots" / snapshot, ignore_errors=True)


def current_id(data: Path) -> str | None:
    """The id of the newest published snapshot, if there is one. Raises SnapshotError when the pointer is unreadable."""
    pointer = data / "current"
    if not pointer.is_file():
        return None
    found = pointer.read_bytes().decode("utf-8", errors="replace").strip()
    if not _ID.fullmatch(found):
        raise SnapshotError(f"The pointer {data.name}/current holds no snapshot id. {REBUILD}")
    return found


def open_snapshot(data: Path, snapshot_id: str | None = None) -> Snapshot:
    """The current snapshot, or the named one. Raises SnapshotError or NotFound, saying what to do."""
    wanted = snapshot_id or current_id(data)
    known = published_ids(data)
    if wanted is None:
        if known:
            raise SnapshotError(f"The pointer {data.name}/current is missing. {REBUILD}")
        raise SnapshotError(f"Nothing has been published in {data.name}/ yet. Run `learncities ingest` first.")
    if wanted not in known:
        if snapshot_id is None:
            raise SnapshotError(f"Snapshot {wanted!r} is missing. {REBUILD}")
        kept = f"is not kept here. Kept: {', '.join(known) or 'none'}."
        if _ID.fullmatch(wanted):
            raise Gone(f"Snapshot {wanted} {kept}")
        raise NotFound(f"{wanted[:80]!r} is no snapshot id and {kept}")
    folder = data / "snapshots" / wanted
    if found := faults(folder):
        raise SnapshotError(f"Snapshot {wanted} is damaged ({'; '.join(found)}). {REBUILD}")
    return Snapshot(wanted, folder, json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


def published_ids(data: Path) -> list[str]:
    """The ids of the snapshots that are kept, oldest first."""
    root = data / "snapshots"
    folders = [p for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")] if root.is_dir() else []
    return [path.name for path in sorted(folders, key=_age)]


def _age(folder: Path) -> tuple[str, int, str]:
    """When a snapshot was published, by its manifest; a copied folder keeps its age."""
    try:
        published = str(json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("published", ""))
    except (OSError, ValueError, AttributeError):
        published = ""
    return published, folder.stat().st_mtime_ns, folder.name


def faults(folder: Path, full: bool = False) -> list[str]:
    """What is wrong with a snapshot's files: sizes always, hashes where `full`; empty when all is well."""
    try:
        files = dict.fromkeys(REQUIRED) | json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        expected = {name: (int(entry["bytes"]), str(entry["sha256"])) for name, entry in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [f"{MANIFEST} is missing or unreadable"]
    found = []
    for name, (size, sha256) in expected.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name} is missing")
        elif path.stat().st_size != size:
            found.append(f"{name} has {path.stat().st_size} bytes instead of {size}")
        elif full and file_hash(path) != sha256:
            found.append(f"{name} has changed")
    return found


def file_hash(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
