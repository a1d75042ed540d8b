"""Short questions are read in the language that their function words belong to."""

from __future__ import annotations

import pytest

from index.spoken import detected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("climate change lessons for pupils", None),
        ("teaching schoolchildren about global warming", None),
        ("women entrepreneurs", None),
        ("alphabétisation des femmes", "fr"),
        ("centros comunitarios de aprendizaje para mujeres", "es"),
        ("école des parents à Lyon", "fr"),
        ("библиотеки в каждом районе города", "ru"),
        ("为老年人提供的学习课程有哪些城市正在做这件事", "zh"),
        ("", None),
    ],
)
def test_a_question_is_read_in_its_language(text: str, language: str | None) -> None:
    assert detected(text) == language
