"""Two to five practices side by side: where, when, for whom, and what each says of cost, partners and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from corpus.errors import InvalidInput
from corpus.models import Document
from corpus.wording import Many, Named, Said, say
from search.brief import says
from search.compare import FEWEST, MOST, Row
from search.engine import KnowledgeBase
from search.results import page_url
from search.role_signs import Role


def compare_practices(base: KnowledgeBase, ids: Sequence[str]) -> tuple[tuple[Document, ...], tuple[Row, ...]]:
    """The documents and the table. Raises InvalidInput unless two to five different ones are named, and NotFound."""
    ids = tuple(dict.fromkeys(ids))
    if not FEWEST <= len(ids) <= MOST:
        raise InvalidInput(say("error.compare.documents", fewest=FEWEST, most=MOST))
    documents = tuple(base.document(name)[0] for name in ids)
    return documents, (*_facts(documents), *_words(base, documents))


def _facts(documents: Sequence[Document]) -> Iterator[Row]:
    by_row: dict[str, Callable[[Document], Said | None]] = {
        "city": lambda d: _named("city", d.cities or d.found_cities),
        "country": lambda d: _named("country", d.countries or d.found_countries),
        "year": lambda d: Said(str(d.year)) if d.year else None,
        "themes": lambda d: _named("theme", d.themes),
        "target_groups": lambda d: _named("target_group", d.target_groups),
        "evidence": lambda d: _named("evidence", [label.value for label in d.labels if label.kind == "evidence"]),
        "organisations": lambda d: Said("; ".join(d.organisations)) if d.organisations else None,
        "figures": lambda d: Said("; ".join(f"{f.value}: {f.what}" for f in d.figures)) if d.figures else None,
        "sources": lambda d: Said("; ".join(r.publisher for r in d.references)) if d.references else None,
    }
    for name, value in by_row.items():
        values = tuple(value(document) for document in documents)
        if any(values):
            sources = tuple(page_url(document, None) or "" for document in documents)
            yield Row("context", say(f"compare.row.{name}"), tuple(v or say("value.unknown") for v in values), sources)


def _words(base: KnowledgeBase, documents: Sequence[Document]) -> Iterator[Row]:
    """What each says of problem, cost, partners ... in its own sentences, as far as its rights allow."""
    said = [says(base, document) for document in documents]
    for number, role in enumerate(Role):
        quotes = [answers[number].quotes for answers in said]
        if any(quotes):
            values = tuple(
                Said(" ".join(f"“{quote.text}”" for quote in found)) if found else say("brief.not-stated")
                for found in quotes
            )
            sources = tuple(found[0].url or "" if found else "" for found in quotes)
            yield Row("says", say(f"role.{role.value}"), values, sources)


def _named(group: str, values: Sequence[str]) -> Said | None:
    return say("named", name=Many(tuple(Named(group, value) for value in values))) if values else None
