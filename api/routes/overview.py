"""Where the corpus is thick and where it is thin."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from api.dependencies import LibraryDep
from api.params import SnapshotId
from api.schemas_brief import OverviewOut
from api.spoken import Language, in_language
from corpus.languages import ENGLISH
from search.empty_searches import shown
from search.overview import overview as overview_of
from search.overview_views import overview_json

router = APIRouter(tags=["search"])


@router.get("/overview", response_model=OverviewOut)
def overview(
    request: Request, response: Response, library: LibraryDep, snapshot: SnapshotId = None, lang: Language = ENGLISH
) -> Any:
    """Documents by theme, region and size of city, each cell with its search, and what is missing.

    Example: `/api/v1/overview`
    """
    empty = shown(request.app.state.settings)
    if empty is not None:
        response.headers["Cache-Control"] = "no-store"  # they change with every question, the rest with the snapshot
    return in_language(overview_json(overview_of(library.get(snapshot)), empty), lang)
