"""What a search gives back: hits with passages, citation and reasons; `display` is obeyed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.identity import STARTER
from corpus.models import NETWORK, Display, Document, Passage
from index.analyzer import count
from search.expand import Expansion
from search.rank import Evidence

# A document under unknown rights shows at most this many words of its text, over all passages shown.
EXTRACT_WORDS = 300
EXTRACT_CHARACTERS = 3000


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a hit can be checked: who published it, when, on which page, at which address."""

    text: str
    publisher: str | None
    year: int | None
    page: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage as shown: quoted text, its place, and code-point spans to highlight."""

    text: str
    section: tuple[str, ...]
    page_label: str | None
    page_index: int | None
    start: int
    end: int
    url: str | None
    highlights: tuple[tuple[int, int], ...] = ()
    ordinal: int = 0
    evidence: Evidence | None = None  # the parts of its score, in an answer to a question


@dataclass(frozen=True, slots=True)
class Hit:
    """One document with its best passages."""

    document: Document
    score: float
    passages: tuple[PassageHit, ...]
    why: tuple[str, ...]
    citation: Citation
    also: tuple[Document, ...] = ()  # near-duplicates that the hit stands for


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A filter value with the number of documents it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one search."""

    query: str
    snapshot: str
    total: int
    total_relation: str  # "exact" or "at_least"
    hits: tuple[Hit, ...]
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    next_cursor: str | None = None
    nearest: tuple[Hit, ...] = ()  # offered, and labelled as such, when nothing passed
    corrected: str | None = None  # what was searched for, where the question as typed can find nothing by words
    did_you_mean: str | None = None  # a correction that would find more
    expansions: tuple[Expansion, ...] = ()  # what the question was also searched for
    attribution: str | None = None  # of the thesaurus that some of it comes from
    took_ms: float = 0.0


# What a document is called that sums up sources of others in our own words.
SUMMARIES = {"practice": "Practice summary", NETWORK: "Summary"}


def cite(document: Document, passage: Passage | None = None) -> Citation:
    """The citation of a document, of a passage of it where one is given."""
    page = _page(passage)
    url = page_url(document, passage)
    label = f"p. {page}" if page and "–" not in page else f"pp. {page}" if page else None
    authors = ", ".join(document.authors)
    year = f"({document.year})" if document.year else "(no date)"
    if document.kind in SUMMARIES and document.references:
        # The summary is a record's own, the facts are its source's: a reader cites them apart.
        after = f"After {document.publisher} {year}" if document.publisher else "Sources as listed"
        corpus = ", learncities starter corpus" if document.source.startswith(STARTER) else ""
        own = f"{document.title}. {SUMMARIES[document.kind]}{corpus}"
        return Citation(". ".join(filter(None, [own, after, url])), document.publisher, document.year, page, url)
    # Without author and publisher the title leads, as in APA.
    lead = authors or document.publisher
    parts = [f"{lead} {year}", document.title] if lead else [f"{document.title} {year}"]
    if authors and document.publisher:
        parts.append(document.publisher)
    parts += [part for part in (label, url) if part]
    return Citation(". ".join(parts), document.publisher, document.year, page, url)


def _page(passage: Passage | None) -> str | None:
    if passage is None or passage.page_label is None:
        return None
    first, last = passage.page_label
    return first if first == last else f"{first}–{last}"


def page_url(document: Document, passage: Passage | None) -> str | None:
    """The document's address, opened at the passage's page where it is a PDF; http(s) only."""
    if not document.address or not document.address.startswith(("https://", "http://")):
        return None
    if passage and passage.page_index and document.media_type == "application/pdf":
        return f"{document.address}#page={passage.page_index[0]}"
    return document.address


def may_show(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """Those of the passages that the document's rights allow to be shown, whole passages only."""
    if document.display is Display.FULL:
        return list(passages)
    if document.display is Display.LINK:
        return []
    shown, words, characters = [], 0, 0
    for passage in passages:
        # The analyser counts words in scripts without spaces too; characters bound what is no words at all.
        words += count(passage.text)
        characters += len(passage.text)
        if words > EXTRACT_WORDS or characters > EXTRACT_CHARACTERS:
            break
        shown.append(passage)
    return shown
