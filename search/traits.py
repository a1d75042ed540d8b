"""What is known of a city that others are compared by: ten indicators, each with its value in words and its source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.gazetteer import Settlement
from corpus.models import City
from corpus.places import Gazetteer
from corpus.text import fold
from corpus.wording import Many, Named, Said, say

# What each indicator is called in a sentence; their order is the order of reasons.
INDICATORS: Mapping[str, str] = {
    "population": "population",
    "income": "income group",
    "region": "region",
    "country": "country",
    "kind": "kind",
    "climate": "climate band",
    "distance": "distance",
    "capital": "capital",
    "joined": "year of joining",
    "awards": "awards",
}
INCOME_ORDER = ("low", "lower-middle", "upper-middle", "high")
# What the value of a city is called, where that is another word than the indicator of a pair.
FACTS: Mapping[str, str] = {**INDICATORS, "distance": "coordinates"}
# Bands by latitude alone, north or south: the tropics and the polar circles (rounded), and between them the customary
# 35 and 55 degrees. Height, sea and wind are not considered: Quito counts as tropical.
CLIMATE_BANDS = ((23.5, "tropical"), (35.0, "subtropical"), (55.0, "temperate"), (66.5, "cold"), (90.0, "polar"))
EARTH_RADIUS_KM = 6371.0  # mean radius, IUGG
# GeoNames counts populated places, whether a city or a municipality is named after them.
PLACE = "populated place"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a city; None and empty mean unknown, never average."""

    id: str
    name: str
    population: tuple[int, int] | None = None  # from and to; both the same where it is a count
    unit: str = PLACE  # what the population is counted of
    incomes: tuple[str, ...] = ()  # the group, or those that a description leaves open
    region: str | None = None
    country: str | None = None
    kind: str | None = None
    climate: int | None = None  # index of CLIMATE_BANDS
    point: tuple[float, float] | None = None
    capital: bool | None = None
    joined: int | None = None
    awards: tuple[int, ...] | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


def of_member(city: City, places: Gazetteer) -> Context:
    """The context of a member of the network."""
    country = places.countries[city.country]
    named = {fold(name) for name in (city.name, *city.aliases)}
    from_geonames = city.population_source == "geonames" and city.kind in ("city", "municipality")
    place = str(city.place_source).replace("geonames", "GeoNames")
    point = (city.latitude, city.longitude) if city.latitude is not None and city.longitude is not None else None
    return Context(
        id=city.id,
        name=city.name,
        population=(city.population, city.population) if city.population else None,
        unit=PLACE if from_geonames or city.kind == "city" else city.kind,
        incomes=(country.income,) if country.income else (),
        region=city.region,
        country=city.country,
        kind=city.kind,
        climate=None if city.latitude is None else climate_band(city.latitude),
        point=point,
        capital=fold(country.capital) in named if country.capital else None,
        joined=city.joined,
        awards=city.award_years,
        sources={
            **_shared_sources(),
            "kind": say("source.kind"),
            "population": (city.population_source or "").replace("geonames", "GeoNames"),
            **dict.fromkeys(("climate", "distance"), say("source.coordinates", source=place)),
            "joined": city.joined_source or "",
            "awards": city.award_source or say("source.no-award"),
        },
    )


def of_settlement(place: Settlement, places: Gazetteer) -> Context:
    """The context of a city that the network does not list, as far as GeoNames and the lists of countries tell."""
    country = places.countries.get(place.country or "")
    return Context(
        id=f"geonames:{place.id}",
        name=place.name,
        population=(place.population, place.population) if place.population else None,
        incomes=(country.income,) if country and country.income else (),
        region=country.region if country else None,
        country=country.iso2 if country else None,
        kind="city",
        climate=climate_band(place.latitude),
        point=(place.latitude, place.longitude),
        capital=place.capital if country and country.capital else None,
        sources={**_shared_sources(), **dict.fromkeys(("population", "kind", "climate", "distance"), "GeoNames")},
    )


