"""Would a practice work in the city that asks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import LibraryDep
from api.params import DocumentId, SnapshotId
from api.schemas_brief import BriefOut
from api.spoken import Language, in_language
from corpus.languages import ENGLISH
from search.asked import find_city
from search.brief import brief as brief_of
from search.brief_views import brief_json

router = APIRouter(tags=["documents"])
AskingCity = Annotated[
    str, Query(min_length=1, max_length=200, description="the member city that asks, by name or id", examples=["cork"])
]


@router.get("/documents/{document_id}/brief", response_model=BriefOut)
def brief(
    document_id: DocumentId,
    city: AskingCity,
    library: LibraryDep,
    snapshot: SnapshotId = None,
    lang: Language = ENGLISH,
) -> Any:
    """What a document says of problem, cost, partners and more in its own sentences, and how its city differs.

    Example: `/api/v1/documents/osan-stepping-stone-classrooms/brief?city=Cork`
    """
    asking = find_city(city).context
    return in_language(brief_json(brief_of(library.get(snapshot), document_id, asking)), lang)
