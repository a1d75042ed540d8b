"""Sources in, a published snapshot out: parse, cut, embed what is new, replace each document in one transaction."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from corpus import store as tables
from corpus.console import Progress
from corpus.errors import LearnCitiesError, ModelMismatch, SourceError
from corpus.models import Document
from corpus.places import load_gazetteer
from corpus.store import CorpusStore
from corpus.taxonomy import load_taxonomy
from corpus.text import detect_language
from index import assigned, build, labels
from index.embedder import Embedder
from ingest.formats.raw import Reading
from ingest.parsers import VERSION, Loaded, Parsers, Pause, stamp
from ingest.report import IngestReport, Outcome, Verdict, facts_of, failed
from ingest.sources import FileSource, Root, Walk
from ingest.writer import Encoding, Prepared, Writer, remove

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that is cut but not yet stored, and what its source was before."""

    prepared: Prepared
    verdict: Verdict


# Documents that wait for their vectors, and outcomes among them, with the vectors on their way.
Batch = tuple[list["Outcome | Waiting"], list[Encoding]]
# Batches that the encoder has before it: one at work, one so that it never waits.
_AHEAD = 1


class Pipeline:
    """One run of ingestion into an open store; a dry run looks at everything and changes nothing."""

    def __init__(
        self, store: CorpusStore, embedder: Embedder, model_name: str, data: Path, keep: int, parsers: int = 0
    ) -> None:
        self.store, self.embedder, self.model_name = store, embedder, model_name
        self.data, self.keep, self.parsers = data, keep, parsers
        self.writer = Writer(store, embedder, model_name, data)
        self.report = IngestReport()
        self._drop_vanished = False
        self._queue: list[Outcome | Waiting] = []
        self._queued = 0  # passages in the queue
        self._batches: deque[Batch] = deque()

    def run(
        self,
        walk: Walk,
        progress: Progress,
        reading: Reading = Reading(),
        dry_run: bool = False,
        drop_vanished: bool = False,
    ) -> IngestReport:
        """Ingest all files, report what vanished (or take it out), publish; a source that fails leaves what was stored
        before."""
        started = time.monotonic()
        self.refuse_other_model()
        self.report.dry_run, self._drop_vanished = dry_run, drop_vanished
        try:
            with self.writer, self.store.undone() if dry_run else nullcontext():
                self._take_in(walk, progress, reading)
            if not dry_run:
                progress("publishing", 0, None)
                self.publish()
        finally:
            self.report.embedded = self.writer.embedded
            self.report.seconds = time.monotonic() - started
        return self.report

    def prepare(self, walk: Walk, progress: Progress, reading: Reading = Reading()) -> IngestReport:
        """Ingest and label all files, and publish nothing."""
        with self.writer:
            self._take_in(walk, progress, reading)
        self._label()
        return self.report

    def _label(self) -> None:
        with self.store.transaction() as db:
            tables.delete_unused_embeddings(db)
            assigned.assign(db, self.embedder)
            labels.derive(db)

    def _take_in(self, walk: Walk, progress: Progress, reading: Reading) -> None:
        self.report.outcomes += failed(walk.failures)
        roots = [root for root in walk.roots if self._claim(root)]
        claimed = {(root.name, root.place) for root in roots}
        files = [file for file in walk.files if (file.root, file.place) in claimed]
        seen: set[str] = set()
        number = 0

        def pause(at: str) -> None:
            progress("reading", number, len(files), at)
            self._use_pause(progress)

        for number, loaded in enumerate(self._loaded(files, reading, pause)):
            progress("reading", number, len(files), loaded.file.source)
            for waiting in self._each(loaded):
                self._enqueue(waiting, progress)
            seen |= sources_in(loaded)
        progress("reading", len(files), len(files))
        self._start()
        while self._batches:
            self._finish(progress)
        self._vanished(roots, seen)

    def _claim(self, root: Root) -> bool:
        """Whether the root may be ingested under its name: two places of one name would replace each other."""
        if root.named or self.store.place_of(root.name) in (None, root.place):
            self.store.set_meta(f"root {root.name}", root.place)
            return True
        note = (
            "another place of this name was ingested before. Give this one a name of its own with --root NAME, "
            f"or, if it is the same one moved, --root {root.name}."
        )
        self.report.outcomes += failed([(root.name, note)])
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
            self._label()
            self.report.snapshot, self.report.published = build.publish(
                self.store, self.data, self.embedder, self.model_name, VERSION, self.keep
            )

    def _loaded(self, files: Sequence[FileSource], reading: Reading, pause: Pause) -> Iterator[Loaded]:
        """The files parsed, in their order; the next ones are being parsed while some are embedded."""
        with Parsers(self.parsers) as parsers:
            yield from parsers.load(((file, self.store.hash_of(file.source)) for file in files), reading, pause)

    def _use_pause(self, progress: Progress) -> None:
        """Encode what waits and store what is encoded: an interruption during a long scan costs that scan alone."""
        if self._queue and not self._batches:
            self._start()
        while self._batches and all(promise.done() for _, promise in self._batches[0][1]):
            self._finish(progress)

    def _each(self, loaded: Loaded) -> Iterator[Outcome | Waiting]:
        """What becomes of each document in a file."""
        if loaded.unchanged:
            yield Outcome(loaded.file.source, Verdict.UNCHANGED)
        yield from failed([*loaded.parsed.faults, *([(loaded.file.source, loaded.fault)] if loaded.fault else [])])
        alone = len(loaded.parsed.documents) == 1
        for document in loaded.parsed.documents:
            yield _guarded(document.source, partial(self._prepared, document, loaded.file, alone))

    def _prepared(self, read: Document, file: FileSource, alone: bool) -> Outcome | Waiting:
        document = file.told(read, alone)
        before, now = self.store.hash_of(document.source), stamp(file.hash_of(document.content_hash))
        if before == now:
            return Outcome(document.source, Verdict.UNCHANGED)
        if unknown := _unknown_labels(document):
            raise SourceError(unknown)
        language = document.language or detect_language(document.text)
        prepared = self.writer.prepare(replace(document, language=language, content_hash=now), file.root)
        self.report.truncated += self.writer.too_long(prepared)
        return Waiting(prepared, Verdict.NEW if before is None else Verdict.CHANGED)

    def _enqueue(self, item: Outcome | Waiting, progress: Progress) -> None:
        """Line an item up; a full batch is given to the encoder, and stored when the one after it is full."""
        self._queue.append(item)
        self._queued += len(item.prepared.passages) if isinstance(item, Waiting) else 0
        if self._queued >= self.writer.batch:
            self._start()
            while len(self._batches) > _AHEAD:
                self._finish(progress)

    def _start(self) -> None:
        queue, self._queue, self._queued = self._queue, [], 0
        started = [] if self.report.dry_run else self.writer.start(i.prepared for i in queue if isinstance(i, Waiting))
        self._batches.append((queue, started))

    def _finish(self, progress: Progress) -> None:
        """Store the oldest batch, each document in a transaction of its own; outcomes keep their order."""
        queue, started = self._batches.popleft()
        self.writer.finish(started, progress)
        if any(isinstance(item, Waiting) for item in queue):
            self.writer.note_model()
        self.report.outcomes += [self._stored(item) if isinstance(item, Waiting) else item for item in queue]

    def _stored(self, item: Waiting) -> Outcome:
        prepared = item.prepared

        def store() -> Outcome:
            document = self.writer.replace(prepared)
            note, facts = "; ".join(document.warnings), facts_of(document, prepared.passages)
            return Outcome(document.source, item.verdict, document.id, len(prepared.passages), note, facts)

        return _guarded(prepared.document.source, store)

    def _vanished(self, roots: Sequence[Root], seen: set[str]) -> None:
        lost = {
            source: root
            for root in (root for root in roots if root.complete)
            for source in sorted(gone(self.store.sources_under(root.name), seen))
        }
        if self._drop_vanished:
            with self.store.transaction() as db:
                remove(db, lost)
        for source, root in lost.items():
            note = "taken out." if self._drop_vanished else f"`{root.way_out}` takes it out."
            self.report.outcomes.append(Outcome(source, Verdict.VANISHED, note=f"no longer there; {note}"))


