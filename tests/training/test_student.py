"""A student learns to answer with the vectors of the English sides."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.static_encoder import StaticEncoder
from training import student, tune
from training.pairs import Pair

TEXTS = ["красный дом", "синий дом", "красная книга", "синяя книга", "старый город", "новый город"] * 40


def test_a_trained_student_is_nearest_to_its_own_targets(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    targets = random.normal(size=(6, 32)).astype(np.float32)
    targets /= np.linalg.norm(targets, axis=1, keepdims=True)
    pieces = student.vocabulary(TEXTS)
    given = student.examples(pieces, TEXTS, [at % 6 for at in range(len(TEXTS))])
    student.write(tmp_path, student.train(given, targets, len(pieces)), pieces)
    encoder = StaticEncoder(tmp_path)
    found = np.array([encoder.encode(text) for text in TEXTS[:6]])
    assert (found @ targets.T).argmax(axis=1).tolist() == list(range(6))


def test_passages_are_of_consecutive_lines_of_one_source() -> None:
    held = [Pair(f"a{n}", "", "one") for n in range(7)] + [Pair("b", "", "two")]
    texts, places = tune.passages(held)
    assert texts == ["a0 a1 a2 a3 a4", "a5 a6", "b"]
    assert places == [0, 0, 0, 0, 0, 1, 1, 2]


def test_ndcg_counts_the_rank_of_the_one_answer() -> None:
    index = np.eye(3, dtype=np.float32)
    asked = np.array([[1, 0, 0], [1, 0.5, 0]], dtype=np.float32)
    assert abs(tune.ndcg(asked, index, [0, 1]) - (1 + 1 / np.log2(3)) / 2) < 1e-6
