"""The overview counts what its searches find, and names what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from search.engine import KnowledgeBase
from search.filters import resolve
from search.overview import overview
from search.overview_views import overview_json, show_overview

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Box


def test_every_cell_counts_what_its_search_finds(starter: KnowledgeBase) -> None:
    found = overview(starter)
    assert found.documents == 192
    for cell in found.cells[::7]:
        chosen = resolve(parse_qs(cell.search))
        assert starter.search("", chosen, limit=1, with_facets=False).total == cell.count, cell


def test_every_gap_is_empty_and_every_empty_pair_is_a_gap(starter: KnowledgeBase) -> None:
    found = overview(starter)
    for gap in found.gaps:
        assert starter.search("", resolve(parse_qs(gap.search)), limit=1, with_facets=False).total == 0
    empty = {(c.theme, c.region) for c in found.cells if c.theme and c.region and not c.city_size and not c.count}
    assert empty == {(gap.theme, gap.region) for gap in found.gaps if gap.theme and gap.region}
    assert "Nothing on Healthy ageing from Africa." in [gap.words for gap in found.gaps]


def test_a_region_without_documents_is_one_gap_and_not_one_a_theme(box: Box, practice: Callable[..., Path]) -> None:
    practice("evening-rooms", "Rooms are open in the evening.", themes=["literacy", "youth"])
    box.ingest(practice("morning-rooms", "Rooms are open in the morning.", themes=["literacy"]).parent)
    found = overview(box.open())
    words = [gap.words for gap in found.gaps]
    assert "Nothing from Africa." in words
    assert "Nothing on Climate action." in words
    assert not any("on Literacy from" in text for text in words)
    assert found.count("literacy") == 2
    assert found.count("youth", "europe-and-north-america", "medium") == 1


def test_an_empty_knowledge_base_has_an_overview(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("note.txt", "Xyloid quokkas vex."))
    found = overview(box.open())
    assert found.documents == 1
    assert all(cell.count == 0 for cell in found.cells if cell.region)


def test_the_tables_of_the_terminal_show_gaps_with_their_searches(
    starter: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    show_overview(overview(starter), None)
    printed = capsys.readouterr().out
    assert "Healthy ageing" in printed
    assert "(search --theme healthy-ageing --region africa)" in printed
    assert "in vain" not in printed


def test_as_values_any_is_null_and_searches_are_null_without_consent(starter: KnowledgeBase) -> None:
    values = overview_json(overview(starter), None)
    assert values["cells"][0] == {
        "theme": None,
        "region": None,
        "city_size": None,
        "count": 192,
        "search": "kind=practice&kind=publication",
    }
    assert values["empty_searches"] is None
