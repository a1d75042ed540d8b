"""What the API gives of cities compared, as pydantic models: the one shape of `search.cities_json`, described."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.schemas import CitationOut, Label


class KnownOut(BaseModel):
    """What is known of a city by one indicator, and where it comes from."""

    indicator: str
    value: str
    source: str


class UnderstoodOut(BaseModel):
    """A piece of a description, and what it was taken for."""

    text: str
    taken_for: str


class AskedOut(BaseModel):
    """The asking city: a member, a city of the gazetteer, or one described in words."""

    id: str | None = Field(description="a member's id, geonames:NUMBER, or null for a description")
    name: str
    member: bool
    known: list[KnownOut]
    unknown: list[str]
    notes: list[str] = Field(description="what a reader must know, such as other cities of that name")
    understood: list[UnderstoodOut]
    not_understood: list[str]
    themes: list[Label]


class WeightsOut(BaseModel):
    """What counted how much; only the ratios matter."""

    context: float
    practice: float
    indicators: dict[str, float]


class PartOut(BaseModel):
    """One indicator of a pair of cities; a null similarity is unknown."""

    name: str
    similarity: float | None
    weight: float
    words: str
    sources: list[str] = Field(description="of the asking city's value and of the peer's")


class PeerCityOut(BaseModel):
    """Which city a peer is."""

    id: str
    name: str
    country: str


class PeerPracticeOut(BaseModel):
    """A practice of a peer."""

    id: str
    title: str
    citation: CitationOut


class PeerOut(BaseModel):
    """A comparable city; null parts are unknown."""

    city: PeerCityOut
    rank: int
    score: float
    context: float | None = Field(description="mean similarity over what is known of both; counts times coverage")
    practice: float | None = Field(description="likeness of what both do, less where it rests on few documents")
    themes: float | None = Field(description="likeness of the themes of their documents")
    closeness: float | None = Field(description="likeness of what their documents are about")
    documents: int = Field(description="documents about the peer that were compared")
    coverage: float = Field(description="share of the indicators, by weight, that is known for both")
    parts: list[PartOut]
    shared: list[str]
    differing: list[str]
    unknown: list[str]
    rank_range: list[int] = Field(description="lowest and highest rank when any one indicator is left out")
    moves: list[str] = Field(description="what would move it out of the first ten, or into them")
    practices: list[PeerPracticeOut]


class PeersOut(BaseModel):
    """Cities comparable to one, most comparable first."""

    city: str | None
    asked: AskedOut
    weights: WeightsOut
    theme: str | None
    snapshot: str
    peers: list[PeerOut]


class ComparedPracticeOut(BaseModel):
    """A practice of a compared city."""

    id: str
    title: str
    year: int | None


class ComparedCityOut(AskedOut):
    """A compared city."""

    practices: list[ComparedPracticeOut]


class RowOut(BaseModel):
    """One line of the table; values and sources in the order of the cities."""

    group: str = Field(description="context, alike, themes or practices")
    name: str
    values: list[str]
    sources: list[str]


class ComparisonOut(BaseModel):
    """Two to five cities side by side."""

    snapshot: str
    cities: list[ComparedCityOut]
    rows: list[RowOut]
    notes: list[str]
