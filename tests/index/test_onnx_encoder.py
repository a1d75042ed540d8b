"""The exported query encoder of the starter snapshot answers as the model that it was made from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.snapshots import open_snapshot
from index.onnx_encoder import OnnxEncoder
from index.transformer import SentenceTransformerEmbedder

TEXTS = (
    "", " ", "a", "learning", "Learning", "LEARNING CITIES", "who reopened empty rooms as classrooms?", "library",
    "bibliothèque", "Medellín", "学习型城市", "เมืองแห่งการเรียนรู้", "مدينة التعلم", "مَدِينَة", "обучающийся город",
    "평생학습", "📚", "📚🏙️👩🏽 learning", "cafe\u0301", "𠮷野家", "1,380 people in six stops", "a\tb\nc",
    "[CLS] [SEP] [MASK] [PAD]", "don't -exclude \"this phrase\"", "<script>alert(1)</script>", "unaffable" * 40,
    "word " * 253, "word " * 254, "word " * 255, "lifelong learning for all " * 300,
)  # fmt: skip


@pytest.fixture(scope="module")
def original() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="module")
def exported(starter_data: Path) -> OnnxEncoder:
    return OnnxEncoder(open_snapshot(starter_data).path)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:20]))
def test_the_exported_encoder_equals_the_original(
    original: SentenceTransformerEmbedder, exported: OnnxEncoder, text: str
) -> None:
    vector = exported.encode_query(text)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
    assert float(vector @ original.encode_query(text)) >= 0.9999


def test_passages_are_encoded_as_by_the_original(starter_data: Path, original: SentenceTransformerEmbedder) -> None:
    with original.bulk(open_snapshot(starter_data).path) as encoders:
        vectors = encoders.submit(TEXTS).result()
    assert vectors.dtype == np.float32
    assert float(np.min(np.sum(vectors * original.encode(TEXTS), axis=1))) >= 0.9999


def test_the_snapshot_names_the_encoder_that_it_carries(starter_data: Path) -> None:
    manifest = open_snapshot(starter_data).manifest
    assert manifest["encoder"] == "onnx"
    assert {"encoder.onnx", "encoder.json", "tokenizer.json"} <= set(manifest["files"])
