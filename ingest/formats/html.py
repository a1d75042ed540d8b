"""HTML: trafilatura finds the main text, BeautifulSoup the title, language and metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura
from bs4 import BeautifulSoup, Tag
from lxml import etree

from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import squeeze
from ingest.formats.blocks import Block, assemble
from ingest.formats.properties import language_code, year_of
from ingest.formats.raw import RawSource

MEDIA_TYPE = "text/html"
_HTTP = re.compile(r"https?://[^\s<>\"']+$")


def parse_html(raw: RawSource) -> Document:
    """The document of a web page: main text in sections, title, language, date, publisher, authors, address."""
    text = raw.decode()
    soup = BeautifulSoup(text, "lxml")
    xml = trafilatura.extract(text, output_format="xml", include_tables=True, include_comments=False)
    layout = assemble(_blocks(xml) if xml else _fallback(soup))
    if not layout.text:
        raise SourceError("no main text was found in the page.")
    return raw.document(
        layout,
        MEDIA_TYPE,
        title=_meta(soup, "citation_title", "og:title") or _title(soup),
        language=_language(soup),
        year=year_of(_meta(soup, "citation_publication_date", "article:published_time", "date", "DC.date")),
        publisher=_meta(soup, "citation_publisher", "og:site_name", "DC.publisher"),
        authors=tuple(_metas(soup, "citation_author", "author")),
        address=_address(soup),
    )


def _blocks(xml: str) -> Iterator[Block]:
    main = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=False)).find("main")
    for node in main if main is not None else []:
        text = _rows(node) if node.tag == "table" else _text_of(node)
        if node.tag == "list":
            text = "\n".join(_text_of(item) for item in node.iter("item"))
        if text:
            yield Block(text, _level(node.get("rend", "h2")) if node.tag == "head" else 0)


def _text_of(node: etree._Element) -> str:
    return squeeze(" ".join(str(part) for part in node.itertext()))


def _level(rend: str) -> int:
    return int(rend[1]) if rend[:1] == "h" and rend[1:2].isdigit() else 2


def _rows(table: etree._Element) -> str:
    rows = ([_text_of(cell) for cell in row.iter("cell")] for row in table.iter("row"))
    return "\n".join(" | ".join(row) for row in rows if any(row))


def _fallback(soup: BeautifulSoup) -> Iterator[Block]:
    for tag in soup(["script", "style", "nav", "header", "footer", "noscript", "template"]):
        tag.decompose()
    for tag in soup.find_all(["h1", "h2", "h3", "h4", "p", "li", "td", "pre", "blockquote"]):
        if text := squeeze(tag.get_text(" ")):
            yield Block(text, int(tag.name[1]) if tag.name[0] == "h" else 0)


def _metas(soup: BeautifulSoup, *names: str) -> Iterator[str]:
    for name in names:
        for tag in soup.find_all("meta", attrs={"name": name}) + soup.find_all("meta", attrs={"property": name}):
            if content := squeeze(str(tag.get("content", ""))):
                yield content


def _meta(soup: BeautifulSoup, *names: str) -> str | None:
    return next(_metas(soup, *names), None)


def _title(soup: BeautifulSoup) -> str | None:
    for tag in (soup.find("h1"), soup.title):
        if isinstance(tag, Tag) and (text := squeeze(tag.get_text(" "))):
            return text
    return None


def _language(soup: BeautifulSoup) -> str | None:
    value = soup.html.get("lang") if soup.html else None
    return language_code(str(value or ""))


def _address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical")
    value = str(link.get("href", "")) if isinstance(link, Tag) else _meta(soup, "og:url") or ""
    return value if _HTTP.match(value) else None
