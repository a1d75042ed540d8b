"""Ids are made of a-z, 0-9 and hyphens, are never a route's word and never another's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import RESERVED, digest_of, document_id, slug

TITLES = st.one_of(st.text(), st.sampled_from(sorted(RESERVED)), st.sampled_from(["Search", " Brief! ", "", "—"]))


@given(st.text(), st.integers(min_value=1, max_value=90))
def test_a_slug_is_made_of_letters_digits_and_inner_hyphens(text: str, limit: int) -> None:
    made = slug(text, limit)
    assert re.fullmatch(r"[a-z0-9-]*", made)
    assert made == made.strip("-")
    assert len(made) <= limit


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Évora & São Tomé", "evora-sao-tome"), ("北京", "beijing"), ("Москва 2024", "moskva-2024"), ("—", "")],
)
def test_a_slug_spells_any_script_in_latin_letters(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(TITLES, st.text(), st.lists(TITLES.map(slug)))
def test_a_document_id_is_never_empty_reserved_or_taken(title: str, source: str, taken: list[str]) -> None:
    made = document_id(title, source, taken)
    assert re.fullmatch(r"[a-z0-9-]+", made)
    assert made not in RESERVED
    assert made not in taken


def test_the_title_alone_is_the_id_where_it_can_be() -> None:
    assert document_id("Evening rooms", "a.html") == "evening-rooms"


def test_a_taken_title_gets_a_piece_of_its_source_that_stays_the_same() -> None:
    first = document_id("Evening rooms", "a.html", ["evening-rooms"])
    assert first == document_id("Evening rooms", "a.html", ["evening-rooms", "other"])
    assert first != document_id("Evening rooms", "b.html", ["evening-rooms"])
    assert first.startswith("evening-rooms-")


def test_equal_values_have_one_digest_whatever_the_order_of_their_keys() -> None:
    assert digest_of({"a": 1, "b": [2, "ü"]}) == digest_of({"b": [2, "ü"], "a": 1})
    assert digest_of([1, 2]) != digest_of([2, 1])
