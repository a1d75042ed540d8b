"""Library: the newest snapshot of a data folder, without a restart, and those that are still kept."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from corpus import snapshots
from corpus.errors import SnapshotError
from search.engine import KnowledgeBase

# What an open snapshot is known by: its id, and when its manifest was written (a damaged one is built again).
_Key = tuple[str, int]


class Library:
    """Opened snapshots; a newly published one is picked up at the next request."""

    def __init__(self, data: Path, opener: Callable[[Path, str | None], KnowledgeBase] = KnowledgeBase.open) -> None:
        self._data, self._open = data, opener
        self._held: dict[_Key, KnowledgeBase] = {}
        self._lock = threading.Lock()

    def get(self, snapshot_id: str | None = None) -> KnowledgeBase:
        """The current snapshot's knowledge base, or the named one's. Raises SnapshotError or NotFound."""
        with self._lock:
            if snapshot_id is not None:
                return self._get(snapshot_id)
            try:
                return self._get(snapshots.current_id(self._data))
            except (SnapshotError, OSError, sqlite3.Error):
                # A run may have published and dropped between our reading of the pointer and the opening.
                return self._get(snapshots.current_id(self._data))

    def _get(self, wanted: str | None) -> KnowledgeBase:
        key = (wanted or "", self._written(wanted))
        if key not in self._held:
            opened = self._open(self._data, wanted)
            opened.warm()
            kept = {(kept, self._written(kept)) for kept in snapshots.published_ids(self._data)}
            self._held = {held: base for held, base in self._held.items() if held in kept}
            self._held[key] = opened
        return self._held[key]

    def _written(self, snapshot_id: str | None) -> int:
        """When the snapshot's manifest was written, in nanoseconds; 0 for one that is not there."""
        try:
            return (self._data / "snapshots" / (snapshot_id or "") / snapshots.MANIFEST).stat().st_mtime_ns
        except (OSError, ValueError):
            return 0
