"""The themes, and what the corpus holds on one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.dependencies import BaseDep
from api.params import ThemeId
from api.schemas import ThemePageOut, ThemesOut
from api.spoken import Language, in_language
from corpus.languages import ENGLISH
from search.themes import page_json, theme_page, theme_tree, tree_json

router = APIRouter(tags=["themes"])


@router.get("/themes", response_model=ThemesOut)
def themes(base: BaseDep, lang: Language = ENGLISH) -> Any:
    """The themes with their definitions and how many documents carry each.

    Example: `/api/v1/themes`
    """
    return in_language({"snapshot": base.snapshot.id, "themes": tree_json(theme_tree(base.db))}, lang)


@router.get("/themes/{theme_id}", response_model=ThemePageOut)
def theme(theme_id: ThemeId, base: BaseDep, lang: Language = ENGLISH) -> Any:
    """A theme by id or name: its best practices, the cities and regions active in it, and where there is nothing.

    Example: `/api/v1/themes/healthy-ageing`
    """
    return in_language({"snapshot": base.snapshot.id, **page_json(base, theme_page(base.db, theme_id))}, lang, "theme")
