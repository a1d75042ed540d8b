"""Cities or practices side by side, as a page and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from api.dependencies import BaseDep
from api.pages import Voice, render
from api.problems import problem_in
from corpus.errors import InvalidInput
from corpus.models import Document
from corpus.places import load_gazetteer
from corpus.wording import say
from search.compare import FEWEST, MOST, Row, compare, table_csv
from search.compare_practices import compare_practices
from search.engine import KnowledgeBase

router = APIRouter()
Names = Annotated[list[str] | None, Query(max_length=20)]


@dataclass(frozen=True, slots=True)
class Table:
    """What stands side by side: the columns with the pages that they lead to, rows by group, and what to know."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    practices: tuple[tuple[Document, ...], ...] = ()  # of each city
    documents: tuple[Document, ...] = ()

    def language(self, column: int, shown: str) -> Markup:
        """The attribute that says in which language a column's own words are, where the page is in another."""
        spoken = self.documents[column].language if self.documents else None
        return Markup(' lang="{}"').format(spoken) if spoken not in (None, shown) else Markup()

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows of each group."""
        return [(group, list(rows)) for group, rows in groupby(self.rows, key=lambda row: row.group)]


@router.get("/compare")
def compare_page(request: Request, base: BaseDep, city: Names = None, document: Names = None) -> HTMLResponse:
    """Two to five cities or practices side by side; with fewer, what to do."""
    cities, documents = _named(city), _named(document)
    table: Table | None = None
    problem, status = "", 200
    try:
        if len(cities) + len(documents) > 1:
            table = _table(base, cities, documents)
    except InvalidInput as error:
        problem, status = problem_in(error, Voice(request).language), 400
    chosen = [base.document(name)[0] for name in documents if base.holds(name)]
    return render(
        request, "compare.html", status,
        table=table, problem=problem, cities=[*cities, *[""] * MOST][:MOST], fewest=FEWEST,
        chosen=chosen if table is None else [], near=_near(base, chosen) if table is None else [],
        pairs=[*(("city", name) for name in cities), *(("document", name) for name in documents)],
        members=load_gazetteer().by_name,
    )  # fmt: skip


@router.get("/compare.csv")
def compare_file(request: Request, base: BaseDep, city: Names = None, document: Names = None) -> Response:
    """The same table as CSV, with the source of each value."""
    table = _table(base, _named(city), _named(document))
    names = [name for name, _ in table.columns]
    return Response(
        table_csv(names, table.rows, Voice(request).language),
        media_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": 'attachment; filename="learncities-compare.csv"'},
    )


def _table(base: KnowledgeBase, cities: Sequence[str], documents: Sequence[str]) -> Table:
    if cities and documents:
        raise InvalidInput(say("error.compare.mixed"))
    if documents:
        found, rows = compare_practices(base, documents)
        return Table(tuple((one.title, f"/documents/{one.id}") for one in found), rows, documents=found)
    compared = compare(base, cities)
    pages = (f"/cities/{one.city.id}" if one.city else "" for one in compared.asked)
    return Table(tuple(zip(compared.names, pages, strict=True)), compared.rows, compared.notes, compared.practices)


def _named(names: Sequence[str] | None) -> list[str]:
    return [name.strip()[:200] for name in names or () if name.strip()]


def _near(base: KnowledgeBase, chosen: Sequence[Document]) -> list[Document]:
    """What one chosen practice might be set beside."""
    return [hit.document for hit in base.similar(chosen[0].id, limit=6).hits] if len(chosen) == 1 else []
