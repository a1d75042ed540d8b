"""Pages of cities: all of them, one with what it does, and the cities comparable to it or to any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import BaseDep
from api.pages import Voice, render
from api.problems import problem_in
from api.weighing import weighing_of
from corpus.errors import InvalidInput
from corpus.models import Document
from corpus.places import load_gazetteer
from search.asked import Asked, member
from search.cities import asked_for, practice_counts, practices_of, similar_cities
from search.engine import KnowledgeBase
from search.peers import Peer
from search.traits import FACTS, Context, value_words

router = APIRouter()
_PEERS_SHOWN = 5
_NAME_LENGTH = 500


@router.get("/cities")
def cities_page(request: Request, base: BaseDep) -> HTMLResponse:
    """All cities that are known here, by region."""
    voice = Voice(request)
    members = load_gazetteer().by_name
    cities = sorted(members, key=lambda city: (voice.label("region", city.region), city.region))
    regions = [(region, list(group)) for region, group in groupby(cities, key=lambda city: city.region)]
    return render(request, "cities.html", regions=regions, counts=practice_counts(base), members=members)


@router.get("/cities/{city_id}")
def city_page(request: Request, base: BaseDep, city_id: str) -> HTMLResponse:
    """One city: what is known about it, its practices, and comparable cities with the reasons."""
    city, weighing = load_gazetteer().city(city_id), weighing_of(request)
    asked = member(city)
    documents = [hit.document for hit in practices_of(base, city)]
    peers, problem, status = _peers(request, base, asked)
    return render(
        request, "city.html", status,
        city=city, documents=documents, peers=peers, problem=problem, weighing=weighing,
        facts=_facts(asked.context), themes=_themes(documents),
    )  # fmt: skip


@router.get("/peers")
def peers_page(request: Request, base: BaseDep, city: str = "", profile: str = "") -> HTMLResponse:
    """Cities comparable to any city of the world, or to one described in words."""
    asked: Asked | None = None
    near: list[str] = []
    try:
        asked = asked_for(city[:_NAME_LENGTH], "" if city.strip() else profile)
        peers, problem, status = _peers(request, base, asked)
    except InvalidInput as error:
        peers, problem, status = [], problem_in(error, Voice(request).language), 400
        near = getattr(error, "suggestions", near)
    return render(
        request, "peers.html", status,
        asked=asked, facts=_facts(asked.context) if asked else [], peers=peers, problem=problem, near=near,
        city=city[:_NAME_LENGTH], profile=profile[:_NAME_LENGTH], weighing=weighing_of(request),
        members=load_gazetteer().by_name,
    )  # fmt: skip


def _peers(request: Request, base: KnowledgeBase, asked: Asked) -> tuple[list[Peer], str, int]:
    """The comparable cities; or none, with what is wrong with the weights."""
    try:
        return similar_cities(base, asked, _PEERS_SHOWN, weighing_of(request).weights()), "", 200
    except InvalidInput as error:
        return [], problem_in(error, Voice(request).language), 400


def _facts(context: Context) -> list[tuple[str, str | None, str]]:
    """Each indicator with its value and source; None is unknown."""
    return [(name, value_words(context, name), context.sources.get(name, "")) for name in FACTS]


def _themes(documents: Sequence[Document]) -> list[tuple[str, int]]:
    return Counter(theme for document in documents for theme in document.themes).most_common()
