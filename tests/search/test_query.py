"""What a user typed, understood: words, phrases, exclusions, and limits; any text at all gives one of two answers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from search.query import MAX_LENGTH, Query, parse


def test_function_words_are_not_looked_up_but_belong_to_the_meaning() -> None:
    query = parse("Who taught the bus drivers?")
    assert query.text == "Who taught the bus drivers?"
    assert query.terms == ("taught", "bus", "driver")


def test_where_there_are_only_function_words_they_are_looked_up() -> None:
    assert set(parse("who and how").terms) == {"who", "and", "how"}


def test_a_repeated_word_is_looked_up_once() -> None:
    assert parse("library libraries Library").terms == parse("library").terms


@pytest.mark.parametrize("typed", ['"credit bank"', "“credit bank”", "«credit bank»", '"Credit Banks"'])
def test_words_in_quotes_are_a_phrase(typed: str) -> None:
    query = parse(f"adults {typed} points")
    assert query.phrases == (("credit", "bank"),)
    assert "credit" in query.terms
    assert not set('"“”«»') & set(query.text)


@pytest.mark.parametrize("typed", ["library -refugee", "library −refugee", "-refugee library", 'library -"refugee"'])
def test_a_word_after_a_minus_is_excluded(typed: str) -> None:
    query = parse(typed)
    assert query.excluded == (("refuge",),)
    assert query.text == "library"


def test_a_phrase_may_be_excluded() -> None:
    query = parse('library -"night school" evening')
    assert query.excluded == (("night", "school"),)
    assert query.phrases == ()
    assert query.text == "library evening"


@pytest.mark.parametrize("typed", ["well-being", "15-minute circle", "health - care", "Derry-Strabane"])
def test_a_hyphen_inside_or_between_words_excludes_nothing(typed: str) -> None:
    assert parse(typed).excluded == ()


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00\u200b"])
def test_an_empty_question_is_a_wish_to_browse(typed: str) -> None:
    assert parse(typed) == Query("", ())
    assert parse(typed).empty


@pytest.mark.parametrize("typed", ["?!", "…", "📚", '""', "-refugees", "- -"])
def test_a_question_without_a_word_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="no word to search for"):
        parse(typed)


def test_a_question_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert parse("a" * MAX_LENGTH).text == "a" * MAX_LENGTH
    with pytest.raises(InvalidInput, match="1,001 characters"):
        parse("a" * (MAX_LENGTH + 1))


def test_control_and_direction_characters_separate_words_and_vanish() -> None:
    query = parse("open\x00 \u202eschools\u200b\x1b[31m")
    assert query.text == "open schools [31m"
    assert query.terms[:2] == ("open", "school")


def test_words_of_any_script_can_be_asked() -> None:
    assert parse("学习型城市").terms == ("学习", "习型", "型城", "城市")
    assert parse("مدينة التعلم").terms
    assert parse("обучающийся город").terms


@given(st.text(st.characters(), max_size=1100) | st.text('-"“«» −ab\u0301', max_size=40))
@example("\u0301")
@example('"')
@example('-"" a')
def test_any_text_is_understood_or_refused_and_nothing_else(typed: str) -> None:
    try:
        query = parse(typed)
    except InvalidInput:
        return
    assert query.empty or query.terms
    assert all(term.strip() for group in ((query.terms,), query.phrases, query.excluded) for t in group for term in t)
    assert all(query.phrases)
    assert all(query.excluded)
    assert len(set(query.terms)) == len(query.terms)
    assert not any(character < " " for character in query.text)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_understanding_twice_gives_the_same(typed: str) -> None:
    try:
        assert parse(typed) == parse(typed)
    except InvalidInput:
        with pytest.raises(InvalidInput):
            parse(typed)
