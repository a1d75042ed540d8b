"""Documents in order: pooled, ties always broken alike, and at most two of one city in the first ten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import KnowledgeBase
from search.fusion import meaning
from search.rank import CITY_CAP, CITY_REACH, CITY_WINDOW, Ranking, rank, spread
from search.retrieve import Candidates

if TYPE_CHECKING:
    from tests.conftest import Box

# Which city each document, by rank, is about; None: about none.
places = st.lists(st.none() | st.sampled_from("abcdefg"), max_size=70)
many_places = st.lists(st.lists(st.sampled_from("abcde"), max_size=3, unique=True), max_size=70)


def ranking_of(base: KnowledgeBase, scores: dict[int, float]) -> Ranking:
    """The ranking of passages, by row id, that are as close in meaning as this."""
    rowids = sorted(scores)
    cosines = np.array([scores[rowid] for rowid in rowids], dtype=np.float32)
    return rank(base.columns, Candidates(base.index.positions(rowids), cosines, np.zeros_like(cosines)), meaning)


@given(many_places)
def test_spreading_moves_documents_and_drops_none(cities: list[list[str]]) -> None:
    assert sorted(spread(cities)) == list(range(len(cities)))


@given(many_places)
def test_spreading_twice_gives_the_same(cities: list[list[str]]) -> None:
    once = spread(cities[:CITY_REACH])
    assert [once[place] for place in spread([cities[place] for place in once])] == once


@given(places)
def test_at_most_two_of_a_city_are_in_the_first_ten_where_there_are_others(cities: list[str | None]) -> None:
    listed = [[city] if city else [] for city in cities]
    near = Counter(cities[:CITY_REACH])
    possible = near.pop(None, 0) + sum(min(CITY_CAP, count) for count in near.values())
    first = spread(listed[:CITY_REACH])[: min(CITY_WINDOW, possible)]
    counts = Counter(cities[document] for document in first if cities[document] is not None)
    assert all(count <= CITY_CAP for count in counts.values())


@given(places)
def test_documents_of_one_city_keep_their_order(cities: list[str | None]) -> None:
    order = spread([[city] if city else [] for city in cities])
    for city in set(cities):
        own = [document for document in order if cities[document] == city]
        assert own == sorted(own)


def test_an_order_that_is_already_spread_stays() -> None:
    assert spread([["a"], ["b"], ["a"], ["c"], [], ["b"]]) == [0, 1, 2, 3, 4, 5]


def test_the_third_of_a_city_moves_behind_the_first_ten() -> None:
    cities = [["a"], ["a"], ["a"], *([f"c{number}"] for number in range(10))]
    assert spread(cities) == [0, 1, *range(3, 11), 2, 11, 12]


def test_a_document_is_as_good_as_its_passages_and_ties_go_by_id(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("zulu", "One."), practice("alpha", "One."), practice("best", "One."))
    base = box.open()
    passages = {
        row[1]: row[0]
        for row in base.db.execute("SELECT p.rowid, d.id FROM passages p JOIN documents d ON d.rowid = p.document")
    }
    scores = {"zulu": 0.5, "alpha": 0.5, "best": 0.7}
    found = ranking_of(base, {passages[id_]: score for id_, score in scores.items()})
    assert base.ids(found) == ["best", "alpha", "zulu"]


def test_the_passage_shown_first_is_the_one_with_something_to_read(box: Box, practice: Callable[..., Path]) -> None:
    long = "Night schools open their doors to bus drivers and bakers after work in every quarter of the town."
    box.ingest(practice("one", f"Night schools.\n\n## Results\n\n{long}"))
    hit = box.open().search("night schools").hits[0]
    assert [passage.text for passage in hit.passages] == [long, "Night schools."]


ANSWER = "Evening halls teach tutors and parents in every district of the town."
JUNK = {
    "contents": "\n".join(f"{number}. Evening halls teach tutors {'.' * 30} {number * 7}" for number in range(1, 4)),
    "references": "Hale, J. (2016). Evening halls teach tutors. Harbour Press. Ito, K. (2013). Halls. Elm.",
}


@pytest.mark.parametrize("kind", JUNK)
def test_a_list_that_shares_the_words_ranks_below_the_text_that_answers(
    kind: str, box: Box, write: Callable[..., Path]
) -> None:
    box.ingest(write("a-list.txt", JUNK[kind]), write("text.txt", ANSWER))
    base = box.open()
    kinds = dict(base.db.execute("SELECT d.source, p.kind FROM passages p JOIN documents d ON d.rowid = p.document"))
    assert sorted(kinds.values()) == sorted(["body", kind])
    first = base.search("evening halls teach tutors").hits[0]
    assert first.document.source.endswith("text.txt")


def test_a_contents_list_beside_an_answer_does_not_pull_its_document_down(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("alone.txt", ANSWER), write("both.txt", f"{ANSWER}\n\n{JUNK['contents']}"))
    base = box.open()
    rows = base.db.execute("SELECT p.rowid, p.document, p.kind FROM passages p").fetchall()
    found = ranking_of(base, {rowid: 0.6 if kind == "body" else 0.9 for rowid, _, kind in rows})
    assert {kind for _, _, kind in rows} == {"body", "contents"}
    assert found.scores.tolist() == pytest.approx([0.6, 0.6])


def test_junk_that_is_far_from_the_query_gains_nothing_by_being_junk(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("list.txt", JUNK["contents"]))
    base = box.open()
    (rowid,) = base.db.execute("SELECT rowid FROM passages").fetchone()
    assert ranking_of(base, {rowid: -0.2}).scores[0] == pytest.approx(-0.2)
