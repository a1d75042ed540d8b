"""The themes, and what the corpus holds and lacks on one of them."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import BaseDep
from api.pages import render
from search.results import Hit, cite
from search.themes import theme_page, theme_tree

router = APIRouter()


@router.get("/themes")
def themes_page(request: Request, base: BaseDep) -> HTMLResponse:
    """All themes with their definitions and counts."""
    groups = [(group, list(themes)) for group, themes in groupby(theme_tree(base.db), key=lambda t: t.term.group)]
    return render(request, "themes.html", groups=groups)


@router.get("/themes/{theme_id}")
def theme_page_(request: Request, base: BaseDep, theme_id: str) -> HTMLResponse:
    """One theme: its best practices, the cities and regions active in it, and where there is nothing."""
    found = theme_page(base.db, theme_id)
    documents = [base.document_at(rowid) for rowid in found.practices]
    hits = [Hit(document, 0.0, (), (), cite(document)) for document in documents]
    return render(request, "theme.html", page=found, theme=found.theme, hits=hits)
