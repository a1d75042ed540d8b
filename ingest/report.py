"""What one ingestion did, source by source, and its summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from corpus.models import Document, Passage


class Verdict(StrEnum):
    """What became of a source."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in a document that was read."""

    title: str
    media_type: str
    language: str | None
    year: int | None
    quality: float | None
    pages: int
    pages_without_text: int
    cities: tuple[str, ...]
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source with its verdict; `note` is the reason of a failure or a warning."""

    source: str
    verdict: Verdict
    document: str | None = None
    passages: int = 0
    note: str = ""
    facts: Facts | None = None


def facts_of(document: Document, passages: Sequence[Passage]) -> Facts:
    """What the report says of a document and its passages."""
    return Facts(
        title=document.title,
        media_type=document.media_type,
        language=document.language,
        year=document.year,
        quality=document.quality,
        pages=len(document.pages),
        pages_without_text=sum(page.start == page.end for page in document.pages),
        cities=document.cities or document.found_cities,
        kinds=dict(Counter(str(passage.kind) for passage in passages)),
    )


@dataclass(slots=True)
class IngestReport:
    """All outcomes of one run, in order, and the snapshot that it ended with."""

    outcomes: list[Outcome] = field(default_factory=list)
    embedded: int = 0
    truncated: int = 0
    snapshot: str | None = None
    published: bool = False
    dry_run: bool = False
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

    def summary(self) -> dict[str, Any]:
        """Counts over what was read in this run: verdicts, passages by kind, pages, languages, cities."""
        read = [outcome.facts for outcome in self.outcomes if outcome.facts]
        kinds = Counter[str]()
        for facts in read:
            kinds.update(facts.kinds)
        return {
            "documents": {verdict.value: self.count(verdict) for verdict in Verdict},
            "passages": self.passages,
            "passages_by_kind": _most_first(kinds),
            "pages": sum(facts.pages for facts in read),
            "pages_without_text": sum(facts.pages_without_text for facts in read),
            "languages": _most_first(Counter(facts.language or "unknown" for facts in read)),
            "cities": len({city for facts in read for city in facts.cities}),
            "embedded": self.embedded,
            "truncated": self.truncated,
            "dry_run": self.dry_run,
            "snapshot": self.snapshot,
            "published": self.published,
            "seconds": round(self.seconds, 2),
        }

    def to_json(self) -> dict[str, Any]:
        """The report as plain values: the summary, and one entry a source."""
        return {**self.summary(), "sources": [_entry(outcome) for outcome in self.outcomes]}


def _entry(outcome: Outcome) -> dict[str, Any]:
    values = asdict(outcome)
    return {**values, **(values.pop("facts") or {})}


def _most_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def failed(failures: Iterable[tuple[str, str]]) -> list[Outcome]:
    """Outcomes of sources that could not be read, from (source, reason)."""
    return [Outcome(source, Verdict.FAILED, note=reason) for source, reason in failures]
