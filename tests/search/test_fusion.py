"""Meaning and words as one score, and passages pooled to their document."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import WORDS_WEIGHT, hybrid, meaning, pool, words, words_weight
from search.retrieve import Candidates

scores = st.lists(st.floats(-1, 2, width=32), min_size=1, max_size=8)


def candidate(cosine: float, bm25: float) -> Candidates:
    return Candidates(np.array([1]), np.array([cosine], dtype=np.float32), np.array([bm25], dtype=np.float32))


def pooled(*values: float) -> float:
    groups = np.zeros(len(values), dtype=np.int32)
    return float(pool(groups, np.array(values, dtype=np.float32))[1][0])


def test_each_half_can_be_asked_alone() -> None:
    assert meaning(candidate(0.5, 0.9))[0] == pytest.approx(0.5)
    assert words(candidate(0.5, 0.9))[0] == pytest.approx(0.9)


def test_words_and_meaning_both_raise_the_score() -> None:
    assert hybrid(candidate(0.5, 0.9))[0] > hybrid(candidate(0.5, 0.1))[0] > hybrid(candidate(0.4, 0.1))[0]


def test_words_weigh_more_in_a_longer_question_up_to_three_times() -> None:
    assert words_weight(1) == words_weight(8) == WORDS_WEIGHT
    assert words_weight(16) == pytest.approx(2 * WORDS_WEIGHT)
    assert words_weight(500) == pytest.approx(3 * WORDS_WEIGHT)
    held = Candidates(np.array([1]), np.array([0.5], np.float32), np.array([0.2], np.float32), weight=words_weight(16))
    assert hybrid(held)[0] == pytest.approx(0.5 + 2 * WORDS_WEIGHT * 0.2)


def test_a_document_with_one_passage_scores_as_it_does() -> None:
    assert pooled(0.6) == pytest.approx(0.6)


def test_more_good_passages_make_a_better_document() -> None:
    assert pooled(0.6, 0.6, 0.5) > pooled(0.6, 0.2, 0.1)


def test_passages_beyond_the_best_three_change_nothing() -> None:
    assert pooled(0.6, 0.5, 0.4, 0.3) == pooled(0.6, -1.0, 0.5, 0.4)


@given(scores)
def test_a_document_is_never_better_than_its_best_passage(values: list[float]) -> None:
    assert min(values) - 1e-5 <= pooled(*values) <= max(values) + 1e-5


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-1, 2, width=32)), max_size=20))
def test_each_group_scores_as_it_would_alone(members: list[tuple[int, float]]) -> None:
    groups, values = pool(
        np.array([group for group, _ in members], dtype=np.int32),
        np.array([value for _, value in members], dtype=np.float32),
    )
    assert groups.tolist() == sorted({group for group, _ in members})
    for group, value in zip(groups.tolist(), values.tolist(), strict=True):
        assert value == pytest.approx(pooled(*(v for g, v in members if g == group)), abs=1e-5)
