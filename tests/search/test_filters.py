"""Filters: names become ids, unknown names come back with suggestions, and only what passes is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import InvalidInput, UnknownName
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from index.columns import GROUPS, UNKNOWN
from search.engine import KnowledgeBase
from search.filters import Filters, allowed, label_of, resolve

if TYPE_CHECKING:
    from tests.conftest import Box

TAXONOMY = load_taxonomy()
VOCABULARIES = {
    "theme": TAXONOMY.themes,
    "sdg": TAXONOMY.sdgs,
    "target_group": TAXONOMY.target_groups,
    "region": TAXONOMY.regions,
    "city_size": TAXONOMY.city_sizes,
    "income": TAXONOMY.income_groups,
}


@pytest.mark.parametrize("group", VOCABULARIES)
def test_every_term_is_found_by_id_and_by_each_of_its_labels(group: str) -> None:
    for term in VOCABULARIES[group].terms.values():
        for name in (term.id, term.id.upper(), f" {term.id} ", *term.labels.values()):
            assert resolve({group: [name]}).groups == {group: (term.id,)}, name


@pytest.mark.parametrize(
    ("group", "name", "expected"),
    [
        ("city", "cork", "cork"),
        ("city", "Medellin", "medellin"),
        ("city", "MEDELLÍN", "medellin"),
        ("city", "Corcaigh", "cork"),
        ("country", "Ireland", "IE"),
        ("country", "irl", "IE"),
        ("country", "ie", "IE"),
        ("sdg", "4", "sdg-4"),
        ("sdg", " 4 ", "sdg-4"),
        ("language", " EN ", "en"),
        ("kind", "Practice", "practice"),
    ],
)
def test_a_name_becomes_an_id(group: str, name: str, expected: str) -> None:
    assert resolve({group: [name]}).groups == {group: (expected,)}


@pytest.mark.parametrize(
    ("group", "name", "suggestion"),
    [
        ("theme", "literracy", "literacy"),
        ("region", "Afrika", "africa"),
        ("city", "Medelin", "Medellín"),
        ("country", "Irland", "Ireland"),
        ("target_group", "wemen and girls", "women-and-girls"),
        ("city_size", "smal", "small"),
    ],
)
def test_a_misspelt_name_comes_back_with_the_nearest(group: str, name: str, suggestion: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve({group: [name]})
    assert suggestion in caught.value.suggestions
    assert repr(name) in str(caught.value)


def test_a_group_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(InvalidInput, match="theme, sdg, target_group"):
        resolve({"colour": ["red"]})


@pytest.mark.parametrize(("group", "name"), [("kind", "publicaton"), ("language", "English"), ("language", "e")])
def test_a_kind_or_language_that_cannot_be_is_refused(group: str, name: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        resolve({group: [name]})


def test_blank_names_count_as_none_and_repeated_ones_once() -> None:
    assert resolve({"theme": ["", "  "], "city": ["cork", "Cork", ""]}).groups == {"city": ("cork",)}
    assert not resolve({"theme": [""]})


def test_years_that_leave_nothing_are_refused() -> None:
    with pytest.raises(InvalidInput, match="swap the two"):
        resolve({}, 2020, 2019)
    assert resolve({}, 2020, 2020).year_from == 2020


@settings(deadline=None, max_examples=30)
@given(st.none() | st.integers(), st.none() | st.integers())
def test_any_year_is_answered_or_refused(starter: KnowledgeBase, first: int | None, last: int | None) -> None:
    try:
        found = allowed(starter.columns, resolve({}, first, last))
    except InvalidInput:
        return
    years = {row[0]: row[1] for row in starter.db.execute("SELECT rowid, year FROM documents WHERE year NOTNULL")}
    if first is not None or last is not None:
        low, high = first if first is not None else 0, last if last is not None else 9999
        assert found is not None
        assert set(starter.columns.rowids[found].tolist()) == {
            rowid for rowid, year in years.items() if low <= year <= high
        }


@pytest.mark.parametrize("group", GROUPS)
def test_a_filter_leaves_the_documents_that_carry_its_value(starter: KnowledgeBase, group: str) -> None:
    everything = starter.search("").facets[group]
    assert everything
    for facet in [facet for facet in everything if facet.value != UNKNOWN][:3]:
        found = starter.search("", Filters({group: (facet.value,)}), limit=100)
        assert found.total == facet.count
        for hit in found.hits:
            document, places = hit.document, [load_gazetteer().countries[c] for c in hit.document.countries]
            sizes = [TAXONOMY.size_of(load_gazetteer().cities[c].population) for c in document.cities]
            carried: dict[str, list[str | None]] = {
                "theme": [*document.themes],
                "sdg": [sdg for theme in document.themes for sdg in TAXONOMY.themes.terms[theme].sdgs],
                "target_group": [*document.target_groups],
                "city": [*document.cities],
                "country": [*document.countries],
                "region": [country.region for country in places],
                "income": [country.income for country in places],
                "city_size": [*sizes],
                "language": [document.language],
                "kind": [document.kind],
                "evidence": [label.value for label in document.labels if label.kind == "evidence"],
            }
            assert facet.value in carried[group]


def test_within_a_group_any_value_and_between_groups_all(starter: KnowledgeBase) -> None:
    def total(**groups: tuple[str, ...]) -> int:
        return starter.search("", Filters(groups)).total

    both, ireland, korea = total(country=("IE", "KR")), total(country=("IE",)), total(country=("KR",))
    assert both == ireland + korea
    assert 0 < total(country=("IE", "KR"), theme=("youth",)) < both
    assert total(country=("IE",), region=("africa",)) == 0


def test_no_filter_allows_everything(starter: KnowledgeBase) -> None:
    assert allowed(starter.columns, Filters()) is None
    everything = allowed(starter.columns, Filters({"kind": ("practice", "network")}))
    assert everything is not None
    assert everything.all()


def test_what_carries_nothing_of_a_group_is_found_as_unknown(
    box: Box, practice: Callable[..., Path], write: Callable[..., Path]
) -> None:
    box.ingest(practice("irish", "Night school."), write("nobody.md", "# Nobody\n\nDay school."))
    base = box.open()
    found = base.search("", resolve({"country": ["Unknown"]}))
    assert [hit.document.id for hit in found.hits] == ["nobody"]
    assert base.search("", resolve({"country": ["unknown", "Ireland"]})).total == 2
    assert [(f.value, f.count) for f in base.search("").facets["country"]] == [("IE", 1), ("unknown", 1)]


def test_readers_see_names_and_an_unknown_value_as_it_is() -> None:
    assert label_of("city", "medellin") == "Medellín"
    assert label_of("country", "IE") == "Ireland"
    assert label_of("theme", "literacy") == TAXONOMY.themes.terms["literacy"].label()
    assert label_of("language", "qqq") == "qqq"