def sources_in(loaded: Loaded) -> set[str]:
    """The sources that a file still has; `FILE#` stands for all rows of a table that could not be read."""
    file = loaded.file.source
    rows = {document.source for document in loaded.parsed.documents} | {source for source, _ in loaded.parsed.faults}
    return {file, f"{file}#"} if loaded.fault else rows or {file}


def gone(stored: set[str], seen: set[str]) -> set[str]:
    """Those of the stored sources that were not seen, nor belong to a table that could not be read."""
    lost = stored - seen
    return {source for source in lost if not any(f"{whole}#" in seen for whole in _holders(source))}


def _holders(source: str) -> list[str]:
    """What a source is a part of: a row of its table, a member of its archive, and a row in an archive of both."""
    return [source[:at] for at, character in enumerate(source) if character == "#"]


def _guarded(source: str, work: Callable[[], _T]) -> _T | Outcome:
    """What `work` returns, or the verdict on a source that cannot be kept."""
    try:
        return work()
    except SourceError as error:
        return failed([(source, str(error))])[0]
    except (LearnCitiesError, sqlite3.OperationalError):
        raise  # the model or the disk: no other source would fare better
    except Exception as error:  # what one document provokes must not cost the others
        logging.getLogger("learncities.ingest").info("source %s failed", source, exc_info=True)
        return failed([(source, f"could not be kept ({type(error).__name__}: {error}).")])[0]


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
