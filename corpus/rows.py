"""Documents and passages as rows of the store, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from corpus.models import Display, Document, Figure, Label, Page, Passage, PassageKind, Reference, Section

# Where a label comes from.
EDITOR, TEXT = "editor", "text"
LABEL_COLUMNS = "document, kind, value, origin, ordinal"
_ABOUT = ("theme", "sdg", "target_group", "evidence")
_PLAIN = [
    "id",
    "source",
    "title",
    "text",
    "kind",
    "language",
    "year",
    "publisher",
    "licence",
    "display",
    "address",
    "retrieved",
    "media_type",
    "content_hash",
    "declares_id",
    "quality",
]


# Everything of a document but its text, sections and pages.
HEAD = f"SELECT rowid, '' AS text, {', '.join(name for name in _PLAIN if name != 'text')}, details FROM documents"


def document_row(document: Document, root: str) -> dict[str, object]:
    """The columns of `documents` for this document."""
    details = {
        "authors": document.authors,
        "organisations": document.organisations,
        "figures": [[f.value, f.what] for f in document.figures],
        "references": [[r.title, r.publisher, r.language, r.nature, r.link] for r in document.references],
        "trust": document.trust,
    }
    row: dict[str, object] = {name: getattr(document, name) for name in _PLAIN}
    return {**row, "root": root, "details": json.dumps(details, ensure_ascii=False)}


def section_rows(rowid: int, document: Document) -> Iterator[tuple[object, ...]]:
    """Rows of `sections`."""
    for ordinal, section in enumerate(document.sections):
        path = json.dumps(section.path, ensure_ascii=False)
        yield rowid, ordinal, path, section.start, section.end


def page_rows(rowid: int, document: Document) -> Iterator[tuple[object, ...]]:
    """Rows of `pages`."""
    for page in document.pages:
        yield rowid, page.index, page.label, page.start, page.end


def label_rows(rowid: int, document: Document) -> Iterator[tuple[object, ...]]:
    """Rows of `labels`: what the editors said or the text names; `index.labels` derives the rest."""
    for kind, values, origin in (
        ("theme", document.themes, EDITOR),
        ("target_group", document.target_groups, EDITOR),
        ("city", document.cities, EDITOR),
        ("country", document.countries, EDITOR),
        ("city", document.found_cities, TEXT),
        ("country", document.found_countries, TEXT),
    ):
        for ordinal, value in enumerate(values):
            yield rowid, kind, value, origin, ordinal


def passage_row(document: int, passage: Passage, embedding: str) -> dict[str, object]:
    """The columns of `passages` for this passage."""
    first, last = passage.page_index or (None, None)
    label_first, label_last = passage.page_label or (None, None)
    return {
        "document": document,
        "ordinal": passage.ordinal,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "section": json.dumps(passage.section, ensure_ascii=False),
        "kind": passage.kind,
        "tokens": passage.tokens,
        "page_first": first,
        "page_last": last,
        "label_first": label_first,
        "label_last": label_last,
        "embedding": embedding,
        "language": passage.language,
        "named": json.dumps({"cities": passage.cities, "countries": passage.countries, "years": passage.years}),
    }


def passage_from(row: sqlite3.Row) -> Passage:
    """The passage of a row of `passages`."""
    labels = (row["label_first"], row["label_last"])
    named = {name: tuple(values) for name, values in json.loads(row["named"]).items()}
    return Passage(
        ordinal=row["ordinal"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        section=tuple(json.loads(row["section"])),
        kind=PassageKind(row["kind"]),
        tokens=row["tokens"],
        page_index=(row["page_first"], row["page_last"]) if row["page_first"] is not None else None,
        page_label=labels if labels[0] is not None else None,
        language=row["language"],
        **named,
    )


def document_from(db: sqlite3.Connection, row: sqlite3.Row) -> Document:
    """The document of a row of `documents`, with its sections, pages and labels."""
    sections = db.execute("SELECT path, start, end FROM sections WHERE document = ? ORDER BY ordinal", (row["rowid"],))
    pages = db.execute(
        "SELECT page_index, label, start, end FROM pages WHERE document = ? ORDER BY page_index",
        (row["rowid"],),
    )
    return replace(
        head_from(db, row),
        sections=tuple(Section(tuple(json.loads(path)), start, end) for path, start, end in sections),
        pages=tuple(Page(*page) for page in pages),
    )


def head_from(db: sqlite3.Connection, row: sqlite3.Row) -> Document:
    """The document of a row of `documents` with its labels, without sections and pages; of `HEAD`, without text."""
    details = json.loads(row["details"])
    all_labels = _labels(db, row["rowid"])
    labels: dict[tuple[str, str], list[str]] = {}
    for label in all_labels:
        labels.setdefault((label.kind, label.origin), []).append(label.value)
    return Document(
        **{name: row[name] for name in _PLAIN if name not in ("display", "declares_id")},
        declares_id=bool(row["declares_id"]),
        display=Display(row["display"]),
        sections=(),
        authors=tuple(details["authors"]),
        organisations=tuple(details["organisations"]),
        figures=tuple(Figure(*figure) for figure in details["figures"]),
        references=tuple(Reference(*reference) for reference in details["references"]),
        trust=tuple(details["trust"]),
        cities=tuple(labels.get(("city", EDITOR), ())),
        countries=tuple(labels.get(("country", EDITOR), ())),
        found_cities=tuple(labels.get(("city", TEXT), ())),
        found_countries=tuple(labels.get(("country", TEXT), ())),
        themes=tuple(labels.get(("theme", EDITOR), ())),
        target_groups=tuple(labels.get(("target_group", EDITOR), ())),
        labels=tuple(label for label in all_labels if label.kind in _ABOUT),
    )


def _labels(db: sqlite3.Connection, document: int) -> tuple[Label, ...]:
    """All labels, by kind: the editors' words in their order, the surest of the others first."""
    rows = db.execute(
        "SELECT kind, value, origin, probability, model, start, end FROM labels WHERE document = ? "
        "ORDER BY kind, ordinal, probability DESC, value",
        (document,),
    )
    return tuple(Label(*row) for row in rows)
