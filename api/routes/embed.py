"""The search on other websites: the element's script, the page for a frame, and a demonstration of both."""

from __future__ import annotations

from functools import partial
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from api.dependencies import BaseDep
from api.embed import LANGUAGES, counted, script, tags, texts
from api.errors import status_of
from api.headers import HEADERS
from api.language import language_of
from api.pages import render
from api.params import FilterParams
from api.problems import problem_in
from api.spoken import Language
from corpus.errors import InvalidInput
from corpus.languages import direction
from search.ask import ask
from search.filters import Filters

router = APIRouter()
_POLICY = "Content-Security-Policy"
_DEMO_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


@router.get("/static/learncities-search.{version}.js")
def pinned_script(version: str) -> Response:
    """The element's script under its hash: the same bytes for ever, so that an integrity hash holds."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(script(version).body, headers=headers, media_type="text/javascript")


class FrameParams(FilterParams):
    """What `/embed` takes: a question, its filters, and how to show what they find."""

    OWN: ClassVar[frozenset[str]] = frozenset({"q", "lang", "limit", "scheme"})

    q: str = ""
    lang: Language | None = None
    limit: int = Field(default=5, ge=1, le=50)
    scheme: Literal["", "light", "dark"] = ""


@router.get("/embed")
@router.get("/demo/frame")  # the same, for the demonstration, which is not one of the operator's websites
def frame(request: Request, base: BaseDep, params: Annotated[FrameParams, Query()]) -> HTMLResponse:
    """A search for a frame on another website, complete without JavaScript."""
    language, result, problem, chosen, status = language_of(request), None, "", Filters(), 200
    try:
        chosen = params.resolved()
        if params.q or chosen:
            result = ask(base, params.q, chosen, limit=params.limit, with_facets=False)
    except InvalidInput as error:
        problem, status = problem_in(error, language), 400 if status_of(error) == 404 else status_of(error)
    pairs = [*chosen.pairs, ("lang", language)]
    kept = [("limit", str(params.limit)), ("scheme", params.scheme), *pairs]
    better = result.did_you_mean if result else None
    page = render(
        request, "embed.html", status,
        params=params, result=result, problem=problem, kept=kept,
        texts=texts(language), count=partial(counted, language),
        better=f"?{urlencode([('q', better), *kept])}" if better else None,
        rest=f"/?{urlencode([('q', params.q), *pairs])}" if result and result.total > len(result.hits) > 0 else None,
    )  # fmt: skip
    allowed = " ".join(request.app.state.settings.frame_ancestors.split()) or "'none'"
    page.headers[_POLICY] = _framed("'self'" if request.url.path.startswith("/demo") else allowed)
    return page


def _framed(ancestors: str) -> str:
    """The policy of every page, with the ancestors that may frame this one."""
    kept = [part for part in HEADERS[_POLICY].split("; ") if not part.startswith("frame-ancestors")]
    return "; ".join([*kept, f"frame-ancestors {ancestors}"])


@router.get("/demo")
def demo(
    request: Request, lang: Language = "en", hostile: bool = True, scheme: Literal["light", "dark"] = "light"
) -> HTMLResponse:
    """A page as another website might be, with the element and the frame; its style sheet is as hostile as can be."""
    here = str(request.base_url).rstrip("/")
    page = render(
        request, "demo.html",
        dir=direction(lang), language=lang, hostile=hostile, scheme=scheme, languages=LANGUAGES, texts=texts(lang),
        live=tags("", here, lang, limit=3), shown=tags(here, here, lang, limit=3),
    )  # fmt: skip
    page.headers[_POLICY] = _DEMO_POLICY
    return page
