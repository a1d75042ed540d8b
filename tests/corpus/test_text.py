"""Sentences that lose nothing, folding that compares, and language that is told only when it is clear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.text import clean, detect_language, fold, nearest, sentences, squeeze

LANGUAGES = st.sampled_from(["en", "fr", "es", "ru", "zh", "ar", "ja", "th", "xx", None])
MARKS = st.text(alphabet="abc ÀéÉ.!?;:。？！؟\n\t\u00a0\u2003\u200b()\"'»Dr.1,学مد")


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(), MARKS), LANGUAGES)
def test_sentences_are_ordered_disjoint_and_cover_every_character_but_white_space(
    text: str, language: str | None
) -> None:
    spans = sentences(text, language)
    covered: set[int] = set()
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered.update(range(start, end))
        last = end
    assert all(i in covered for i, char in enumerate(text) if not char.isspace())


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dr. Byrne opened it. Who came? Everyone!", ["Dr. Byrne opened it.", "Who came?", "Everyone!"]),
        ("zh", "图书馆开放了。居民来学习。", ["图书馆开放了。", "居民来学习。"]),
        ("es", "¿Quién vino? Vinieron todos.", ["¿Quién vino?", "Vinieron todos."]),
        (None, "  One sentence without an end  ", ["One sentence without an end"]),
        ("en", " \n ", []),
    ],
)
def test_sentences_are_cut_as_a_reader_would(language: str | None, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Bogotá", "bogota"),
        ("STRASSE", fold("straße")),
        ("ﬁne", "fine"),
        ("Ｃｏｒｋ", "cork"),
        ("عَمّان", "عمان"),
        ("𝐂ork™", "corktm"),
    ],
)
def test_folding_takes_away_case_accents_and_compatibility_forms(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("कि", "क"), ("北京", "南京")])
def test_folding_keeps_marks_that_carry_meaning(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(deadline=None, max_examples=500)
@given(st.one_of(st.text(), st.text(alphabet=st.characters(categories=["So", "Lu", "Lt", "Mn"]))))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters()))
def test_cleaned_text_can_be_stored_and_shown_and_keeps_its_words(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode().decode() == cleaned
    assert not {"\x00", "\x1b", "\x07", "\x9b"} & set(cleaned)


def test_cleaning_keeps_words_lines_and_tabs() -> None:
    assert clean("Évora\x1b[31m\ud800 学习\n\tx") == "Évora[31m 学习\n\tx"


@given(st.text())
def test_squeezed_text_has_single_spaces_only(text: str) -> None:
    assert squeeze(text).split() == text.split()
    assert "  " not in squeeze(text)


def test_the_nearest_name_comes_first_and_far_ones_not_at_all() -> None:
    names = ["cork", "york", "beijing", "limerick"]
    assert nearest("Corkk", names)[0] == "cork"
    assert nearest("zzzzzz", names) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The city library opened new rooms where adults learn to read and write in the evening."),
        ("fr", "La bibliothèque de la ville a ouvert de nouvelles salles où les adultes apprennent à lire."),
        ("es", "La biblioteca de la ciudad abrió nuevas salas donde los adultos aprenden a leer y escribir."),
        ("ru", "Городская библиотека открыла новые залы, где взрослые по вечерам учатся читать и писать."),
        ("zh", "市图书馆开设了新的教室，成年人晚上可以在那里学习读书写字，社区居民也可以参加。"),
        ("ar", "افتتحت مكتبة المدينة قاعات جديدة يتعلم فيها الكبار القراءة والكتابة في المساء."),
        ("pt", "A biblioteca da cidade abriu novas salas onde os adultos aprendem a ler e a escrever à noite."),
    ],
)
def test_the_language_of_a_clear_text_is_told(code: str, text: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "   \n ", "Cork", "1998 2004 2015 2024 2031 2044", "— — — ... !!! ??? — — —"])
def test_a_text_too_short_or_without_words_has_no_language(text: str) -> None:
    assert detect_language(text) is None
