"""Two to five cities side by side: what is known of each, what they do, and how alike they are to the first."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from corpus.console import counted
from corpus.errors import InvalidInput
from corpus.models import Document
from search.asked import Asked, find_city
from search.cities import practices_of
from search.engine import KnowledgeBase
from search.export_formats.tables import cell
from search.filters import label_of
from search.indicators import ContextTable
from search.results import page_url
from search.traits import FACTS, INDICATORS, comparable_unit, kilometres, value_words

_FEWEST, _MOST = 2, 5
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what it says of each city, and for what is known the sources."""

    group: str  # context, alike, themes or practices
    name: str
    values: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table, with the practices behind it."""

    asked: tuple[Asked, ...]
    rows: tuple[Row, ...]
    practices: tuple[tuple[Document, ...], ...]
    notes: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """What each column is called; two cities of one name carry their country."""
        plain = [asked.context.name for asked in self.asked]
        return [name if plain.count(name) == 1 else _with_country(a) for name, a in zip(plain, self.asked, strict=True)]


def compare(base: KnowledgeBase, names: Sequence[str]) -> Comparison:
    """The cities of these names side by side. Raises InvalidInput unless two to five different ones are named."""
    if not _FEWEST <= len(names) <= _MOST:
        raise InvalidInput(f"{counted(len(names), 'name')} of cities: name {_FEWEST} to {_MOST} different cities.")
    asked = tuple(find_city(name) for name in names)
    for city, times in Counter(one.context.id for one in asked).items():
        if times > 1:
            twice = next(one.context.name for one in asked if one.context.id == city)
            raise InvalidInput(f"{twice} is named {times} times; name {_FEWEST} to {_MOST} different cities.")
    practices = tuple(_practices(base, one) for one in asked)
    rows = (*_context(asked), *_alike(asked), *_themes(practices), *_practice_rows(practices))
    return Comparison(asked, rows, practices, tuple(_notes(asked)))


def csv_of(comparison: Comparison) -> str:
    """The table as RFC 4180 has it, with the sources of each value; no cell is a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = comparison.names
    writer.writerow(map(cell, ("group", "what", *names, *(f"source ({name})" for name in names))))
    for row in comparison.rows:
        writer.writerow(map(cell, (row.group, row.name, *row.values, *row.sources)))
    return text.getvalue()


def _practices(base: KnowledgeBase, asked: Asked) -> tuple[Document, ...]:
    return tuple(hit.document for hit in practices_of(base, asked.city)) if asked.city else ()


def _context(asked: Sequence[Asked]) -> list[Row]:
    rows = []
    for name, label in FACTS.items():
        values = tuple(value_words(one.context, name) or UNKNOWN for one in asked)
        sources = tuple(
            one.context.sources.get(name, "") if value != UNKNOWN else ""
            for one, value in zip(asked, values, strict=True)
        )
        rows.append(Row("context", label, values, sources))
    return rows


def _alike(asked: Sequence[Asked]) -> list[Row]:
    """How alike each is to the first, indicator by indicator, and how far it is away."""
    first = asked[0].context
    compared = ContextTable([one.context for one in asked]).compare(first)
    empty = ("",) * len(asked)
    points = [one.context.point for one in asked]
    away = ["—", *(f"{kilometres(first.point, p):,.0f} km" if first.point and p else UNKNOWN for p in points[1:])]
    rows = [Row("alike", f"distance from {first.name}", tuple(away), empty)]
    for number, (name, label) in enumerate(INDICATORS.items()):
        if name != "distance" and not compared.moot[number].all():
            values = [UNKNOWN if math.isnan(v) else f"{v:.2f}" for v in compared.similarity[number][1:]]
            rows.append(Row("alike", f"{label}, alike to {first.name}", ("—", *values), empty))
    return rows


def _themes(practices: Sequence[Sequence[Document]]) -> list[Row]:
    """How many practices of each city carry each theme, the most frequent theme first."""
    counts = [Counter(theme for document in documents for theme in document.themes) for documents in practices]
    total = sum(counts, Counter[str]())
    empty = ("",) * len(practices)
    return [
        Row("themes", label_of("theme", theme), tuple(str(count[theme]) for count in counts), empty)
        for theme in sorted(total, key=lambda theme: (-total[theme], theme))
    ]


def _practice_rows(practices: Sequence[Sequence[Document]]) -> list[Row]:
    empty = ("",) * len(practices)
    rows = [Row("practices", "practices", tuple(str(len(documents)) for documents in practices), empty)]
    for number in range(max(map(len, practices))):
        titles = tuple(_title(documents[number]) if number < len(documents) else "" for documents in practices)
        addresses = tuple((page_url(d[number], None) or "") if number < len(d) else "" for d in practices)
        rows.append(Row("practices", f"practice {number + 1}", titles, addresses))
    return rows


def _title(document: Document) -> str:
    return f"{document.title} [{document.id}]"


def _notes(asked: Sequence[Asked]) -> list[str]:
    notes = [note for one in asked for note in one.notes]
    units = {one.context.name: comparable_unit(one.context.unit) for one in asked if one.context.population}
    if len(set(units.values())) > 1:
        said = ", ".join(f"{name}: {unit}" for name, unit in units.items())
        notes.append(f"Populations count different units and are not compared ({said}).")
    outside = [one.context.name for one in asked if one.city is None]
    if outside:
        notes.append(f"Known from the gazetteer alone, without practices: {', '.join(outside)}.")
    return notes


def _with_country(asked: Asked) -> str:
    country = asked.context.country
    return f"{asked.context.name} ({label_of('country', country)})" if country else asked.context.id
