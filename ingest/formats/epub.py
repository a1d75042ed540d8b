"""EPUB: the package file names title, language, people and date, and the order in which the chapters are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import clean, squeeze
from ingest.formats.archive import Archive
from ingest.formats.blocks import Block, assemble
from ingest.formats.properties import good_names, good_title, language_code, year_of
from ingest.formats.raw import RawSource
from ingest.formats.xhtml import chapter_blocks

MEDIA_TYPE = "application/epub+zip"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
# These scramble fonts so that they are not copied out of the book; its text stays readable.
_FONTS_ONLY = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})


def parse_epub(raw: RawSource) -> Document:
    """The document of a book, chapter by chapter. Raises SourceError when it is encrypted, broken or without text."""
    archive = Archive(raw.data)
    _refuse_drm(archive)
    name = _package_name(archive)
    package = archive.xml(name)
    chapters, unread = _chapters(archive, package, posixpath.dirname(name))
    if not chapters and unread:
        raise SourceError(f"not a readable EPUB: {len(unread)} chapter(s) are missing or damaged.")
    declared = _Declared(package)
    first_heading = next((block.text for block in chapters if block.level), None)
    return raw.document(
        assemble(chapters),
        MEDIA_TYPE,
        title=good_title(declared.first("title")) or first_heading,
        language=language_code(declared.first("language")),
        year=year_of(declared.date()),
        publisher=next(iter(good_names(declared.all("publisher"))), None),
        authors=good_names(declared.all("creator")),
        warnings=(f"{len(unread)} chapter(s) missing or damaged: {', '.join(unread[:3])}",) if unread else (),
    )


def _refuse_drm(archive: Archive) -> None:
    if "META-INF/encryption.xml" not in archive.names:
        return
    for method in archive.xml("META-INF/encryption.xml").iterfind(".//{*}EncryptedData/{*}EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY:
            raise SourceError("its text is encrypted (DRM); give a copy without copy protection.")


def _package_name(archive: Archive) -> str:
    rootfile = archive.xml("META-INF/container.xml").find(".//{*}rootfile")
    name = rootfile.get("full-path") if rootfile is not None else None
    if not name:
        raise SourceError("not a readable EPUB: META-INF/container.xml names no package file.")
    return posixpath.normpath(name)


def _chapters(archive: Archive, package: etree._Element, folder: str) -> tuple[list[Block], list[str]]:
    """The blocks of all chapters in reading order, and the names of the chapters that could not be read."""
    blocks: list[Block] = []
    unread: list[str] = []
    for name in _spine(package, folder):
        try:
            blocks += chapter_blocks(archive.read(name))
        except (SourceError, etree.XMLSyntaxError, RecursionError):
            unread.append(posixpath.basename(name)[:80])
    return blocks, unread


def _spine(package: etree._Element, folder: str) -> dict[str, None]:
    """The chapters' names in the archive; each once, however often a hostile spine repeats it."""
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
    references = (items.get(ref.get("idref")) for ref in package.iterfind(".//{*}spine/{*}itemref"))
    return dict.fromkeys(
        posixpath.normpath(posixpath.join(folder, unquote(urlsplit(item.get("href", "")).path)))
        for item in references
        # The navigation document repeats the headings.
        if item is not None and item.get("media-type") in _CHAPTERS and "nav" not in item.get("properties", "").split()
    )


class _Declared:
    """The Dublin Core elements of the package file."""

    def __init__(self, package: etree._Element) -> None:
        self._package = package

    def all(self, name: str) -> Iterator[str]:
        """The values of one element, in order."""
        for node in self._package.iterfind(f".//{{*}}metadata//{_DC}{name}"):
            if value := squeeze(clean("".join(str(part) for part in node.itertext()))):
                yield value

    def first(self, name: str) -> str | None:
        """The first value of one element, if any."""
        return next(self.all(name), None)

    def date(self) -> str | None:
        """The date of publication; version 2 marks it among others, version 3 gives no other."""
        for node in self._package.iterfind(f".//{{*}}metadata//{_DC}date"):
            if "publication" in node.attrib.values():
                return node.text
        return self.first("date")
