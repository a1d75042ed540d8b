"""Thematic search: counts that a search repeats, and pages that name what is there and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import UnknownName
from corpus.taxonomy import load_taxonomy
from search.engine import KnowledgeBase
from search.filters import Filters, label_of, resolver
from search.themes import page_json, theme_page, theme_tree

if TYPE_CHECKING:
    from tests.conftest import Box


def test_the_tree_counts_as_a_search_counts(starter: KnowledgeBase) -> None:
    tree = theme_tree(starter.db)
    assert [theme.term.id for theme in tree] == list(load_taxonomy().themes.terms)
    for theme in tree:
        assert theme.count == starter.search("", Filters({"theme": (theme.term.id,)}), with_facets=False).total
        assert theme.editors == theme.count


def test_a_themes_page_counts_what_its_documents_carry(starter: KnowledgeBase) -> None:
    page = theme_page(starter.db, "Healthy ageing")
    found = starter.search("", Filters({"theme": ("healthy-ageing",)}), limit=100)
    regions = {value.value: value.count for value in page.regions}
    assert regions == {value.value: value.count for value in found.facets["region"]}
    documents = [starter.document_at(rowid) for rowid in page.practices]
    assert documents
    assert all("healthy-ageing" in document.themes for document in documents)
    assert "healthy-ageing" not in {value.value for value in page.neighbours}


def test_what_leads_with_the_theme_and_has_evidence_comes_first(box: Box, practice: Callable[..., Path]) -> None:
    for name, themes, text in (
        ("second-theme", ["youth", "literacy"], "It won the national award."),
        ("nothing-shown", ["literacy", "youth"], "The hall is old."),
        ("awarded", ["literacy", "youth"], "It won the national award."),
        ("counted", ["literacy", "youth"], "It trained 500 people."),
    ):
        path = practice(name, text, themes=themes)
    box.ingest(path.parent)
    base = box.open()
    best = [base.document_at(rowid).id for rowid in theme_page(base.db, "literacy").practices]
    assert best == ["awarded", "counted", "nothing-shown", "second-theme"]


def test_missing_regions_and_sizes_are_named(box: Box, practice: Callable[..., Path]) -> None:
    practice("one", "Reading for all.", themes=["literacy"], city="cork", country="IE")
    box.ingest(practice("two", "Reading too.", themes=["youth"], city="osan", country="KR").parent)
    base = box.open()
    missing = theme_page(base.db, "literacy").missing
    gaps = {gap.value: gap.documents for gap in missing["region"]}
    assert gaps["asia-and-the-pacific"] == 1
    assert gaps["africa"] == 0
    assert "europe-and-north-america" not in gaps
    shown = page_json(base, theme_page(base.db, "literacy"))
    assert shown["count"] == 1
    assert {gap["id"] for gap in shown["missing"]["region"]} == set(gaps)


def test_an_unknown_theme_is_answered_with_near_ones(starter: KnowledgeBase) -> None:
    with pytest.raises(UnknownName, match="literacy"):
        theme_page(starter.db, "litteracy")


def test_evidence_is_a_filter_by_id_or_name(starter: KnowledgeBase) -> None:
    assert resolver("evidence")("Number reported") == "number-reported"
    assert label_of("evidence", "awarded") == "Awarded"
    found = starter.search("", Filters({"evidence": ("awarded",)}), limit=100)
    assert 0 < found.total < starter.search("", with_facets=False).total
    for hit in found.hits:
        label = next(one for one in hit.document.labels if one.value == "awarded")
        assert starter.document(hit.document.id)[0].text[label.start : label.end]
    counts = {value.value: value.count for value in found.facets["evidence"]}
    assert counts["awarded"] == found.total
