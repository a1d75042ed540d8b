"""Errors become HTTP answers here and nowhere else: problem+json for the API, a page for browsers."""

from __future__ import annotations

import logging
import sqlite3
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.language import asked_language
from api.problems import error_page, problem_in
from corpus.errors import Gone, InvalidInput, LearnCitiesError, NotFound, SnapshotError, UnknownName
from corpus.languages import ENGLISH

_log = logging.getLogger("learncities.api")
# What the framework says of these is one word.
_HELP = {
    404: "Not Found: there is nothing at this address; /api/v1/openapi.json lists what can be asked.",
    405: "Method Not Allowed: everything here is read with GET, and nothing can be written.",
}
# Seconds until a snapshot may have been mended, or a queue has moved on.
_RETRY_AFTER = "5"
_STATUS: tuple[tuple[type[LearnCitiesError], int], ...] = (
    (Gone, 410),
    (NotFound, 404),
    (UnknownName, 404),
    (InvalidInput, 400),
    (SnapshotError, 503),
)


def status_of(error: LearnCitiesError) -> int:
    """The HTTP status of one of our errors; a name in a query string that is unknown is a bad request."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


class Faults:
    """Answers a fault of ours as a problem, where the layers outside can still add their headers, and logs it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; half an answer ends with its connection, so that nobody takes it for a whole one."""
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            _log.error("unexpected error", exc_info=error)
            detail = "Something went wrong here; the operator has been told. Try again."
            await answer(Request(scope), 500, detail)(scope, receive, send)


def add_handlers(app: FastAPI) -> None:
    """Answer every failure that was foreseen as a problem."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, LearnCitiesError)  # noqa: S101  # narrows for the type checker
        status = status_of(error)
        if isinstance(error, UnknownName) and error.value not in request.path_params.values():
            status = 400
        if status >= 500 and not isinstance(error, SnapshotError):  # its message is for the operator alone
            raise error
        return answer(request, status, _detail(request, error), getattr(error, "suggestions", []), error=error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101  # narrows for the type checker
        return answer(request, 422, "; ".join(_reason(item) for item in error.errors()[:5]))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  # narrows for the type checker
        status, detail = error.status_code, error.detail
        said = _HELP.get(status, detail) if detail == HTTPStatus(status).phrase else detail
        return answer(request, status, said, headers=error.headers)

    async def unreadable(request: Request, error: Exception) -> Response:
        _log.error("snapshot unreadable", exc_info=error)
        return answer(request, 503, "The published snapshot cannot be read. The operator can run `learncities doctor`.")

    app.add_exception_handler(LearnCitiesError, ours)
    app.add_exception_handler(sqlite3.Error, unreadable)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _detail(request: Request, error: LearnCitiesError) -> str:
    """What went wrong, in the language that was asked for; names are listed by a route, not by a command."""
    language = asked_language(request) or ENGLISH
    if language != ENGLISH:
        return problem_in(error, language)
    return error.said("/api/v1/{}") if isinstance(error, UnknownName) else str(error)


def _reason(item: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"][1:])
    if item["type"] == "extra_forbidden":
        return f"{place}: there is no such parameter"
    return f"{place}: {item['msg']}"


def answer(
    request: Request,
    status: int,
    detail: str,
    suggestions: Any = (),
    headers: Any = None,
    error: LearnCitiesError | None = None,
) -> Response:
    """A problem as RFC 9457 describes it; outside the API, a page for those who read pages."""
    title = HTTPStatus(status).phrase
    again = {"Retry-After": _RETRY_AFTER} if status == 503 else {}
    headers = {"Cache-Control": "no-store", **again, **(headers or {})}
    if not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", ""):
        page = error_page(request, status, detail, error)
        page.headers.update(headers)
        return page
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if suggestions:
        body["suggestions"] = list(suggestions)
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")
