"""Function words: known in English, never content words, none for languages without a list."""

from __future__ import annotations

import pytest

from index.stopwords import is_stop_word


@pytest.mark.parametrize("word", ["the", "who", "with", "our", "how", "should", "about"])
def test_a_function_word_is_one(word: str) -> None:
    assert is_stop_word(word, "en")


@pytest.mark.parametrize(
    "word", ["city", "learning", "money", "women", "empty", "older", "work", "school", "free", "home"]
)
def test_a_word_with_a_topic_is_none(word: str) -> None:
    assert not is_stop_word(word, "en")


@pytest.mark.parametrize("language", ["fr", "ar", "xx", None])
def test_a_language_without_a_list_has_none(language: str | None) -> None:
    assert not is_stop_word("the", language)
