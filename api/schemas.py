"""What the API gives, as pydantic models: the one shape of `search.serialise`, described."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Label(BaseModel):
    """An id with the name readers see."""

    id: str
    label: str


class LabelOut(Label):
    """A label with who gave it: an editor, what an editor said (derived), the model, or rules."""

    origin: str = Field(description="editor, derived, model or rules")
    probability: float | None = Field(description="how likely it is right; null where nobody calibrated it")
    model: str | None
    start: int | None = Field(description="code points of the document's text that earned it")
    end: int | None
    text: str | None = Field(description="that text, where it may be shown")


class CitationOut(BaseModel):
    """Where a hit can be checked."""

    text: str
    publisher: str | None
    year: int | None
    page: str | None
    url: str | None


class ScorePartsOut(BaseModel):
    """The parts of a passage's score."""

    meaning: float = Field(description="cosine of question and passage")
    words: float = Field(description="BM25 per unit of the question's IDF mass")
    score: float = Field(description="what both make together")
    ranked_down: bool = Field(description="a list of contents or references, or boilerplate")


class AlsoOut(BaseModel):
    """A near-duplicate."""

    id: str
    title: str


class PassageOut(BaseModel):
    """A quoted passage; offsets and highlights count Unicode code points, JavaScript counts UTF-16 units."""

    ordinal: int = Field(description="number of the passage in its document, from 0")
    text: str
    section: list[str]
    page_label: str | None = Field(description="page number as printed")
    page_index: int | None = Field(description="1-based position of the page in the file")
    start: int
    end: int
    url: str | None
    highlights: list[tuple[int, int]]
    score_parts: ScorePartsOut | None = Field(description="with explain, in an answer to a question")


class DocumentOut(BaseModel):
    """A document without its text."""

    id: str
    title: str
    kind: str
    language: str | None
    year: int | None
    publisher: str | None
    authors: list[str]
    cities: list[Label]
    countries: list[Label]
    themes: list[LabelOut]
    sdgs: list[LabelOut]
    target_groups: list[LabelOut]
    evidence: list[LabelOut] = Field(description="claimed, number-reported, evaluated, awarded")
    licence: str | None
    display: str = Field(description="full, extract (up to 300 words) or link: what may be shown")
    address: str | None
    rests_on: list[str] = Field(description="what a reader must know before relying on it")


class FigureOut(BaseModel):
    """A number that a practice states."""

    value: str
    what: str


class SourceOut(BaseModel):
    """A page that a practice rests on; no link where readers must not be sent."""

    title: str
    publisher: str
    language: str
    nature: str
    link: str | None


class FullDocumentOut(DocumentOut):
    """A document with all of it that may be shown."""

    organisations: list[str]
    figures: list[FigureOut]
    sources: list[SourceOut]
    pages: int | None
    passages: list[PassageOut]
    citation: CitationOut


class HitOut(BaseModel):
    """A document that answers, with its passages and the reasons."""

    document: DocumentOut
    score: float = Field(description="only for the order within one answer; it has no scale")
    passages: list[PassageOut]
    why: list[str]
    citation: CitationOut
    also: list[AlsoOut] = Field(description="near-duplicates that this hit stands for")


class FacetOut(BaseModel):
    """A filter value and how many documents it would leave."""

    value: str
    label: str
    count: int


class ExpansionOut(BaseModel):
    """Words of the question that were also searched for by another name."""

    asked: str
    meant: str = Field(description="the English name of what they mean")
    also: list[str] = Field(description="what was searched for beside them")
    weight: float = Field(description="beside the user's own words, which weigh 1")
    source: str = Field(description="taxonomy, place, or thesaurus: then `attribution` must be shown")


class SearchOut(BaseModel):
    """The answer to a search; `total`, hits and facets come from one candidate set."""

    query: str
    corrected: str | None = Field(description="searched for instead, as no document holds the words; see as_typed")
    did_you_mean: str | None = Field(description="the question with misspelt words put right, where it finds more")
    expansions: list[ExpansionOut]
    attribution: str | None = Field(description="of the thesaurus that expansions come from; to be shown with them")
    snapshot: str
    total: int
    total_relation: str = Field(description="exact, or at_least where the scan was full")
    took_ms: float
    hits: list[HitOut]
    nearest: list[HitOut] = Field(description="offered when nothing passed; these may not answer the question")
    facets: dict[str, list[FacetOut]]
    next_cursor: str | None
    notices: list[str]


class CityOut(BaseModel):
    """A member of the network as it is listed; null is unknown."""

    id: str
    name: str
    country: Label
    region: Label
    kind: str
    parent: str | None
    joined: int | None
    award_years: list[int]
    geonames_id: int | None
    population: int | None
    population_source: str | None
    latitude: float | None
    longitude: float | None
    aliases: list[str]
    joined_source: str | None
    award_source: str | None
    place_source: str | None = Field(description="where the coordinates come from")
    practices: int = Field(description="documents about this city")


class CityDocumentsOut(CityOut):
    """A city with the documents about it."""

    documents: list[DocumentOut]


class CitiesOut(BaseModel):
    """All cities, those with most documents first."""

    snapshot: str
    cities: list[CityOut]


class ThemeOut(BaseModel):
    """A theme with its definition and how many documents carry it."""

    id: str
    label: str
    description: str | None
    group: str
    sdgs: list[str]
    related: list[str]
    count: int
    editors: int = Field(description="how many of them carry it in the editors' words; the others were assigned")


class CountOut(Label):
    """A value with the documents on a theme that carry it."""

    count: int


class GapOut(Label):
    """A region or city size without a document on a theme, with how many documents it has on others."""

    documents: int


class ThemePracticeOut(BaseModel):
    """A document on a theme, with what it shows and where it can be checked."""

    document: DocumentOut
    citation: CitationOut


class ThemePageOut(ThemeOut):
    """A theme with what the corpus holds on it, and what it lacks."""

    snapshot: str
    practices: list[ThemePracticeOut]
    cities: list[CountOut]
    regions: list[CountOut]
    city_sizes: list[CountOut]
    neighbours: list[CountOut] = Field(description="themes that the same documents are on")
    missing: dict[str, list[GapOut]]


class ThemesOut(BaseModel):
    """The themes in the taxonomy's order."""

    snapshot: str
    themes: list[ThemeOut]


class SuggestionOut(BaseModel):
    """Something to search for: a text for `q`, or filters to set; each finds at least one document."""

    kind: str = Field(description="theme, sdg, target_group, region, country, city, term or title")
    text: str = Field(description="what to show")
    explanation: str = Field(description="what it is, such as: a theme, also called adult literacy")
    query: str = Field(description="the text to search for; empty where a filter is set")
    filters: dict[str, str] = Field(description="the filter to set, by group; empty where a text is searched for")
    document: str | None = Field(description="the document, for a title")
    documents: int | None = Field(description="documents under the filter; null where a text is searched for")


class SuggestOut(BaseModel):
    """Suggestions for what was typed so far, best first."""

    query: str
    snapshot: str
    suggestions: list[SuggestionOut]


class Problem(BaseModel):
    """An error as RFC 9457 describes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    suggestions: list[str] = []
