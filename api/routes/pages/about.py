"""How this works and its limits, and what is known of the network."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import BaseDep
from api.pages import render
from corpus.wording import say
from search.engine import KnowledgeBase
from search.results import Hit, cite

router = APIRouter()
# The documents that tell of the network itself.
NETWORK = "network-"


@router.get("/how-it-works")
def how_page(request: Request, base: BaseDep) -> HTMLResponse:
    """How results come about, what they rest on, and what this cannot do."""
    return render(
        request, "how.html",
        documents=say("documents", n=base.manifest.documents), manifest=base.manifest, snapshot=base.snapshot.id,
    )  # fmt: skip


@router.get("/about-network")
def network_page(request: Request, base: BaseDep) -> HTMLResponse:
    """The documents about the network."""
    return render(request, "network.html", hits=network_documents(base))


def network_documents(base: KnowledgeBase) -> list[Hit]:
    """The documents about the network with their text as far as it may be shown, in the order of their ids."""
    ids = base.db.execute("SELECT id FROM documents WHERE id GLOB ? ORDER BY id", (f"{NETWORK}*",)).fetchall()
    found = [base.document(identity) for (identity,) in ids]
    return [Hit(document, 0.0, tuple(passages), (), cite(document)) for document, passages, _ in found]
