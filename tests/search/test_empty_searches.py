"""Searches in vain are counted only where the operator opted in, shown from five up, and dropped in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.settings import Settings
from search.empty_searches import FILE, EmptySearch, record, shown
from search.results import SearchResult

TODAY = date(2026, 11, 24)
VAIN = SearchResult(query="Learning on the Moon", snapshot="s", total=0, total_relation="exact", hits=())


def settings(folder: Path, **changes: object) -> Settings:
    return Settings(data=folder, **{"log_empty_searches": True, **changes})  # type: ignore[arg-type]  # pydantic checks


def ask(given: Settings, query: str, times: int = 1, day: date = TODAY) -> None:
    for _ in range(times):
        record(given, replace(VAIN, query=query), day)


def test_nothing_is_stored_unless_the_operator_opted_in(tmp_path: Path) -> None:
    ask(Settings(data=tmp_path), "learning on the moon", 10)
    assert list(tmp_path.iterdir()) == []
    assert shown(Settings(data=tmp_path)) is None


def test_a_search_that_found_something_is_not_counted(tmp_path: Path) -> None:
    record(settings(tmp_path), replace(VAIN, total=3), TODAY)
    assert shown(settings(tmp_path), TODAY) == []
    assert not (tmp_path / FILE).exists()


def test_a_question_is_shown_from_the_fifth_time_on(tmp_path: Path) -> None:
    given = settings(tmp_path)
    ask(given, "Learning  on the MOON", 4)
    assert shown(given, TODAY) == []
    ask(given, " learning on the moon")
    assert shown(given, TODAY) == [EmptySearch("learning on the moon", 5)]


def test_days_are_added_up_and_old_ones_dropped(tmp_path: Path) -> None:
    given = settings(tmp_path, keep_empty_searches_days=30)
    ask(given, "moon", 3, TODAY - timedelta(days=31))
    ask(given, "moon", 3, TODAY - timedelta(days=30))
    ask(given, "moon", 2)
    assert shown(given, TODAY) == [EmptySearch("moon", 5)]
    assert shown(given, TODAY + timedelta(days=1)) == []
    assert b"moon" in (tmp_path / FILE).read_bytes()
    shown(given, TODAY + timedelta(days=31))
    assert b"moon" not in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize(
    "query", ["ask jane@example.org", "call +353 21 490 3000", "https://example.org/me", "x" * 300, " "]
)
def test_what_may_be_about_a_person_is_not_kept(tmp_path: Path, query: str) -> None:
    ask(settings(tmp_path), query, 6)
    assert shown(settings(tmp_path), TODAY) == []


def test_years_in_a_question_are_no_telephone_number(tmp_path: Path) -> None:
    ask(settings(tmp_path), "moon school of 2019", 5)
    assert shown(settings(tmp_path), TODAY) == [EmptySearch("moon school of 2019", 5)]


def test_a_file_that_cannot_be_written_stops_no_search(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE).mkdir()
    ask(settings(tmp_path), "moon")
    assert "was not counted" in caplog.text
    assert "moon" not in caplog.text


def test_the_file_knows_question_day_and_count_and_nothing_else(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    ask(settings(tmp_path), "moon", 2)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        assert db.execute("SELECT * FROM empty_searches").fetchall() == [("moon", "2026-11-24", 2)]
