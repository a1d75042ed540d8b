"""What is told of the network itself is found by search, and counts as a practice of no city, region or theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from search.cities import practice_counts
from search.engine import KnowledgeBase
from search.export_formats.record import types_of
from search.filters import resolve
from search.overview import overview
from search.themes import theme_tree
from tests.corpus.records import NETWORK

if TYPE_CHECKING:
    from tests.conftest import Box

FACT, PLAIN = "network-evening-award", "the-award-for-evening-rooms"


@pytest.fixture
def base(box: Box, write: Callable[..., Path]) -> KnowledgeBase:
    """A fact of the network, and a publication that tells of the same."""
    told = "It went to Cork in Ireland, for reading and writing in the evening."
    assert told in NETWORK
    thanks = "The mayor thanked all who teach there, and opened the doors of one more hall."
    plain = write("plain.md", f"# The award for evening rooms\n\n{told} {thanks}\n")
    box.ingest(write(f"{FACT}.md", NETWORK), plain)
    return box.open()


def labels(base: KnowledgeBase, document: str) -> set[str]:
    sql = "SELECT DISTINCT l.kind FROM labels l JOIN documents d ON d.rowid = l.document WHERE d.id = ?"
    return {kind for (kind,) in base.db.execute(sql, (document,))}


def test_a_fact_of_the_network_is_found_and_can_be_asked_for_alone_or_left_out(base: KnowledgeBase) -> None:
    def found(*kinds: str) -> set[str]:
        return {hit.document.id for hit in base.search("award for evening rooms", resolve({"kind": kinds})).hits}

    assert found() == {FACT, PLAIN}
    assert found("network") == {FACT}
    assert found("practice", "publication") == {PLAIN}


def test_it_belongs_to_no_place_theme_or_evidence_though_its_words_name_them(base: KnowledgeBase) -> None:
    assert labels(base, PLAIN) >= {"city", "country", "region", "theme"}
    assert labels(base, FACT) == set()
    assert practice_counts(base) == {"cork": 1}
    assert {theme.count for theme in theme_tree(base.db)} == {0, 1}
    assert overview(base).documents == 1


def test_it_is_cited_as_a_summary_after_its_source(base: KnowledgeBase) -> None:
    document, _, citation = base.document(FACT)
    assert citation.text == (
        "The award for evening rooms. Summary. After A network (2024). https://example.org/network/evening-award"
    )
    assert types_of(document).genre == "Summary"


def test_the_starter_corpus_counts_its_practices_alone(starter: KnowledgeBase) -> None:
    facts = starter.search("", resolve({"kind": ["network"]}), limit=100)
    assert facts.total == 38
    assert all(hit.document.id.startswith("network-") for hit in facts.hits)
    assert [labels(starter, hit.document.id) for hit in facts.hits] == [set()] * 38
    assert sum(practice_counts(starter).values()) == overview(starter).documents == 192
