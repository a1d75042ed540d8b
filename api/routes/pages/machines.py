"""What machines read of the site: feeds, sitemap, search description, and what they may fetch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response

from api.dependencies import BaseDep
from api.pages import Voice, text_in
from api.params import FilterParams
from api.search_view import SearchState
from corpus.dates import changes
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from search.ask import ask
from search.query import MAX_LENGTH

router = APIRouter()
_ENTRIES = 30
_FIXED = ("/", "/themes", "/cities", "/overview", "/map", "/compare", "/how-it-works", "/about-network")


@router.get("/opensearch.xml")
def opensearch(request: Request) -> Response:
    """How a browser searches here (OpenSearch 1.1)."""
    return text_in(request, "opensearch.xml", "application/opensearchdescription+xml")


@router.get("/feed.atom")
def feed(request: Request, base: BaseDep, params: Annotated[FilterParams, Query()], q: str = "") -> Response:
    """What a search finds as an Atom feed (RFC 4287); without a question what came last."""
    state = SearchState(Voice(request), q[:MAX_LENGTH], params.resolved())
    found = ask(base, q, state.chosen, limit=_ENTRIES, with_facets=False, sort="relevance" if q else "added")
    changed = changes(base.db, [hit.document.id for hit in found.hits])
    return text_in(
        request, "feed.atom", "application/atom+xml",
        q=found.query, hits=found.hits, pairs=state.pairs, updated=base.manifest.published, changed=changed,
    )  # fmt: skip


@router.get("/sitemap.xml")
def sitemap(request: Request, base: BaseDep) -> Response:
    """Every page, each in six languages."""
    documents = [f"/documents/{row[0]}" for row in base.db.execute("SELECT id FROM documents ORDER BY id")]
    themes = [f"/themes/{theme}" for theme in load_taxonomy().themes.terms]
    cities = [f"/cities/{city}" for city in load_gazetteer().cities]
    day = base.manifest.published[:10]
    return text_in(
        request, "sitemap.xml", "application/xml", pages=[*_FIXED, *themes, *cities, *documents], lastmod=day
    )


@router.get("/robots.txt")
def robots(request: Request) -> PlainTextResponse:
    """What crawlers may fetch: every page, but no search, which never ends."""
    base_url = request.app.state.settings.base_url
    lines = ["User-agent: *", "Disallow: /?", "Disallow: /compare?", "Disallow: /peers", "Disallow: /api/"]
    return PlainTextResponse("\n".join([*lines, "Allow: /", f"Sitemap: {base_url}/sitemap.xml", ""]))


@router.get("/llms.txt")
def llms(request: Request, base: BaseDep) -> Response:
    """What an assistant should know before it reads or cites this site."""
    return text_in(request, "llms.txt", "text/plain", manifest=base.manifest, snapshot=base.snapshot.id)
