"""Two runs beside each other: what is won and lost, whether by chance, and where."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from corpus.errors import InvalidInput
from search.compare_runs import chance, compare, unlike
from search.trec import Run

QRELS = {str(number): {"good": 1, "bad": 0} for number in range(20)}
FIRST: Run = {q: {"good": 2.0, "bad": 1.0} for q in QRELS}
SECOND: Run = {q: {"bad": 2.0, "good": 1.0} for q in QRELS}


def test_a_run_beside_itself_differs_in_nothing() -> None:
    found = compare(QRELS, FIRST, FIRST)
    assert found.questions == 20
    assert found.worst == ()
    for row in found.differences:
        assert (row.difference.mean, row.p, row.wins, row.losses, row.ties) == (0, 1, 0, 0, 20)


def test_wins_losses_and_ties_are_those_of_the_second_run() -> None:
    second = {**FIRST, "3": SECOND["3"], "4": {"bad": 1.0}}
    first = {**FIRST, "5": SECOND["5"]}
    ndcg, recall, mrr = compare(QRELS, first, second).differences
    assert (ndcg.wins, ndcg.losses, ndcg.ties) == (1, 2, 17)
    assert (recall.wins, recall.losses, recall.ties) == (0, 1, 19)
    assert mrr.a == pytest.approx((19 + 1 / 2) / 20)
    assert mrr.b == pytest.approx((18 + 1 / 2) / 20)
    assert mrr.difference.mean == pytest.approx(-1 / 20)
    assert mrr.difference.low < mrr.difference.mean < mrr.difference.high


def test_the_ten_questions_that_lose_most_are_named_the_worst_first() -> None:
    worst = compare(QRELS, FIRST, {**SECOND, "7": {"bad": 1.0}}).worst
    assert len(worst) == 10
    assert (worst[0].question, worst[0].a, worst[0].b) == ("7", 1, 0)
    assert all(loss.b < loss.a for loss in worst)


def test_a_difference_on_every_question_is_no_chance_and_one_on_few_may_be() -> None:
    assert compare(QRELS, FIRST, SECOND).differences[0].p < 0.001
    assert compare(QRELS, FIRST, {**FIRST, "1": SECOND["1"]}).differences[0].p == 1


def test_the_chance_is_that_of_all_flips_counted_out() -> None:
    values = np.array([0.5, 0.3, -0.1, 0.2, 0.0, 0.4, -0.2, 0.1])
    sums = [abs(float(values @ signs)) for signs in product((-1, 1), repeat=len(values))]
    exact = sum(total >= abs(values.sum()) - 1e-9 for total in sums) / len(sums)
    assert chance(values) == pytest.approx(exact, abs=0.015)


def test_equal_scores_are_ordered_as_trec_eval_orders_them() -> None:
    found = compare({"1": {"b": 1}}, {"1": {"a": 1.0, "b": 1.0}}, {"1": {"a": 2.0, "b": 1.0}})
    assert (found.differences[2].a, found.differences[2].b) == (1, 1 / 2)


def test_questions_that_one_run_lacks_score_nothing_and_are_told() -> None:
    second = {**{q: FIRST[q] for q in QRELS if q != "0"}, "other": {"good": 1.0}}
    assert compare(QRELS, FIRST, second).differences[0].losses == 1
    assert unlike("b.run", QRELS, second) == [
        "b.run: 1 judged question without an answer, scored 0.",
        "b.run: 1 question without a judgement, left out.",
    ]
    assert unlike("a.run", QRELS, FIRST) == []


def test_how_much_of_each_run_was_judged() -> None:
    assert compare(QRELS, FIRST, {q: {"good": 2.0, "new": 1.0} for q in QRELS}).judged == (1, 1 / 2)


def test_runs_of_other_questions_are_refused() -> None:
    with pytest.raises(InvalidInput, match="belong together"):
        compare(QRELS, {"x": {"good": 1.0}}, {"y": {"good": 1.0}})
