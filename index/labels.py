"""The labels that documents are found by, and those that follow from others: goals from themes, regions from cities."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from corpus.places import Gazetteer, load_gazetteer
from corpus.rows import LABEL_COLUMNS
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.assigned import MODEL, RULES

# Every kind of label that can be filtered by and counted.
KINDS = ("theme", "sdg", "target_group", "city", "country", "region", "income", "city_size", "evidence")
_DERIVED = "derived"


def derive(db: sqlite3.Connection) -> None:
    """Replace all derived labels by what taxonomy and gazetteer say today; all others stay."""
    taxonomy, gazetteer = load_taxonomy(), load_gazetteer()
    # Goals follow from the editors' themes alone: what was assigned has goals of its own.
    given = db.execute(
        "SELECT document, kind, value FROM labels WHERE origin NOT IN (?, ?, ?)", (_DERIVED, MODEL, RULES)
    ).fetchall()
    db.execute("DELETE FROM labels WHERE origin = ?", (_DERIVED,))
    rows = {
        (document, *label, _DERIVED, 0)
        for document, kind, value in given
        for label in _follow(kind, value, taxonomy, gazetteer)
    }
    db.executemany(f"INSERT OR IGNORE INTO labels ({LABEL_COLUMNS}) VALUES (?, ?, ?, ?, ?)", sorted(rows))


def _follow(kind: str, value: str, taxonomy: Taxonomy, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    if kind == "theme" and value in taxonomy.themes.terms:
        for sdg in taxonomy.themes.terms[value].sdgs:
            yield "sdg", sdg
    if kind == "city" and (city := gazetteer.cities.get(value)):
        yield "country", city.country
        if size := taxonomy.size_of(city.population):
            yield "city_size", size
        yield from _follow("country", city.country, taxonomy, gazetteer)
    if kind == "country" and (country := gazetteer.countries.get(value)):
        yield "region", country.region
        if country.income:
            yield "income", country.income
