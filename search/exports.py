"""A whole result set as a file: every document of the one candidate set, in ranking order, with where it comes from.

The same question on the same snapshot gives the same bytes: nothing of the day or the machine is written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.console import counted
from corpus.errors import InvalidInput, UnknownName
from corpus.identity import slug
from corpus.text import clean
from search.engine import KnowledgeBase
from search.export_formats import references, tables
from search.export_formats.record import Provenance, Record, filters_of
from search.filters import Filters
from search.hits import hit
from search.query import Query, parse
from search.rank import Ranking

# Pieces of about this many characters go to the file or the network together.
_PIECE = 64 * 1024
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write records: its name, the end of its files' names, its media type, and whether it says why."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[Record]], Iterator[str]]
    reasons: bool = False


FORMATS = {
    made.name: made
    for made in (
        Format("csv", "csv", "text/csv; charset=utf-8; header=present", tables.csv_rows),
        Format("jsonl", "jsonl", "application/x-ndjson", tables.json_lines, reasons=True),
        Format("ris", "ris", "application/x-research-info-systems; charset=utf-8", references.ris),
        Format("bibtex", "bib", "application/x-bibtex; charset=utf-8", references.bibtex),
        Format("csl", "csl.json", "application/vnd.citationstyles.csl+json", references.csl),
    )
}


def format_named(name: str, bom: bool = False) -> Format:
    """The format of this name. Raises UnknownName, or InvalidInput for a byte order mark where none belongs."""
    found = FORMATS.get(name.strip().lower())
    if found is None:
        raise UnknownName("export format", name, list(FORMATS))
    if bom and found.name != "csv":
        raise InvalidInput(f"A byte order mark is for csv alone; ask for {found.name} without it.")
    return found


@dataclass(frozen=True, slots=True)
class Export:
    """A result set that is ready to be written, document by document, in any format and as often as needed."""

    base: KnowledgeBase
    query: Query
    ranked: Ranking
    found: Provenance

    def pieces(self, form: Format, bom: bool = False) -> Iterator[bytes]:
        """The file, piece by piece; a document is read when its turn comes and let go after."""
        held = [_BOM] if bom else []
        size = 0
        for text in form.write(self.records(form.reasons)):
            held.append(text)
            size += len(text)
            if size >= _PIECE:
                yield "".join(held).encode()
                held, size = [], 0
        yield "".join(held).encode()

    def records(self, reasons: bool) -> Iterator[Record]:
        """The documents in ranking order, each with no more of its text than its rights allow."""
        # Reasons take most of the time of a hit, and few formats have a place for them.
        query = self.query if reasons else parse("")
        for place in range(len(self.ranked)):
            (entry,) = self.ranked.page(self.base.columns, place, place + 1)
            yield Record(place + 1, hit(self.base, entry, query), self.found)

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the file must know, and the file itself cannot say."""
        if not len(self.ranked):
            return ("Nothing was found; the export holds no document.",)
        if self.ranked.found.at_least:
            return (f"The search was cut at {counted(len(self.ranked), 'document')}; narrow it to export all.",)
        return ()

    def report(self) -> dict[str, object]:
        """What was exported, for scripts."""
        found = self.found
        search = {"query": found.query, "filters": dict(found.filters), "snapshot": found.snapshot}
        return {**search, "documents": len(self.ranked), "notices": list(self.notices)}

    def file_name(self, form: Format) -> str:
        """A name from the question and the snapshot, of letters, digits, hyphens and the format's ending."""
        parts = ("learncities", slug(self.found.query, 40), self.found.snapshot[:8])
        return f"{'-'.join(part for part in parts if part)}.{form.suffix}"


def export(base: KnowledgeBase, typed: str, chosen: Filters) -> Export:
    """All documents that a search finds, without the reordering by city that serves a first page."""
    typed = clean(typed)
    query = base.understand(typed)
    found = Provenance(base.snapshot.id, typed, filters_of(chosen))
    return Export(base, query, base.whole(query, chosen), found)


def save(pieces: Iterator[bytes], path: Path | None) -> None:
    """Write the pieces to a file, whole or not at all, or to standard output. Raises InvalidInput without a folder."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():  # a pipe or a device, which nothing may take the place of
        with path.open("wb") as file:
            file.writelines(pieces)
    else:
        path = path.resolve()
        if not path.parent.is_dir():
            raise InvalidInput(f"There is no folder {str(path.parent)!r} to write {path.name!r} to; make it first.")
        beside = path.with_name(f".{path.name}.part")
        try:
            with beside.open("wb") as file:
                file.writelines(pieces)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
