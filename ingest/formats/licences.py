"""Licences by their short names, as pages state them: by an address, a name, or the name at length."""

from __future__ import annotations

import re

from corpus.text import squeeze

_ADDRESS = re.compile(
    r"^(?:https?:)?//(?:www\.)?creativecommons\.org/"
    r"(?:licenses/(?P<terms>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>\d\.\d)(?:/(?P<ported>[a-z]{2,3}))?"
    r"|publicdomain/(?P<public>zero|mark)/1\.0)(?![\w.])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\bCC[ -]?(?:(?P<zero>0|zero)|(?P<terms>BY(?:[ -]NC)?(?:[ -](?:ND|SA))?))\b"
    r"(?:[ -]?v?(?P<version>\d\.\d))?(?P<igo>[ -]IGO)?",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"\bCreative Commons:? Attribution(?P<nc>[ -]+Non-?Commercial)?"
    r"(?:[ -]+(?P<more>No ?-?Deriv(?:ative)?s?(?: Works)?|Share ?-?Alike))?[ ,-]*(?P<version>\d\.\d)?(?P<igo>[ -]IGO)?",
    re.IGNORECASE,
)
# Anybody may show, quote and translate all of it; with NC or ND that is not said of every operator and use.
_OPEN = re.compile(r"CC (?:BY|BY-SA)(?: \d\.\d)?(?: [A-Z]{2,3})?|CC0(?: 1\.0)?")


def licence_of(stated: str) -> str | None:
    """The short name of the Creative Commons licence that an address or a text names, such as "CC BY-SA 3.0 IGO"."""
    text = squeeze(stated[:500])
    if found := _ADDRESS.match(text):
        if found["public"]:
            return "CC0 1.0" if found["public"].lower() == "zero" else "Public Domain Mark 1.0"
        return _named(found["terms"], found["version"], found["ported"])
    if found := _SHORT.search(text):
        return "CC0 1.0" if found["zero"] else _named(found["terms"], found["version"], found["igo"])
    if found := _LONG.search(text):
        more = "-ND" if (found["more"] or "").lower().startswith("no") else "-SA" if found["more"] else ""
        return _named(f"BY{'-NC' if found['nc'] else ''}{more}", found["version"], found["igo"])
    return None


def is_open(licence: str | None) -> bool:
    """Whether a licence lets anybody show all of the text: CC BY, CC BY-SA and CC0 do."""
    return bool(licence and _OPEN.fullmatch(licence))


def _named(terms: str, version: str | None, ported: str | None) -> str:
    parts = ("CC", terms.replace(" ", "-").upper(), version, (ported or "").strip(" -").upper())
    return " ".join(part for part in parts if part)
