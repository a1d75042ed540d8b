"""Thematic search."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.dependencies import LibraryDep
from api.params import SearchQuery
from api.schemas import SearchOut
from api.spoken import in_language
from search.ask import ask
from search.cursors import snapshot_of
from search.empty_searches import record
from search.serialise import result_json

router = APIRouter(tags=["search"])


@router.get("/search", response_model=SearchOut)
def search(params: SearchQuery, library: LibraryDep, request: Request) -> dict[str, Any]:
    """Find practices and publications by meaning and by words; an empty `q` lists everything under the filters.

    Example: `/api/v1/search?q=empty+rooms+as+classrooms&region=asia-and-the-pacific&limit=3`
    """
    base = library.get(params.snapshot or snapshot_of(params.cursor))
    chosen = params.resolved()
    found = ask(
        base, params.q, chosen,
        limit=params.limit, cursor=params.cursor, as_typed=params.as_typed, sort=params.sort,
    )  # fmt: skip
    record(request.app.state.settings, found)
    answer: dict[str, Any] = in_language(result_json(found, params.explain), params.lang)
    return answer
