"""Sources in, a published snapshot out: parse, cut, embed what is new, replace each document in one transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import store as tables
from corpus.errors import ModelMismatch, SourceError
from corpus.identity import digest, document_id
from corpus.models import Document, Passage
from corpus.places import load_gazetteer
from corpus.store import CorpusStore
from corpus.taxonomy import load_taxonomy
from corpus.text import detect_language
from index import build, fulltext, labels
from index.embedder import Embedder
from ingest import chunk
from ingest.formats.detect import parse
from ingest.report import IngestReport, Outcome, Verdict
from ingest.sources import FileSource, Walk

Progress = Callable[[str, int, int], None]
# What decides how passages are cut and embedded; a store made otherwise must be rebuilt.
PARSER_VERSION = "1"


class Pipeline:
    """One run of ingestion into an open store."""

    def __init__(self, store: CorpusStore, embedder: Embedder, model_name: str, data: Path, keep: int) -> None:
        self.store, self.embedder, self.model_name, self.data, self.keep = (
            store,
            embedder,
            model_name,
            data,
            keep,
        )
        self.report = IngestReport()
        fulltext.create(store.db)

    def run(self, walk: Walk, progress: Progress, password: str | None = None) -> IngestReport:
        """Ingest all files, report what vanished, publish; a source that fails leaves what was stored before."""
        started = time.monotonic()
        self.refuse_other_model()
        for source, reason in walk.failures:
            self.report.outcomes.append(Outcome(source, Verdict.FAILED, note=reason))
        for number, file in enumerate(walk.files):
            progress(file.source, number, len(walk.files))
            self.report.outcomes.append(self._one(file, password))
        progress("", len(walk.files), len(walk.files))
        self._vanished(walk.files)
        self.publish()
        self.report.seconds = time.monotonic() - started
        return self.report

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
            version = f"{PARSER_VERSION}.{chunk.VERSION}"
            self.report.snapshot, self.report.published = build.publish(
                self.store, self.data, self.embedder, self.model_name, version, self.keep
            )

    def _one(self, file: FileSource, password: str | None) -> Outcome:
        try:
            raw = file.read(password)
            before = self.store.hashes().get(file.source)
            if before == _stamp(raw.data):
                return Outcome(file.source, Verdict.UNCHANGED)
            document = self._settle(parse(raw), before is not None)
            passages = self.write(document, file.root)
        except SourceError as error:
            return Outcome(file.source, Verdict.FAILED, note=str(error))
        verdict = Verdict.NEW if before is None else Verdict.CHANGED
        return Outcome(file.source, verdict, document.id, passages, "; ".join(document.warnings))

    def _settle(self, document: Document, known: bool) -> Document:
        """The document with an id that is its own, a language, and labels that exist."""
        holders = self.store.ids()
        mine = next((id_ for id_, source in holders.items() if source == document.source), None)
        holder = holders.get(document.id)
        if holder is not None and holder != document.source:
            if document.kind == "practice":
                raise SourceError(f"its id {document.id!r} is already taken by {holder}.")
            document = replace(document, id=document_id(document.title, document.source, holders))
        if known and mine and document.kind != "practice":
            document = replace(document, id=mine)  # addresses of a document outlive a changed title
        if unknown := _unknown_labels(document):
            raise SourceError(unknown)
        return replace(
            document,
            language=document.language or detect_language(document.text),
            content_hash=_stamp_hash(document.content_hash),
        )

    def write(self, document: Document, root: str) -> int:
        """Cut, embed what has no vector yet, and replace the document in one transaction; returns its passages."""
        passages = chunk.chunk(document, self.embedder)
        texts = [chunk.embedded_text(document.title, passage, self.embedder) for passage in passages]
        keys = [build.embedding_key(self.embedder.model_id, text) for text in texts]
        self.report.truncated += sum(self._too_long(text) for text in texts)
        vectors = self._embed_missing(keys, texts)
        with self.store.transaction() as db:
            self.store.set_meta("model", self.embedder.model_id)
            tables.put_embeddings(db, vectors)
            fulltext.remove_source(db, document.source)
            _, rowids = tables.put_document(db, document, passages, keys, root)
            fulltext.add(db, _words(document, passages, rowids))
        return len(passages)

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

    def _vanished(self, files: Sequence[FileSource]) -> None:
        seen = {file.source for file in files}
        for root in dict.fromkeys(file.root for file in files):
            for source in sorted(self.store.sources_under(root) - seen):
                note = "no longer there; `learncities remove` takes it out."
                self.report.outcomes.append(Outcome(source, Verdict.VANISHED, note=note))


def _stamp(data: bytes) -> str:
    return _stamp_hash(digest(data))


def _stamp_hash(content: str) -> str:
    """Content and parser together: a better parser reads the same bytes anew."""
    return f"{content}:{PARSER_VERSION}"


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
