"""The words of the house as frozen dataclasses: what the store keeps and every room passes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Display(StrEnum):
    """What may be shown of a document: its text, passages of up to 300 words with the link, or the link alone."""

    FULL = "full"
    EXTRACT = "extract"
    LINK = "link"


class PassageKind(StrEnum):
    """What a passage is made of; junk kinds rank lower."""

    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    LIST = "list"
    CONTENTS = "contents"
    REFERENCES = "references"
    BOILERPLATE = "boilerplate"


# The kind of documents that tell of the network itself: they are about no city and no theme, and no practices.
NETWORK = "network"

# The kinds that lead elsewhere and answer nothing: they get passages of their own, and rank lower.
JUNK = frozenset({PassageKind.CONTENTS, PassageKind.REFERENCES, PassageKind.BOILERPLATE})


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text under one heading path; offsets are code points into `Document.text`."""

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged document: 1-based index, printed label if any, code-point offsets of its text."""

    index: int
    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that a practice rests on; `link` is None where readers must not be sent (a copy, a staging page)."""

    title: str
    publisher: str
    language: str
    nature: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a practice states, with what it counts."""

    value: str
    what: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a document is about, shows or serves: given by editors, following from that, or assigned.

    `probability` is None where nobody calibrated one; `start` and `end` are the code points of the text that earned it.
    """

    kind: str
    value: str
    origin: str
    probability: float | None = None
    model: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source as ingested: text, its structure, and what is known about it."""

    id: str
    source: str
    title: str
    text: str
    sections: tuple[Section, ...]
    media_type: str
    content_hash: str
    kind: str = "publication"
    pages: tuple[Page, ...] = ()
    language: str | None = None
    year: int | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    licence: str | None = None
    display: Display = Display.EXTRACT
    address: str | None = None
    retrieved: str | None = None
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    # places found in the text, where no editor named any
    found_cities: tuple[str, ...] = ()
    found_countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    trust: tuple[str, ...] = ()
    # 0 to 1: how much of it reads like text; None: not looked at
    quality: float | None = None
    # what the store knows of it beyond the editors' words: never part of the source
    labels: tuple[Label, ...] = field(default=(), compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    declares_id: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and cited: `document.text[start:end] == text`.

    `cities`, `countries` and `years` are those that it names.
    """

    ordinal: int
    text: str
    start: int
    end: int
    section: tuple[str, ...]
    kind: PassageKind
    tokens: int
    page_index: tuple[int, int] | None = None
    page_label: tuple[str, str] | None = None
    language: str | None = None
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """A member of the network as it is listed; None and empty mean unknown."""

    id: str
    name: str
    country: str
    region: str
    kind: str
    parent: str | None = None
    joined: int | None = None
    award_years: tuple[int, ...] = ()
    geonames_id: int | None = None
    population: int | None = None
    population_source: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    aliases: tuple[str, ...] = ()
    joined_source: str | None = None
    award_source: str | None = None
    place_source: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its UN short name, with UNESCO region and World Bank income group."""

    iso2: str
    iso3: str
    name: str
    region: str
    income: str | None
    capital: str
