"""One document, with what may be shown of it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Query
from pydantic import Field

from api.dependencies import LibraryDep
from api.params import DocumentId, FilterParams, SnapshotId
from api.schemas import FullDocumentOut, SearchOut
from api.spoken import Language, in_language
from corpus.languages import ENGLISH
from search.serialise import full_document_json, result_json

router = APIRouter(tags=["documents"])


@router.get("/documents/{document_id}", response_model=FullDocumentOut)
def document(
    document_id: DocumentId, library: LibraryDep, snapshot: SnapshotId = None, lang: Language = ENGLISH
) -> Any:
    """A document with its figures, sources and the passages that its rights allow to be shown.

    Example: `/api/v1/documents/osan-stepping-stone-classrooms`
    """
    return in_language(full_document_json(*library.get(snapshot).document(document_id)), lang)


class SimilarParams(FilterParams):
    """What `/documents/{id}/similar` takes."""

    OWN: ClassVar[frozenset[str]] = frozenset({"passage", "limit", "snapshot", "lang"})

    passage: int | None = Field(default=None, ge=0, description="only this passage of it, by its number from 0")
    limit: int = Field(default=10, ge=1, le=100, description="documents")
    snapshot: str | None = Field(default=None, description="a published snapshot other than the newest")
    lang: Language = ENGLISH


@router.get("/documents/{document_id}/similar", response_model=SearchOut)
def similar(document_id: DocumentId, params: Annotated[SimilarParams, Query()], library: LibraryDep) -> Any:
    """More like this: the documents nearest in meaning to a document, or to one passage of it.

    Example: `/api/v1/documents/osan-stepping-stone-classrooms/similar?limit=3`
    """
    base = library.get(params.snapshot)
    found = base.similar(document_id, params.resolved(), passage=params.passage, limit=params.limit)
    return in_language(result_json(found), params.lang)
