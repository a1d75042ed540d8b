"""The same question in six languages leads to the same practices, and no language answers what is off topic."""

from __future__ import annotations

import json
import sys

import pytest

from search.ask import ask
from search.engine import KnowledgeBase
from search.evaluate import read_asked
from tests.relevance.case import FOLDER

QUESTIONS = [json.loads(line) for line in (FOLDER / "parity.jsonl").read_text(encoding="utf-8").splitlines()]
# The least mean share of the first ten documents.
FLOORS = {"fr": 0.2, "es": 0.2, "pt": 0.2, "ar": 0.2, "zh": 0.2, "ru": 0.2}
FIRST = 10
OFF_TOPIC = read_asked(FOLDER / "off_topic_languages.jsonl")


def shared(base: KnowledgeBase, question: dict[str, str], language: str) -> float:
    """How many of the first ten for the English wording are among the first ten for another."""
    english, other = base.ranking(question["en"])[:FIRST], base.ranking(question[language])[:FIRST]
    return len(set(english) & set(other)) / max(len(english), 1)


def test_there_are_enough_questions_and_each_is_in_all_languages() -> None:
    assert len(QUESTIONS) >= 20
    assert all(set(question) == {"en", *FLOORS} for question in QUESTIONS)


@pytest.mark.parametrize("language", FLOORS)
def test_a_language_shares_its_first_ten_with_english(starter: KnowledgeBase, language: str) -> None:
    found = [shared(starter, question, language) for question in QUESTIONS]
    mean = sum(found) / len(found)
    sys.stdout.write(f"\n{language}: overlap@{FIRST} with English {mean:.3f}")  # shown with `pytest -s`
    worst = min(zip(found, QUESTIONS, strict=True), key=lambda pair: pair[0])
    assert mean >= FLOORS[language], (round(mean, 3), worst)


def finds(base: KnowledgeBase, question: str) -> bool:
    return ask(base, question, limit=1, with_facets=False).total > 0


@pytest.mark.parametrize("language", FLOORS)
def test_questions_of_other_fields_find_nothing_in_any_language(starter: KnowledgeBase, language: str) -> None:
    asked = [one.q for one in OFF_TOPIC if one.lang == language]
    assert len(asked) >= 50
    found = [question for question in asked if finds(starter, question)]
    assert len(found) <= len(asked) / 10, found


@pytest.mark.parametrize("language", FLOORS)
def test_questions_with_an_answer_find_one_in_every_language(starter: KnowledgeBase, language: str) -> None:
    lost = [question[language] for question in QUESTIONS if not finds(starter, question[language])]
    assert len(lost) <= 1, lost


@pytest.mark.parametrize(
    ("name", "document"),
    [("Lisboa", "lisbon-city-of-learning-platform"), ("成都", "chengdu-learning-while-walking")],
)
def test_a_city_is_found_by_its_name_alone(starter: KnowledgeBase, name: str, document: str) -> None:
    assert starter.ranking(name)[0] == document
