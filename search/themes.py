"""Thematic search: the themes with their counts, and what the corpus holds and lacks on one of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from corpus.rows import EDITOR
from corpus.taxonomy import Term, Vocabulary, load_taxonomy
from index.evidence import STRENGTH
from search.filters import label_of
from search.results import FacetValue, cite
from search.serialise import Json, document_json

if TYPE_CHECKING:
    from search.engine import KnowledgeBase

# How many practices, cities and neighbouring themes a theme's page shows.
_PRACTICES, _CITIES, _NEIGHBOURS = 6, 20, 6


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with the number of documents that carry it, and of those that editors gave it to."""

    term: Term
    count: int
    editors: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that no document on a theme has, with the number of documents that have it on other themes."""

    value: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class ThemePage:
    """What the corpus holds on one theme; `practices` are row ids, the best first."""

    theme: Theme
    practices: Sequence[int]
    cities: Sequence[FacetValue]
    regions: Sequence[FacetValue]
    city_sizes: Sequence[FacetValue]
    neighbours: Sequence[FacetValue]
    missing: Mapping[str, Sequence[Gap]]


def theme_tree(db: sqlite3.Connection) -> list[Theme]:
    """All themes in the taxonomy's order: those of the network, of its labs, and the further ones."""
    sql = "SELECT value, count(*), sum(origin = ?) FROM labels WHERE kind = 'theme' GROUP BY value"
    counts = {value: (count, editors) for value, count, editors in db.execute(sql, (EDITOR,))}
    return [Theme(term, *counts.get(term.id, (0, 0))) for term in load_taxonomy().themes.terms.values()]


def theme_page(db: sqlite3.Connection, name: str) -> ThemePage:
    """What the corpus holds on a theme, by id or name. Raises UnknownName with the nearest ones."""
    wanted, taxonomy = load_taxonomy().themes.find(name).id, load_taxonomy()
    theme = next(theme for theme in theme_tree(db) if theme.term.id == wanted)
    return ThemePage(
        theme,
        _best(db, wanted)[:_PRACTICES],
        _shared(db, wanted, "city")[:_CITIES],
        _shared(db, wanted, "region"),
        _shared(db, wanted, "city_size"),
        [value for value in _shared(db, wanted, "theme") if value.value != wanted][:_NEIGHBOURS],
        {
            "region": _missing(db, wanted, "region", taxonomy.regions),
            "city_size": _missing(db, wanted, "city_size", taxonomy.city_sizes),
        },
    )


def _best(db: sqlite3.Connection, theme: str) -> list[int]:
    """The documents on a theme: the editors' choice first, those that lead with it, then by strength of evidence."""
    rows = db.execute(
        "SELECT l.document, l.origin != ?, l.ordinal > 0, l.probability, d.year, d.id, "
        "(SELECT group_concat(value) FROM labels e WHERE e.document = l.document AND e.kind = 'evidence') "
        "FROM labels l JOIN documents d ON d.rowid = l.document WHERE l.kind = 'theme' AND l.value = ?",
        (EDITOR, theme),
    ).fetchall()

    def order(row: tuple[int, bool, bool, float | None, int | None, str, str | None]) -> tuple[object, ...]:
        _, assigned, later, probability, year, identity, evidence = row
        strength = max((STRENGTH.index(kind) for kind in (evidence or "").split(",") if kind in STRENGTH), default=-1)
        return assigned, later, -strength, -(probability or 0), -(year or 0), identity

    return [row[0] for row in sorted(rows, key=order)]


def _shared(db: sqlite3.Connection, theme: str, kind: str) -> list[FacetValue]:
    """The values of a kind that documents on a theme carry, the most frequent first."""
    rows = db.execute(
        "SELECT o.value, count(*) FROM labels l JOIN labels o ON o.document = l.document "
        "WHERE l.kind = 'theme' AND l.value = ? AND o.kind = ? GROUP BY 1",
        (theme, kind),
    )
    values = [FacetValue(value, label_of(kind, value), count) for value, count in rows]
    return sorted(values, key=lambda value: (-value.count, value.label))


def _missing(db: sqlite3.Connection, theme: str, kind: str, vocabulary: Vocabulary) -> list[Gap]:
    there = {value.value for value in _shared(db, theme, kind)}
    counts = dict(db.execute("SELECT value, count(*) FROM labels WHERE kind = ? GROUP BY 1", (kind,)).fetchall())
    return [Gap(key, label_of(kind, key), counts.get(key, 0)) for key in vocabulary.terms if key not in there]


def theme_json(theme: Theme) -> Json:
    """A theme with its definition and counts."""
    term = theme.term
    return {
        "id": term.id,
        "label": term.label(),
        "description": term.descriptions.get("en"),
        "group": term.group,
        "sdgs": list(term.sdgs),
        "related": list(term.related),
        "count": theme.count,
        "editors": theme.editors,
    }


def tree_json(tree: Sequence[Theme]) -> list[Json]:
    """All themes with their definitions and counts."""
    return [theme_json(theme) for theme in tree]


def page_json(base: KnowledgeBase, page: ThemePage) -> Json:
    """What the corpus holds on a theme, as the API serves it."""
    documents = [base.document_at(rowid) for rowid in page.practices]
    return {
        **theme_json(page.theme),
        "practices": [{"document": document_json(d), "citation": asdict(cite(d))} for d in documents],
        **{
            name: [_valued(value.value, value.label, count=value.count) for value in values]
            for name, values in (
                ("cities", page.cities),
                ("regions", page.regions),
                ("city_sizes", page.city_sizes),
                ("neighbours", page.neighbours),
            )
        },
        "missing": {
            kind: [_valued(gap.value, gap.label, documents=gap.documents) for gap in gaps]
            for kind, gaps in page.missing.items()
        },
    }


def _valued(value: str, label: str, **counted: int) -> Json:
    return {"id": value, "label": label, **counted}
