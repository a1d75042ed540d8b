"""What every format writes of a document: its data, what may be shown of it, and the search that found it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from corpus.models import Document
from search.filters import Filters, label_of
from search.results import SUMMARIES, Hit, PassageHit, page_url


@dataclass(frozen=True, slots=True)
class Provenance:
    """The search that found a document: asked again on this snapshot, it gives the same export."""

    snapshot: str
    query: str
    filters: Mapping[str, Any]

    @property
    def chosen(self) -> str:
        """The filters on one line; empty without any."""
        return "; ".join(f"{name}: {_listed(value)}" for name, value in self.filters.items())


@dataclass(frozen=True, slots=True)
class Record:
    """One exported document: its place in the ranking, its hit, and where both come from."""

    rank: int
    hit: Hit
    found: Provenance


class Types(NamedTuple):
    """What a document is called in RIS, BibTeX and CSL, and in words where those say too little."""

    ris: str
    bibtex: str
    csl: str
    genre: str | None = None


_PUBLICATION = Types("RPRT", "techreport", "report")
_BY_MEDIA = {
    "text/html": Types("ELEC", "misc", "webpage"),
    "application/xhtml+xml": Types("ELEC", "misc", "webpage"),
    "application/epub+zip": Types("BOOK", "book", "book"),
}


def types_of(document: Document) -> Types:
    """What the document is called; one that rests on sources is a summary of them, as its citation says."""
    if document.kind in SUMMARIES:
        return _PUBLICATION._replace(genre=SUMMARIES[document.kind] if document.references else None)
    return _BY_MEDIA.get(document.media_type, _PUBLICATION)


def filters_of(chosen: Filters) -> dict[str, Any]:
    """The filters by id, the same however they were ordered."""
    groups: dict[str, Any] = {group: sorted(chosen.groups[group]) for group in sorted(chosen.groups)}
    years = (("year_from", chosen.year_from), ("year_to", chosen.year_to))
    return groups | {name: year for name, year in years if year is not None}


def address_of(document: Document) -> str | None:
    """Where the whole document is, http(s) only; its passages lead to their pages."""
    return page_url(document, None)


def labels(group: str, values: tuple[str, ...]) -> list[str]:
    """The names readers see."""
    return [label_of(group, value) for value in values]


def keywords(document: Document) -> list[str]:
    """Themes, target groups and places by name, each once."""
    groups = {
        "theme": document.themes, "target_group": document.target_groups,
        "city": document.cities, "country": document.countries,
    }  # fmt: skip
    return list(dict.fromkeys(label for group, values in groups.items() for label in labels(group, values)))


def notes(record: Record) -> list[str]:
    """What a reference manager has no field for, a line each."""
    document, found = record.hit.document, record.found
    asked = f"query “{found.query}”" if found.query else "no query"
    filtered = f"; filters {found.chosen}" if found.chosen else ""
    return [
        f"Cite as: {record.hit.citation.text}",
        f"Licence: {document.licence or 'not stated'}",
        *(f"Note: {note}" for note in document.trust),
        f"Found with: {asked}{filtered}; snapshot {found.snapshot}; place {record.rank}",
    ]


def quoted(passage: PassageHit) -> str:
    """A passage with its place before it."""
    page = f"p. {passage.page_label}" if passage.page_label else ""
    place = ", ".join(filter(None, [page, " › ".join(passage.section)]))
    return f"Passage ({place}): {passage.text}" if place else f"Passage: {passage.text}"


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
