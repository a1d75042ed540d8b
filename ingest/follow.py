"""Follow a catalogue: ask for what changed, read it, publish, and tell a person what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from corpus.catalogue import ENDING
from corpus.console import Progress, counted
from corpus.errors import InvalidInput
from corpus.settings import Settings
from ingest.formats.raw import Reading
from ingest.gather import Gathered, gather
from ingest.report import IngestReport, Outcome, Verdict
from ingest.run import ingest_walk, open_web

# Of one kind, so many lines are shown; the report has them all.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Followed:
    """What a run found, asked and did."""

    name: str
    gathered: Gathered
    asked: int
    report: IngestReport

    def to_json(self) -> dict[str, Any]:
        """The report with what concerns the web."""
        return {
            **self.report.to_json(),
            "asked": self.asked,
            "not_to_fetch": self.gathered.left_out,
            "moved": [{"address": old, "to": new} for old, new in self.gathered.moved],
            "gone": list(self.gathered.gone),
        }

    def lines(self) -> Iterator[str]:
        """What happened, for a person: what is new, changed, vanished, failed or has moved."""
        files = counted(len(self.gathered.walk.files), "source")
        left = f", {self.gathered.left_out} of the catalogue not to be fetched" if self.gathered.left_out else ""
        yield f"{self.name}: {files}, {self.asked:,} asked for{left}."
        for verdict in (Verdict.NEW, Verdict.CHANGED, Verdict.VANISHED, Verdict.FAILED):
            some = [outcome for outcome in self.report.outcomes if outcome.verdict is verdict]
            yield from (f"{verdict}: {_line(outcome)}" for outcome in some[:_MOST])
            if len(some) > _MOST:
                yield f"{verdict}: {len(some) - _MOST:,} more; --json lists them all."
        for old, address in self.gathered.moved:
            yield f"moved: {old} is now at {address}; change the catalogue."


def _line(outcome: Outcome) -> str:
    title = f"{outcome.facts.title} ({outcome.source})" if outcome.facts else outcome.source
    return f"{title}: {outcome.note}" if outcome.note else title


def follow_catalogue(
    settings: Settings, catalogue: Path, fresh: timedelta, progress: Progress, drop_vanished: bool
) -> Followed:
    """Bring the knowledge base up to date with a catalogue and publish it."""
    if catalogue.suffix.lower() != ENDING or not catalogue.is_file():
        raise InvalidInput(f"{str(catalogue)!r} is no catalogue; give a file that ends in {ENDING}.")
    with open_web(settings, fresh, progress) as web:
        gathered = gather([str(catalogue)], web)
        reading = Reading(ocr=settings.ocr_languages)
        report = ingest_walk(settings, gathered.walk, progress, reading, False, drop_vanished)
        return Followed(catalogue.name, gathered, web.asked, report)
