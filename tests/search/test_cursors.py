"""Cursors: pages make up the whole list, and a cursor that belongs elsewhere is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from search import cursors
from search.engine import KnowledgeBase
from search.filters import Filters

if TYPE_CHECKING:
    from tests.conftest import Box

STATE = cursors.State("snapshot", "typed", Filters(), "relevance")


def pages(base: KnowledgeBase, typed: str, chosen: Filters, limit: int) -> list[list[str]]:
    """The ids of every page in turn; totals must agree on all of them."""
    found, cursor, totals = [], None, set()
    while True:
        result = base.search(typed, chosen, limit=limit, cursor=cursor, with_facets=False)
        found.append([hit.document.id for hit in result.hits])
        totals.add(result.total)
        cursor = result.next_cursor
        if cursor is None:
            assert len(totals) == 1
            return found


@pytest.mark.parametrize("limit", [1, 7, 100])
@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("volunteers teach", Filters()),
        ("", Filters({"theme": ("literacy",)})),
        ("festival", Filters({"region": ("africa", "arab-states")}, year_from=2019)),
    ],
)
def test_the_pages_make_up_the_whole_list(starter: KnowledgeBase, typed: str, chosen: Filters, limit: int) -> None:
    found = pages(starter, typed, chosen, limit)
    listed = [id_ for page in found for id_ in page]
    assert all(len(page) == limit for page in found[:-1])
    assert len(listed) == len(set(listed)) == starter.search(typed, chosen, with_facets=False).total
    assert listed[:100] == [hit.document.id for hit in starter.search(typed, chosen, limit=100).hits]


def test_a_page_may_be_of_another_size_than_the_one_before(starter: KnowledgeBase) -> None:
    whole = [hit.document.id for hit in starter.search("libraries", limit=10).hits]
    first = starter.search("libraries", limit=4)
    second = starter.search("libraries", limit=6, cursor=first.next_cursor)
    assert [hit.document.id for hit in (*first.hits, *second.hits)] == whole


def test_the_order_in_which_filters_are_given_makes_no_other_question(starter: KnowledgeBase) -> None:
    cursor = starter.search("", Filters({"country": ("IE", "KR")}), limit=2).next_cursor
    assert starter.search("", Filters({"country": ("KR", "IE")}), cursor=cursor).hits


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("festivals", Filters()), ("festival", Filters({"country": ("IE",)})), ("festival", Filters(year_to=2030))],
)
def test_a_cursor_of_another_question_is_refused(starter: KnowledgeBase, typed: str, chosen: Filters) -> None:
    cursor = starter.search("festival", limit=1).next_cursor
    with pytest.raises(InvalidInput, match="another question or snapshot"):
        starter.search(typed, chosen, cursor=cursor)


def test_a_cursor_of_another_snapshot_is_refused(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Bakers."), practice("two", "Sailors."))
    cursor = box.open().search("", limit=1).next_cursor
    assert cursor is not None
    box.ingest(practice("three", "Miners."))
    with pytest.raises(InvalidInput, match="another question or snapshot"):
        box.open().search("", cursor=cursor)


@given(
    st.text(st.characters(codec="utf-8"), min_size=1)
    | st.binary(min_size=1).map(lambda b: base64.b64encode(b).decode())
)
def test_whatever_else_is_given_as_a_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        cursors.offset_of(text, STATE)


@pytest.mark.parametrize("offset", ["-1", "1.5", "٣", "", "1e3", " 1"])
def test_a_forged_offset_is_refused(offset: str) -> None:
    (snapshot, question), _ = cursors.read(cursors.make(0, STATE))
    forged = base64.urlsafe_b64encode(f"{snapshot}:{offset}:{question}".encode()).decode()
    with pytest.raises(InvalidInput):
        cursors.offset_of(forged, STATE)


@given(st.integers(0, 10**9), st.text(st.characters(codec="utf-8")))
def test_a_cursor_leads_back_to_where_it_points(offset: int, typed: str) -> None:
    state = cursors.State("0123abcd", typed, Filters(year_from=2020), "title")
    cursor = cursors.make(offset, state)
    assert cursors.offset_of(cursor, state) == offset
    assert cursors.snapshot_of(cursor) == "0123abcd"
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&?# ")


def test_without_a_cursor_a_listing_begins_at_its_beginning() -> None:
    assert cursors.offset_of(None, STATE) == 0
    assert cursors.offset_of("", STATE) == 0


def test_a_cursor_beyond_the_end_gives_an_empty_page(starter: KnowledgeBase) -> None:
    cursor = cursors.make(10**6, cursors.State(starter.snapshot.id, "festival", Filters(), "relevance"))
    result = starter.search("festival", cursor=cursor)
    assert result.hits == ()
    assert result.next_cursor is None
    assert result.total > 0
