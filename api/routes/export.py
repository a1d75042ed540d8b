"""A whole result set as a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import Field

from api.dependencies import LibraryDep
from api.params import FilterParams
from search.exports import FORMATS, export, format_named
from search.filters import Filters
from search.query import MAX_LENGTH

router = APIRouter(tags=["search"])
_FILES = {200: {"description": "the file", "content": {made.media_type: {} for made in FORMATS.values()}}}


class ExportParams(FilterParams):
    """What `/export` takes: the question and filters of `/search`, and how to write what they find."""

    format: str = Field(
        default="csv", max_length=20, json_schema_extra={"enum": list(FORMATS)}, description="how to write the file"
    )
    bom: bool = Field(default=False, description="begin a CSV with a byte order mark, as Excel likes it")
    q: str = Field(default="", max_length=MAX_LENGTH, description="as in `/search`; empty exports everything")
    snapshot: str | None = Field(default=None, description="a published snapshot other than the newest")

    def resolved(self) -> Filters:
        """The filters by id. Raises UnknownName or InvalidInput."""
        return FilterParams(**self.model_dump(include=set(FilterParams.model_fields))).resolved()


@router.get("/export", response_class=StreamingResponse, responses=_FILES)  # type: ignore[arg-type]
def export_file(params: Annotated[ExportParams, Query()], library: LibraryDep) -> StreamingResponse:
    """All documents that a search finds, as CSV, JSON lines, RIS, BibTeX or CSL-JSON; the same bytes every time.

    Example: `/api/v1/export?q=school+meals&format=ris`
    """
    form = format_named(params.format, params.bom)
    exported = export(library.get(params.snapshot), params.q, params.resolved())
    headers = {
        "Content-Disposition": f'attachment; filename="{exported.file_name(form)}"',
        "X-Snapshot": exported.found.snapshot,
        "X-Total-Count": str(len(exported.ranked)),
    }
    if exported.notices:
        headers["X-Notice"] = " ".join(exported.notices)
    return StreamingResponse(exported.pieces(form, params.bom), media_type=form.media_type, headers=headers)
