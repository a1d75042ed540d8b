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

from api.headers import HEADERS
from api.problems import error_page
from corpus.errors import Gone, InvalidInput, LearnCitiesError, NotFound, SnapshotError, UnknownName

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


def add_handlers(app: FastAPI) -> None:
    """Answer every failure as a problem; a fault of ours is logged with its trace and shown without."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, LearnCitiesError)  # noqa: S101  # narrows for the type checker
        status = status_of(error)
        if isinstance(error, UnknownName) and error.value not in request.path_params.values():
            status = 400
        if status >= 500 and not isinstance(error, SnapshotError):  # its message is for the operator alone
            return await unexpected(request, error)
        return _answer(request, status, str(error), getattr(error, "suggestions", []), error=error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101  # narrows for the type checker
        return _answer(request, 422, "; ".join(_reason(item) for item in error.errors()[:5]))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101  # narrows for the type checker
        return _answer(request, error.status_code, str(error.detail), headers=error.headers)

    async def unexpected(request: Request, error: Exception) -> Response:
        logging.getLogger("learncities.api").error("unexpected error", exc_info=error)
        detail = "Something went wrong here; the operator has been told. Try again."
        # The outermost layer answers this one, beyond those that add headers.
        return _answer(request, 500, detail, headers=HEADERS)

    async def unreadable(request: Request, error: Exception) -> Response:
        logging.getLogger("learncities.api").error("snapshot unreadable", exc_info=error)
        return _answer(
            request, 503, "The published snapshot cannot be read. The operator can run `learncities doctor`."
        )

    app.add_exception_handler(LearnCitiesError, ours)
    app.add_exception_handler(sqlite3.Error, unreadable)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, unexpected)


def _reason(item: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"][1:])
    if item["type"] == "extra_forbidden":
        return f"{place}: there is no such parameter"
    return f"{place}: {item['msg']}"


def _answer(
    request: Request,
    status: int,
    detail: str,
    suggestions: Any = (),
    headers: Any = None,
    error: LearnCitiesError | None = None,
) -> Response:
    title = HTTPStatus(status).phrase
    if not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", ""):
        page = error_page(request, status, detail, error)
        page.headers.update(headers or {})
        return page
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if suggestions:
        body["suggestions"] = list(suggestions)
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")
