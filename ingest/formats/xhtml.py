"""The chapters of a book in XHTML: all of the body in blocks, in order.

The extractor of web pages is not used here: it looks for the main text beside menus and advertisements; of chapters,
which have none, it dropped headings, lists of links and notes.
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

from lxml import etree

from ingest.formats.archive import parse_xml
from ingest.formats.blocks import Block
from ingest.formats.encoding import decode, readable
from ingest.formats.markup import MACHINERY, BlockReader, local_name

_SKIPPED = MACHINERY | {"nav"}


def _own(node: etree._Element) -> str:
    return str(node.tag)


def chapter_blocks(data: bytes) -> list[Block]:
    """The headings, paragraphs, lists and tables of one chapter. Raises XMLSyntaxError or SourceError."""
    reader = BlockReader(_SKIPPED)
    try:
        feed(parse_xml(data), reader)
        return reader.close()
    except etree.XMLSyntaxError:
        # Many books are not well-formed; reading systems show them all the same. HTML has no entities to expand.
        text = readable(decode(data))
        if "<!ENTITY" in text:  # XML that attacks its reader is not well-formed either
            raise
    return html_blocks(text, BlockReader(_SKIPPED))


def html_blocks(text: str, reader: BlockReader) -> list[Block]:
    """The blocks of HTML of any size and depth, whether its tags are closed or not."""
    target: Any = reader  # that text is told as bytes, as the stubs have it, was long ago
    parser = etree.HTMLParser(target=target, no_network=True, encoding="utf-8")
    parser.feed(text.encode())
    parser.close()
    return reader.close()


def feed(root: etree._Element, reader: BlockReader, name: Callable[[etree._Element], str] = _own) -> None:
    """Tell the reader what stands in a tree, without recursion, each element under the name that it is given."""
    waiting = [(root, iter(root))]
    reader.start(name(root))
    reader.data(root.text or "")
    while waiting:
        node, children = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            reader.end(name(node))
            reader.data((node.tail or "") if waiting else "")
        elif local_name(child.tag):
            reader.start(name(child))
            reader.data(child.text or "")
            waiting.append((child, iter(child)))
        else:
            reader.data(_entity(child) + (child.tail or ""))


def _entity(node: etree._Element) -> str:
    """A named character such as &nbsp;; an entity that the file defines itself is left out, as are comments."""
    if not isinstance(node, etree._Entity):
        return ""
    text = unescape(node.text or "")
    return "" if text.startswith("&") else text
