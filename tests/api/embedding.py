"""A website that embeds the search, and answers of the API as a test needs them."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api.embed import Tags, tags
from api.schemas import SearchOut

CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}


class Host:
    """Another website: one page and a style sheet, with the policy of a strict host for the centre that it embeds."""

    def __init__(self, centre: str) -> None:
        self.centre, self.address, self.html, self.css = centre, "", "", ""
        self.app = Starlette(routes=[Route("/", self._page), Route("/style.css", self._style)])

    def _page(self, request: Request) -> Response:
        return HTMLResponse(self.html, headers={"Content-Security-Policy": self.policy})

    def _style(self, request: Request) -> Response:
        return Response(self.css, media_type="text/css")

    @property
    def policy(self) -> str:
        """The printed line, upon a policy that allows nothing else, not even HTML made from text."""
        strict = "default-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        return f"{strict}; style-src 'self'; {self.tag().policy}; {self.tag().iframe_policy}"

    def tag(self, language: str = "en", filters: Any = (), limit: int = 5) -> Tags:
        """What `learncities embed` prints for the centre."""
        return tags(self.centre, self.centre, language, filters, limit)

    def page(self, body: str, css: str = "") -> str:
        """The address of a page with that body."""
        self.css = css
        head = '<meta charset="utf-8"><title>A town</title><link rel="stylesheet" href="/style.css">'
        self.html = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
        return self.address

    def element(self, attributes: str = "", css: str = "") -> str:
        """The address of a page with the element alone."""
        script = self.tag().element.splitlines()[0]
        element = f'<learncities-search endpoint="{self.centre}" {attributes}></learncities-search>'
        return self.page(script + element, css)


def passage(text: str, highlights: Any = (), **more: Any) -> dict[str, Any]:
    """A passage as the API gives it."""
    place: dict[str, Any] = {
        "section": [],
        "page_label": None,
        "page_index": None,
        "start": 0,
        "end": len(text),
        "url": None,
    }
    return {"ordinal": 0, "text": text, "highlights": list(highlights), "score_parts": None, **place, **more}


def hit(title: str = "A practice", *passages: dict[str, Any], **document: Any) -> dict[str, Any]:
    """A hit as the API gives it."""
    about: dict[str, Any] = {
        "id": "a-practice", "title": title, "kind": "practice", "language": "en", "year": 2020, "publisher": None,
        "authors": [], "cities": [], "countries": [], "themes": [], "sdgs": [], "target_groups": [], "evidence": [],
        "licence": None, "display": "full", "address": None, "rests_on": [],
    }  # fmt: skip
    citation = {"text": title, "publisher": "A town hall", "year": 2020, "page": None, "url": "https://example.org/a"}
    return {
        "document": about | document, "score": 1.0, "passages": list(passages), "why": [],
        "citation": citation, "also": [],
    }  # fmt: skip


def answer(*hits: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An answer to a search, checked to be what the API gives."""
    made: dict[str, Any] = {
        "query": "", "corrected": None, "did_you_mean": None, "expansions": [], "attribution": None, "snapshot": "s",
        "total": len(hits), "total_relation": "exact", "took_ms": 1.0, "hits": list(hits), "nearest": [], "facets": {},
        "next_cursor": None, "notices": [],
    }  # fmt: skip
    return SearchOut.model_validate(made | more).model_dump()
