"""What a parser gets: bytes with their source, never a path or an address to open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from charset_normalizer import from_bytes

from corpus.errors import SourceError
from corpus.identity import RESERVED, digest, document_id, slug
from corpus.models import Display, Document
from corpus.text import clean, squeeze
from ingest.formats.blocks import Layout


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be read, where the user said so: a password, the columns of tables, languages of OCR."""

    password: str | None = field(default=None, repr=False)
    # (field, heading) for the columns of a table that are not found by their own names
    columns: tuple[tuple[str, str], ...] = ()
    # tesseract's languages, such as "eng+fra"; None: pages without a text layer stay without text
    ocr: str | None = None


@dataclass(frozen=True, slots=True)
class RawSource:
    """One file's bytes, the name its source is known by, and how to read it."""

    source: str
    data: bytes = field(repr=False)
    reading: Reading = Reading()

    @property
    def name(self) -> str:
        """The file's name, in an archive or by itself; of an address what stands before its query."""
        path, _, member = self.source.partition(".zip#")
        if not member and re.match("https?://", path):
            path = re.split("[?#]", path)[0].rstrip("/")
        return (member or path).rsplit("/", 1)[-1]

    def decode(self) -> str:
        """The bytes as text, in UTF-8 or the encoding they look like. Raises SourceError for binary data."""
        if b"\0" in self.data and not self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SourceError("not text: it holds binary data.")
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            best = from_bytes(self.data).best()
            if best is None:
                raise SourceError("not text in any encoding that could be recognised.") from None
            text = str(best)
        cleaned = clean(text)
        if (len(text) - len(cleaned)) * 50 > len(text):  # text files hold a stray control character, not 2 % of them
            raise SourceError("not text: it is full of control characters.")
        return cleaned.replace("\r\n", "\n").replace("\r", "\n")

    def document(self, layout: Layout, media_type: str, *, title: str | None, **known: Any) -> Document:
        """A document of this source; what is not known stays unknown, and the id comes from the title."""
        if not layout.text.strip():
            raise SourceError("no text was found in it.")
        declared = _checked_id(known.pop("declared_id", None))
        shown = squeeze(clean(title or "")) or _title_from(self.name)
        known.setdefault("display", Display.EXTRACT)
        return Document(
            id=declared or document_id(shown, self.source),
            declares_id=declared is not None,
            source=self.source,
            title=shown[:300],
            text=layout.text,
            sections=layout.sections,
            pages=layout.pages,
            media_type=media_type,
            content_hash=digest(self.data),
            **known,
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file holds: a document, or one for each row of a table; `faults` are (source, reason) of its parts."""

    documents: tuple[Document, ...]
    faults: tuple[tuple[str, str], ...] = ()


NOTHING = Parsed(())


def _checked_id(declared: str | None) -> str | None:
    if not declared:
        return None
    if len(declared) > 80:
        raise SourceError(f"front matter: id: has {len(declared)} characters; at most 80 are allowed.")
    if slug(declared) != declared:
        raise SourceError(f"front matter: id: {declared!r} is not made of a-z, 0-9 and hyphens.")
    if declared in RESERVED:
        raise SourceError(f"front matter: id: {declared!r} is a word of the API's addresses; choose another.")
    return declared


def _title_from(name: str) -> str:
    name = name.rsplit(".", 1)[0]
    return squeeze(name.replace("_", " ").replace("-", " ")) or "Untitled document"
