"""A text's language is told by script, by letters or by its words; what is not clear is read as English."""

from __future__ import annotations

import pytest

from index.spoken import spoken


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("learning festival", None),
        ("women entrepreneurs", None),
        ("AI courses", None),
        ("Shanghai", None),
        ("Cork", None),
        ("climate change lessons for pupils", None),
        ("How do small towns fund adult learning with volunteers?", None),
        ("Bibliotheken für ältere Menschen", None),
        ("図書館の本", None),
        ("", None),
        ("alphabétisation des femmes", "fr"),
        ("bibliothèques de quartier", "fr"),
        ("personas mayores", "es"),
        ("mujeres", "es"),
        ("¿Cómo se financian las bibliotecas del barrio?", "es"),
        ("energia solar nas escolas", "pt"),
        ("библиотека", "ru"),
        ("مكتبة", "ar"),
        ("扫盲", "zh"),
        ("SDG 4 في الأردن", "ar"),
        ("上海 lifelong learning", None),
        ("上海的老年大学 UNESCO", "zh"),
        ("talleres para madres jóvenes", "es"),  # by letters alone Italian
        ("ensinar adultos a ler", "pt"),  # by letters alone Spanish
        ("kursus komputer untuk lansia", None),
    ],
)
def test_the_language_of_a_question(text: str, language: str | None) -> None:
    assert spoken(text) == language
