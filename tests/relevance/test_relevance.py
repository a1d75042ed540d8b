"""The relevance cases on the starter corpus; a case that fails shows the ranks and reasons that there were."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from pydantic import ValidationError

from search.ask import ask
from search.engine import KnowledgeBase
from tests.relevance.case import FOLDER, Case, read_cases
from tests.relevance.verdict import judge

CASES = read_cases()
WHY = "A case that must fail, to see what it says."
# Of 100 questions that are off topic at least 95 must find nothing.
MAY_FIND = 3


def parameter(case: Case) -> object:
    gap = pytest.mark.xfail(reason=case.reason, strict=False)
    return pytest.param(case, id=case.query[:60], marks=[gap] if case.known_gap else [])


def questions(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["q"] for line in lines]


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_a_question_of_a_planner_is_answered(starter: KnowledgeBase, case: Case) -> None:
    verdict = judge(starter, case)
    assert not verdict.misses, verdict.diagnosis()


def test_everyday_questions_find_nothing(starter: KnowledgeBase) -> None:
    found = [q for q in questions("off_topic") if ask(starter, q, limit=1, with_facets=False).total]
    assert len(found) <= MAY_FIND, found


def test_every_case_speaks_of_documents_that_exist(starter: KnowledgeBase) -> None:
    assert [id_ for case in CASES for id_ in case.named() if not starter.holds(id_)] == []


def test_no_question_is_asked_twice_and_there_are_enough_of_each_kind() -> None:
    asked = [case.query for case in CASES] + questions("off_topic") + questions("near_topic")
    assert [question for question, times in Counter(asked).items() if times > 1] == []
    assert len(CASES) >= 85
    assert (len(questions("off_topic")), len(questions("near_topic"))) == (60, 30)
    kinds = ("must_find", "must_not_find", "ranks_above", "first_holds", "all_hold", "most_frequent", "same_as")
    for kind in (*kinds, "finds_nothing", "filters"):
        assert sum(bool(getattr(case, kind)) for case in CASES) >= 4, kind
    for language in ("fr", "es", "ar", "zh", "ru"):
        assert sum(case.language == language for case in CASES) >= 6, language


def test_most_questions_use_other_words_than_the_titles_of_their_answers(starter: KnowledgeBase) -> None:
    titles = dict(starter.db.execute("SELECT id, title FROM documents").fetchall())

    def shared(case: Case) -> bool:
        words = {word for id_ in case.must_find for word in titles[id_].casefold().split() if len(word) > 4}
        return len(words & set(case.query.casefold().split())) > 1

    asked = [case for case in CASES if case.must_find]
    assert sum(map(shared, asked)) <= len(asked) / 10


def test_a_case_that_asks_for_nothing_or_hides_a_gap_is_refused() -> None:
    for fields in ({}, {"must_find": ["a"], "known_gap": True}, {"same_as": "other"}, {"must_find": ["a"], "mist": 1}):
        with pytest.raises(ValidationError):
            Case.model_validate({"query": "festival", "why": WHY, **fields})


@pytest.mark.parametrize(
    ("fields", "miss", "shown"),
    [
        ({"must_find": ["nothing"]}, "nothing is not in the first 2", "- nothing was not found at all"),
        (
            {"must_not_find": ["swansea-learning-festival"]},
            "is in the first 2",
            "swansea-learning-festival",
        ),
        ({"ranks_above": [["nothing", "cork-lifelong-learning-festival"]]}, "nothing is not above", "cork-lifelong"),
        ({"first_holds": {"country": "Japan"}}, "first must hold {'country': 'Japan'}, but", "  1. "),
        ({"all_hold": {"year": 1999}}, "all must hold {'year': 1999}, but", "  2. "),
        ({"most_frequent": {"country": "Japan"}}, "Japan is not the most frequent country", "country: "),
        ({"same_as": "deaf", "share": 9}, "the first ten share", "'deaf' found:"),
        ({"finds_nothing": True}, "documents are found", "  1. "),
    ],
)
def test_each_kind_of_miss_is_told_with_what_came_instead(
    starter: KnowledgeBase, fields: dict[str, Any], miss: str, shown: str
) -> None:
    verdict = judge(starter, Case.model_validate({"query": "learning festival", "why": WHY, "top": 2, **fields}))
    assert len(verdict.misses) == 1
    assert miss in verdict.misses[0]
    told = verdict.diagnosis()
    assert miss in told
    assert shown in told
    assert f"1. {verdict.result.hits[0].score:.3f} {verdict.result.hits[0].document.id}" in told
    assert verdict.result.hits[5].document.id not in told


def test_a_misspelt_question_tells_how_it_was_read(starter: KnowledgeBase) -> None:
    case = Case(query="festvial", why=WHY, must_find=["nothing"])
    assert "read as 'festival'" in judge(starter, case).diagnosis()
