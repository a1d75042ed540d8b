"""Would it work here: what a document says of problem, cost ... in its own sentences, and how its city differs.

Nothing is written by a model: every line is a quotation with its page, a fact of the gazetteer, or "not stated".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.models import City, Display, Document, Passage
from corpus.places import load_gazetteer
from corpus.wording import Named, Said, say
from search.brief_source import Quotable, quotables
from search.engine import KnowledgeBase
from search.nearby import elsewhere
from search.peers import ALIKE, UNLIKE, side_by_side
from search.results import Citation, cite, may_show, page_url
from search.role_signs import Role
from search.roles import Sentence, roles_of
from search.traits import Context, of_member

QUOTES_A_ROLE = 3
_CITIES_COMPARED = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as it stands in the source: `document.text[start:end] == text`."""

    text: str
    start: int
    end: int
    section: tuple[str, ...]
    page_label: str | None
    page_index: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the source says on one question; no quotes where it is silent, or in words that were not recognised."""

    role: Role
    label: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A city of the practice beside the asking one: what differs, what is alike, what is unknown of either."""

    city: City
    differing: tuple[Said, ...]
    alike: tuple[Said, ...]
    unknown: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A document read for one city."""

    document: Document
    citation: Citation
    asking: Context
    snapshot: str
    answers: tuple[Answer, ...]
    contrasts: tuple[Contrast, ...]
    similar: tuple[tuple[Document, Citation], ...]
    notices: tuple[Said, ...]


def brief(base: KnowledgeBase, document_id: str, asking: Context) -> Brief:
    """The brief of a document for a city. Raises NotFound."""
    document, _, citation = base.document(document_id)
    found, read, passages = quotables(base, document)
    answers = _answers(document, _by_role(base, found))
    best_done = next((answer.quotes[0].text for answer in answers if answer.role is Role.DONE and answer.quotes), "")
    return Brief(
        document=document,
        citation=citation,
        asking=asking,
        snapshot=base.snapshot.id,
        answers=answers,
        contrasts=tuple(contrast(asking, city) for city in _cities(document) if city.id != asking.id),
        similar=tuple((other, cite(other)) for other in elsewhere(base, document, asking.id, best_done)),
        notices=tuple(_notices(document, asking, read, passages)),
    )


def says(base: KnowledgeBase, document: Document) -> tuple[Answer, ...]:
    """What a document says on each question, in the order of the questions."""
    found, _, _ = quotables(base, document)
    return _answers(document, _by_role(base, found))


def contrast(asking: Context, city: City) -> Contrast:
    """How a city differs from the asking one, in words."""
    parts = side_by_side(asking, of_member(city, load_gazetteer()))
    known = [(part.words, part.similarity) for part in parts if part.similarity is not None]
    return Contrast(
        city=city,
        differing=tuple(words for words, similarity in known if similarity <= UNLIKE),
        alike=tuple(words for words, similarity in known if similarity >= ALIKE),
        unknown=tuple(part.words for part in parts if part.similarity is None),
    )


def _cities(document: Document) -> list[City]:
    cities = load_gazetteer().cities
    named = document.cities or document.found_cities
    return [cities[city] for city in named if city in cities][:_CITIES_COMPARED]


def _by_role(base: KnowledgeBase, found: Sequence[Quotable]) -> dict[Role, list[Quotable]]:
    """The sentences of each role, those closest to a typical one first."""
    given = roles_of([Sentence(item.text, item.passage.section) for item in found], base.encoder)
    ranked: dict[Role, list[Quotable]] = {}
    for role in Role:
        having = [(-roles[role], item.start, item) for item, roles in zip(found, given, strict=True) if role in roles]
        ranked[role] = [item for *_, item in sorted(having, key=lambda entry: entry[:2])][:QUOTES_A_ROLE]
    return ranked


def _answers(document: Document, ranked: Mapping[Role, Sequence[Quotable]]) -> tuple[Answer, ...]:
    allowed = {(quote.start, quote.end): quote for quote in may_show(document, list(_in_turn(document, ranked)))}
    answers = []
    for role in Role:
        shown = (allowed.get((item.start, item.end)) for item in ranked[role])
        quotes = sorted((quote for quote in shown if quote is not None), key=lambda quote: quote.start)
        answers.append(Answer(role, say(f"role.{role.value}"), tuple(_quote(document, quote) for quote in quotes)))
    return tuple(answers)


def _in_turn(document: Document, ranked: Mapping[Role, Sequence[Quotable]]) -> Iterator[Passage]:
    """Each sentence once, as a passage of its own: the best of every role, then the next best of every role.

    Rights count words over all that is shown: no role may use them up.
    """
    seen = set()
    for turn in range(QUOTES_A_ROLE):
        for role in Role:
            for item in ranked[role][turn : turn + 1]:
                if item.start not in seen:
                    seen.add(item.start)
                    yield _as_passage(document, item)


def _as_passage(document: Document, item: Quotable) -> Passage:
    pages = [page for page in document.pages if page.start < item.end and page.end > item.start]
    index = (pages[0].index, pages[-1].index) if pages else None
    labels = (pages[0].label or str(pages[0].index), pages[-1].label or str(pages[-1].index)) if pages else None
    return replace(item.passage, text=item.text, start=item.start, end=item.end, page_index=index, page_label=labels)


def _quote(document: Document, passage: Passage) -> Quote:
    return Quote(
        text=passage.text,
        start=passage.start,
        end=passage.end,
        section=passage.section,
        page_label=passage.page_label[0] if passage.page_label else None,
        page_index=passage.page_index[0] if passage.page_index else None,
        url=page_url(document, passage),
    )


def _notices(document: Document, asking: Context, read: int, passages: int) -> Iterator[Said]:
    if document.display is Display.LINK:
        yield say("brief.link")
        return
    # Recall on the documents marked `measure`: benchmarks/README.md.
    yield say("brief.rules")
    if document.language not in (None, "en"):
        yield say("brief.english", language=Named("language", str(document.language)))
    if read < passages:
        yield say("brief.long", read=read, passages=passages)
    if document.display is Display.EXTRACT:
        yield say("brief.extract")
    cities = _cities(document)
    if not cities:
        yield say("brief.no-city", city=asking.name)
    elif asking.id in {city.id for city in cities}:
        yield say("brief.own-city", city=asking.name)
