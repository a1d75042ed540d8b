"""Thematic search and the themes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.dependencies import BaseDep, LibraryDep
from api.params import SearchQuery
from api.schemas import SearchOut, ThemesOut
from search.ask import ask
from search.cities import themes_with_counts
from search.cursors import snapshot_of
from search.empty_searches import record
from search.serialise import result_json

router = APIRouter(tags=["search"])


@router.get("/search", response_model=SearchOut)
def search(params: SearchQuery, library: LibraryDep, request: Request) -> dict[str, Any]:
    """Find practices and publications by meaning and by words; an empty `q` lists everything under the filters."""
    base = library.get(params.snapshot or snapshot_of(params.cursor))
    chosen = params.resolved()
    found = ask(
        base, params.q, chosen,
        limit=params.limit, cursor=params.cursor, as_typed=params.as_typed, sort=params.sort,
    )  # fmt: skip
    record(request.app.state.settings, found)
    return result_json(found, params.explain)


@router.get("/themes", response_model=ThemesOut)
def themes(base: BaseDep) -> dict[str, Any]:
    """The themes with their definitions and how many documents carry each."""
    rows = [
        {
            "id": term.id,
            "label": term.label(),
            "description": term.descriptions.get("en"),
            "group": term.group,
            "sdgs": term.sdgs,
            "related": term.related,
            "count": count,
        }
        for term, count in themes_with_counts(base)
    ]
    return {"snapshot": base.snapshot.id, "themes": rows}