def _shared_sources() -> dict[str, str]:
    """Where what is known of every city comes from."""
    return {name: say(f"source.{name}") for name in ("income", "region", "country", "capital")}


def climate_band(latitude: float) -> int:
    """Which of CLIMATE_BANDS a latitude lies in."""
    return next(number for number, (edge, _) in enumerate(CLIMATE_BANDS) if abs(latitude) <= edge)


def comparable_unit(unit: str) -> str:
    """What a population may be set beside: a town and a municipality with each other, and it is said; no county."""
    return PLACE if unit == "municipality" else unit


def value_words(context: Context, name: str) -> Said | None:
    """The value of an indicator in words; None where it is unknown."""
    if name == "population" and context.population:
        return _population_words(context, *context.population)
    if name == "climate" and context.climate is not None:
        return say(f"climate.{CLIMATE_BANDS[context.climate][1]}")
    if name == "distance" and context.point:
        return say("named", name=f"{context.point[0]:.2f}, {context.point[1]:.2f}")
    if name == "capital" and context.capital is not None:
        return say("value.yes" if context.capital else "value.no")
    if name == "awards" and context.awards is not None:
        years = Many(tuple(map(str, context.awards)))
        return say("named", name=years) if context.awards else say("value.none-known")
    if name == "income" and context.incomes:
        return say("named", name=Many(tuple(Named("income", group) for group in context.incomes), "or"))
    if name in ("region", "country"):
        value = getattr(context, name)
        return None if value is None else say("named", name=Named(name, value))
    if name == "kind" and context.kind:
        return say(f"unit.{context.kind}")
    return Said(str(context.joined)) if name == "joined" and context.joined is not None else None


def _population_words(context: Context, low: int, high: int) -> Said:
    """How many there are, whether a city states it itself, and of what unit where that is no populated place."""
    words: Said = say("number", number=low) if low == high else say("range", first=low, last=high)
    if context.sources.get("population") not in ("GeoNames", "as described", None):
        words = say("value.stated", value=words)
    return words if context.unit == PLACE else say("value.of-unit", value=words, unit=unit_words(context.unit))


def unit_words(unit: str) -> Said:
    """What a population is counted of, in words."""
    return say("unit.place" if unit == PLACE else f"unit.{unit}")


def known(context: Context) -> list[str]:
    """The indicators that are known of a city."""
    return [name for name in INDICATORS if value_words(context, name) is not None]


def pair_words(name: str, asked: Context, other: Context) -> Said:
    """How two cities stand to each other in an indicator that is known of both."""
    mine, theirs = value_words(asked, name), value_words(other, name)
    values = {"indicator": say(f"indicator.{name}"), "mine": mine, "theirs": theirs}
    if name == "distance" and asked.point and other.point:
        return say("pair.distance", distance=round(kilometres(asked.point, other.point)), **values)
    if name == "capital" and mine == theirs:
        return say("pair.both", **values)
    if name in ("population", "awards", "capital"):
        return say("pair.each", other=other.name, asked=asked.name, **values)
    if mine == theirs or (name == "income" and set(other.incomes) <= set(asked.incomes)):
        return say("pair.same", **values)
    near = name == "joined" and asked.joined and other.joined and abs(asked.joined - other.joined) <= 3
    return say("pair.near" if near else "pair.differing", **values)


def unknown_words(name: str, asked: Context, other: Context) -> Said:
    """Why two cities cannot be compared by an indicator."""
    indicator = say(f"indicator.{name}")
    missing = tuple(context.name for context in (asked, other) if value_words(context, name) is None)
    if missing:
        return say("pair.unknown", indicator=indicator, cities=Many(missing, "and"))
    return say("pair.units", indicator=indicator, theirs=unit_words(other.unit), mine=unit_words(asked.unit))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two points, by the haversine formula."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(math.radians, point) for point in (a, b))
    inner = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, inner)))
