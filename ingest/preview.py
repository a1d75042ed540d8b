"""What would become of a source: how it is cut, labelled and shown, found in a folder that goes away."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.console import Progress
from corpus.models import Display, Document, Label, Passage
from corpus.rows import document_from, passage_from
from corpus.settings import Settings
from ingest.formats.raw import Reading
from ingest.report import Outcome, Verdict
from ingest.run import open_pipeline
from ingest.sources import Walk

# What readers see of a document, by its `display`.
SHOWN = {
    Display.FULL: "its whole text, with the link",
    Display.EXTRACT: "passages of up to 300 words in all, and the link",
    Display.LINK: "its title and the link, none of its text",
}
_ABOUT = ("title", "id", "kind", "language", "year", "publisher", "licence", "display", "address", "retrieved")


@dataclass(frozen=True, slots=True)
class Preview:
    """A document with its passages and labels; without one, the reason is in the outcome."""

    outcome: Outcome
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    labels: tuple[Label, ...] = ()

    def facts(self) -> dict[str, Any]:
        """What is known about the document."""
        if self.document is None:
            return {}
        facts = {name: getattr(self.document, name) for name in _ABOUT}
        cities = self.document.cities or self.document.found_cities
        return {**facts, "cities": list(cities), "shown": SHOWN[self.document.display]}

    def to_json(self) -> dict[str, Any]:
        """The preview as plain values."""
        return {
            "source": self.outcome.source,
            "verdict": self.outcome.verdict,
            "note": self.outcome.note,
            **self.facts(),
            "labels": [asdict(label) for label in self.labels],
            "passages": [asdict(passage) for passage in self.passages],
        }


def look_at(settings: Settings, walk: Walk, progress: Progress, reading: Reading) -> list[Preview]:
    """A preview of each document; nothing reaches the settings' data folder."""
    with TemporaryDirectory() as folder, open_pipeline(settings.model_copy(update={"data": Path(folder)})) as pipeline:
        report = pipeline.prepare(walk, progress, reading)
        return [_preview(pipeline.store.db, outcome) for outcome in report.outcomes]


def _preview(db: sqlite3.Connection, outcome: Outcome) -> Preview:
    if outcome.verdict is Verdict.FAILED:
        return Preview(outcome)
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    row = cursor.execute("SELECT * FROM documents WHERE source = ?", (outcome.source,)).fetchone()
    passages = cursor.execute("SELECT * FROM passages WHERE document = ? ORDER BY ordinal", (row["rowid"],))
    document = document_from(db, row)
    return Preview(outcome, document, tuple(map(passage_from, passages)), document.labels)
