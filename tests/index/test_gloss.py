"""Texts in other languages are read in English word by word, names as they stand."""

from __future__ import annotations

import pytest

from index.gloss import Lexicon, lexicon, split

READINGS = [
    ("fr", "alphabétisation des femmes rurales", {"literacy", "women", "rural"}),
    ("es", "alfabetización de mujeres rurales", {"literacy", "women", "rural"}),
    ("pt", "escolas para mulheres", {"school", "women"}),
    ("ru", "школы для женщин", {"school", "women"}),
    ("ar", "المدارس والنساء", {"school", "women"}),
    ("zh", "农村妇女的学校", {"rural", "women", "school"}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), READINGS)
def test_a_text_is_read_in_english(language: str, text: str, wanted: set[str]) -> None:
    read = lexicon(language).reading(text).split()
    missing = [word for word in wanted if not any(word[:5] == other[:5] for other in read)]
    assert not missing, read


def test_names_and_numbers_pass_and_function_words_say_nothing() -> None:
    words = list(lexicon("ar").read("مدرسة في Cork 2030"))
    assert [word.english for word in words[-2:]] == [("Cork",), ("2030",)]
    assert not words[-2].known
    assert words[1].english == ()


def test_words_are_placed_in_the_text_they_are_of() -> None:
    text = "学习 cities 上海"
    places = [text[word.start : word.end] for word in lexicon("zh").read(text)]
    assert "".join(places) == text.replace(" ", "")


def test_an_arabic_word_is_found_with_what_is_written_onto_it() -> None:
    known = Lexicon("ar", {"مدرس": 5}, {"مدرس": ("school",)})
    assert known.reading("والمدرسة") == "school"


def test_chinese_is_cut_into_its_likeliest_words() -> None:
    counts = {"城市": 9, "学习": 9, "城": 1, "市学": 1}
    letters = "城市学习"
    assert [letters[start:end] for start, end in split(letters, counts)] == ["城市", "学习"]
