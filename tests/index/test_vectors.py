"""The vector index: exact search with and without an allowed set, saved and read again, damage refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SnapshotError
from index.embedder import Vectors
from index.vectors import RowIds, VectorIndex


def units(seed: int, count: int, dimension: int = 8) -> Vectors:
    """Random unit vectors, already rounded to the precision of the index."""
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


def brute_force(rowids: RowIds, vectors: Vectors, query: Vectors, k: int, allowed: set[int]) -> list[float]:
    scores = [float(vector @ query) for rowid, vector in zip(rowids.tolist(), vectors, strict=True) if rowid in allowed]
    return sorted(scores, reverse=True)[:k]


def pairs(index: VectorIndex, query: Vectors, k: int, allowed: RowIds | None = None) -> list[tuple[int, float]]:
    """What a search finds, as (row id, cosine)."""
    mask = None if allowed is None else np.isin(index.rowids, allowed)
    positions, cosines = index.search(query, k, mask)
    np.testing.assert_allclose(index.cosines(query, positions), cosines, atol=1e-5)
    return list(zip(index.rowids[positions].tolist(), cosines.tolist(), strict=True))


def gapped(count: int) -> RowIds:
    """Row ids that rise with gaps, as they do after documents were replaced."""
    return np.arange(count, dtype=np.int64) * 3 + 5


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 80), st.data())
def test_a_search_equals_brute_force(seed: int, count: int, k: int, data: st.DataObject) -> None:
    rowids, vectors, query = gapped(count), units(seed, count), units(seed + 1, 1)[0]
    index = VectorIndex.build(rowids, vectors)
    chosen = data.draw(st.none() | st.sets(st.sampled_from(rowids.tolist())))
    allowed = None if chosen is None else np.array(sorted(chosen), dtype=np.int64)
    found = pairs(index, query, k, allowed)
    expected = brute_force(rowids, vectors, query, k, set(rowids.tolist()) if chosen is None else chosen)
    assert [score for _, score in found] == pytest.approx(expected, abs=1e-5)
    by_rowid = dict(zip(rowids.tolist(), vectors, strict=True))
    assert len({rowid for rowid, _ in found}) == len(found)
    for rowid, score in found:
        assert score == pytest.approx(float(by_rowid[rowid] @ query), abs=1e-5)


def clustered(seed: int, count: int) -> Vectors:
    """Unit vectors around fifty places, as passages on fifty subjects are."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(50, 32))[random.integers(50, size=count)] + 0.5 * random.normal(size=(count, 32))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1, 0.01])
def test_many_vectors_have_a_sketch_and_hardly_any_near_one_is_missed(tmp_path: Path, share: float) -> None:
    vectors, rowids = clustered(1, 8000), gapped(8000)
    exact = VectorIndex.build(rowids, vectors)
    VectorIndex.build(rowids, vectors, exact_up_to=1000).save(tmp_path)
    sketched = VectorIndex.load(tmp_path)
    assert (exact.sketched, sketched.sketched) == (False, True)
    allowed = np.random.default_rng(2).random(8000) < share
    for query in clustered(1, 8000)[:20]:
        expected, cosines = exact.search(query, 10, allowed)
        found, same = sketched.search(query, 10, allowed)
        assert len(set(found.tolist()) & set(expected.tolist())) >= 9
        assert same[0] == cosines[0]  # the same numbers, whichever way they were found
        assert allowed[found].all()
    some = np.array([7, 3])
    assert sketched.cosines(vectors[7], some).tolist() == exact.cosines(vectors[7], some).tolist()


def test_a_filter_that_leaves_little_is_looked_through_whole() -> None:
    vectors, allowed = clustered(3, 4000), np.zeros(4000, dtype=bool)
    allowed[[5, 1700, 3999]] = True
    sketched = VectorIndex.build(gapped(4000), vectors, exact_up_to=1000)
    assert set(sketched.search(vectors[0], 10, allowed)[0].tolist()) == {5, 1700, 3999}


def test_a_filter_that_leaves_only_what_is_far_gives_as_many_as_were_asked_for() -> None:
    vectors = clustered(4, 8000)
    query = vectors[0]
    allowed = vectors @ query < np.median(vectors @ query)  # the half that the sketch does not name
    exact = VectorIndex.build(gapped(8000), vectors).search(query, 50, allowed)
    sketched = VectorIndex.build(gapped(8000), vectors, exact_up_to=1000).search(query, 50, allowed)
    assert exact[0].tolist() == sketched[0].tolist()


def test_fewer_allowed_than_asked_gives_all_that_are_allowed() -> None:
    index = VectorIndex.build(gapped(20), units(1, 20))
    found = pairs(index, units(2, 1)[0], 10, np.array([5, 8, 62], dtype=np.int64))
    assert {rowid for rowid, _ in found} == {5, 8, 62}


def test_nothing_allowed_finds_nothing() -> None:
    index = VectorIndex.build(gapped(20), units(1, 20))
    assert pairs(index, units(2, 1)[0], 10, np.array([], dtype=np.int64)) == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    VectorIndex.build(gapped(0), units(1, 0)).save(tmp_path)
    index = VectorIndex.load(tmp_path)
    assert len(index) == 0
    assert pairs(index, units(2, 1)[0], 10) == []


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    index = VectorIndex.build(gapped(50), units(3, 50))
    index.save(tmp_path)
    again, query = VectorIndex.load(tmp_path), units(4, 1)[0]
    assert len(again) == 50
    assert pairs(again, query, 10) == pairs(index, query, 10)
    assert pairs(again, query, 3, gapped(50)[::2]) == pairs(index, query, 3, gapped(50)[::2])


def test_stored_vectors_come_back_in_the_order_asked_for() -> None:
    vectors = units(5, 30)
    index = VectorIndex.build(gapped(30), vectors)
    np.testing.assert_allclose(index.vectors_of(gapped(30)[[7, 2, 29]]), vectors[[7, 2, 29]], atol=1e-6)


def test_a_sketch_of_other_vectors_is_refused(tmp_path: Path) -> None:
    VectorIndex.build(gapped(2000), clustered(5, 2000), exact_up_to=1000).save(tmp_path)
    sketch = (tmp_path / "sketch.faiss").read_bytes()
    VectorIndex.build(gapped(3000), clustered(5, 3000), exact_up_to=1000).save(tmp_path)
    (tmp_path / "sketch.faiss").write_bytes(sketch)
    with pytest.raises(SnapshotError, match="mixes two indexes"):
        VectorIndex.load(tmp_path)


def _truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def _garbage(raw: bytes) -> bytes:
    return b"\x00garbage" * (len(raw) // 8)


def _emptied(raw: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("name", ["vectors.faiss", "rowids.npy"])
@pytest.mark.parametrize("damage", [_truncated, _garbage, _emptied])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, name: str, damage: Any) -> None:
    VectorIndex.build(gapped(50), units(6, 50)).save(tmp_path)
    file = tmp_path / name
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(SnapshotError, match="learncities rebuild"):
        VectorIndex.load(tmp_path)


@pytest.mark.parametrize("name", ["vectors.faiss", "rowids.npy"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    VectorIndex.build(gapped(5), units(7, 5)).save(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(SnapshotError, match="cannot be read"):
        VectorIndex.load(tmp_path)


def test_row_ids_of_another_index_are_refused(tmp_path: Path) -> None:
    VectorIndex.build(gapped(5), units(8, 5)).save(tmp_path)
    np.save(tmp_path / "rowids.npy", gapped(4))
    with pytest.raises(SnapshotError, match="mixes two indexes"):
        VectorIndex.load(tmp_path)
