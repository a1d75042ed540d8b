"""What the text of a document and its passages tells: languages, cities, countries, years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus.models import JUNK, NETWORK, Document, Passage
from corpus.places import Gazetteer, load_gazetteer
from ingest.languages import passage_language
from ingest.names.about import about
from ingest.names.finder import load_finder
from ingest.names.meanings import named_places
from ingest.years import years_in

VERSION = "1"


def enrich(document: Document, passages: Sequence[Passage]) -> tuple[Document, list[Passage]]:
    """The document with the cities and countries that it is about, where no editor named any; its passages with their
    language and the cities, countries and years that they name."""
    places = load_gazetteer()
    named = _named(document, passages, places)
    told = [
        replace(
            passage,
            language=passage_language(passage.text, document.language),
            cities=tuple(place for place in dict.fromkeys(within) if place in places.cities),
            countries=tuple(place for place in dict.fromkeys(within) if place in places.countries),
            years=tuple(years_in(passage.text)),
        )
        for passage, within in zip(passages, named.within, strict=True)
    ]
    # What leads elsewhere, such as a list of references, names many places that the document is not about.
    kept = named.of([number for number, passage in enumerate(passages) if passage.kind not in JUNK])
    if document.kind == NETWORK:  # it names many places and is about none of them
        return document, told
    return replace(
        document,
        found_cities=() if document.cities else _about(kept, lambda place: place if place in places.cities else ""),
        # Most texts name their city and leave its country to the reader.
        found_countries=() if document.countries else _about(kept, partial(_country_of, places)),
    ), told


@dataclass(frozen=True, slots=True)
class _Named:
    """The places that the title names, and for each passage those of the headings above and of the text within."""

    title: list[str]
    above: list[list[str]]
    within: list[list[str]]

    def of(self, passages: Sequence[int]) -> _Named:
        """What the title and these passages alone name."""
        return _Named(self.title, [self.above[n] for n in passages], [self.within[n] for n in passages])


def _named(document: Document, passages: Sequence[Passage], places: Gazetteer) -> _Named:
    known = [*document.countries, *(places.cities[city].country for city in document.cities if city in places.cities)]
    paths = list(dict.fromkeys(passage.section for passage in passages))
    texts = [document.title, document.publisher or "", *map(". ".join, paths), *(passage.text for passage in passages)]
    # Who publishes helps to tell which place is meant, and is not what the document is about.
    title, _, *rest = named_places(texts, load_finder(), known)
    under = dict(zip(paths, rest, strict=False))
    return _Named(title, [under[passage.section] for passage in passages], rest[len(paths) :])


def _about(named: _Named, as_wanted: Callable[[str], str]) -> tuple[str, ...]:
    """What the document is about, of the places that are wanted ("" are not)."""

    def wanted(places: Sequence[str]) -> list[str]:
        return [name for name in map(as_wanted, places) if name]

    return tuple(about(wanted(named.title), [*map(wanted, named.above)], [*map(wanted, named.within)]))


def _country_of(places: Gazetteer, place: str) -> str:
    return places.cities[place].country if place in places.cities else place
