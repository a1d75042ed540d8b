"""Pages for people, complete without JavaScript: the search page and one page a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.dependencies import BaseDep, LibraryDep
from api.errors import status_of
from api.pages import render
from api.params import FilterParams
from corpus.errors import InvalidInput
from search.ask import ask
from search.cities import themes_with_counts
from search.cursors import snapshot_of
from search.engine import KnowledgeBase
from search.filters import Filters, label_of
from search.results import FacetValue, SearchResult

router = APIRouter()
_PER_PAGE = 10
# Filter groups that the page offers, with their headings.
_SHOWN = {
    "theme": "Theme",
    "region": "Region",
    "country": "Country",
    "target_group": "For whom",
    "city_size": "City size",
    "language": "Language",
}
_FACETS_SHOWN = 8
Pairs = list[tuple[str, str]]


@router.get("/")
def search_page(
    request: Request,
    library: LibraryDep,
    params: Annotated[FilterParams, Query()],
    q: str = "",
    cursor: str | None = None,
) -> HTMLResponse:
    """The search page."""
    base, result, problem, chosen, status = library.get(), None, None, Filters(), 200
    try:
        base = library.get(snapshot_of(cursor))
        chosen = params.resolved()
        result = ask(base, q, chosen, limit=_PER_PAGE, cursor=cursor)
    except InvalidInput as error:
        problem, status = str(error), 400 if status_of(error) == 404 else status_of(error)
    pairs = _pairs(q, chosen)
    return render(
        request, "search.html", status,
        q=q[:1000], result=result, problem=problem, manifest=base.manifest, pairs=pairs,
        themes=_theme_chips(base) if not pairs else [],
        facets=_facets(result, chosen, pairs) if result else [],
        active=_active(chosen, pairs),
        next_page=[*pairs, ("cursor", result.next_cursor)] if result and result.next_cursor else None,
        landing=not q and not chosen and not cursor and problem is None,
        label_of=label_of,
    )  # fmt: skip


def _pairs(q: str, chosen: Filters) -> Pairs:
    """The state of the page as parameters of its address."""
    pairs = [("q", q)] if q else []
    pairs += [(group, value) for group, values in chosen.groups.items() for value in values]
    years = (("year_from", chosen.year_from), ("year_to", chosen.year_to))
    return pairs + [(name, str(year)) for name, year in years if year is not None]


def _toggled(pairs: Pairs, pair: tuple[str, str]) -> Pairs:
    return [other for other in pairs if other != pair] if pair in pairs else [*pairs, pair]


def _theme_chips(base: KnowledgeBase) -> list[dict[str, object]]:
    return [
        {"label": term.label(), "count": count, "on": False, "link": [("theme", term.id)]}
        for term, count in themes_with_counts(base)
        if count
    ]


def _facets(result: SearchResult, chosen: Filters, pairs: Pairs) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for group, heading in _SHOWN.items():
        values = [_choice(facet, (group, facet.value), pairs) for facet in result.facets.get(group, [])]
        values.sort(key=lambda value: not value["on"])  # what is chosen is never hidden under "more"
        if len(values) > 1 or group in chosen.groups:
            groups.append({"heading": heading, "first": values[:_FACETS_SHOWN], "more": values[_FACETS_SHOWN:]})
    return groups


def _choice(facet: FacetValue, pair: tuple[str, str], pairs: Pairs) -> dict[str, object]:
    return {"label": facet.label, "count": facet.count, "on": pair in pairs, "link": _toggled(pairs, pair)}


def _active(chosen: Filters, pairs: Pairs) -> list[dict[str, object]]:
    def each() -> Iterator[tuple[str, tuple[str, str]]]:
        for group, value in ((g, v) for g, values in chosen.groups.items() for v in values):
            yield label_of(group, value), (group, value)
        for name, year in (("from", chosen.year_from), ("to", chosen.year_to)):
            if year is not None:
                yield f"{name} {year}", (f"year_{name}", str(year))

    return [{"label": label, "link": _toggled(pairs, pair)} for label, pair in each()]


@router.get("/documents/{document_id}")
def document_page(request: Request, base: BaseDep, document_id: str) -> HTMLResponse:
    """One document: its text by section as far as its rights allow, figures, sources, and how to cite it."""
    document, passages, citation = base.document(document_id)
    sections = [(path, list(group)) for path, group in groupby(passages, key=lambda passage: passage.section)]
    return render(request, "document.html", document=document, sections=sections, citation=citation, label_of=label_of)
