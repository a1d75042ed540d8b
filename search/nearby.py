"""Practices of other cities that are like a document: found by a search, ordered by closeness of whole documents."""

from __future__ import annotations

import re

import numpy as np

from corpus.models import Document
from index.embedder import Vectors, unit
from search.engine import KnowledgeBase

_CANDIDATES = 40
_SHOWN = 3


def elsewhere(base: KnowledgeBase, document: Document, asking: str, sentence: str = "") -> list[Document]:
    """The documents nearest to this one (cosine of mean directions), each of another city than it and the asking one.

    `sentence` says in the document's own words what was done; title and it are what is searched for.
    """
    # The title is a question here, not a query: its quotes and dashes are no operators.
    question = " ".join(re.findall(r"\w+", f"{document.title} {sentence}"))[:500]
    result = base.search(question, limit=_CANDIDATES, with_facets=False)
    others = [hit.document for hit in (*result.hits, *result.nearest) if hit.document.id != document.id]
    own = _direction(base, document.id)
    closeness = {other.id: float(own @ _direction(base, other.id)) for other in others}
    taken, chosen = {asking, *(document.cities or document.found_cities)}, []
    for other in sorted(others, key=lambda entry: (-closeness[entry.id], entry.id)):
        cities = set(other.cities or other.found_cities)
        if cities and not cities & taken:
            taken |= cities
            chosen.append(other)
    return chosen[:_SHOWN]


def _direction(base: KnowledgeBase, document_id: str) -> Vectors:
    """The mean direction of a document's passages."""
    sql = "SELECT p.rowid FROM passages p JOIN documents d ON d.rowid = p.document WHERE d.id = ? ORDER BY p.rowid"
    rowids = np.array([row[0] for row in base.db.execute(sql, (document_id,))], dtype=np.int64)
    total = base.index.vectors_of(rowids).sum(axis=0)
    return unit(total)
