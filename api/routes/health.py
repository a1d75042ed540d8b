"""Is the process alive, and can it answer?"""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from api.dependencies import BaseDep

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class Ready(Alive):
    """A snapshot is open."""

    snapshot: str
    documents: int
    passages: int


@router.get("/livez")
def livez() -> Alive:
    """The process is alive, whether or not a snapshot is there.

    Example: `/livez`
    """
    return Alive()


@router.get("/readyz")
def readyz(base: BaseDep) -> Ready:
    """The newest snapshot is open and whole; 503 otherwise, saying what to do.

    Example: `/readyz`
    """
    base.db.execute("SELECT id FROM documents LIMIT 1").fetchone()
    manifest = base.manifest
    return Ready(snapshot=manifest.snapshot, documents=manifest.documents, passages=manifest.passages)
