"""The full-text index: words, phrases, removal; and nothing a user types is ever an operator."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.store import CorpusStore
from index import fulltext
from index.analyzer import terms
from index.fulltext import Words

if TYPE_CHECKING:
    from tests.conftest import Box

TEXTS = {1: "A library in every village", 2: "Night schools for bus drivers", 3: "The village library lends tools"}
# What FTS5 would read as syntax, mixed into anything else.
SYNTAX = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    ")",
    '"',
    '""',
    "*",
    "^",
    "+",
    "-",
    ":",
    "title:",
    "{title body}:",
    "'",
    ";",
    "--",
]
typed_texts = st.lists(st.sampled_from(SYNTAX) | st.text(st.characters(exclude_characters="\0", codec="utf-8"))).map(
    " ".join
)
# The scripts of the house's languages and its member cities.
written_texts = st.text(
    st.sampled_from(" -'.")
    | st.characters(max_codepoint=0x24F)
    | st.characters(min_codepoint=0x370, max_codepoint=0x52F)
    | st.characters(min_codepoint=0x620, max_codepoint=0x64A)
    | st.characters(min_codepoint=0xE01, max_codepoint=0xE4E)
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
    | st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
)


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    fulltext.create(connection)
    fulltext.add(connection, [Words(rowid, "Reading", "Results", text, "en") for rowid, text in TEXTS.items()])
    yield connection
    connection.close()


def test_words_of_title_and_section_are_found(db: sqlite3.Connection) -> None:
    assert fulltext.holding(db, "read") == {1, 2, 3}
    assert fulltext.holding(db, "result") == {1, 2, 3}


def test_a_phrase_holds_only_where_its_words_follow_one_another(db: sqlite3.Connection) -> None:
    assert fulltext.phrase(db, terms("village library", "en")) == {3}
    assert fulltext.phrase(db, terms("library village", "en")) == set()


def test_a_phrase_does_not_run_from_the_title_into_the_body(db: sqlite3.Connection) -> None:
    assert fulltext.phrase(db, terms("results night", "en")) == set()


@given(typed_texts)
def test_nothing_a_user_types_is_an_operator(db: sqlite3.Connection, typed: str) -> None:
    for words in (typed.split(), terms(typed, "en")):
        if words:
            assert fulltext.phrase(db, words) <= set.intersection(*(fulltext.holding(db, word) for word in words))


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR", "library OR", "body:village", "vill*", "^a"])
def test_operators_of_the_engine_find_nothing_by_themselves(db: sqlite3.Connection, operator: str) -> None:
    assert fulltext.holding(db, operator) == set()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written_texts, st.sampled_from([None, "en", "fr", "ar", "zh", "ru", "th", "ko"]))
def test_a_text_is_found_by_every_one_of_its_terms(text: str, language: str | None) -> None:
    connection = sqlite3.connect(":memory:")
    fulltext.create(connection)
    fulltext.add(connection, [Words(7, "", "", text, language)])
    for term in terms(text, language):
        assert fulltext.holding(connection, term) == {7}
    if found := terms(text, language):
        assert fulltext.phrase(connection, found) == {7}
    connection.close()


def test_removing_a_source_forgets_its_passages_and_no_others(box: Box, practice: Callable[..., Path]) -> None:
    folder = practice("one", "Bakers teach bread.").parent
    practice("two", "Bakers teach cake.")
    box.ingest(folder)
    with CorpusStore(box.data) as store:
        before = fulltext.holding(store.db, "baker")
        fulltext.remove_source(store.db, "records/one.md")
        left = fulltext.holding(store.db, "baker")
        assert len(before) == 2
        assert left == fulltext.holding(store.db, "cake")
        assert fulltext.holding(store.db, "bread") == set()
