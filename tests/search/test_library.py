"""The library of published snapshots: the newest is served without a restart, kept ones by their id."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import snapshots
from corpus.errors import Gone, NotFound, SnapshotError
from search.engine import KnowledgeBase
from search.library import Library

if TYPE_CHECKING:
    from tests.conftest import Box


@pytest.fixture
def opened() -> list[str]:
    """The ids of the snapshots that were opened, in order."""
    return []


@pytest.fixture
def library(box: Box, opened: list[str]) -> Library:
    def opener(data: Path, snapshot_id: str | None) -> KnowledgeBase:
        base = KnowledgeBase(snapshots.open_snapshot(data, snapshot_id), box.embedder)
        opened.append(base.snapshot.id)
        return base

    return Library(box.data, opener)


def test_a_snapshot_is_opened_once(
    box: Box, library: Library, opened: list[str], practice: Callable[..., Path]
) -> None:
    first = box.ingest(practice("one", "Night school.")).snapshot
    assert library.get() is library.get()
    assert library.get(first) is library.get()
    assert opened == [first]


def test_a_new_snapshot_is_served_without_a_restart(box: Box, library: Library, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."))
    assert library.get().search("").total == 1
    second = box.ingest(practice("two", "Day school.")).snapshot
    assert library.get().snapshot.id == second
    assert library.get().search("").total == 2


def test_only_one_who_asks_waits_for_a_new_snapshot_to_open(box: Box, practice: Callable[..., Path]) -> None:
    opening, go_on = threading.Event(), threading.Event()
    go_on.set()

    def slow(data: Path, snapshot_id: str | None) -> KnowledgeBase:
        opening.set()
        assert go_on.wait(10)
        return KnowledgeBase(snapshots.open_snapshot(data, snapshot_id), box.embedder)

    library = Library(box.data, slow)
    first = box.ingest(practice("one", "Night school.")).snapshot
    library.get()
    second = box.ingest(practice("two", "Day school.")).snapshot
    opening.clear()
    go_on.clear()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(library.get)
        assert opening.wait(10)
        assert library.get().snapshot.id == first
        assert library.get(first).snapshot.id == first
        go_on.set()
        assert waiting.result().snapshot.id == second
    assert library.get().snapshot.id == library.current_id() == second


def test_an_earlier_snapshot_that_is_kept_still_answers(
    box: Box, library: Library, opened: list[str], practice: Callable[..., Path]
) -> None:
    first = box.ingest(practice("one", "Night school.")).snapshot
    box.ingest(practice("two", "Day school."))
    assert library.get().search("").total == 2
    assert library.get(first).search("").total == 1
    assert library.get().search("").total == 2
    assert len(opened) == 2


def test_a_search_that_began_before_a_publication_ends_on_its_snapshot(
    box: Box, library: Library, practice: Callable[..., Path]
) -> None:
    box.ingest(practice("one", "Night school."))
    base = library.get()
    assert base.search("").total == 1
    for name in ("two", "three", "four", "five"):
        box.ingest(practice(name, "Night school."))
        assert library.get() is not base
    assert base.search("night school").total == 1


def test_a_snapshot_that_is_not_kept_is_not_found(box: Box, library: Library, practice: Callable[..., Path]) -> None:
    first = box.ingest(practice("one", "Night school.")).snapshot
    for name in ("two", "three", "four"):
        box.ingest(practice(name, "Day school."))
    with pytest.raises(Gone, match="is not kept here"):
        library.get(first)
    for wanted in ("../snapshots", ".", "\x00"):
        with pytest.raises(NotFound, match="is not kept here"):
            library.get(wanted)


def test_before_anything_is_published_it_says_what_to_do(library: Library) -> None:
    with pytest.raises(SnapshotError, match="learncities ingest"):
        library.get()


def test_the_first_publication_is_picked_up(box: Box, library: Library, practice: Callable[..., Path]) -> None:
    with pytest.raises(SnapshotError):
        library.get()
    box.ingest(practice("one", "Night school."))
    assert library.get().search("").total == 1
