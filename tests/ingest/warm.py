"""Everything that a small ingestion loads, loaded: what processes are forked from, so that each begins at once."""

from __future__ import annotations

from corpus.models import Document, Section
from corpus.text import detect_language
from index import classify, prototypes
from index.analyzer import terms
from ingest import chunk
from ingest.enrich import enrich
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from ingest.quality import quality
from tests.conftest import TinyEmbedder

_TEXT = "The library of Cork opened its rooms in the evening. Everyone came, and stayed until nine at night."


def _warm() -> None:
    document = Document("a", "a.md", "Rooms", _TEXT, (Section((), 0, len(_TEXT)),), "text/markdown", "hash")
    quality(*enrich(document, chunk.chunk(document, TinyEmbedder())))
    parse(RawSource("a.html", f"<!doctype html><html><title>Rooms</title><main><p>{_TEXT}</p></main>".encode()))
    for kind in prototypes.KINDS:
        prototypes.prototypes(kind)
        classify.phrases(kind)
    detect_language(_TEXT)
    list(terms(_TEXT, "en"))


_warm()
