"""Which of the six languages a visitor reads: what the address says, else what the browser prefers."""

from __future__ import annotations

from fastapi import Request

from corpus.languages import ENGLISH, LANGUAGES

PARAMETER = "lang"


def asked_language(request: Request) -> str | None:
    """The language that the address asks for; None where it asks for none that there is."""
    asked = request.query_params.get(PARAMETER, "").lower()
    return asked if asked in LANGUAGES else None


def language_of(request: Request) -> str:
    """The language to answer in."""
    return asked_language(request) or _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> str:
    """The first of the six by the header's weights (RFC 9110); English where it names none of them."""
    wanted = []
    for position, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            wanted.append((-_weight(weight), position, language))
    return min(wanted)[2] if wanted else ENGLISH


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
