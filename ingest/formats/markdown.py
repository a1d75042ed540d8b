"""Markdown: practice files with checked front matter, and any other Markdown with optional front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import CorpusFault, SourceError
from corpus.identity import digest
from corpus.models import Display, Document
from corpus.practice import PracticeRecord, read_record, read_yaml, split_front_matter
from corpus.text import clean, squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.raw import RawSource

PRACTICE_LICENCE = "CC BY 4.0"
MEDIA_TYPE = "text/markdown"


def parse_markdown(raw: RawSource) -> Document:
    """The document of a Markdown file. Raises SourceError with the line of a fault in its front matter."""
    front, body, _ = split_front_matter(raw.decode())
    try:
        values = read_yaml(front)
        if "sources" in values and "city" in values:
            return _practice(raw, read_record(front), body)
        return _general(raw, values, body)
    except CorpusFault as fault:
        raise SourceError(str(fault).replace("\n", "; ")) from None


def _practice(raw: RawSource, record: PracticeRecord, body: str) -> Document:
    layout = assemble(markdown_blocks(body))
    references = record.references()
    return Document(
        id=record.id,
        declares_id=True,
        source=raw.source,
        title=record.title,
        text=layout.text,
        sections=layout.sections,
        media_type=MEDIA_TYPE,
        content_hash=digest(raw.data),
        kind="practice",
        language="en",
        year=record.years.source or record.years.start,
        publisher=references[0].publisher,
        licence=PRACTICE_LICENCE,
        display=Display.FULL,
        address=references[0].link,
        cities=(record.city,),
        countries=(record.country,),
        themes=record.themes,
        target_groups=record.target_groups,
        organisations=record.organisations,
        figures=record.stated_figures(),
        references=references,
        trust=record.trust(),
    )


def _general(raw: RawSource, values: Mapping[str, object], body: str) -> Document:
    blocks = list(markdown_blocks(body))
    layout = assemble(blocks)
    heading = next((block.text for block in blocks if block.level == 1), None)
    return raw.document(
        layout,
        MEDIA_TYPE,
        title=_text(values, "title") or heading,
        language=_language(values),
        year=_year(values),
        publisher=_text(values, "publisher"),
        licence=_text(values, "licence"),
        display=_display(values),
        address=_address(values),
        declared_id=_text(values, "id"),
    )


def _text(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    if isinstance(value, list | dict):
        raise SourceError(f"front matter: {key}: a single value is needed, not a list.")
    return squeeze(clean(str(value))) or None if value is not None else None


def _language(values: Mapping[str, object]) -> str | None:
    value = _text(values, "language")
    if value is not None and not re.fullmatch(r"[a-z]{2,3}", value):
        raise SourceError(f"front matter: language: {value!r} is not a two-letter code such as en.")
    return value


def _address(values: Mapping[str, object]) -> str | None:
    value = _text(values, "address")
    if value is not None and not re.match(r"https?://\S+$", value):
        raise SourceError(f"front matter: address: {value!r} does not begin with https:// or http://.")
    return value


def _year(values: Mapping[str, object]) -> int | None:
    value = _text(values, "year")
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{4}", value):
        raise SourceError(f"front matter: year: {value!r} is not a year.")
    return int(value)


def _display(values: Mapping[str, object]) -> Display:
    value = _text(values, "display") or Display.EXTRACT
    if value not in set(Display):
        raise SourceError(f"front matter: display: {value!r} is not one of {', '.join(Display)}.")
    return Display(value)


def markdown_blocks(text: str) -> Iterator[Block]:
    """Headings, and the text of paragraphs, list items, tables and code, in order."""
    level = 0
    for token in _parser().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type in ("fence", "code_block"):
            yield Block(token.content.strip())
        elif token.type == "inline" and (content := _plain(token)):
            yield Block(content, level)
            level = 0


def _plain(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or []).strip()


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
