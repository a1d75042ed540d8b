"""Documents go into the store: cut, embedded in batches across documents, and replaced each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import store as tables
from corpus.console import Progress
from corpus.errors import SourceError
from corpus.identity import document_id
from corpus.models import Document, Passage
from corpus.store import CorpusStore
from index import build, fulltext
from index.embedder import BulkEncoder, Embedder, Vectors
from ingest import chunk
from ingest.duplicates import remember
from ingest.enrich import enrich
from ingest.quality import quality

# Keys of vectors, and the promise of those vectors.
Encoding = tuple[Sequence[str], Future[Vectors]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document cut into passages, with what is embedded for each and the key of its vector."""

    document: Document
    root: str
    passages: Sequence[Passage]
    texts: Sequence[str]
    keys: Sequence[str]


class Writer:
    """What turns documents into rows, words and vectors of an open store; use as a context manager."""

    # Passages that go to the encoder together: texts of like length share its batches, and with fewer to sort, more
    # of its work is padding. Each slice of them is kept as soon as it is there, so that is what an interruption costs.
    batch, slice = 512, 128

    def __init__(self, store: CorpusStore, embedder: Embedder, model_name: str, data: Path) -> None:
        self.store, self.embedder, self.model_name, self.data = store, embedder, model_name, data
        self.embedded = 0
        self._stack = ExitStack()
        self._bulk: BulkEncoder | None = None
        self._promised: set[str] = set()
        fulltext.create(store.db)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
        self._bulk = None

    def prepare(self, document: Document, root: str) -> Prepared:
        """Cut a document and name what is embedded for each passage."""
        document, passages = enrich(document, chunk.chunk(document, self.embedder))
        found = quality(document, passages)
        warnings = (*document.warnings, *filter(None, [found.warning()]))
        document = replace(document, quality=found.score, warnings=warnings)
        texts = [chunk.embedded_text(document.title, passage, self.embedder) for passage in passages]
        keys = [build.embedding_key(self.embedder, text) for text in texts]
        return Prepared(document, root, passages, texts, keys)

    def too_long(self, prepared: Prepared) -> int:
        """How many passages the model would not read whole."""
        limit = self.embedder.max_tokens - self.embedder.overhead()
        return sum(len(self.embedder.token_spans(text)) > limit for text in prepared.texts)

    def start(self, batch: Iterable[Prepared]) -> list[Encoding]:
        """Have the vectors made that these documents lack, beside what the caller does next."""
        texts = {key: text for prepared in batch for key, text in zip(prepared.keys, prepared.texts, strict=True)}
        known = self.store.known_embeddings(list(texts)) | self._promised
        missing = sorted((key for key in texts if key not in known), key=lambda key: len(texts[key]))
        self._promised.update(missing)
        if missing and self._bulk is None:
            exported = build.exported(self.data, self.embedder)
            self._bulk = self._stack.enter_context(self.embedder.bulk(exported))
        slices = (missing[first : first + self.slice] for first in range(0, len(missing), self.slice))
        return [(keys, self._bulk.submit([texts[key] for key in keys])) for keys in slices if self._bulk]

    def finish(self, encodings: Iterable[Encoding], progress: Progress) -> None:
        """Store the vectors that were started."""
        for keys, promise in encodings:
            vectors = promise.result()
            with self.store.transaction() as db:
                tables.put_embeddings(db, zip(keys, build.pack(vectors), strict=True))
            self._promised.difference_update(keys)
            self.embedded += len(keys)
            progress("embedding", self.embedded, None)

    def note_model(self) -> None:
        """From here on the store's vectors are this model's; call inside the transaction that makes it true."""
        self.store.set_meta("model", self.embedder.model_id)
        self.store.set_meta("model_name", self.model_name)

    def replace(self, prepared: Prepared) -> Document:
        """Put a document, its passages and their words in place of what its source held; returns it with its id."""
        with self.store.transaction() as db:
            document = replace(prepared.document, id=self._own_id(prepared.document))
            fulltext.remove_source(db, document.source)
            rowid, rowids = tables.put_document(db, document, prepared.passages, prepared.keys, prepared.root)
            fulltext.add(db, _words(document, prepared.passages, rowids))
            remember(db, rowid, document)
        return document

    def _own_id(self, document: Document) -> str:
        """A declared id, or the one the source had before, or one made from the title that is still free."""
        before, holder = self.store.id_of(document.source), self.store.source_of(document.id)
        if holder is None or holder == document.source:
            return document.id if document.declares_id or before is None else before
        if not document.declares_id:
            return before or document_id(document.title, document.source, self.store.ids())
        if self.store.declares_id(holder):
            raise SourceError(f"its id {document.id!r} is already taken by {holder}; change one of them.")
        # an id that was only made from a title gives way
        tables.rename(self.store.db, holder, document_id(document.id, holder, self.store.ids()))
        return document.id


def remove(db: sqlite3.Connection, sources: Iterable[str]) -> None:
    """Take the documents of these sources and their words out of the store."""
    for source in (given := list(sources)):
        fulltext.remove_source(db, source)
    tables.delete_documents(db, given)


def _words(document: Document, passages: Sequence[Passage], rowids: Sequence[int]) -> list[fulltext.Words]:
    return [
        fulltext.Words(rowid, document.title, " ".join(passage.section), passage.text, document.language)
        for passage, rowid in zip(passages, rowids, strict=True)
    ]
