"""Cities comparable to a city of the corpus, of the world, or described in words; and cities side by side."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.dependencies import LibraryDep
from api.params import CityId, SnapshotId
from api.peer_schemas import ComparisonOut, PeersOut
from api.spoken import Language, in_language
from corpus.errors import UnknownName
from corpus.languages import ENGLISH
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from search.asked import Asked, find_city, member
from search.cities import asked_for, similar_cities
from search.cities_json import comparison_json, peers_json
from search.compare import compare, csv_of
from search.engine import KnowledgeBase
from search.profile_words import MAX_LENGTH
from search.weights import PRESETS, Weights, chosen_weights

router = APIRouter(tags=["cities"])
_NAME_LENGTH = 200
_FORMATS = ("json", "csv")
_TWO_CITIES: dict[str, Any] = {"two": {"value": ["cork", "lyon"]}}
_AS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


class PeerParams(BaseModel):
    """How cities are compared."""

    limit: int = Field(default=10, ge=1, le=50, description="cities")
    preset: str = Field(
        default="balanced",
        max_length=40,
        json_schema_extra={"enum": list(PRESETS)},
        description="weights to start from",
    )
    context: float | None = Field(default=None, ge=0, le=100, allow_inf_nan=False, description="weight of the context")
    practice: float | None = Field(
        default=None, ge=0, le=100, allow_inf_nan=False, description="weight of what they do"
    )
    weights: str = Field(default="", max_length=300, description="of single indicators: `population=3,income=0`")
    theme: str = Field(default="", max_length=_NAME_LENGTH, description="compare by this theme alone, by id or name")
    snapshot: str | None = Field(default=None, description="a published snapshot other than the newest")
    lang: Language = ENGLISH

    def weighed(self) -> Weights:
        """The weights. Raises InvalidInput or UnknownName."""
        return chosen_weights(self.preset, self.context, self.practice, self.weights)


class AskingParams(PeerParams):
    """Who asks, and how cities are compared."""

    city: str = Field(
        default="", max_length=_NAME_LENGTH, description="any city over 15,000 inhabitants, in any script"
    )
    profile: str = Field(
        default="", max_length=MAX_LENGTH, description="a city in words: `a town of 80,000 with little money`"
    )


@router.get("/cities/{city_id}/similar", response_model=PeersOut)
def similar(city_id: CityId, params: Annotated[PeerParams, Query()], library: LibraryDep) -> Any:
    """Cities comparable by context (size, income, region ...) and by practice, with reasons and best practices.

    Example: `/api/v1/cities/cork/similar?limit=5`
    """
    found = load_gazetteer().cities.get(city_id)
    return _peers(library.get(params.snapshot), member(found) if found else find_city(city_id), params)


@router.get("/peers", response_model=PeersOut)
def peers(params: Annotated[AskingParams, Query()], library: LibraryDep) -> Any:
    """Cities comparable to any city of the world by name, or to a city described in words.

    Example: `/api/v1/peers?profile=coastal+town+of+80,000+with+an+ageing+population`
    """
    return _peers(library.get(params.snapshot), asked_for(params.city, params.profile), params)


@router.get("/compare", response_model=ComparisonOut, responses=_AS_CSV)
def comparison(
    city: Annotated[
        list[str],
        Query(max_length=20, description="two to five cities, by name or id", openapi_examples=_TWO_CITIES),
    ],
    library: LibraryDep,
    format: Annotated[  # noqa: A002
        str, Query(max_length=20, json_schema_extra={"enum": list(_FORMATS)}, description="table or data")
    ] = "json",
    snapshot: SnapshotId = None,
    lang: Language = ENGLISH,
) -> Any:
    """Two to five cities side by side: what is known of each with its source, themes and practices.

    Example: `/api/v1/compare?city=cork&city=lyon&format=csv`
    """
    if format not in _FORMATS:
        raise UnknownName("format", format, list(_FORMATS))
    base = library.get(snapshot)
    found = compare(base, city)
    if format == "csv":
        return Response(
            csv_of(found),
            media_type="text/csv; charset=utf-8; header=present",
            headers={"Content-Disposition": 'attachment; filename="learncities-compare.csv"'},
        )
    return in_language(comparison_json(found, base.snapshot.id), lang)


def _peers(base: KnowledgeBase, asked: Asked, params: PeerParams) -> Any:
    theme = load_taxonomy().themes.find(params.theme).id if params.theme.strip() else None
    weights = params.weighed()
    found = similar_cities(base, asked, params.limit, weights, theme)
    return in_language(peers_json(asked, found, weights, theme, base.snapshot.id), params.lang)
