"""DOCX: python-docx opens the package and reads its properties; paragraphs, lists and tables become blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.archive import Archive
from ingest.formats.blocks import Block, assemble
from ingest.formats.docx_text import Role, Styles, W, children, text_of
from ingest.formats.properties import good_names, good_title, language_code, year_of
from ingest.formats.raw import RawSource

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# A longer "heading" is a paragraph that someone wanted to look like one; as a heading its text could not be quoted.
_LONGEST_HEADING = 200


def parse_docx(raw: RawSource) -> Document:
    """The document of a Word file. Raises SourceError when it is protected, broken or without text."""
    safe = Archive(raw.data).copy_of_xml()
    try:
        word = docx.Document(safe)
        blocks = list(_inside(word.element.body, Styles(word.styles.element)))
        declared = _declared(word)
    except Exception as error:  # python-docx raises many types on broken files; each is the same verdict
        raise SourceError(_reason(error)) from None
    heading = min((block for block in blocks if block.level), key=lambda block: block.level, default=None)
    title = declared.pop("title") or (heading.text if heading else None)
    return raw.document(assemble(blocks), MEDIA_TYPE, title=title, **declared)


def _reason(error: Exception) -> str:
    if isinstance(error, ValueError) and "content type" in str(error):
        return "not a Word document but a template or a file with macros; save it as .docx."
    return f"not a readable Word file (damaged structure: {type(error).__name__})."


def _declared(word: WordFile) -> dict[str, Any]:
    """The core properties; python-docx would make some up, with this year's date, where a file has none."""
    try:
        word.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    except KeyError:
        return {"title": None}
    core = word.core_properties
    date = core.created or core.modified
    return {
        "title": good_title(core.title),
        "language": language_code(core.language),
        "year": year_of(str(date.year)) if date else None,
        "authors": good_names(core.author.split(";")),
    }


def _inside(node: etree._Element, styles: Styles) -> Iterator[Block]:
    """The blocks of a body, cell or text box in order; the items of a list are lines of one block."""
    items: list[str] = []
    for child in children(node):
        role = styles.role(child) if child.tag == W + "p" else Role()
        if role.item and not role.level:
            items.append(text_of(child))
            found = list(_text_boxes(child, styles))
        else:
            found = list(_block(child, role, styles))
        if found:  # an empty paragraph between two items does not end the list
            yield from _joined(items)
            items = []
            yield from found
    yield from _joined(items)


def _block(node: etree._Element, role: Role, styles: Styles) -> Iterator[Block]:
    if node.tag == W + "tbl":
        yield from _table(node, styles)
    elif node.tag == W + "p" and not role.contents:
        yield from _paragraph(node, role.level)
        yield from _text_boxes(node, styles)


def _paragraph(node: etree._Element, level: int) -> Iterator[Block]:
    if text := text_of(node):
        yield Block(text, level if len(text) <= _LONGEST_HEADING else 0)


def _text_boxes(node: etree._Element, styles: Styles) -> Iterator[Block]:
    for box in node.iter(W + "txbxContent"):
        older_form = any(str(above.tag).endswith("}Fallback") for above in box.iterancestors())
        if not older_form and next(box.iterancestors(W + "p")) is node:
            yield from _inside(box, styles)


def _table(table: etree._Element, styles: Styles) -> Iterator[Block]:
    rows = [[cell for cell in children(row) if cell.tag == W + "tc"] for row in children(table) if row.tag == W + "tr"]
    if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
        yield from _inside(rows[0][0], styles)
        return
    texts = ([text_of(cell) for cell in row] for row in rows)
    yield from _joined(" | ".join(row) for row in texts if any(row))


def _joined(lines: Iterable[str]) -> Iterator[Block]:
    if text := "\n".join(line for line in lines if line):
        yield Block(text)
