"""What can be suggested on a snapshot: themes, places, titles and frequent terms, each certain to find something."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus.languages import LANGUAGES
from corpus.places import load_gazetteer
from corpus.taxonomy import Term, load_taxonomy
from corpus.text import clean, fold, squeeze
from corpus.wording import Named, Said, say
from index.vocabulary import Written
from search.filters import label_of
from search.query import MAX_LENGTH

# What comes first where two match as well: what many documents share, then single documents.
KINDS = ("theme", "city", "country", "target_group", "sdg", "region", "term", "title")
# A term of fewer documents is chance; a single word must have four letters, or be an acronym.
_TERM_DOCUMENTS, _TERM_LETTERS, _TERMS = 3, 4, 20_000
# What the query language would read as a phrase, an exclusion or a prefix.
_SYNTAX = re.compile(r'["“”«»*]|(?<!\S)[-−–—]+')


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for: what to show, what it is, and the text or the filter that finds at least a document."""

    kind: str
    text: str
    explanation: Said
    query: str
    filters: Mapping[str, str]
    document: str | None
    documents: int | None  # under the filter; None where a text is searched for


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to suggest: what to show, its other names, and the text to search for or the filter to set."""

    kind: str
    text: str
    what: Said
    also: tuple[str, ...] = ()
    query: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    document: str | None = None
    documents: int = 1

    def suggested(self, name: str) -> Suggestion:
        """The entry as it is suggested to who typed the beginning of that name of it."""
        explanation = self.what if name == self.text else say("what.also", what=self.what, name=name)
        documents = self.documents if self.filters else None
        return Suggestion(self.kind, self.text, explanation, self.query, dict(self.filters), self.document, documents)


def entries(db: sqlite3.Connection, vocabulary: list[Written]) -> list[Entry]:
    """All that can be suggested, in no order that matters."""
    return [*_named(db), *_titles(db), *_terms(vocabulary)]


def _named(db: sqlite3.Connection) -> Iterator[Entry]:
    """The filter values that documents carry, by all their names."""
    names = {kind: names_of(kind) for kind in KINDS[: KINDS.index("term")]}
    counts = db.execute("SELECT kind, value, count(DISTINCT document) FROM labels GROUP BY kind, value")
    for kind, value, documents in counts:
        if value in names.get(kind, {}):
            text = label_of(kind, value)
            spoken = (label_of(kind, value, language) for language in LANGUAGES)
            also = tuple(dict.fromkeys(name for name in (*names[kind][value], *spoken) if fold(name) != fold(text)))
            yield Entry(kind, text, _what(kind, value), also, filters={kind: value}, documents=documents)


def names_of(kind: str) -> Mapping[str, list[str]]:
    """Every name of the values of a filter group."""
    taxonomy = load_taxonomy()
    sections = {
        "theme": taxonomy.themes, "sdg": taxonomy.sdgs,
        "target_group": taxonomy.target_groups, "region": taxonomy.regions,
    }  # fmt: skip
    if kind in sections:
        return {term.id: _words_for(term) for term in sections[kind].terms.values()}
    names: dict[str, list[str]] = {}
    for place in load_gazetteer().names():
        names.setdefault(place.place, []).append(place.name)
    return names


def _words_for(term: Term) -> list[str]:
    """The names of a term but its id, which nobody reads."""
    return [name for name in term.names() if name != term.id]


def _what(kind: str, value: str) -> Said:
    if kind != "city":
        return say(f"what.{kind}")
    city = load_gazetteer().cities[value]
    return say(f"what.{city.kind}", country=Named("country", city.country))


def _titles(db: sqlite3.Connection) -> Iterator[Entry]:
    found = "SELECT id, title FROM documents WHERE rowid IN (SELECT document FROM passages)"
    for identity, title in db.execute(found):
        if query := _searchable(title):
            yield Entry("title", squeeze(clean(title)), say("what.title"), query=query, document=identity)


def _searchable(title: str) -> str:
    """A title as a question: nothing in it is syntax, and it is no longer than a question may be."""
    words = squeeze(_SYNTAX.sub(" ", clean(title)))
    cut = words if len(words) <= MAX_LENGTH else words[:MAX_LENGTH].rpartition(" ")[0]
    return cut if any(map(str.isalnum, cut)) else ""


def _terms(vocabulary: list[Written]) -> Iterator[Entry]:
    suggestible = (entry for entry in vocabulary if _is_term(entry))
    for entry, _ in zip(suggestible, range(_TERMS), strict=False):
        yield Entry("term", entry.written, say("what.term"), query=entry.written, documents=entry.documents)


def _is_term(entry: Written) -> bool:
    long = entry.pair or len(entry.term) >= _TERM_LETTERS or entry.written.isupper()
    return long and entry.documents >= _TERM_DOCUMENTS
