"""Whom a question about comparable cities is asked for: a member, a city of the world, or one described in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import AmbiguousName, UnknownName
from corpus.gazetteer import FAR_LARGER, Settlement, load_settlements
from corpus.models import City
from corpus.places import Gazetteer, load_gazetteer
from corpus.text import fold
from corpus.wording import Many, Named, Said, say
from search.traits import Context, of_member, of_settlement

_BY_ID = "geonames:"
# A name with its country or state, behind a comma or in brackets.
_QUALIFIED = re.compile(r"([^,(]+)[,(](.+?)\)?\s*")
# As many namesakes as a reader wants to see.
_NAMED, _LISTED = 3, 8


@dataclass(frozen=True, slots=True)
class Understood:
    """A piece of a description, and what it was taken for."""

    text: str
    taken_for: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The asking city: what is known of it, what was understood of how it was named, and what a reader must know."""

    context: Context
    city: City | None = None
    notes: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    about: str = ""  # the words that speak of what it does


def member(city: City) -> Asked:
    """A member of the network as the asking city."""
    return Asked(of_member(city, load_gazetteer()), city)


def find_city(name: str) -> Asked:
    """The city of that name: a member first, then any city over 15,000 inhabitants; `Name, Country` is understood.

    Raises AmbiguousName where several bear it, and UnknownName with the nearest names.
    """
    places, settlements = load_gazetteer(), load_settlements()
    if name.strip().lower().startswith(_BY_ID):
        number = name.strip()[len(_BY_ID) :]
        if number.isdecimal() and len(number) < 12 and (found := settlements.by_id(int(number))):
            return _settled(found, places)
        raise UnknownName("city", name, [])
    if asked := _member_named(name, places):
        return asked
    candidates = settlements.named(name)
    if not candidates and _QUALIFIED.fullmatch(name):
        if asked := _qualified_member(name, places):
            return asked
        candidates = _qualified(name, places)
    if not candidates:
        raise UnknownName("city", name, _suggestions(name, places))
    first, *others = candidates
    if others and others[0].population * FAR_LARGER > first.population:
        raise _ambiguous(name, candidates, places)
    return _settled(first, places, others)


def _member_named(name: str, places: Gazetteer) -> Asked | None:
    try:
        city = places.city(name)
    except UnknownName:
        return None
    others = [p for p in load_settlements().named(name) if p.id != city.geonames_id and p.country != city.country]
    return Asked(of_member(city, places), city, _taken(_member_label(city), others, places))


def _qualified_member(name: str, places: Gazetteer) -> Asked | None:
    """A member written with its country, such as `Agadir, Morocco`."""
    plain, country = _split(name)
    try:
        city, iso2 = places.city(plain), places.country(",".join(country)).iso2
    except UnknownName:
        return None
    return Asked(of_member(city, places), city) if city.country == iso2 else None


def _qualified(name: str, places: Gazetteer) -> list[Settlement]:
    """Cities of the name before the comma or bracket, in every country or state behind it."""
    plain, qualifiers = _split(name)
    found = load_settlements().named(plain)
    for qualifier in qualifiers:
        in_area = [place for place in found if place.area and fold(place.area) == fold(qualifier)]
        # A name of neither a state nor a country is answered with the nearest countries.
        found = in_area or [place for place in found if place.country == places.country(qualifier).iso2]
    return found


def _split(name: str) -> tuple[str, list[str]]:
    """`Springfield, Missouri` and `Springfield (Missouri, US)` as the name and what stands behind it."""
    match = _QUALIFIED.fullmatch(name)
    if match is None:
        return name, []
    return match[1], [part.strip() for part in match[2].split(",") if part.strip()]


def _settled(place: Settlement, places: Gazetteer, others: Sequence[Settlement] = ()) -> Asked:
    for city in places.cities.values():
        if city.geonames_id == place.id:
            return member(city)
    return Asked(of_settlement(place, places), notes=_taken(label(place, places), others, places))


def _taken(chosen: str, others: Sequence[Settlement], places: Gazetteer) -> tuple[Said, ...]:
    if not others:
        return ()
    named = tuple(label(place, places) for place in others[:_NAMED])
    return (say("asked.taken", city=chosen, others=Many(named, "semicolon")),)


def _ambiguous(name: str, candidates: Sequence[Settlement], places: Gazetteer) -> AmbiguousName:
    labels = [label(place, places) for place in candidates[:_LISTED]]
    pairs = list(zip(labels, candidates, strict=False))
    asks = [text if labels.count(text) == 1 else f"{_BY_ID}{place.id}" for text, place in pairs]
    said = [
        f"{ask}{'' if ask == text else f' ({text})'}, {place.population:,} inhabitants"
        for ask, (text, place) in zip(asks, pairs, strict=True)
    ]
    return AmbiguousName(name, asks, said)


def label(place: Settlement, places: Gazetteer) -> str:
    """A city with its state and country, as `find_city` understands it again."""
    country = places.countries.get(place.country or "")
    where = ", ".join(filter(None, (place.area, country.name if country else "")))
    return f"{place.name} ({where})" if where else place.name


def _member_label(city: City) -> Said:
    return say("asked.member", city=city.name, country=Named("country", city.country))


def _suggestions(name: str, places: Gazetteer) -> list[str]:
    plain, _ = _split(name)
    try:
        places.city(plain)
        members: list[str] = []
    except UnknownName as unknown:
        members = unknown.suggestions
    near = [label(place, places) for place in load_settlements().near(plain)]
    fresh = [text for text in near if text.partition(" (")[0] not in members]
    return [*members, *fresh][:_NAMED]
