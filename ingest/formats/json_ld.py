"""What a page says about itself in JSON-LD (schema.org): of all the things it names, the one that is the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from corpus.text import clean, fold, squeeze

# Nearest first: what was written, then the page that it stands on. Sites, people and menus are other things.
_WORKS = re.compile(
    r"(?:\w*Article|\w*BlogPosting|Report|ScholarlyArticle|CreativeWork|Book|Thesis|Guide|HowTo|Course)"
)
_PAGES = re.compile(r"\w*WebPage|\w{2,}Page")
# More than real pages hold, of things and of levels within things.
_MOST, _DEEPEST = 2_000, 20

Thing = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """The work or page as JSON-LD describes it; what it does not say is empty."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    language: str = ""
    licence: str = ""
    address: str = ""


def described(scripts: Iterable[str], title: str) -> Described:
    """What the scripts say of the page whose <title> this is; scripts that are broken say nothing."""
    things = [thing for script in scripts for thing in _things(_loaded(script))][:_MOST]
    named = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    thing = _of(things, _WORKS, title) or _of(things, _PAGES, title)
    if thing is None:
        return Described()
    return Described(
        title=_text(thing.get("headline")) or _text(thing.get("name")),
        authors=tuple(_names(thing.get("author") or thing.get("creator"), named)),
        publisher=next(_names(thing.get("publisher"), named), ""),
        date=_text(thing.get("datePublished")) or _text(thing.get("dateCreated")),
        language=next(_languages(thing.get("inLanguage")), ""),
        licence=_link(thing.get("license")),
        address=_link(thing.get("url")) or _link(thing.get("mainEntityOfPage")),
    )


def _loaded(script: str) -> object:
    # Old habits: scripts wrapped in comments or CDATA for browsers that are long gone.
    text = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$", "", script).strip().rstrip(";")
    )
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object, level: int = 0) -> Iterator[Thing]:
    """All objects in order, those inside of others after them."""
    if level > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _things(inner, level + 1)


def _of(things: Iterable[Thing], types: re.Pattern[str], title: str) -> Thing | None:
    """The only one of these types; of several, as on a page of news, the one that the page is called after."""
    found = [thing for thing in things if any(types.fullmatch(name) for name in _types(thing)) and len(thing) > 2]
    titles = {_text(thing.get("headline")) or _text(thing.get("name")) for thing in found} - {""}
    if len(titles) <= 1:
        return next((thing for thing in found if titles), found[0] if found else None)
    called = (_text(thing.get("headline")) or _text(thing.get("name")) for thing in found)
    return next((thing for thing, name in zip(found, called, strict=True) if name and fold(name) in fold(title)), None)


def _types(thing: Thing) -> Iterator[str]:
    stated = thing.get("@type")
    for name in stated if isinstance(stated, list) else [stated]:
        if isinstance(name, str):
            yield name.rpartition("/")[2]


def _text(value: object) -> str:
    if isinstance(value, list):
        return next(filter(None, map(_text, value)), "")
    if isinstance(value, dict):
        return _text(value.get("@value"))
    return squeeze(clean(unescape(value))) if isinstance(value, str) else str(value) if type(value) is int else ""


def _names(value: object, named: dict[str, Thing]) -> Iterator[str]:
    """Names of people or organisations, given as text, as objects, or by reference to an object elsewhere."""
    for one in value if isinstance(value, list) else [value]:
        thing = named.get(str(one.get("@id")), one) if isinstance(one, dict) and "name" not in one else one
        if name := _text(thing.get("name") if isinstance(thing, dict) else thing):
            yield name


def _languages(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        code = (one.get("alternateName") or one.get("name")) if isinstance(one, dict) else one
        if isinstance(code, str):
            yield code


def _link(value: object) -> str:
    if isinstance(value, list):
        return _link(value[0]) if value else ""
    if isinstance(value, dict):
        return _link(value.get("@id") or value.get("url"))
    return _text(value)
