"""Searches that found nothing, counted by day where the operator opted in: what readers miss, and no more about them.

Kept in a file of its own outside the snapshots: the question in folded letters, the day, how often. No address, no
time, no filters; what may be a person's number or address is not kept at all. What few asked is never shown.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from corpus.settings import Settings
from corpus.text import clean, fold, squeeze
from search.results import SearchResult

FILE = "empty_searches.db"
# Asked less often than this, a question may tell who asked it.
SHOWN_FROM = 5
_LONGEST = 200
# A flood of made-up questions fills no disk.
_MOST_ROWS = 100_000
_PERSONAL = re.compile(r"@|://|(\d[\s().-]?){6,}")


@dataclass(frozen=True, slots=True)
class EmptySearch:
    """A question that found nothing, and how often it was asked in the days that are kept."""

    query: str
    count: int


def record(settings: Settings, result: SearchResult, today: date | None = None) -> None:
    """Count a search that found nothing, if the operator opted in; a file that cannot be written stops no search."""
    query = squeeze(fold(clean(result.query)))
    if not settings.log_empty_searches or result.total or not query:
        return
    if len(query) > _LONGEST or _PERSONAL.search(query):
        return
    try:
        with _opened(settings, today or date.today()) as db:
            if db.execute("SELECT count(*) FROM empty_searches").fetchone()[0] < _MOST_ROWS:
                db.execute(
                    "INSERT INTO empty_searches VALUES (?, ?, 1)"
                    " ON CONFLICT (query, day) DO UPDATE SET count = count + 1",
                    (query, (today or date.today()).isoformat()),
                )
    except (sqlite3.Error, OSError) as error:
        logging.getLogger("learncities.search").warning("an empty search was not counted: %s", error)


def shown(settings: Settings, today: date | None = None) -> list[EmptySearch] | None:
    """What was asked in vain at least five times, most often first; None where the operator did not opt in."""
    if not settings.log_empty_searches:
        return None
    if not (settings.data / FILE).exists():
        return []
    sql = (
        "SELECT query, sum(count) AS n FROM empty_searches GROUP BY query"
        " HAVING n >= ? ORDER BY n DESC, query LIMIT 100"
    )
    with _opened(settings, today or date.today()) as db:
        return [EmptySearch(*row) for row in db.execute(sql, (SHOWN_FROM,))]


@contextmanager
def _opened(settings: Settings, today: date) -> Iterator[sqlite3.Connection]:
    """The file, without what is older than the days to keep."""
    settings.data.mkdir(parents=True, exist_ok=True)
    path: Path = settings.data / FILE
    with closing(sqlite3.connect(path, timeout=1)) as db, db:
        db.execute("PRAGMA secure_delete = ON")
        db.execute(
            "CREATE TABLE IF NOT EXISTS empty_searches"
            " (query TEXT NOT NULL, day TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (query, day)) WITHOUT ROWID"
        )
        oldest = today - timedelta(days=settings.keep_empty_searches_days)
        db.execute("DELETE FROM empty_searches WHERE day < ?", (oldest.isoformat(),))
        yield db
