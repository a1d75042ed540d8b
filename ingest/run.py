"""The write commands as functions: open the store, do one thing, publish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus import snapshots
from corpus.console import Progress
from corpus.errors import Interrupted, InvalidInput, NotFound, SnapshotError
from corpus.rows import document_from
from corpus.settings import Settings
from corpus.store import DATABASE, CorpusStore
from index import build
from index.transformer import SentenceTransformerEmbedder
from ingest.fetch import NAME, Manners
from ingest.formats.raw import Reading
from ingest.parsers import Parsers
from ingest.pipeline import Pipeline, gone, sources_in
from ingest.report import IngestReport, Outcome, Verdict, facts_of, failed
from ingest.sources import Walk
from ingest.web import Web
from ingest.writer import Prepared, remove

# Parsers at work beside the encoder: one keeps it fed, a second shortens the wait for a slow file.
_PARSERS = 2


@contextmanager
def open_pipeline(settings: Settings) -> Iterator[Pipeline]:
    """A pipeline over the settings' data folder; the write lock is held inside.

    A folder that holds vectors goes on with the model it was made with, unless the settings name one.
    """
    with CorpusStore(settings.data) as store:
        stored = store.meta("model_name")
        name = settings.model if "model" in settings.model_fields_set or stored is None else stored
        embedder = SentenceTransformerEmbedder(name, settings.precision)
        yield Pipeline(store, embedder, name, settings.data, settings.keep_snapshots, parsers=_PARSERS)


def open_web(settings: Settings, fresh: timedelta | None, progress: Progress) -> Web:
    """The web as this installation asks it; `fresh` is how long an answer counts as new, None for ever."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    manners = Manners(
        agent=f"{NAME}/{build.release()}{contact}".encode("ascii", "replace").decode(),
        private=settings.fetch_private_addresses,
        delay=settings.fetch_delay,
    )
    return Web(settings.data, manners, fresh, progress)


def ingest_walk(
    settings: Settings, walk: Walk, progress: Progress, reading: Reading, dry_run: bool, drop_vanished: bool = False
) -> IngestReport:
    """Ingest what was found; a dry run reports what would become of it. OCR is the settings'."""
    if walk.failures and not walk.files:
        return IngestReport(failed(walk.failures))
    with _in_a_folder(settings, dry_run) as used, open_pipeline(used) as pipeline:
        try:
            return pipeline.run(walk, progress, reading, dry_run, drop_vanished)
        except KeyboardInterrupt:
            kept = sum(outcome.document is not None for outcome in pipeline.report.outcomes)
            way_on = "run the same command again to go on from there"
            raise Interrupted(f"{kept} sources were stored, none of them is published yet; {way_on}.") from None


@contextmanager
def _in_a_folder(settings: Settings, dry_run: bool) -> Iterator[Settings]:
    """The settings; for a dry run where there is nothing yet, with a folder that goes away."""
    if not dry_run or (settings.data / DATABASE).is_file():
        yield settings
    else:
        with TemporaryDirectory() as folder:
            yield settings.model_copy(update={"data": Path(folder)})


def _need_data(settings: Settings) -> None:
    if not (settings.data / DATABASE).is_file():
        raise SnapshotError(f"There is no knowledge base in {settings.data.name}/. Run `learncities ingest` first.")


def remove_documents(settings: Settings, ids: Sequence[str]) -> tuple[list[str], str | None]:
    """Remove the documents of these ids, all or none, and publish; returns them and the snapshot's id."""
    _need_data(settings)
    with open_pipeline(settings) as pipeline:
        known = pipeline.store.ids()
        if unknown := [id_ for id_ in ids if id_ not in known]:
            raise NotFound(f"There is no document {unknown[0]!r}; nothing was removed.")
        return _remove(pipeline, {id_: known[id_] for id_ in ids})


