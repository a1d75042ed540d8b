"""Where the corpus is thick and where it is thin."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.dependencies import LibraryDep
from api.schemas_brief import OverviewOut
from search.empty_searches import shown
from search.overview import overview as overview_of
from search.overview_views import overview_json

router = APIRouter(tags=["search"])


@router.get("/overview", response_model=OverviewOut)
def overview(request: Request, library: LibraryDep, snapshot: str | None = None) -> dict[str, Any]:
    """Documents by theme, region and size of city, each cell with its search, and what is missing."""
    return overview_json(overview_of(library.get(snapshot)), shown(request.app.state.settings))
