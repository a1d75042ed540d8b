"""What a web page says about itself.

One order for all fields: Highwire (citation_*), Dublin Core, JSON-LD, Open Graph, the page's own elements; the first
that says something believable wins. Two exceptions: an address is first of all the canonical one, and a language that
of <html> before Open Graph's, which is often the one that the software came with. How a licence decides what is shown:
`_licence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from corpus.models import Display
from corpus.text import fold, squeeze
from ingest.formats.html_head import Page
from ingest.formats.json_ld import Described, described
from ingest.formats.licences import is_open, licence_of
from ingest.formats.properties import good_names, good_title, language_code, year_of

_T = TypeVar("_T")
_TITLES = ("citation_title", "dc.title", "dcterms.title")
_DATES = (
    *("citation_publication_date", "citation_date", "citation_cover_date", "citation_online_date", "citation_year"),
    *("dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created"),
)
_PAGE_DATES = ("article:published_time", "date", "pubdate", "publish-date", "publication_date", "datepublished")
_PUBLISHERS = ("citation_publisher", "citation_technical_report_institution", "dc.publisher", "dcterms.publisher")
_LICENCES = ("dcterms.license", "dc.rights.license", "dc.license", "dcterms.rights", "dc.rights", "license")
_SEPARATOR = re.compile(r"\s+[|–—·•»«:/-]{1,2}\s+|\s*\|\s*")
# An address, a handle, a byline with its date; and software that puts itself in the publisher's place.
_NO_NAME = re.compile(
    r"https?:|www\.|@|\.(?:com|org|net)\b|\b\d{4}\b|\d:\d\d|^(?:blogger|drupal|joomla|squarespace|wix|wordpress)\W*$",
    re.IGNORECASE,
)
# News sites and journals date their addresses: /2019/11/, /2019/nov/.
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)/(?:[01]?\d|[a-z]{3})/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a page; the names are those of a document's fields."""

    title: str | None
    language: str | None
    year: int | None
    publisher: str | None
    authors: tuple[str, ...]
    licence: str | None
    display: Display
    address: str | None


def read_metadata(text: str) -> Metadata:
    """What the page says about itself, and of that only what a reader could believe."""
    page = Page(text)
    said = described(page.scripts, page.heading or page.title)
    publisher = _first(good_names(_names([*page.metas(*_PUBLISHERS), said.publisher, *page.metas("og:site_name")])))
    licence, display = _licence(page, said)
    languages = (*page.metas("citation_language", "dc.language", "dcterms.language"), said.language, page.language)
    address = _address(page, said)
    dates = (*page.metas(*_DATES), said.date, *page.metas(*_PAGE_DATES), *page.times)
    return Metadata(
        title=_title(page, said, publisher),
        language=_first(map(language_code, (*languages, *page.metas("content-language", "og:locale")))),
        year=_first(map(year_of, (*dates, *_DATED_PATH.findall(address or "")))),
        publisher=publisher,
        authors=_authors(page, said),
        licence=licence,
        display=display,
        address=address,
    )


def _title(page: Page, said: Described, publisher: str | None) -> str | None:
    candidates = [*page.metas(*_TITLES), said.title, *page.metas("og:title"), page.heading, page.title, *page.headings]
    title = _first(map(good_title, candidates))
    sites = [name for name in (publisher, *page.metas("og:site_name", "application-name")) if name]
    return _without_site(title, sites, [*page.headings, *page.metas("og:title"), said.title]) if title else None


def _without_site(title: str, sites: Iterable[str], called: Iterable[str]) -> str:
    """The title without the site's name; after a title, where the rest is what the page is called elsewhere, too."""
    ends = list(_SEPARATOR.finditer(title))
    if not ends:
        return title
    names, others = {fold(name) for name in sites}, {fold(name) for name in called} - {fold(title)}
    first, rest = title[: ends[0].start()], title[ends[0].end() :]
    front, last = title[: ends[-1].start()], title[ends[-1].end() :]
    if good_title(front) and fold(front) not in names and (fold(last) in names or fold(front) in others):
        return _without_site(front, sites, called)
    return _without_site(rest, sites, called) if good_title(rest) and fold(first) in names else title


def _authors(page: Page, said: Described) -> tuple[str, ...]:
    stated = (page.metas("citation_author", "citation_authors"), page.metas("dc.creator", "dcterms.creator"))
    shown = (page.metas("article:author"), page.metas("author"), page.bylines)
    for names in (*stated, said.authors, *shown):
        if found := good_names(_names(names)):
            return found
    return ()


def _names(values: Iterable[str]) -> Iterator[str]:
    """Names without "by"; an address, a handle or a paragraph is no name."""
    for value in values:
        name = re.sub(r"^(?:by|par|por|von|от)\b[\s:]*", "", squeeze(value), flags=re.IGNORECASE)
        if len(name) <= 150 and not _NO_NAME.search(name):
            yield name


def _licence(page: Page, said: Described) -> tuple[str | None, Display]:
    """The licence of the page, and what may be shown of it.

    All of the text is shown where the page's own markup (a link with rel="license", JSON-LD, Dublin Core) states one
    open licence and no other; licences of figures do not count. A bare link in the footer is told, but shows no more.
    """
    stated = [*page.licences, said.licence, *page.metas(*_LICENCES)]
    licences = {
        licence_of(value) or value for value in stated if licence_of(value) or re.match(r"https?://\S+$", value)
    }
    if len(licences) > 1:
        return None, Display.EXTRACT
    if licences:
        licence = licences.pop()
        return licence, Display.FULL if is_open(licence) else Display.EXTRACT
    footer = {licence_of(link) for link in page.footer_links} - {None}
    return (footer.pop() if len(footer) == 1 else None), Display.EXTRACT


def _address(page: Page, said: Described) -> str | None:
    base = _first(page.links("base")) or ""
    others = page.metas("citation_public_url", "citation_abstract_html_url", "dc.identifier", "dcterms.identifier")
    found = (*page.links("link", rel="canonical"), *others, said.address, *page.metas("og:url"), page.saved_from)
    return _first(_web_address(value, base) for value in found)


def _web_address(value: str, base: str) -> str | None:
    """The address if it leads somewhere on the web; a relative one is joined to an absolute <base>, or dropped."""
    try:
        address = urljoin(base, value.strip()) if base and value else value.strip()
        parts = urlsplit(address)
        found = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return None
    return address if found and re.fullmatch(r"[^\s<>\"']{1,2000}", address) else None


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value), None)
