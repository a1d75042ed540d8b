"""The main text of a web page in blocks: trafilatura tells it from menus and advertisements."""

from __future__ import annotations

import logging
import re

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from ingest.formats.alignment import aligned
from ingest.formats.blocks import Block
from ingest.formats.markup import MACHINERY, BlockReader
from ingest.formats.navigation import navigation
from ingest.formats.xhtml import feed, html_blocks

_FRAME = MACHINERY | {"aside", "button", "dialog", "footer", "menu", "nav", "select"}
# trafilatura's names for what HTML has other names for.
_NAMES = {"list": "ul", "item": "li", "row": "tr", "cell": "td", "quote": "blockquote", "code": "pre", "lb": "br"}
# Finding the main text takes up to 0.1 ms an element, and more the deeper they lie. Of 181 real pages the largest had
# 5,179 elements and attributes, 51 deep.
MAX_ELEMENTS, MAX_DEPTH, MAX_DEPTHS, MAX_SEARCHED = 30_000, 100, 500_000, 2_000_000
# Less of what was found than this in the page's own blocks, and it came from elsewhere, such as its metadata.
_ENOUGH = 0.7
# Shorter captions on real pages were names of photographers and agencies.
_CAPTION_WORDS = 5

# What it finds odd about a page is no news to anybody: the verdict is the text.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def main_blocks(text: str) -> list[Block]:
    """The headings, paragraphs, lists and tables of the main text, or of the whole page where none can be told."""
    reader = BlockReader(_FRAME)
    page = html_blocks(text, reader)
    moves = navigation(["" if block.level else block.text for block in page], reader.links)
    whole = [block for place, block in enumerate(page) if place not in moves]
    if _too_large(reader) or len(text) > MAX_SEARCHED:
        return whole
    found = _found(text)
    body = " ".join(block.text for block in found if not block.level)
    chosen = aligned(whole, body)
    if sum(len(block.text) for block in chosen if not block.level) < _ENOUGH * len(body):
        return found
    return chosen or whole


def _too_large(reader: BlockReader) -> bool:
    return reader.elements > MAX_ELEMENTS or reader.depth > MAX_DEPTH or reader.depths > MAX_DEPTHS


def _found(text: str) -> list[Block]:
    """What trafilatura takes for the main text."""
    tree = trafilatura.load_html(text)
    if tree is None:
        return []
    _prepare(tree)
    document = trafilatura.bare_extraction(tree, include_comments=False)
    if not isinstance(document, Document):
        return []
    reader = BlockReader(frozenset())
    feed(document.body, reader, _name)
    return reader.close()


def _name(node: etree._Element) -> str:
    name = str(node.tag)
    return node.get("rend", "h2") if name == "head" else _NAMES.get(name, name)


def _prepare(tree: HtmlElement) -> None:
    """What trafilatura drops wherever it stands becomes something that it keeps where it keeps what is around."""
    for caption in list(tree.iter("figcaption")):
        figure = next(caption.iterancestors("figure"), None)
        words = re.findall(r"[\u3040-\u9fff]|\w+", caption.text_content())
        if figure is not None and figure.getparent() is not None and len(words) >= _CAPTION_WORDS:
            caption.tag = "p"
            caption.tail, figure.tail = figure.tail, None
            figure.addnext(caption)
    for date in list(tree.iter("time")):
        if next(date.iterancestors("p", "li", "dd", "td"), None) is not None:
            date.tag = "span"
    for part in [part for cell in tree.iter("td", "th") for part in cell.iter("ul", "ol", "li")]:
        part.tag = "p" if part.tag == "li" else "div"
