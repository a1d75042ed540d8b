"""What a PDF says of its own structure, read by pypdf: the outline, and the labels of its pages."""

from __future__ import annotations

from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination

from corpus.text import squeeze

# (level, title) of the outline's entries by 1-based page.
Outline = dict[int, list[tuple[int, str]]]


def outline_of(reader: PdfReader) -> Outline:
    """The outline's entries; none where there is no outline or it is broken."""
    found: Outline = {}

    def walk(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, min(level + 1, 6))
            elif isinstance(entry, Destination) and (title := squeeze(str(entry.title or ""))):
                page = reader.get_destination_page_number(entry)
                if page is not None:
                    found.setdefault(page + 1, []).append((level, title))

    try:
        walk(reader.outline, 1)
    except Exception:  # a broken outline costs the headings, not the document
        return {}
    return found


def labels_of(reader: PdfReader) -> dict[int, str]:
    """The labels that the file itself gives its pages; empty where it gives none."""
    try:
        if "/PageLabels" not in reader.root_object:
            return {}
        return {i: label for i, label in enumerate(reader.page_labels, 1) if label}
    except Exception:  # broken labels cost the printed numbers, not the document
        return {}
