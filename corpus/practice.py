"""A practice or a fact of the network: YAML front matter that is checked, and prose; a practice has four headings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from corpus.errors import CorpusFault
from corpus.models import NETWORK, Figure, Reference

SECTIONS = ("What was done", "With whom", "Results", "What helped or limited it")
BASIS = "Summary prepared from extracts of the pages listed; check the source before you rely on it."
# Front matter beyond this is no front matter.
MAX_FRONT = 64 * 1024
# A copy or a page on a test server is evidence, not where readers are sent while a proper source exists.
UNOFFICIAL = ("copy", "staging")

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Years(_Record):
    """When its subject began and when its newest source was written; null is unknown."""

    start: Year | None
    source: Year | None


class FigureRecord(_Record):
    """A number as stated, hedge included, with what it counts."""

    value: Text
    what: Text


class SourceRecord(_Record):
    """A page or publication that a summary rests on; no address means a page that was only saved."""

    address: HttpUrl | None
    title: Text
    publisher: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    nature: Literal["official", "independent", "copy", "staging", "saved"]


class SummaryRecord(_Record):
    """What the front matter of every summary states: its figures, and what it rests on."""

    id: Id
    title: Text
    years: Years
    organisations: tuple[Text, ...]
    figures: tuple[FigureRecord, ...]
    dates: tuple[Text | date | int, ...] = ()
    names: tuple[Text, ...] = ()  # proper names that hold a number and count nothing
    disagreement: Text | None = None
    sources: Annotated[tuple[SourceRecord, ...], Field(min_length=1)]
    basis: Literal["excerpts", "documents"]

    def references(self) -> tuple[Reference, ...]:
        """The sources as readers see them, proper ones first.

        Nobody is sent to a copy: such sites come and go, and some are not what they seem. A page on a test server is
        a link only where there is nothing better.
        """
        proper = [source for source in self.sources if source.address and source.nature not in UNOFFICIAL]
        ordered = [*proper, *(source for source in self.sources if source not in proper)]
        linked = proper or [source for source in self.sources if source.nature == "staging"]
        return tuple(
            Reference(s.title, s.publisher, s.language, s.nature, str(s.address) if s in linked else None)
            for s in ordered
        )

    def trust(self) -> tuple[str, ...]:
        """What a reader must know about what this summary rests on, one sentence each."""
        only_copies = all(s.nature in UNOFFICIAL or not s.address for s in self.sources)
        notes = [
            (self.basis == "excerpts", BASIS),
            (len(self.sources) == 1, "Rests on a single source."),
            (only_copies, "Rests on unofficial copies only."),
            (self.disagreement, f"Sources disagree: {self.disagreement}"),
        ]
        return tuple(note for holds, note in notes if holds)

    def stated_figures(self) -> tuple[Figure, ...]:
        """The figures as the store keeps them."""
        return tuple(Figure(figure.value, figure.what) for figure in self.figures)


class PracticeRecord(SummaryRecord):
    """The front matter of a practice: what a city did."""

    city: Id
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    themes: Annotated[tuple[Id, ...], Field(min_length=1)]
    target_groups: tuple[Id, ...]


class NetworkRecord(SummaryRecord):
    """The front matter of a fact about the network itself: of no city, under no theme."""

    id: Annotated[str, Field(pattern=rf"^{NETWORK}(-[a-z0-9]+)+$", max_length=100)]
    kind: Literal["network"]


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line on which the body starts (1-based); no front matter gives ""."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() in ("---", "..."):
                return "".join(lines[1:number]), "".join(lines[number + 1 :]), number + 2
    return "", "".join(lines), 1


def read_yaml(front: str) -> dict[str, object]:
    """The mapping in `front`. Raises CorpusFault with the line of the file where the YAML breaks."""
    if len(front) > MAX_FRONT:
        raise CorpusFault(f"line 1: front matter of {len(front):,} characters; at most {MAX_FRONT:,} are read.")
    try:
        # An alias repeats what it names: nine of them, nested, fill any memory. Front matter needs none.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(front)):
            raise CorpusFault("line 1: front matter holds a YAML alias (*name); write the value out.")
        value = yaml.safe_load(front) if front.strip() else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "unreadable"
        raise CorpusFault(f"line {mark.line + 2 if mark else 1}: front matter is not YAML ({problem}).") from None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        # What PyYAML raises for values such as 2024-13-45 or !!bool abc, and for brackets nested by the thousand.
        raise CorpusFault("line 1: front matter holds a value that YAML cannot read; quote it.") from None
    if not isinstance(value, dict):
        raise CorpusFault("line 2: front matter is not a list of `key: value` lines.")
    return {str(key): item for key, item in value.items()}


def read_record(front: str) -> SummaryRecord:
    """The checked record. Raises CorpusFault with one `line N: field: reason` a fault, separated by newlines."""
    values = read_yaml(front)
    if not values:
        raise CorpusFault("line 1: there is no front matter; a practice begins with --- and its fields.")
    try:
        kind = NetworkRecord if values.get("kind") == NETWORK else PracticeRecord
        return kind.model_validate(values)
    except ValidationError as error:
        lines = [f"line {line_of(front, e['loc'])}: {_dotted(e['loc'])}: {_reason(e)}" for e in error.errors()]
        raise CorpusFault("\n".join(lines)) from None


def _dotted(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def _reason(details: Any) -> str:
    """What is wrong with a value, and the value."""
    if details["type"] == "too_short":
        return "at least one is needed"
    return details["msg"] if details["type"] == "missing" else f"{details['msg']} (found {details['input']!r:.60})"


def line_of(front: str, location: tuple[int | str, ...]) -> int:
    """The line of the file (front matter starts on line 2) where the value at `location` stands."""
    node = yaml.compose(front, Loader=yaml.SafeLoader)
    line = 0
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                break
            line, node = pairs[part][0].start_mark.line, pairs[part][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
    return line + 2
