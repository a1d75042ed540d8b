"""What an editor says of a source in a catalogue, in the place of what is found in it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

from corpus.identity import digest_of
from corpus.models import Display, Document
from corpus.places import load_gazetteer
from ingest.formats.licences import is_open

# What is said of one document and never of all the rows of a table or the pages of a site.
_OF_ONE = ("id", "title", "address")


@dataclass(frozen=True, slots=True)
class Curated:
    """Facts about a document; None and empty leave what was found."""

    id: str | None = None
    title: str | None = None
    year: int | None = None
    language: str | None = None
    kind: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    licence: str | None = None
    display: Display | None = None
    address: str | None = None
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()

    def hash(self) -> str:
        """What tells whether the facts have changed; empty where nothing is said."""
        said = self._said()
        return digest_of(said)[:12] if said else ""

    def applied(self, document: Document, alone: bool) -> Document:
        """The document with these facts; unless it is `alone` in its file, without those that can be true of one."""
        said = {name: value for name, value in self._said().items() if alone or name not in _OF_ONE}
        if "licence" in said:
            said.setdefault("display", Display.FULL if is_open(self.licence) else Display.EXTRACT)
        if "id" in said:
            said["declares_id"] = True
        if "cities" in said:
            cities = load_gazetteer().cities
            said["countries"] = tuple(dict.fromkeys(cities[city].country for city in self.cities if city in cities))
        return replace(document, **said)

    def _said(self) -> dict[str, Any]:
        # Not by asdict, which copies every value: this is asked of each file of a corpus.
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if value not in (None, ())}


NOTHING = Curated()


def address_of(document: Document, final: str) -> str:
    """Where a fetched document is read: the canonical address that it declares, if that is on its own site."""
    declared = document.address
    return declared if declared and _site(declared) == _site(final) else final


def _site(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()
