"""Suggestions while a visitor types."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.dependencies import BaseDep
from api.schemas import SuggestOut
from search.query import MAX_LENGTH
from search.suggest import LIMIT, MOST, suggester_of

router = APIRouter(tags=["search"])


class SuggestParams(BaseModel):
    """Everything `/suggest` takes."""

    q: str = Field(
        default="", max_length=MAX_LENGTH, examples=["liter"], description="what was typed; empty gives popular themes"
    )
    limit: int = Field(default=LIMIT, ge=1, le=MOST, description="how many suggestions")


@router.get("/suggest", response_model=SuggestOut)
def suggest(params: Annotated[SuggestParams, Query()], base: BaseDep) -> dict[str, Any]:
    """Complete what was typed: themes, places, titles and terms by any of their names; each finds a document.

    Example: `/api/v1/suggest?q=liter`
    """
    found = suggester_of(base).suggest(params.q, params.limit)
    suggestions = [asdict(suggestion) for suggestion in found]
    return {"query": params.q, "snapshot": base.snapshot.id, "suggestions": suggestions}
