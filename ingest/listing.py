"""Sitemaps and feeds: the addresses that they list."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.errors import SourceError
from ingest.formats.archive import parse_xml

# sitemaps.org: a sitemap has at most 50 MB and 50,000 addresses.
_MOST_BYTES = 50 * 2**20
_GZIP = b"\x1f\x8b"
# The first element, after declarations and comments; possessive, for a page of comments could else be taken apart in
# more ways than anybody can wait for.
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?[^>]*>|<!--.*?-->|\s)*+<(?:urlset|sitemapindex|rss|rdf:RDF|feed)[\s>]", re.DOTALL
)
_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses of pages; `further` are those of other sitemaps. A feed lists only its newest pages."""

    pages: tuple[str, ...]
    further: tuple[str, ...] = ()
    feed: bool = False


def read_listing(data: bytes) -> Listing | None:
    """What a sitemap, RSS or Atom file lists; None where the bytes are neither. Raises SourceError for a broken one."""
    text = _unpacked(data)
    if not _BEGINNING.match(text[:4096]):
        return None
    try:
        root = parse_xml(text)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"not well-formed XML (line {error.lineno}).") from None
    reader = _READERS.get(etree.QName(root).localname)
    return reader(root) if reader else None


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            text = stream.read(_MOST_BYTES + 1)
    except (OSError, EOFError):
        raise SourceError("a damaged gzip file.") from None
    if len(text) > _MOST_BYTES:
        raise SourceError(f"unpacks to more than {_MOST_BYTES // 2**20} MB.")
    return text


def _sitemap(root: etree._Element) -> Listing:
    return Listing(_unique(loc.text or "" for loc in root.iter("{*}loc")))


def _index(root: etree._Element) -> Listing:
    return Listing((), _unique(loc.text or "" for loc in root.iter("{*}loc")))


def _rss(root: etree._Element) -> Listing:
    links = (link.text or "" for item in root.iter("{*}item") for link in item.iterchildren("{*}link"))
    return Listing(_unique(links), feed=True)


def _atom(root: etree._Element) -> Listing:
    def links() -> Iterator[str]:
        for entry in root.iter(f"{_ATOM}entry"):
            for link in entry.iterchildren(f"{_ATOM}link"):
                if link.get("rel", "alternate") == "alternate":
                    yield link.get("href", "")

    return Listing(_unique(links()), feed=True)


_READERS = {"urlset": _sitemap, "sitemapindex": _index, "rss": _rss, "RDF": _rss, "feed": _atom}


def _unique(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in found if text.strip()))
