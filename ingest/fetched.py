"""What was fetched: the bytes by their hash, and for each address which they are, so that all can be read again.

data/fetched/{answers.db, objects/ab/abcdef…}. A cache with a memory: what a site no longer has stays until removed.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import StoreBusy

FOLDER = "fetched"


@dataclass(frozen=True, slots=True)
class Held:
    """What an address gave, when those bytes came and when it was last asked; `gone` is when it first had none."""

    address: str
    sha256: str
    media_type: str
    final: str
    etag: str | None
    modified: str | None
    fetched: str
    asked: str
    gone: str | None = None


_COLUMNS = ", ".join(field.name for field in fields(Held))


_TABLE = """
    CREATE TABLE IF NOT EXISTS answers (
        address TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        final TEXT NOT NULL,
        etag TEXT,
        modified TEXT,
        fetched TEXT NOT NULL,
        asked TEXT NOT NULL,
        gone TEXT
    )
"""


class FetchStore:
    """The fetched files of a data folder; use as a context manager, one process at a time."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self.folder / "fetch.lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreBusy(f"Another process is fetching into {data.name}/; wait for it.") from None
        for stale in self.folder.glob("*.part"):  # left by a run that was killed
            stale.unlink(missing_ok=True)
        self._db = sqlite3.connect(self.folder / "answers.db", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(_TABLE)

    def __enter__(self) -> FetchStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._lock.release()

    def get(self, address: str) -> Held | None:
        """What is held of an address; None where its bytes are not."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM answers WHERE address = ?", (address,)).fetchone()
        held = Held(*row) if row else None
        return held if held and self.path(held.sha256).is_file() else None

    def put(self, held: Held) -> None:
        """Note what an address gave; its bytes are there already."""
        marks = ", ".join("?" * len(fields(Held)))
        self._db.execute(f"INSERT OR REPLACE INTO answers ({_COLUMNS}) VALUES ({marks})", astuple(held))

    def path(self, sha256: str) -> Path:
        """Where the bytes of this hash lie, or would."""
        return self.folder / "objects" / sha256[:2] / sha256

    def prune(self) -> int:
        """Delete the bytes that no address gives any more; returns how many files those were."""
        used = {sha256 for (sha256,) in self._db.execute("SELECT sha256 FROM answers")}
        unused = [path for path in (self.folder / "objects").glob("*/*") if path.name not in used]
        for path in unused:
            with suppress(OSError):
                path.unlink()
        return len(unused)
