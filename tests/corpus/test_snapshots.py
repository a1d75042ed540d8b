"""Published snapshots: never half there, never silently damaged, the newest pointed to and the last few kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import Gone, NotFound, SnapshotError
from corpus.snapshots import current_id, faults, open_snapshot, publish, published_ids

Build = Callable[[Path], dict[str, Any]]


def build_with(value: str) -> Build:
    def build(folder: Path) -> dict[str, Any]:
        db = sqlite3.connect(folder / "knowledge.db")
        db.execute("CREATE TABLE facts (value TEXT)")
        db.execute("INSERT INTO facts VALUES (?)", (value,))
        db.commit()
        db.close()
        (folder / "vectors.faiss").write_bytes(b"vectors of " + value.encode())
        return {"snapshot": value}

    return build


def never(folder: Path) -> dict[str, Any]:
    raise AssertionError("nothing was to be built")


def failing(folder: Path) -> dict[str, Any]:
    build_with("half")(folder)
    raise RuntimeError("interrupted")


def publish_each(data: Path, *ids: str, keep: int = 3) -> None:
    """Publish in order, each clearly later than the one before."""
    for number, name in enumerate(ids, start=1):
        publish(data, name, build_with(name), keep)
        os.utime(data / "snapshots" / name, (number, number))


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.write_bytes(content)


def value_in(data: Path, name: str | None = None) -> str:
    db = open_snapshot(data, name).database()
    try:
        return str(db.execute("SELECT value FROM facts").fetchone()["value"])
    finally:
        db.close()


def test_a_published_snapshot_is_the_current_one_and_can_be_opened(tmp_path: Path) -> None:
    assert publish(tmp_path, "one", build_with("one"), 3) is True
    snapshot = open_snapshot(tmp_path)
    assert (snapshot.id, current_id(tmp_path), value_in(tmp_path)) == ("one", "one", "one")
    assert snapshot.manifest["snapshot"] == "one"
    assert set(snapshot.manifest["files"]) == {"knowledge.db", "vectors.faiss"}
    assert faults(snapshot.path, full=True) == []


def test_the_same_id_is_not_built_again(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    assert publish(tmp_path, "one", never, 3) is False


def test_going_back_to_an_earlier_state_points_to_its_snapshot_without_building(tmp_path: Path) -> None:
    publish_each(tmp_path, "one", "two")
    assert publish(tmp_path, "one", never, 3) is True
    assert open_snapshot(tmp_path).id == "one"


def test_a_snapshot_can_only_be_read(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    db = open_snapshot(tmp_path).database()
    with pytest.raises(sqlite3.OperationalError):
        db.execute("INSERT INTO facts VALUES ('mine')")
    db.close()


def test_a_data_folder_may_have_any_name(tmp_path: Path) -> None:
    data = tmp_path / "a?mode=rw#b %20 ü"
    publish_each(data, "one")
    assert value_in(data) == "one"


def test_before_anything_is_published_a_reader_is_told_to_ingest(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="learncities ingest") as caught:
        open_snapshot(tmp_path / "data")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "knowledge.db").unlink(), "knowledge.db is missing"),
        (lambda folder: (folder / "vectors.faiss").write_bytes(b"vec"), "vectors.faiss has 3 bytes instead of"),
        (lambda folder: (folder / "vectors.faiss").write_bytes(b"v" * 99), "vectors.faiss has 99 bytes instead of"),
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json is missing or unreadable"),
        (lambda folder: (folder / "manifest.json").write_bytes(b'{"files'), "manifest.json is missing or unreadable"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"), "manifest.json is missing or unreadable"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"[]"), "manifest.json is missing or unreadable"),
        (lambda folder: (folder.parent.parent / "current").write_text("gone"), "'gone' is missing"),
    ],
)
def test_a_damaged_snapshot_is_refused_with_what_to_do(
    tmp_path: Path, damage: Callable[[Path], object], told: str
) -> None:
    publish_each(tmp_path, "one")
    damage(tmp_path / "snapshots" / "one")
    with pytest.raises(SnapshotError, match="Run `learncities rebuild`") as caught:
        open_snapshot(tmp_path)
    assert told in str(caught.value)


def test_a_pointer_that_is_not_text_is_refused_with_what_to_do(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    (tmp_path / "current").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(SnapshotError, match="Run `learncities rebuild`"):
        open_snapshot(tmp_path)


def test_a_full_check_finds_one_flipped_byte(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    folder = tmp_path / "snapshots" / "one"
    flip_a_byte(folder / "vectors.faiss")
    assert faults(folder) == []
    assert faults(folder, full=True) == ["vectors.faiss has changed"]


@pytest.mark.parametrize("damage", [flip_a_byte, Path.unlink])
def test_publishing_again_mends_a_damaged_snapshot(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    publish_each(tmp_path, "one")
    folder = tmp_path / "snapshots" / "one"
    damage(folder / "vectors.faiss")
    assert publish(tmp_path, "one", build_with("one"), 3) is True
    assert faults(folder, full=True) == []


def test_the_last_ones_are_kept_and_can_be_opened_by_id(tmp_path: Path) -> None:
    publish_each(tmp_path, "one", "two", "three", "four", keep=3)
    assert published_ids(tmp_path) == ["two", "three", "four"]
    assert value_in(tmp_path, "two") == "two"
    assert value_in(tmp_path) == "four"


def test_a_dropped_id_is_gone_and_what_is_kept_is_told(tmp_path: Path) -> None:
    publish_each(tmp_path, "one", "two", keep=1)
    with pytest.raises(Gone, match="Kept: two"):
        open_snapshot(tmp_path, "one")


@pytest.mark.parametrize("name", ["../snapshots/two", ".", "two/", "TWO", "two\n"])
def test_what_is_no_id_is_not_found_and_opens_nothing(tmp_path: Path, name: str) -> None:
    publish_each(tmp_path, "two")
    with pytest.raises(NotFound, match="Kept: two"):
        open_snapshot(tmp_path, name)


def test_a_lost_pointer_is_told_with_what_to_do(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    (tmp_path / "current").unlink()
    with pytest.raises(SnapshotError, match="learncities"):
        open_snapshot(tmp_path)


def test_a_snapshot_that_is_current_again_is_not_dropped_for_its_age(tmp_path: Path) -> None:
    publish_each(tmp_path, "one", "two", "three", keep=3)
    publish(tmp_path, "one", never, 2)
    assert set(published_ids(tmp_path)) == {"one", "three"}


def test_an_interrupted_build_leaves_the_old_snapshot_current(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    with pytest.raises(RuntimeError, match="interrupted"):
        publish(tmp_path, "two", failing, 3)
    assert value_in(tmp_path) == "one"
    assert published_ids(tmp_path) == ["one"]
    with pytest.raises(NotFound):
        open_snapshot(tmp_path, "two")


def test_what_an_interrupted_build_left_behind_takes_no_place_and_goes(tmp_path: Path) -> None:
    publish_each(tmp_path, "one")
    with pytest.raises(RuntimeError, match="interrupted"):
        publish(tmp_path, "two", failing, 2)
    publish(tmp_path, "three", build_with("three"), 2)
    assert set(published_ids(tmp_path)) == {"one", "three"}
    assert {path.name for path in (tmp_path / "snapshots").iterdir()} == {"one", "three"}
