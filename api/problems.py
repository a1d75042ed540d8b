"""Failures as a visitor reads them: a page in their language that leads on."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.language import language_of
from api.pages import render
from corpus.errors import AmbiguousName, Gone, LearnCitiesError, SnapshotError, UnknownName
from corpus.languages import ENGLISH, catalogue
from corpus.wording import Many, Said, spoken

# What a visitor is told of a failure that is not one of ours; the words of the framework are for the log.
_TEXTS = {404: "error.404.text", 500: "error.fault", 503: "error.snapshot"}


def error_page(request: Request, status: int, detail: str, error: LearnCitiesError | None) -> HTMLResponse:
    """A page that says what went wrong and leads back to the search."""
    language = language_of(request)
    if error is not None:
        text = problem_in(error, language)
    elif status in _TEXTS:
        text = spoken(_TEXTS[status], {}, language)
    else:
        text = spoken("error.invalid", {"what": detail}, language)
    known = f"error.{status}" in catalogue(language)
    title = spoken(f"error.{status}", {}, language) if known else HTTPStatus(status).phrase
    cities = error.suggestions if isinstance(error, UnknownName) and error.what == "city" else []
    return render(request, "error.html", status, title=title, detail=text, cities=cities)


def problem_in(error: LearnCitiesError, language: str) -> str:
    """The message of an error; names that were not known are said with the nearest ones that are."""
    said = error.args[0] if error.args else ""
    if isinstance(error, UnknownName):  # in English, too: the command that it names is of no use to a visitor
        return _unknown(error, language)
    if language == ENGLISH and not isinstance(error, SnapshotError):
        return str(error)
    if isinstance(said, Said) and said.code:
        return spoken(said.code, said.values, language)
    if isinstance(error, AmbiguousName):
        return spoken("error.ambiguous", {"name": error.value[:80], "near": Many(tuple(error.suggestions))}, language)
    for kind, code in ((Gone, "error.gone"), (SnapshotError, "error.snapshot")):
        if isinstance(error, kind):
            return spoken(code, {}, language)
    return spoken("error.other", {"what": str(error)}, language)


def _unknown(error: UnknownName, language: str) -> str:
    code = f"kind-of.{error.what}"
    what = spoken(code if code in catalogue(language) else "kind-of.other", {}, language)
    values = {"what": what, "name": error.value[:80], "near": Many(tuple(error.suggestions))}
    return spoken("error.unknown.near" if error.suggestions else "error.unknown", values, language)
