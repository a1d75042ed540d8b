"""Cities, and the cities comparable to one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import BaseDep
from api.schemas import CitiesOut, CityDocumentsOut, PeersOut
from corpus.places import load_gazetteer
from search.cities import practice_counts, practices_of, similar_cities
from search.peers import Weights
from search.serialise import city_json, document_json, peer_json

router = APIRouter(tags=["cities"])
Weight = Annotated[float, Query(ge=0, le=100, allow_inf_nan=False)]


@router.get("/cities", response_model=CitiesOut)
def cities(base: BaseDep) -> dict[str, Any]:
    """All known member cities, those with most documents first."""
    counts = practice_counts(base)
    found = sorted(load_gazetteer().cities.values(), key=lambda city: (-counts.get(city.id, 0), city.name))
    return {
        "snapshot": base.snapshot.id,
        "cities": [city_json(city, counts.get(city.id, 0)) for city in found],
    }


@router.get("/cities/{city_id}", response_model=CityDocumentsOut)
def city(city_id: str, base: BaseDep) -> dict[str, Any]:
    """A city by id or name, with the documents about it."""
    found = load_gazetteer().city(city_id)
    documents = [document_json(hit.document) for hit in practices_of(base, found)]
    return {**city_json(found, practice_counts(base).get(found.id, 0)), "documents": documents}


@router.get("/cities/{city_id}/similar", response_model=PeersOut)
def similar(
    city_id: str,
    base: BaseDep,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    context: Weight = 1.0,
    practice: Weight = 1.0,
) -> dict[str, Any]:
    """Cities comparable by context (size, income, region ...) and by practice, with reasons and best practices."""
    found = load_gazetteer().city(city_id)
    peers = similar_cities(base, found, limit, Weights(context, practice))
    return {"city": found.id, "snapshot": base.snapshot.id, "peers": [peer_json(peer) for peer in peers]}
