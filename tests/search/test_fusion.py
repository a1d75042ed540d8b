"""Meaning and words as one score, and passages pooled to their document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import hybrid, meaning, pool, words
from search.retrieve import Candidate

scores = st.lists(st.floats(-1, 2), min_size=1, max_size=8).map(lambda values: sorted(values, reverse=True))


def candidate(cosine: float, bm25: float) -> Candidate:
    return Candidate(1, cosine, bm25)


def test_each_half_can_be_asked_alone() -> None:
    assert meaning(candidate(0.5, 0.9)) == 0.5
    assert words(candidate(0.5, 0.9)) == 0.9


def test_words_and_meaning_both_raise_the_score() -> None:
    assert hybrid(candidate(0.5, 0.9)) > hybrid(candidate(0.5, 0.1)) > hybrid(candidate(0.4, 0.1))


def test_a_document_with_one_passage_scores_as_it_does() -> None:
    assert pool([0.6]) == pytest.approx(0.6)


def test_more_good_passages_make_a_better_document() -> None:
    assert pool([0.6, 0.6, 0.5]) > pool([0.6, 0.2, 0.1])


def test_passages_beyond_the_best_three_change_nothing() -> None:
    assert pool([0.6, 0.5, 0.4, 0.3]) == pool([0.6, 0.5, 0.4, -1.0])


@given(scores)
def test_a_document_is_never_better_than_its_best_passage(values: list[float]) -> None:
    assert min(values[:3]) - 1e-9 <= pool(values) <= values[0] + 1e-9
