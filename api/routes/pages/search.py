"""The search page: question, filters and place in the results all stand in its address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.dependencies import LibraryDep
from api.errors import status_of
from api.pages import Voice, render
from api.params import FilterParams
from api.problems import problem_in
from api.search_view import SearchState, theme_choices
from corpus.errors import InvalidInput
from corpus.wording import Many, say
from search.ask import ask
from search.cursors import snapshot_of
from search.empty_searches import record
from search.filters import Filters
from search.query import MAX_LENGTH
from search.rank import SORTS
from search.results import SearchResult

router = APIRouter()
_PER_PAGE = 10
_WORDINGS_SHOWN = 3


@router.get("/")
def search_page(
    request: Request,
    library: LibraryDep,
    params: Annotated[FilterParams, Query()],
    q: str = "",
    cursor: str | None = None,
    sort: str = SORTS[0],
    as_typed: bool = False,
) -> HTMLResponse:
    """The search page."""
    base, voice, result, problem, status = library.get(), Voice(request), None, None, 200
    state = SearchState(voice, q[:MAX_LENGTH], Filters(), sort if sort in SORTS else SORTS[0])
    try:
        base = library.get(snapshot_of(cursor))
        state = SearchState(voice, q[:MAX_LENGTH], params.resolved(), state.sort)
        result = ask(base, q, state.chosen, limit=_PER_PAGE, cursor=cursor, sort=sort, as_typed=as_typed)
        record(request.app.state.settings, result)
    except InvalidInput as error:
        problem, status = problem_in(error, voice.language), 400 if status_of(error) == 404 else status_of(error)
    landing = not state.pairs and not cursor and problem is None
    return render(
        request, "search.html", status,
        q=state.q, result=result, problem=problem, manifest=base.manifest, landing=landing, pairs=state.pairs,
        kept=[pair for pair in (*state.pairs, *voice.kept) if pair[0] != "q"],
        themes=theme_choices(base, voice) if landing or (result and not result.total) else [],
        facets=list(state.facets(result)) if result else [],
        active=list(state.active()), sorts=list(state.sorts()),
        exports=list(state.exports(base.snapshot.id)),
        next_page=state.link(("cursor", result.next_cursor)) if result and result.next_cursor else None,
        # Filters may be what is wrong, or the question itself.
        reset=voice.href("/", [("q", state.q)] if state.q and params.model_dump(exclude_defaults=True) else []),
        paged=bool(cursor), first_page=state.link(), as_typed=state.link(("as_typed", "true")),
        said_documents=say("documents", n=base.manifest.documents),
        **_lines(voice, result),
    )  # fmt: skip


def _lines(voice: Voice, result: SearchResult | None) -> dict[str, object]:
    """How many were found, what else was searched for, and what may have been meant."""
    if result is None:
        return {"count_line": "", "also": "", "did_you_mean": ""}
    found = say("documents", n=result.total)
    found = say("search.at-least", documents=found) if result.total_relation == "at_least" else found
    line = voice.t("search.for", documents=found, query=result.query) if result.query else voice.tr(found)
    names = tuple(
        say("search.also.one", names=Many(e.also[:_WORDINGS_SHOWN]), asked=e.asked) for e in result.expansions
    )
    better = result.did_you_mean
    link = Markup('<a href="{}">{}</a>').format(voice.href("/", [("q", better)]), better) if better else ""
    return {
        "count_line": line,
        "also": voice.t("search.also", names=Many(names, "semicolon")) if names else "",
        "did_you_mean": voice.t("search.did-you-mean", query=link) if better else "",
    }
