"""What the API takes, as pydantic models: the parameters of a search."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from fastapi import Path, Query
from pydantic import BaseModel, Field

from api.spoken import Language
from corpus.languages import ENGLISH
from search.filters import Filters, resolve
from search.query import MAX_LENGTH

Names = Annotated[list[str], Field(max_length=50)]
DocumentId = Annotated[str, Path(description="as `/search` gives it", examples=["osan-stepping-stone-classrooms"])]
CityId = Annotated[str, Path(description="a member city, by id or by name in any of its languages", examples=["cork"])]
ThemeId = Annotated[str, Path(description="by id, or by name in six languages", examples=["healthy-ageing"])]
SnapshotId = Annotated[
    str | None, Query(description="a published snapshot other than the newest, to repeat what was asked")
]


class FilterParams(BaseModel):
    """The filters of a search; within one any value, between them all."""

    theme: Names = Field(default_factory=list, description="theme, by id or name")
    sdg: Names = Field(default_factory=list, description="Sustainable Development Goal, by number (1 to 17) or name")
    region: Names = Field(default_factory=list, description="UNESCO region, by id or name")
    country: Names = Field(default_factory=list, description="country, by name or ISO code")
    city: Names = Field(default_factory=list, description="member city, by name or id")
    city_size: Names = Field(default_factory=list, description="small, medium, large or very-large")
    income: Names = Field(default_factory=list, description="World Bank group: low, lower-middle, upper-middle or high")
    target_group: Names = Field(default_factory=list, description="whom it is for, by id or name")
    evidence: Names = Field(
        default_factory=list, description="what it shows: claimed, number-reported, evaluated or awarded"
    )
    language: Names = Field(default_factory=list, description="language of the document, as a two-letter code")
    kind: Names = Field(default_factory=list, description="practice, publication or network")
    year_from: int | None = Field(default=None, description="from this year on")
    year_to: int | None = Field(default=None, description="up to this year")

    # What a route takes beside the filters.
    OWN: ClassVar[frozenset[str]] = frozenset()

    def resolved(self) -> Filters:
        """The filters by id. Raises UnknownName or InvalidInput."""
        years = {"year_from", "year_to"}
        return resolve(self.model_dump(exclude={*self.OWN, *years}), self.year_from, self.year_to)


class SearchParams(FilterParams):
    """Everything `/search` takes."""

    OWN: ClassVar[frozenset[str]] = frozenset(
        {"q", "limit", "cursor", "snapshot", "as_typed", "sort", "explain", "lang"}
    )

    q: str = Field(
        default="",
        max_length=MAX_LENGTH,
        examples=["empty rooms as classrooms"],
        description='a question or topic; "phrases" and -excluded words work; empty lists everything',
    )
    limit: int = Field(default=10, ge=1, le=100, description="documents a page")
    cursor: str | None = Field(default=None, description="`next_cursor` of the page before; its snapshot is kept to")
    snapshot: str | None = Field(
        default=None, description="a published snapshot other than the newest, to repeat a search"
    )
    as_typed: bool = Field(default=False, description="search for the words as typed, misspelt or not")
    sort: Literal["relevance", "year", "title", "added"] = Field(
        default="relevance", description="the order of the hits"
    )
    explain: bool = Field(default=False, description="give the parts of each passage's score")
    lang: Language = ENGLISH


SearchQuery = Annotated[SearchParams, Query()]
