"""Rendering pages: one Jinja2 environment with autoescape, and the helpers its templates call."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from corpus.settings import Settings
from search.results import PassageHit

TEMPLATES = Path(__file__).parent / "web" / "templates"


@cache
def environment() -> Environment:
    """The templates, with everything escaped that is not made here."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["marked"] = marked
    made.filters["qs"] = query_string
    return made


def marked(passage: PassageHit) -> Markup:
    """The passage's text, escaped, with <mark> around its highlights."""
    pieces, position = [], 0
    for start, end in passage.highlights:
        pieces += [escape(passage.text[position:start]), Markup("<mark>"), escape(passage.text[start:end])]
        pieces.append(Markup("</mark>"))
        position = end
    return Markup("").join([*pieces, escape(passage.text[position:])])


def query_string(parameters: list[tuple[str, str]]) -> str:
    """`?a=b&c=d`, or the bare path for no parameters."""
    return "?" + urlencode(parameters) if parameters else "/"


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from a template."""
    settings: Settings = request.app.state.settings
    html = environment().get_template(template).render(settings=settings, **values)
    return HTMLResponse(html, status)


def error_page(request: Request, status: int, title: str, detail: str) -> HTMLResponse:
    """A page that says what went wrong and leads back to the search."""
    return render(request, "error.html", status, title=title, detail=detail)
