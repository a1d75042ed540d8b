"""The manifest: what made an index is read back, and a form that is not known is refused."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.errors import SnapshotError
from index.manifest import FORMAT, IndexManifest, read_manifest


@pytest.fixture
def raw() -> dict[str, Any]:
    return IndexManifest(
        snapshot="abc",
        format=FORMAT,
        release="0.1.0",
        model_name="bundled",
        model_id="tiny@1",
        dimension=64,
        encoder="onnx",
        chunker="1.1",
        analyser="1",
        documents=2,
        passages=5,
        published="2026-01-01T00:00:00+00:00",
    ).to_json()


def test_a_manifest_is_read_as_it_was_written(raw: dict[str, Any]) -> None:
    assert read_manifest(raw).to_json() == raw


def test_the_list_of_files_beside_it_is_no_part_of_it(raw: dict[str, Any]) -> None:
    assert read_manifest({**raw, "files": {"knowledge.db": {"bytes": 1, "sha256": "0"}}}) == read_manifest(raw)


@pytest.mark.parametrize("other", [FORMAT + 1, 0, None, "1"])
def test_another_format_is_refused_with_what_to_do(raw: dict[str, Any], other: object) -> None:
    with pytest.raises(SnapshotError, match="learncities rebuild"):
        read_manifest({**raw, "format": other})


@pytest.mark.parametrize("missing", ["model_id", "dimension", "encoder", "analyser", "passages"])
def test_an_incomplete_manifest_is_refused(raw: dict[str, Any], missing: str) -> None:
    del raw[missing]
    with pytest.raises(SnapshotError, match="incomplete"):
        read_manifest(raw)


def test_an_empty_manifest_is_refused() -> None:
    with pytest.raises(SnapshotError):
        read_manifest({})
