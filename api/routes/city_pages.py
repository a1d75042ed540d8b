"""Pages of cities: all of them, and one with what it does and the cities comparable to it."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import BaseDep
from api.pages import render
from corpus.places import load_gazetteer
from search.asked import member
from search.cities import practice_counts, practices_of, similar_cities
from search.filters import label_of

router = APIRouter()
_PEERS_SHOWN = 5


@router.get("/cities")
def cities_page(request: Request, base: BaseDep) -> HTMLResponse:
    """All cities that are known here, by region."""
    counts = practice_counts(base)
    cities = sorted(load_gazetteer().cities.values(), key=lambda city: (label_of("region", city.region), city.name))
    regions = [(region, list(group)) for region, group in groupby(cities, key=lambda city: city.region)]
    return render(request, "cities.html", regions=regions, counts=counts, label_of=label_of)


@router.get("/cities/{city_id}")
def city_page(request: Request, base: BaseDep, city_id: str) -> HTMLResponse:
    """One city: what is known about it, its practices, and comparable cities with the reasons."""
    city = load_gazetteer().city(city_id)
    peers = similar_cities(base, member(city), _PEERS_SHOWN)
    documents = [hit.document for hit in practices_of(base, city)]
    return render(request, "city.html", city=city, documents=documents, peers=peers, label_of=label_of)