def remove_vanished(settings: Settings, walk: Walk) -> tuple[list[str], str | None]:
    """Remove documents whose files are gone from the roots walked, and publish."""
    _need_data(settings)
    with open_pipeline(settings) as pipeline:
        whole = {root.name for root in walk.roots if root.complete}
        for name, reason in walk.failures:
            if name not in whole:
                raise InvalidInput(f"{name}: {reason} Nothing was removed.")
        for root in walk.roots:
            if pipeline.store.place_of(root.name) != root.place:
                raise InvalidInput(
                    f"{root.name!r} is not the place that was ingested by this name; nothing was removed."
                )
        stored = {source for root in walk.roots for source in pipeline.store.sources_under(root.name)}
        lost = gone(stored, _still_there(walk, stored))
        return _remove(pipeline, {id_: source for id_, source in pipeline.store.ids().items() if source in lost})


def _still_there(walk: Walk, stored: set[str]) -> set[str]:
    """The sources that the files hold: of tables, whose rows are sources, by reading them."""
    tables = {source.rpartition("#")[0] for source in stored}
    seen = {file.source for file in walk.files}
    with Parsers(_PARSERS) as parsers:
        files = [(file, None) for file in walk.files if file.source in tables]
        return seen.union(*map(sources_in, parsers.load(files, Reading())))


def _remove(pipeline: Pipeline, sources: dict[str, str]) -> tuple[list[str], str | None]:
    pipeline.refuse_other_model()
    with pipeline.store.transaction() as db:
        remove(db, sources.values())
    pipeline.publish()
    return sorted(sources), pipeline.report.snapshot


def rebuild_all(settings: Settings, progress: Progress) -> IngestReport:
    """Cut and label every stored document anew, embed only what has no vector for the model, and publish."""
    _need_data(settings)
    with open_pipeline(settings) as pipeline:
        rows = [row for (row,) in pipeline.store.db.execute("SELECT rowid FROM documents ORDER BY source")]
        with pipeline.writer:
            _embed_all(pipeline, rows, progress)
        # All vectors are there: now every document changes over at once, or none does.
        with pipeline.store.transaction():
            pipeline.writer.note_model()
            pipeline.report.outcomes += [_replaced(pipeline, rowid) for rowid in rows]
        progress("publishing", 0, None)
        pipeline.publish()
        pipeline.report.embedded = pipeline.writer.embedded
        return pipeline.report


def _embed_all(pipeline: Pipeline, rows: Sequence[int], progress: Progress) -> None:
    waiting: list[Prepared] = []
    for number, rowid in enumerate(rows, 1):
        waiting.append(_prepared(pipeline, rowid))
        progress("reading", number, len(rows), waiting[-1].document.source)
        if number == len(rows) or sum(len(prepared.keys) for prepared in waiting) >= pipeline.writer.batch:
            pipeline.writer.finish(pipeline.writer.start(waiting), progress)
            waiting = []


def _replaced(pipeline: Pipeline, rowid: int) -> Outcome:
    prepared = _prepared(pipeline, rowid)
    document = pipeline.writer.replace(prepared)
    facts = facts_of(document, prepared.passages)
    return Outcome(document.source, Verdict.UNCHANGED, document.id, len(prepared.passages), facts=facts)


def _prepared(pipeline: Pipeline, rowid: int) -> Prepared:
    cursor = pipeline.store.db.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("SELECT * FROM documents WHERE rowid = ?", (rowid,)).fetchone()
    return pipeline.writer.prepare(document_from(pipeline.store.db, row), row["root"])


def describe(settings: Settings) -> dict[str, Any]:
    """What the newest snapshot holds, for `status`."""
    snapshot = snapshots.open_snapshot(settings.data)
    db = snapshot.database()

    def counts(sql: str) -> dict[str, int]:
        return {str(key or "unknown"): n for key, n in db.execute(sql)}

    facts = {key: value for key, value in snapshot.manifest.items() if key not in ("files", "format")}
    return {
        **facts,
        "kinds": counts("SELECT kind, count(*) FROM documents GROUP BY kind ORDER BY 2 DESC"),
        "languages": counts("SELECT language, count(*) FROM documents GROUP BY language ORDER BY 2 DESC"),
        "cities": db.execute("SELECT count(DISTINCT value) FROM labels WHERE kind = 'city'").fetchone()[0],
        "snapshots_kept": snapshots.published_ids(settings.data),
    }
