"""The page of a document, what is like it, its citation as a file, and a brief of it for one city."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.dependencies import BaseDep
from api.linked_data import document_data
from api.pages import Voice, cities_of, render
from api.problems import problem_in
from corpus.errors import InvalidInput, NotFound, UnknownName
from corpus.places import load_gazetteer
from search.asked import find_city
from search.brief import brief as brief_of
from search.engine import KnowledgeBase
from search.export_formats.record import Provenance, Record
from search.exports import FORMATS
from search.results import Hit

router = APIRouter()
_SIMILAR_SHOWN, _SIMILAR_LISTED = 4, 20
_KINDS = ("theme", "target_group", "sdg", "evidence")
_CITATIONS = {"ris": "ris", "bib": "bibtex", "json": "csl"}


@router.get("/documents/{document_id}")
def document_page(request: Request, base: BaseDep, document_id: str) -> HTMLResponse:
    """One document: its text by section as far as its rights allow, figures, sources, and how to cite it."""
    document, passages, citation = base.document(document_id)
    sections = [(path, list(group)) for path, group in groupby(passages, key=lambda passage: passage.section)]
    voice, settings = Voice(request), request.app.state.settings
    return render(
        request, "document.html",
        document=document, sections=sections, citation=citation, cities=cities_of(document),
        similar=_similar(base, document_id, _SIMILAR_SHOWN), snapshot=base.snapshot.id,
        data=document_data(document, voice, settings.base_url),
        by_kind={kind: [label for label in document.labels if label.kind == kind] for kind in _KINDS},
        members=load_gazetteer().by_name,
    )  # fmt: skip


@router.get("/documents/{document_id}/similar")
def similar_page(request: Request, base: BaseDep, document_id: str) -> HTMLResponse:
    """More like this: the documents nearest in meaning."""
    document, _, _ = base.document(document_id)
    return render(request, "similar.html", document=document, hits=_similar(base, document_id, _SIMILAR_LISTED))


@router.get("/documents/{document_id}/cite.{form}")
def citation_file(base: BaseDep, document_id: str, form: str) -> Response:
    """The citation of a document for a reference manager: `ris`, `bib` or `json` (CSL)."""
    if form not in _CITATIONS:
        raise UnknownName("export format", form, list(_CITATIONS))
    document, passages, citation = base.document(document_id)
    written = FORMATS[_CITATIONS[form]]
    record = Record(1, Hit(document, 0.0, tuple(passages), (), citation), Provenance(base.snapshot.id, "", {}))
    return Response(
        "".join(written.write([record])),
        media_type=written.media_type,
        headers={"Content-Disposition": f'attachment; filename="{document.id}.{written.suffix}"'},
    )


@router.get("/documents/{document_id}/brief")
def brief_page(request: Request, base: BaseDep, document_id: str, city: str = "") -> HTMLResponse:
    """What a document says of problem, cost, partners and more in its own sentences, and how its city differs."""
    document, _, citation = base.document(document_id)
    brief, problem, status = None, "", 200
    if city.strip():
        try:
            brief = brief_of(base, document_id, find_city(city[:200]).context)
        except NotFound:
            raise
        except InvalidInput as error:
            problem, status = problem_in(error, Voice(request).language), 400
    return render(
        request, "brief.html", status,
        document=document, citation=citation, brief=brief, problem=problem, asked=city[:200],
        members=load_gazetteer().by_name,
    )  # fmt: skip


def _similar(base: KnowledgeBase, document_id: str, limit: int) -> tuple[Hit, ...]:
    """The nearest documents; none for a document without a passage."""
    try:
        return base.similar(document_id, limit=limit).hits
    except NotFound:
        return ()
