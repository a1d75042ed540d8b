"""Sources in, a published snapshot out: parse, cut, embed what is new, replace each document in one transaction."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import store as tables
from corpus.errors import LearnCitiesError, ModelMismatch, SourceError
from corpus.identity import document_id
from corpus.models import Document, Passage
from corpus.places import load_gazetteer
from corpus.store import CorpusStore
from corpus.taxonomy import load_taxonomy
from corpus.text import detect_language
from index import build, fulltext, labels
from index.embedder import Embedder
from ingest import chunk
from ingest.parsers import VERSION, Loaded, Parsers, stamp
from ingest.report import IngestReport, Outcome, Verdict
from ingest.sources import FileSource, Root, Walk

Progress = Callable[[str, int, int], None]


class Pipeline:
    """One run of ingestion into an open store."""

    def __init__(
        self, store: CorpusStore, embedder: Embedder, model_name: str, data: Path, keep: int, parsers: int = 0
    ) -> None:
        self.store, self.embedder, self.model_name = store, embedder, model_name
        self.data, self.keep, self.parsers = data, keep, parsers
        self.report = IngestReport()
        fulltext.create(store.db)

    def run(self, walk: Walk, progress: Progress, password: str | None = None) -> IngestReport:
        """Ingest all files, report what vanished, publish; a source that fails leaves what was stored before."""
        started = time.monotonic()
        self.refuse_other_model()
        for source, reason in walk.failures:
            self.report.outcomes.append(Outcome(source, Verdict.FAILED, note=reason))
        roots = [root for root in walk.roots if self._claim(root)]
        claimed = {(root.name, root.place) for root in roots}
        files = [file for file in walk.files if (file.root, file.place) in claimed]
        for number, loaded in enumerate(self._loaded(files, password)):
            progress(loaded.file.source, number, len(files))
            self.report.outcomes.append(self._one(loaded))
        progress("", len(files), len(files))
        self._vanished(roots, files)
        self.publish()
        self.report.seconds = time.monotonic() - started
        return self.report

    def _claim(self, root: Root) -> bool:
        """Whether the root may be ingested under its name: two places of one name would replace each other."""
        if root.named or self.store.place_of(root.name) in (None, root.place):
            self.store.set_meta(f"root {root.name}", root.place)
            return True
        note = (
            "another place of this name was ingested before. Give this one a name of its own with --root NAME, "
            f"or, if it is the same one moved, --root {root.name}."
        )
        self.report.outcomes.append(Outcome(root.name, Verdict.FAILED, note=note))
        return False

    def refuse_other_model(self) -> None:
        """Raises ModelMismatch when the stored vectors come from another model."""
        stored = self.store.meta("model")
        if stored is not None and stored != self.embedder.model_id:
            raise ModelMismatch(
                f"This data folder was made with model {stored}, not {self.embedder.model_id}. Use that model, give "
                f"another folder with --data, or run `learncities rebuild --model {self.model_name}` to embed again."
            )

    def publish(self) -> None:
        """Publish the store, unless nothing was ever put into it."""
        if self.store.count("documents") or self.store.meta("model"):
            with self.store.transaction() as db:
                tables.delete_unused_embeddings(db)
                labels.derive(db)
            self.report.snapshot, self.report.published = build.publish(
                self.store, self.data, self.embedder, self.model_name, VERSION, self.keep
            )

    def _loaded(self, files: Sequence[FileSource], password: str | None) -> Iterator[Loaded]:
        """The files parsed, in their order; the next ones are being parsed while one is embedded."""
        with Parsers(self.parsers) as parsers:
            yield from parsers.load(((file, self.store.hash_of(file.source)) for file in files), password)

    def _one(self, loaded: Loaded) -> Outcome:
        file, document = loaded.file, loaded.document
        if loaded.unchanged:
            return Outcome(file.source, Verdict.UNCHANGED)
        if document is None:
            return Outcome(file.source, Verdict.FAILED, note=loaded.fault)
        try:
            document = self._settle(document)
            passages = self.write(document, file.root)
        except SourceError as error:
            return Outcome(file.source, Verdict.FAILED, note=str(error))
        except (LearnCitiesError, sqlite3.OperationalError):
            raise  # the model or the disk: no other source would fare better
        except Exception as error:  # what one document provokes must not cost the others
            logging.getLogger("learncities.ingest").info("source %s failed", file.source, exc_info=True)
            return Outcome(file.source, Verdict.FAILED, note=f"could not be kept ({type(error).__name__}: {error}).")
        verdict = Verdict.NEW if loaded.before is None else Verdict.CHANGED
        return Outcome(file.source, verdict, document.id, passages, "; ".join(document.warnings))

    def _settle(self, document: Document) -> Document:
        """The document with an id that is its own, a language, and labels that exist."""
        if unknown := _unknown_labels(document):
            raise SourceError(unknown)
        return replace(
            document,
            id=self._own_id(document),
            language=document.language or detect_language(document.text),
            content_hash=stamp(document.content_hash),
        )

    def _own_id(self, document: Document) -> str:
        """A declared id, or the one the source had before, or one made from the title that is still free."""
        before, holder = self.store.id_of(document.source), self.store.source_of(document.id)
        if holder is None or holder == document.source:
            return document.id if document.declares_id or before is None else before
        if not document.declares_id:
            return before or document_id(document.title, document.source, self.store.ids())
        if self.store.declares_id(holder):
            raise SourceError(f"its id {document.id!r} is already taken by {holder}; change one of them.")
        with self.store.transaction() as db:  # an id that was only made from a title gives way
            tables.rename(db, holder, document_id(document.id, holder, self.store.ids()))
        return document.id

    def cut(self, document: Document) -> tuple[list[Passage], list[str], list[str]]:
        """The passages of a document, what is embedded for each, and the keys of their embeddings."""
        passages = chunk.chunk(document, self.embedder)
        texts = [chunk.embedded_text(document.title, passage, self.embedder) for passage in passages]
        return passages, texts, [build.embedding_key(self.embedder.model_id, text) for text in texts]

    def prepare(self, document: Document) -> tuple[list[Passage], list[str]]:
        """Cut a document and store the vectors it lacks; returns its passages and their embedding keys."""
        passages, texts, keys = self.cut(document)
        self.report.truncated += sum(self._too_long(text) for text in texts)
        if vectors := self._embed_missing(keys, texts):
            with self.store.transaction() as db:
                tables.put_embeddings(db, vectors)
        return passages, keys

    def write(self, document: Document, root: str) -> int:
        """Cut, embed what has no vector yet, and replace the document in one transaction; returns its passages."""
        passages, keys = self.prepare(document)
        with self.store.transaction() as db:
            self.note_model()
            self.replace(db, document, passages, keys, root)
        return len(passages)

    def note_model(self) -> None:
        """From here on the store's vectors are this model's; call inside the transaction that makes it true."""
        self.store.set_meta("model", self.embedder.model_id)
        self.store.set_meta("model_name", self.model_name)

    def replace(
        self, db: sqlite3.Connection, document: Document, passages: Sequence[Passage], keys: Sequence[str], root: str
    ) -> None:
        """Put a document, its passages and their words in place of what its source held."""
        fulltext.remove_source(db, document.source)
        _, rowids = tables.put_document(db, document, passages, keys, root)
        fulltext.add(db, _words(document, passages, rowids))

    def _too_long(self, text: str) -> bool:
        return len(self.embedder.token_spans(text)) + self.embedder.overhead() > self.embedder.max_tokens

    def _embed_missing(self, keys: Sequence[str], texts: Sequence[str]) -> list[tuple[str, bytes]]:
        known = self.store.known_embeddings(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if not missing:
            return []
        self.report.embedded += len(missing)
        vectors = self.embedder.encode(list(missing.values()))
        return list(zip(missing, build.pack(vectors), strict=True))

    def _vanished(self, roots: Sequence[Root], files: Sequence[FileSource]) -> None:
        seen = {file.source for file in files}
        for root in (root for root in roots if root.complete):
            for source in sorted(self.store.sources_under(root.name) - seen):
                note = "no longer there; `learncities remove --vanished --source THE_FOLDER` takes it out."
                self.report.outcomes.append(Outcome(source, Verdict.VANISHED, note=note))


def _words(document: Document, passages: Sequence[Passage], rowids: Sequence[int]) -> list[fulltext.Words]:
    return [
        fulltext.Words(rowid, document.title, " ".join(passage.section), passage.text, document.language)
        for passage, rowid in zip(passages, rowids, strict=True)
    ]


def _unknown_labels(document: Document) -> str | None:
    taxonomy, gazetteer = load_taxonomy(), load_gazetteer()
    for what, values, known in (
        ("theme", document.themes, taxonomy.themes.terms),
        ("target group", document.target_groups, taxonomy.target_groups.terms),
        ("city", document.cities, gazetteer.cities),
        ("country", document.countries, gazetteer.countries),
    ):
        for value in values:
            if value not in known:
                return f"unknown {what} {value!r}; `learncities check` lists what is known."
    return None
