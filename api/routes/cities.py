"""Cities, and the documents about one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.dependencies import BaseDep
from api.params import CityId
from api.schemas import CitiesOut, CityDocumentsOut
from api.spoken import Language, in_language
from corpus.languages import ENGLISH
from corpus.places import load_gazetteer
from search.cities import practice_counts, practices_of
from search.serialise import city_json, document_json

router = APIRouter(tags=["cities"])


@router.get("/cities", response_model=CitiesOut)
def cities(base: BaseDep, lang: Language = ENGLISH) -> Any:
    """All known member cities, those with most documents first.

    Example: `/api/v1/cities`
    """
    counts = practice_counts(base)
    found = sorted(load_gazetteer().cities.values(), key=lambda city: (-counts.get(city.id, 0), city.name))
    listed = [city_json(city, counts.get(city.id, 0)) for city in found]
    return in_language({"snapshot": base.snapshot.id, "cities": listed}, lang)


@router.get("/cities/{city_id}", response_model=CityDocumentsOut)
def city(city_id: CityId, base: BaseDep, lang: Language = ENGLISH) -> Any:
    """A city by id or name, with what is known of it and the documents about it.

    Example: `/api/v1/cities/cork`
    """
    found = load_gazetteer().city(city_id)
    documents = [document_json(hit.document) for hit in practices_of(base, found)]
    known = city_json(found, practice_counts(base).get(found.id, 0))
    return in_language({**known, "documents": documents}, lang)
