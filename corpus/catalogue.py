"""Catalogues: the publications and sites that a resource centre follows, as a TOML file that editors keep."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from corpus.errors import CorpusFault
from corpus.faults import Fault
from corpus.models import Display
from corpus.practice import Id, Text, Year

FILE = Path(__file__).with_name("sources.toml")
ENDING = ".toml"
# An entry says with one of these where its documents come from.
WHERE = ("address", "sitemap", "feed", "path")
_ENTRY = re.compile(r"\s*\[\[\s*source\s*\]\]")
# A file beyond this is no list that editors keep.
_MOST_BYTES = 16 * 2**20


class Entry(BaseModel):
    """One source: where it is, what is known about it, and whether it is to be fetched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: HttpUrl | None = None
    sitemap: HttpUrl | None = None
    feed: HttpUrl | None = None
    path: Text | None = None
    # Of sitemaps, feeds and folders: which of their pages and files, as in .gitignore
    only: tuple[Text, ...] = ()
    skip: tuple[Text, ...] = ()
    fetch: bool = True
    official: HttpUrl | None = None  # where the publisher has it, if the address is a copy or a test server
    note: Text | None = None  # for editors alone
    id: Id | None = None
    title: Text | None = None
    year: Year | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    kind: Id | None = None
    publisher: Text | None = None
    authors: tuple[Text, ...] = ()
    licence: Text | None = None
    display: Display | None = None
    themes: tuple[Text, ...] = ()
    target_groups: tuple[Text, ...] = ()
    cities: tuple[Text, ...] = ()

    @property
    def where(self) -> str:
        """The address or path."""
        found = next((str(value) for name in WHERE if (value := getattr(self, name))), "")
        return found if self.path else found.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of a file, in order, and the folder that its paths are relative to."""

    name: str
    folder: Path
    entries: tuple[Entry, ...]


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a file. Raises CorpusFault naming the first fault of its form."""
    entries, faults = entries_of(path)
    if faults:
        more = f" ({len(faults) - 1} more; `learncities check {path.name}` lists them)" if len(faults) > 1 else ""
        raise CorpusFault(f"{faults[0]}{more}")
    return Catalogue(path.stem, path.parent, tuple(entry for _, entry in entries))


def entries_of(path: Path) -> tuple[list[tuple[int, Entry]], list[Fault]]:
    """The entries that have the right form, with their lines, and the faults of the others."""
    try:
        data = path.read_bytes()
        raw = tomllib.loads(data.decode("utf-8")) if len(data) <= _MOST_BYTES else {}
    except OSError as error:
        return [], [Fault(path.name, 1, f"cannot be read ({error.strerror})")]
    except UnicodeDecodeError:
        return [], [Fault(path.name, 1, "cannot be read as UTF-8 text")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        return [], [Fault(path.name, int(found[1]) if found else 1, f"not TOML: {error}")]
    given = raw.get("source")
    if not isinstance(given, list) or set(raw) != {"source"}:
        return [], [Fault(path.name, 1, "a catalogue is a list of [[source]] entries and nothing else")]
    lines = lines_of(path)
    starts = [number for number, line in enumerate(lines, 1) if _ENTRY.match(line)] or [1]
    entries, faults = [], []
    for number, values in enumerate(given):
        start = starts[min(number, len(starts) - 1)]
        end = starts[number + 1] if number + 1 < len(starts) else len(lines) + 1
        entry, wrong = _entry(values)
        if entry:
            entries.append((start, entry))
        faults += [Fault(path.name, line_of(lines, start, end, field), reason) for field, reason in wrong]
    return entries, faults


def _entry(values: object) -> tuple[Entry | None, list[tuple[str, str]]]:
    try:
        entry = Entry.model_validate(values)
    except ValidationError as error:
        return None, [_told(details) for details in error.errors()]
    given = [name for name in WHERE if getattr(entry, name)]
    if len(given) != 1:
        said = f"has {' and '.join(given)}" if given else "says nowhere where it is"
        return None, [("", f"one of {', '.join(WHERE)} is needed; this entry {said}")]
    if entry.path and entry.path.lower().endswith(ENDING):
        return None, [("path", f"path: {entry.path!r} is a catalogue, which lists no other; give it by itself")]
    if (entry.only or entry.skip) and given == ["address"]:
        return None, [("only", "only and skip choose among many; an address is one")]
    return entry, []


def _told(details: Any) -> tuple[str, str]:
    field = str(details["loc"][0]) if details["loc"] else ""
    if details["type"] == "extra_forbidden":
        known = ", ".join(Entry.model_fields)
        return field, f"{field}: no such field; known are {known}"
    return field, f"{field}: {details['msg']} (found {details['input']!r:.80})"


def lines_of(path: Path) -> list[str]:
    """The lines of a catalogue's file."""
    return path.read_text(encoding="utf-8").splitlines()


def line_of(lines: list[str], start: int, end: int, field: str) -> int:
    """The line of an entry (from `start` to before `end`) where a field stands; its first line if it stands nowhere."""
    pattern = re.compile(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=")
    within = range(start, min(end, len(lines) + 1))
    return next((number for number in within if field and pattern.match(lines[number - 1])), start)
