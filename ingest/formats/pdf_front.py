"""Title, year and authors of a PDF: from its metadata where a person filled it in, else from its first pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pypdf import PdfReader

from corpus.text import squeeze
from ingest.formats.pdf_lines import Line
from ingest.formats.properties import good_names, good_title, printed_year, year_of

# Cover, half title, title and imprint.
_FRONT = 4
# More lines of one size that follow each other are text, not a title.
_LONGEST_TITLE = 4
_WORD = re.compile(r"[^\W\d]{3}")


def front_of(reader: PdfReader, pages: Sequence[list[Line]]) -> tuple[str | None, int | None, tuple[str, ...]]:
    """Title, year of publication and authors, as far as they are known."""
    information = _information(reader)
    made = year_of(information.get("/CreationDate"))
    title = good_title(information.get("/Title")) or _largest(pages)
    # The date of the file is often years after that of the publication: it comes last.
    year = year_of(_declared_date(reader)) or _printed(pages, made) or made
    return title, year, good_names([information.get("/Author")])


def _information(reader: PdfReader) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in (reader.metadata or {}).items()}
    except Exception:  # broken metadata costs the title, not the document
        return {}


def _declared_date(reader: PdfReader) -> str | None:
    """The date of the publication in the XMP packet, which an editor sets, unlike that of the file."""
    try:
        metadata = reader.xmp_metadata
        dates = metadata.dc_date if metadata else None
        return str(dates[0]) if dates else None
    except Exception:  # broken metadata costs the date, not the document
        return None


def _printed(pages: Sequence[list[Line]], made: int | None) -> int | None:
    # Some put the imprint on the last page.
    front = [*pages[:_FRONT], *pages[_FRONT:][-1:]]
    return printed_year((line.text for page in front for line in page), made)


def _largest(pages: Sequence[list[Line]]) -> str | None:
    """What is set in the largest type on the first two pages."""
    runs = [list(run) for page in pages[:2] for _, run in groupby(page, key=lambda line: round(line.size, 1))]
    titles = [(run[0].size, text) for run in runs if len(text := _joined(run)) >= 8 and _WORD.search(text)]
    return max(titles, key=lambda found: found[0])[1][:150] if titles else None


def _joined(run: Sequence[Line]) -> str:
    lines = run[:1] if len(run) > _LONGEST_TITLE else run
    text = ""
    for line in lines:
        text = f"{text} {line.text}"
        if text.endswith((".", "!", "?")):
            break
    return squeeze(text)
