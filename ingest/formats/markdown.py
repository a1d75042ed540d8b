"""Markdown: practices and facts of the network with checked front matter, and any other with optional front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpus.errors import CorpusFault, SourceError
from corpus.identity import digest
from corpus.models import NETWORK, Display, Document
from corpus.practice import PracticeRecord, SummaryRecord, read_record, read_yaml, split_front_matter
from corpus.text import clean, squeeze
from ingest.formats.blocks import assemble
from ingest.formats.encoding import decode, readable
from ingest.formats.markdown_blocks import markdown_blocks
from ingest.formats.properties import good_names, language_code, year_of
from ingest.formats.raw import RawSource

SUMMARY_LICENCE = "CC BY 4.0"
MEDIA_TYPE = "text/markdown"
# A book of five thousand pages; parsing takes up to 12 seconds for a million lines.
_MOST_LINES = 200_000
_TOML = re.compile(r"\+\+\+[ \t]*\n(.{0,65536}?)^\+\+\+[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)


def parse_markdown(raw: RawSource) -> Document:
    """The document of a Markdown file. Raises SourceError with the line of a fault in its front matter."""
    text = readable(decode(raw.data))
    if (lines := text.count("\n")) > _MOST_LINES:
        raise SourceError(f"Markdown of {lines:,} lines; at most {_MOST_LINES:,} are read. Split it first.")
    try:
        values, front, body = _front_matter(text)
        if "sources" in values and ("city" in values or values.get("kind") == NETWORK):
            return _summary(raw, read_record(front), body)
        return _general(raw, values, body)
    except CorpusFault as fault:
        raise SourceError(str(fault).replace("\n", "; ")) from None


def _front_matter(text: str) -> tuple[dict[str, object], str, str]:
    """The values at the top (YAML between ---, TOML between +++), YAML as it stands there, and the text below."""
    if found := _TOML.match(text):
        try:
            return tomllib.loads(found[1]), "", text[found.end() :]
        except tomllib.TOMLDecodeError as error:
            raise SourceError(f"front matter is not TOML ({error}).") from None
    front, body, _ = split_front_matter(text)
    return read_yaml(front), front, body


def _summary(raw: RawSource, record: SummaryRecord, body: str) -> Document:
    layout = assemble(markdown_blocks(body))
    references = record.references()
    document = Document(
        id=record.id,
        declares_id=True,
        source=raw.source,
        title=record.title,
        text=layout.text,
        sections=layout.sections,
        media_type=MEDIA_TYPE,
        content_hash=digest(raw.data),
        kind=NETWORK,
        language="en",
        year=record.years.source or record.years.start,
        publisher=references[0].publisher,
        licence=SUMMARY_LICENCE,
        display=Display.FULL,
        address=references[0].link,
        organisations=record.organisations,
        figures=record.stated_figures(),
        references=references,
        trust=record.trust(),
    )
    if not isinstance(record, PracticeRecord):
        return document
    return replace(
        document,
        kind="practice",
        cities=(record.city,),
        countries=(record.country,),
        themes=record.themes,
        target_groups=record.target_groups,
    )


def _general(raw: RawSource, values: Mapping[str, object], body: str) -> Document:
    blocks = list(markdown_blocks(body))
    layout = assemble(blocks)
    heading = next((block.text for block in blocks if block.level == 1), None)
    return raw.document(
        layout,
        MEDIA_TYPE,
        title=_text(values, "title") or heading,
        language=_language(values) or language_code(str(values.get("lang") or "")),
        year=_year(values) or year_of(str(values.get("date") or "")),
        publisher=_text(values, "publisher"),
        authors=good_names(_people(values.get("authors") or values.get("author"))),
        licence=_text(values, "licence") or _text(values, "license"),
        display=_display(values),
        address=_address(values),
        declared_id=_text(values, "id"),
    )


def _people(value: object) -> Iterator[str]:
    """Names as other tools write them: one, a list, or entries with a name."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


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
