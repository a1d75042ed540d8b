"""Postings: the passages of each term with its BM25 weight, equal to the formula worked out by hand."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import fulltext, postings
from index.fulltext import Words
from index.postings import BODY, K1, TITLE, B, Postings
from search.engine import KnowledgeBase

TEXTS = ("bread bread cake", "cake", "bread tea tea tea tea milk")
bodies = st.lists(st.lists(st.sampled_from(["oven", "flour", "yeast", "salt"]), max_size=8), min_size=1, max_size=8)


def made(texts: Sequence[str], title: str = "", language: str = "en") -> Postings:
    db = sqlite3.connect(":memory:")
    fulltext.create(db)
    db.execute("CREATE TABLE passages (section TEXT)")
    db.executemany("INSERT INTO passages (rowid) VALUES (?)", [(5 + 2 * n,) for n in range(len(texts))])
    fulltext.add(db, [Words(5 + 2 * n, title, "", text, language) for n, text in enumerate(texts)])
    postings.write(db)
    return Postings(db, len(texts))


def weights(found: Postings, term: str) -> dict[int, float]:
    posting = found.find(term)
    return dict(zip(posting.passages.tolist(), posting.weights.tolist(), strict=True))


def saturated(frequency: float, length: float, mean: float) -> float:
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / mean))


def test_a_term_weighs_what_bm25_says() -> None:
    mean = (3 + 1 + 6) / 3
    expected = {0: saturated(2 * BODY, 3, mean), 2: saturated(BODY, 6, mean)}
    assert weights(made(TEXTS), "bread") == pytest.approx(expected, abs=2e-3)


def test_a_rare_term_has_the_higher_idf() -> None:
    found = made(TEXTS)
    assert found.find("tea").idf(3) == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert found.find("tea").idf(3) > found.find("bread").idf(3) > 0
    assert found.find("zeppelin").idf(3) > found.find("tea").idf(3)


def test_the_title_counts_by_its_weight() -> None:
    found = made(["milk", "tea"], title="Bread")
    assert weights(found, "bread") == pytest.approx(dict.fromkeys((0, 1), saturated(TITLE, 2, 2)), abs=2e-3)


def test_a_word_that_two_analyses_give_alike_counts_once() -> None:
    same = saturated(BODY, 1, 1)
    assert weights(made(["pain"], language="fr"), "pain") == pytest.approx({0: same}, abs=2e-3)


def test_what_nothing_holds_is_found_nowhere() -> None:
    assert weights(made(TEXTS), "zeppelin") == {}
    assert weights(made([]), "bread") == {}


def test_a_prefix_gives_the_commonest_first_and_nothing_beyond_it() -> None:
    found = made(["lit literacy", "literacy", "literal", "lira", "ｌ"])
    assert found.beginning("lit") == ["literaci", "lit", "liter"]
    assert found.beginning("%") == []


@given(bodies)
def test_every_passage_that_holds_a_term_is_listed_and_no_other(texts: list[list[str]]) -> None:
    found = made([" ".join(words) for words in texts])
    for term in ("oven", "flour", "yeast", "salt"):
        assert set(weights(found, term)) == {n for n, words in enumerate(texts) if term in words}
        assert all(0 < weight <= K1 + 1.01 for weight in weights(found, term).values())


def test_postings_of_a_published_snapshot_are_those_of_its_words(starter: KnowledgeBase) -> None:
    db = starter.db
    total = db.execute("SELECT count(*) FROM passages").fetchone()[0]
    rowids = [row[0] for row in db.execute("SELECT rowid FROM passages ORDER BY rowid")]
    for term in ("literaci", "learn", "refuge"):
        held = {rowids[position] for position in Postings(db, total).find(term).passages}
        assert held == fulltext.holding(db, term) != set()
