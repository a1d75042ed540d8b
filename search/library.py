"""Library: the newest snapshot of a data folder, without a restart, and those that are still kept."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
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
        self._latest: KnowledgeBase | None = None
        self._opening = threading.Lock()

    def get(self, snapshot_id: str | None = None) -> KnowledgeBase:
        """The current snapshot's knowledge base, or the named one's. Raises SnapshotError or NotFound."""
        wanted = snapshots.current_id(self._data) if snapshot_id is None else snapshot_id
        if held := self._held.get(self._key(wanted)):
            self._latest = held if snapshot_id is None else self._latest
            return held
        if snapshot_id is not None:
            with self._opening:
                return self._get(snapshot_id)
        latest = self._latest
        # One request opens what was just published; those that can be answered from an older one do not wait for it.
        if not self._opening.acquire(blocking=latest is None) and latest is not None:
            return latest
        try:
            self._latest = self._newest()
            return self._latest
        finally:
            self._opening.release()

    def current_id(self) -> str | None:
        """The id of the newest published snapshot, if there is one that can be told."""
        with suppress(SnapshotError, OSError):
            return snapshots.current_id(self._data)
        return None

    def _newest(self) -> KnowledgeBase:
        try:
            return self._get(snapshots.current_id(self._data))
        except (SnapshotError, OSError, sqlite3.Error):
            # A run may have published and dropped between our reading of the pointer and the opening.
            return self._get(snapshots.current_id(self._data))

    def _key(self, wanted: str | None) -> _Key:
        return wanted or "", self._written(wanted)

    def _get(self, wanted: str | None) -> KnowledgeBase:
        key = self._key(wanted)
        if key not in self._held:
            opened = self._open(self._data, wanted)
            opened.warm()
            kept = {self._key(kept) for kept in snapshots.published_ids(self._data)}
            # A new dictionary: others read the one there is without waiting.
            self._held = {held: base for held, base in self._held.items() if held in kept} | {key: opened}
        return self._held[key]

    def _written(self, snapshot_id: str | None) -> int:
        """When the snapshot's manifest was written, in nanoseconds; 0 for one that is not there."""
        try:
            return (self._data / "snapshots" / (snapshot_id or "") / snapshots.MANIFEST).stat().st_mtime_ns
        except (OSError, ValueError):
            return 0
