"""The write commands as functions: open the store, do one thing, publish."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from corpus import snapshots
from corpus.errors import InvalidInput, NotFound, SnapshotError
from corpus.models import Document
from corpus.rows import document_from
from corpus.settings import Settings
from corpus.store import DATABASE, CorpusStore, delete_documents
from index import fulltext
from index.transformer import SentenceTransformerEmbedder
from ingest.pipeline import Pipeline, Progress
from ingest.report import IngestReport, Outcome, Verdict
from ingest.sources import Walk

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
        embedder = SentenceTransformerEmbedder(name)
        yield Pipeline(store, embedder, name, settings.data, settings.keep_snapshots, parsers=_PARSERS)


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
        seen = {file.source for file in walk.files}
        gone = {source for root in walk.roots for source in pipeline.store.sources_under(root.name)} - seen
        return _remove(pipeline, {id_: source for id_, source in pipeline.store.ids().items() if source in gone})


def _remove(pipeline: Pipeline, sources: dict[str, str]) -> tuple[list[str], str | None]:
    pipeline.refuse_other_model()
    with pipeline.store.transaction() as db:
        for source in sources.values():
            fulltext.remove_source(db, source)
        delete_documents(db, sources.values())
    pipeline.publish()
    return sorted(sources), pipeline.report.snapshot


def rebuild_all(settings: Settings, progress: Progress) -> IngestReport:
    """Cut and label every stored document anew, embed only what has no vector for the model, and publish."""
    _need_data(settings)
    with open_pipeline(settings) as pipeline:
        rows = [row for (row,) in pipeline.store.db.execute("SELECT rowid FROM documents ORDER BY source")]
        for number, rowid in enumerate(rows):
            document, _ = _stored(pipeline, rowid)
            progress(document.source, number, len(rows))
            pipeline.prepare(document)
        # All vectors are there: now every document changes over at once, or none does.
        with pipeline.store.transaction() as db:
            pipeline.note_model()
            for rowid in rows:
                document, root = _stored(pipeline, rowid)
                passages, _, keys = pipeline.cut(document)
                pipeline.replace(db, document, passages, keys, root)
                outcome = Outcome(document.source, Verdict.UNCHANGED, document.id, len(passages))
                pipeline.report.outcomes.append(outcome)
        pipeline.publish()
        return pipeline.report


def _stored(pipeline: Pipeline, rowid: int) -> tuple[Document, str]:
    cursor = pipeline.store.db.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("SELECT * FROM documents WHERE rowid = ?", (rowid,)).fetchone()
    return document_from(pipeline.store.db, row), row["root"]


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
