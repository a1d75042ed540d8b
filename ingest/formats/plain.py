"""Plain text: paragraphs are separated by blank lines, the title is how the first one begins."""

from __future__ import annotations

import re
import textwrap

from corpus.models import Document
from corpus.text import squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.raw import RawSource

MEDIA_TYPE = "text/plain"


def parse_plain(raw: RawSource) -> Document:
    """The document of a text file."""
    paragraphs = [squeeze(part) for part in re.split(r"\n\s*\n", raw.decode())]
    kept = [part for part in paragraphs if part]
    title = textwrap.shorten(kept[0], 100, placeholder=" …") if kept else None
    return raw.document(assemble(Block(part) for part in kept), MEDIA_TYPE, title=title)
