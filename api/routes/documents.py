"""One document, with what may be shown of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.dependencies import LibraryDep
from api.schemas import FullDocumentOut
from search.serialise import full_document_json

router = APIRouter(tags=["documents"])


@router.get("/documents/{document_id}", response_model=FullDocumentOut)
def document(document_id: str, library: LibraryDep, snapshot: str | None = None) -> dict[str, Any]:
    """A document with its figures, sources and the passages that its rights allow to be shown."""
    return full_document_json(*library.get(snapshot).document(document_id))
