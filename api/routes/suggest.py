"""Suggestions while a visitor types."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.dependencies import BaseDep
from api.schemas import SuggestOut
from api.spoken import Language, in_language
from corpus.labels import label_of
from corpus.languages import ENGLISH
from search.query import MAX_LENGTH
from search.suggest import LIMIT, MOST, suggester_of
from search.suggestible import Suggestion

router = APIRouter(tags=["search"])


class SuggestParams(BaseModel):
    """Everything `/suggest` takes."""

    q: str = Field(
        default="", max_length=MAX_LENGTH, examples=["liter"], description="what was typed; empty gives popular themes"
    )
    lang: Language = ENGLISH
    limit: int = Field(default=LIMIT, ge=1, le=MOST, description="how many suggestions")


@router.get("/suggest", response_model=SuggestOut)
def suggest(params: Annotated[SuggestParams, Query()], base: BaseDep) -> dict[str, Any]:
    """Complete what was typed: themes, places, titles and terms by any of their names; each finds a document.

    Example: `/api/v1/suggest?q=liter`
    """
    found = suggester_of(base).suggest(params.q, params.limit)
    suggestions = [in_language(asdict(one), params.lang) | _shown(one, params.lang) for one in found]
    return {"query": params.q, "snapshot": base.snapshot.id, "suggestions": suggestions}


def _shown(suggestion: Suggestion, language: str) -> dict[str, str]:
    """What to show: the name of a filter's value in the language, or the text itself; and what it is."""
    text = next((label_of(*chosen, language) for chosen in suggestion.filters.items()), suggestion.text)
    what = suggestion.explanation
    if what.values.get("name") == text:  # "also called" what it is called here tells nothing
        return {"text": text, "explanation": in_language(what.values["what"], language)}
    return {"text": text, "explanation": in_language(what, language)}
