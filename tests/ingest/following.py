"""A knowledge base of the tests that follows the web: sources gathered from a local site, then ingested."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from corpus.console import silent
from corpus.store import CorpusStore
from ingest.fetch import Manners
from ingest.gather import Gathered, gather
from ingest.patterns import ALL, Patterns
from ingest.pipeline import Pipeline
from ingest.report import IngestReport
from ingest.web import Web
from tests.conftest import Box

MANNERS = Manners(private=True, delay=0, backoff=0.001, attempts=2, longest=5)
ALWAYS = timedelta(0)


def follow(
    box: Box,
    *given: str | Path,
    fresh: timedelta | None = ALWAYS,
    drop_vanished: bool = False,
    patterns: Patterns = ALL,
) -> tuple[Gathered, IngestReport]:
    """What was gathered from these sources, and what became of it."""
    with Web(box.data, MANNERS, fresh, silent) as web:
        found = gather([str(one) for one in given], web, patterns=patterns)
        with CorpusStore(box.data) as store:
            pipeline = Pipeline(store, box.embedder, "tiny", box.data, keep=3)
            return found, pipeline.run(found.walk, silent, drop_vanished=drop_vanished)


def told(report: IngestReport) -> dict[str, str]:
    """The verdict on each source, by the last part of its name."""
    return {outcome.source.rsplit("/", 1)[-1]: outcome.verdict.value for outcome in report.outcomes}
