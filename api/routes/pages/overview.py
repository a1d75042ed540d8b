"""Where the corpus is thick and where it is thin: a table whose every cell is a search, and a map of points."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import BaseDep
from api.pages import render
from corpus.models import City
from corpus.places import load_gazetteer
from corpus.wording import say
from search.cities import practice_counts
from search.empty_searches import shown
from search.overview import overview

router = APIRouter()
_GAPS_SHOWN = 24
# Shades of a table's cells; a count gets the shade of its share of the largest.
_SHADES = 5
# The map, plate carrée: a degree is two and a half units; ice and empty sea are cut off.
_UNITS, _NORTH, _SOUTH = 2.5, 75.0, -57.5
_GRATICULE = 30


@router.get("/overview")
def overview_page(request: Request, base: BaseDep) -> HTMLResponse:
    """Theme by region and by size of city, and the gaps."""
    found = overview(base)
    counts = {(cell.theme, cell.region, cell.city_size): cell.count for cell in found.cells}
    largest = max((c for (t, r, s), c in counts.items() if t and (r or s)), default=1)
    return render(
        request, "overview.html",
        found=found, counts=counts, gaps=found.gaps[:_GAPS_SHOWN],
        shade=lambda count: -(-_SHADES * count // max(largest, 1)),
        documents=say("documents", n=found.documents), vain=shown(request.app.state.settings),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A city on the map."""

    city: City
    x: float
    y: float
    radius: float
    practices: int


@router.get("/map")
def map_page(request: Request, base: BaseDep) -> HTMLResponse:
    """Cities as points on a graticule, with the same as a table."""
    counts = practice_counts(base)
    points = [_point(city, counts.get(city.id, 0)) for city in load_gazetteer().by_name]
    drawn = sorted((point for point in points if point), key=lambda point: -point.practices)  # small ones on top
    return render(
        request, "map.html",
        points=drawn,
        width=_x(180), height=_y(_SOUTH),
        meridians=[(degree, _x(degree)) for degree in range(-150, 180, _GRATICULE)],
        parallels=[(degree, _y(degree)) for degree in range(-30, 61, _GRATICULE)],
    )  # fmt: skip


def _point(city: City, practices: int) -> Point | None:
    if city.latitude is None or city.longitude is None:
        return None
    radius = 2.5 + 1.6 * practices**0.5
    return Point(city, _x(city.longitude), _y(city.latitude), round(radius, 1), practices)


def _x(longitude: float) -> float:
    return round((longitude + 180) * _UNITS, 1)


def _y(latitude: float) -> float:
    return round((_NORTH - latitude) * _UNITS, 1)
