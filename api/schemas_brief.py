"""What `/documents/{id}/brief` and `/overview` give, as pydantic models."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.schemas import CitationOut, DocumentOut, Label


class CityNameOut(BaseModel):
    """A city as it is named."""

    id: str
    name: str
    country: str | None


class QuoteOut(BaseModel):
    """A sentence of the source; offsets count Unicode code points of the document's text."""

    text: str
    start: int
    end: int
    section: list[str]
    page_label: str | None = Field(description="page number as printed")
    page_index: int | None = Field(description="1-based position of the page in the file")
    url: str | None


class AnswerOut(BaseModel):
    """What the source says on one question."""

    role: str
    label: str
    stated: bool = Field(description="false: no sentence on it was recognised")
    quotes: list[QuoteOut]


class ContrastOut(BaseModel):
    """A city of the practice beside the asking one; what is unknown of either is in neither list."""

    city: CityNameOut
    differing: list[str]
    alike: list[str]
    unknown: list[str]


class SimilarOut(BaseModel):
    """A practice of another city that is like this one."""

    document: DocumentOut
    citation: CitationOut


class BriefOut(BaseModel):
    """A document read for one city: quotations and facts, no generated text."""

    snapshot: str
    document: DocumentOut
    citation: CitationOut
    asking: CityNameOut
    answers: list[AnswerOut]
    contrasts: list[ContrastOut]
    similar: list[SimilarOut]
    notices: list[str]


class CellOut(BaseModel):
    """A count; null is any theme, region or size."""

    theme: str | None
    region: str | None
    city_size: str | None
    count: int
    search: str = Field(description="the query string of the search that finds them")


class GapOut(BaseModel):
    """What there is nothing on."""

    theme: str | None
    region: str | None
    city_size: str | None
    words: str
    search: str


class EmptySearchOut(BaseModel):
    """A question that found nothing, and how often."""

    query: str
    count: int


class OverviewOut(BaseModel):
    """Theme × region × size of city with their sums, and the gaps, the oddest first."""

    snapshot: str
    documents: int
    themes: list[Label]
    regions: list[Label]
    city_sizes: list[Label]
    cells: list[CellOut]
    gaps: list[GapOut]
    empty_searches: list[EmptySearchOut] | None = Field(description="null where the operator does not count them")
