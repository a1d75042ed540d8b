"""The chapters of a book in XHTML: all of the body in blocks, in order.

The extractor of web pages is not used here: it looks for the main text beside menus and advertisements; of chapters,
which have none, it dropped headings, lists of links and notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from lxml import etree

from corpus.text import clean, squeeze
from ingest.formats.archive import parse_xml
from ingest.formats.blocks import Block
from ingest.formats.raw import RawSource

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "dl")
_PARAGRAPHS = ("address", "blockquote", "center", "dd", "dt", "figcaption", "hr", "li", "p", "pre", "summary")
_FRAMES = ("article", "aside", "body", "details", "div", "figure", "footer", "form", "header", "main", "section")
_TABLES = ("table", "tbody", "td", "tfoot", "th", "thead", "tr")
_BLOCKS = frozenset((*_HEADINGS, *_LISTS, *_PARAGRAPHS, *_FRAMES, *_TABLES))
_MACHINERY = ("head", "iframe", "nav", "noscript", "object", "script", "style", "svg", "template", "audio", "video")
# Not text for reading: these, and what repeats a word or formula that is there already.
_SKIPPED = frozenset((*_MACHINERY, "annotation", "annotation-xml", "rp", "rt"))


def chapter_blocks(data: bytes) -> list[Block]:
    """The headings, paragraphs, lists and tables of one chapter. Raises XMLSyntaxError or SourceError."""
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError:
        # Many books are not well-formed; reading systems show them all the same. HTML has no entities to expand.
        text = RawSource("", data).decode()
        if "<!ENTITY" in text:  # XML that attacks its reader is not well-formed either
            raise
        root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False))
    bodies = [node for node in root if _name(node) == "body"] if root is not None else []
    return [block for body in bodies for block in _inside(body)]


def _inside(node: etree._Element) -> Iterator[Block]:
    """The blocks in a node; loose text between them is a paragraph."""
    loose = [node.text or ""]
    for child in node:
        if _holds_blocks(child):
            yield from _paragraph(loose)
            loose = []
            yield from _block(child)
        else:
            loose += _pieces(child)
        loose.append(child.tail or "")
    yield from _paragraph(loose)


def _block(node: etree._Element) -> Iterator[Block]:
    name = _name(node)
    if name in _HEADINGS:
        yield from _paragraph(_pieces(node), int(name[1]))
    elif name in _LISTS:
        yield from _joined(_lines(node))
    elif name == "table" and len(rows := _rows(node)) * max(map(len, rows), default=0) > 1:
        yield from _joined(" | ".join(row) for row in rows if any(row))
    else:
        yield from _inside(node)


def _lines(node: etree._Element) -> Iterator[str]:
    """Each item's paragraphs, those of lists within the list among them."""
    for child in node:
        if _name(child) not in _SKIPPED:
            yield from (line for block in _inside(child) for line in block.text.splitlines())


def _rows(table: etree._Element) -> list[list[str]]:
    return [
        [squeeze(clean("".join(_pieces(cell)))) for cell in row if _name(cell) in ("td", "th")]
        for row in table.iter("{*}tr")
        if next(row.iterancestors("{*}table")) is table
    ]


def _paragraph(pieces: list[str], level: int = 0) -> Iterator[Block]:
    if text := squeeze(clean("".join(pieces))):
        yield Block(text, level)


def _joined(lines: Iterator[str]) -> Iterator[Block]:
    if text := "\n".join(line for line in lines if line):
        yield Block(text)


def _holds_blocks(node: etree._Element) -> bool:
    names = map(_name, node.iter())
    return _name(node) not in _SKIPPED and any(name in _BLOCKS for name in names)


def _pieces(node: etree._Element) -> list[str]:
    """The text of a node and all in it, words of neighbouring blocks apart."""
    name = _name(node)
    if name in _SKIPPED:
        return []
    if not name:
        return [_entity(node)]
    apart = " " if name in _BLOCKS or name == "br" else ""
    pieces = [apart, node.text or ""]
    for child in node:
        pieces += [*_pieces(child), child.tail or ""]
    return [*pieces, apart]


def _entity(node: etree._Element) -> str:
    """A named character such as &nbsp;; an entity that the file defines itself is left out, as are comments."""
    if not isinstance(node, etree._Entity):
        return ""
    text = unescape(node.text or "")
    return "" if text.startswith("&") else text


def _name(node: etree._Element) -> str:
    """The tag without its namespace; nothing for comments, instructions and entities."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
