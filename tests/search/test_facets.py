"""Facet counts are promises: each says how many documents a search with that value would find."""

from __future__ import annotations

from typing import Any

import pytest

from index.columns import GROUPS, UNKNOWN
from search.engine import KnowledgeBase
from search.filters import Filters, label_of

SEARCHES: dict[str, tuple[str, Filters]] = {
    "everything": ("", Filters()),
    "a question": ("support for refugees", Filters()),
    "a question under two filters": (
        "festival",
        Filters({"region": ("europe-and-north-america",), "theme": ("youth",)}),
    ),
    "several values of one group": ("volunteers", Filters({"country": ("IE", "GB"), "kind": ("practice",)})),
    "years": ("", Filters({"theme": ("literacy",)}, year_from=2023)),
    "a phrase": ('"older people"', Filters({"income": ("high",)})),
    "nothing": ('"no such phrase anywhere"', Filters()),
}


def with_value(chosen: Filters, group: str, value: str) -> Filters:
    """The filters with one value of a group in place of all that were chosen of it."""
    return Filters({**chosen.groups, group: (value,)}, chosen.year_from, chosen.year_to)


@pytest.mark.parametrize("search", SEARCHES)
def test_each_count_is_the_total_of_the_search_with_that_value(starter: KnowledgeBase, search: str) -> None:
    typed, chosen = SEARCHES[search]
    facets = starter.search(typed, chosen).facets
    assert tuple(facets) == GROUPS
    for group, values in facets.items():
        for facet in values:
            found = starter.search(typed, with_value(chosen, group, facet.value), with_facets=False)
            assert (group, facet.value, facet.count) == (group, facet.value, found.total)


@pytest.mark.parametrize("group", ["theme", "region", "country", "target_group", "language", "income"])
def test_a_group_in_use_is_counted_as_if_it_were_not(starter: KnowledgeBase, group: str) -> None:
    before = starter.search("learning festival").facets
    value = before[group][0].value
    after = starter.search("learning festival", Filters({group: (value,)})).facets
    assert after[group] == before[group]


def test_values_that_nothing_carries_are_not_listed(starter: KnowledgeBase) -> None:
    listed = {facet.value for facet in starter.search("", Filters({"country": ("IE",)})).facets["city"]}
    carried = {
        c for hit in starter.search("", Filters({"country": ("IE",)}), limit=100).hits for c in hit.document.cities
    }
    assert listed - {UNKNOWN} == carried


def test_counts_come_largest_first_with_the_names_readers_see(starter: KnowledgeBase) -> None:
    for group, values in starter.search("").facets.items():
        order: list[Any] = [(facet.value == UNKNOWN, -facet.count, facet.label) for facet in values]
        assert order == sorted(order)
        assert all(facet.label == label_of(group, facet.value) and facet.count > 0 for facet in values)


def test_nothing_is_counted_where_nobody_asks(starter: KnowledgeBase) -> None:
    assert starter.search("festival", with_facets=False).facets == {}
