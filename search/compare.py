"""Two to five cities side by side: what is known of each, what they do, and how alike they are to the first."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from corpus.errors import InvalidInput
from corpus.languages import ENGLISH
from corpus.models import Document
from corpus.wording import Many, Named, Said, say, translated
from search.asked import Asked, find_city
from search.cities import practices_of
from search.engine import KnowledgeBase
from search.export_formats.tables import cell
from search.filters import label_of
from search.indicators import ContextTable
from search.results import page_url
from search.traits import FACTS, INDICATORS, comparable_unit, kilometres, unit_words, value_words

FEWEST, MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what it says of each city, and for what is known the sources."""

    group: str  # context, alike, themes, practices, or says
    name: Said
    values: tuple[Said, ...]
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
    if not FEWEST <= len(names) <= MOST:
        raise InvalidInput(say("error.compare.count", n=len(names), fewest=FEWEST, most=MOST))
    asked = tuple(find_city(name) for name in names)
    for city, times in Counter(one.context.id for one in asked).items():
        if times > 1:
            twice = next(one.context.name for one in asked if one.context.id == city)
            raise InvalidInput(say("error.compare.twice", city=twice, times=times, fewest=FEWEST, most=MOST))
    practices = tuple(_practices(base, one) for one in asked)
    rows = (*_context(asked), *_alike(asked), *_themes(practices), *_practice_rows(practices))
    return Comparison(asked, rows, practices, tuple(_notes(asked)))


def csv_of(comparison: Comparison, language: str = ENGLISH) -> str:
    """The table as RFC 4180 has it, with the sources of each value; no cell is a formula."""
    return table_csv(comparison.names, comparison.rows, language)


def table_csv(names: Sequence[str], rows: Sequence[Row], language: str = ENGLISH) -> str:
    """Rows of values and sources under the names of their columns, as CSV."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(cell, ("group", "what", *names, *(f"source ({name})" for name in names))))
    for row in rows:
        values = (translated(value, language) for value in (row.name, *row.values))
        writer.writerow(map(cell, (row.group, *values, *row.sources)))
    return text.getvalue()


def _practices(base: KnowledgeBase, asked: Asked) -> tuple[Document, ...]:
    return tuple(hit.document for hit in practices_of(base, asked.city)) if asked.city else ()


def _context(asked: Sequence[Asked]) -> list[Row]:
    rows = []
    for name in FACTS:
        values = tuple(value_words(one.context, name) for one in asked)
        sources = tuple(
            one.context.sources.get(name, "") if value is not None else ""
            for one, value in zip(asked, values, strict=True)
        )
        label = say("fact.distance" if name == "distance" else f"indicator.{name}")
        rows.append(Row("context", label, tuple(say("value.unknown") if v is None else v for v in values), sources))
    return rows


def _alike(asked: Sequence[Asked]) -> list[Row]:
    """How alike each is to the first, indicator by indicator, and how far it is away."""
    first = asked[0].context
    compared = ContextTable([one.context for one in asked]).compare(first)
    empty = ("",) * len(asked)
    points = [one.context.point for one in asked]
    away = [Said("—"), *(_away(first.point, point) for point in points[1:])]
    rows = [Row("alike", say("compare.distance", city=first.name), tuple(away), empty)]
    for number, name in enumerate(INDICATORS):
        if name != "distance" and not compared.moot[number].all():
            values = [
                say("value.unknown") if math.isnan(v) else say("number", number=float(v))
                for v in compared.similarity[number][1:]
            ]
            label = say("compare.alike", indicator=say(f"indicator.{name}"), city=first.name)
            rows.append(Row("alike", label, (Said("—"), *values), empty))
    return rows


def _away(here: tuple[float, float] | None, there: tuple[float, float] | None) -> Said:
    return (
        say("value.unknown")
        if here is None or there is None
        else say("value.km", number=round(kilometres(here, there)))
    )


def _themes(practices: Sequence[Sequence[Document]]) -> list[Row]:
    """How many practices of each city carry each theme, the most frequent theme first."""
    counts = [Counter(theme for document in documents for theme in document.themes) for documents in practices]
    total = sum(counts, Counter[str]())
    empty = ("",) * len(practices)
    return [
        Row(
            "themes",
            say("named", name=Named("theme", theme)),
            tuple(Said(str(count[theme])) for count in counts),
            empty,
        )
        for theme in sorted(total, key=lambda theme: (-total[theme], theme))
    ]


def _practice_rows(practices: Sequence[Sequence[Document]]) -> list[Row]:
    empty = ("",) * len(practices)
    rows = [
        Row("practices", say("compare.practices"), tuple(Said(str(len(documents))) for documents in practices), empty)
    ]
    for number in range(max(map(len, practices))):
        titles = tuple(Said(_title(documents[number]) if number < len(documents) else "") for documents in practices)
        addresses = tuple((page_url(d[number], None) or "") if number < len(d) else "" for d in practices)
        rows.append(Row("practices", say("compare.practice", number=number + 1), titles, addresses))
    return rows


def _title(document: Document) -> str:
    return f"{document.title} [{document.id}]"


def _notes(asked: Sequence[Asked]) -> list[str]:
    notes = [note for one in asked for note in one.notes]
    units = {one.context.name: comparable_unit(one.context.unit) for one in asked if one.context.population}
    if len(set(units.values())) > 1:
        said = tuple(say("compare.unit", city=name, unit=unit_words(unit)) for name, unit in units.items())
        notes.append(say("compare.units", units=Many(said)))
    if outside := tuple(one.context.name for one in asked if one.city is None):
        notes.append(say("compare.outside", cities=Many(outside)))
    return notes


def _with_country(asked: Asked) -> str:
    country = asked.context.country
    return f"{asked.context.name} ({label_of('country', country)})" if country else asked.context.id
