"""What one ingestion did, source by source, and its summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What became of a source."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source with its verdict; `note` is the reason of a failure or a warning."""

    source: str
    verdict: Verdict
    document: str | None = None
    passages: int = 0
    note: str = ""


@dataclass(slots=True)
class IngestReport:
    """All outcomes of one run, in order, and the snapshot that it ended with."""

    outcomes: list[Outcome] = field(default_factory=list)
    embedded: int = 0
    truncated: int = 0
    snapshot: str | None = None
    published: bool = False
    seconds: float = 0.0

    def count(self, verdict: Verdict) -> int:
        """How many sources ended so."""
        return sum(1 for outcome in self.outcomes if outcome.verdict is verdict)

    @property
    def passages(self) -> int:
        """Passages written in this run."""
        return sum(outcome.passages for outcome in self.outcomes)

    @property
    def failures(self) -> list[Outcome]:
        """The sources that failed."""
        return [outcome for outcome in self.outcomes if outcome.verdict is Verdict.FAILED]

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        verdicts = Counter(outcome.verdict.value for outcome in self.outcomes)
        return {
            "documents": {verdict.value: verdicts.get(verdict.value, 0) for verdict in Verdict},
            "passages": self.passages,
            "embedded": self.embedded,
            "truncated": self.truncated,
            "snapshot": self.snapshot,
            "published": self.published,
            "seconds": round(self.seconds, 2),
            "sources": [
                {
                    "source": o.source,
                    "verdict": o.verdict,
                    "document": o.document,
                    "passages": o.passages,
                    "note": o.note,
                }
                for o in self.outcomes
            ],
        }
