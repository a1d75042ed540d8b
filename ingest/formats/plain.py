"""Plain text: paragraphs are separated by blank lines, the first short line is the title."""

from __future__ import annotations

import re

from corpus.models import Document
from corpus.text import squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.raw import RawSource

MEDIA_TYPE = "text/plain"


def parse_plain(raw: RawSource) -> Document:
    """The document of a text file."""
    paragraphs = [squeeze(part) for part in re.split(r"\n\s*\n", raw.decode())]
    kept = [part for part in paragraphs if part]
    title = kept[0] if kept and 3 <= len(kept[0]) <= 120 and not kept[0].endswith(".") else None
    return raw.document(assemble(Block(part) for part in kept), MEDIA_TYPE, title=title)
