"""The elements of a web page that tell about it, found by BeautifulSoup: meta, links, titles, dates, JSON-LD."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.filter import ElementFilter

from corpus.text import clean, fold, squeeze

_WANTED = frozenset({"base", "figure", "footer", "h1", "link", "meta", "time", "title"})
# Real pages have some hundred such elements; what goes beyond is an attack on the reader.
_MOST = 5_000
# Of one kind, the first so many are looked at: each holds all that is nested in it.
_OF_A_KIND = 50
# Browsers and extensions note where a page was saved from, in a comment at its top.
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>]+)")


class Page:
    """What a page's elements say, unjudged; what tells nothing about it is not even kept in memory."""

    def __init__(self, text: str) -> None:
        wanted = _Wanted()
        only: Any = wanted  # the types ask for a strainer, the code takes any filter
        with warnings.catch_warnings():  # that XHTML is read as HTML is what is wanted
            warnings.simplefilter("ignore")
            self._soup = BeautifulSoup(text, "lxml", parse_only=only)
        self.language = str(wanted.page.get("lang") or wanted.page.get("xml:lang") or "")
        self.title = next(self._texts("title"), "")
        self.headings = list(self._texts("h1"))
        self.scripts = [tag.get_text() for tag in self._all("script", type=_is_json_ld)]
        self.times = [str(tag["datetime"]) for tag in self._all("time", datetime=True)]
        self.saved_from = found[1] if (found := _SAVED_FROM.search(text[:4096])) else ""
        self._metas: dict[str, list[str]] = {}
        for tag in self._soup.find_all("meta"):
            content = squeeze(clean(str(tag.get("content", ""))))
            for key in {str(tag.get(name, "")).lower() for name in ("name", "property", "itemprop", "http-equiv")}:
                self._metas.setdefault(key, []).append(content)

    def metas(self, *names: str) -> Iterator[str]:
        """What the meta elements of these names say, in the order of the names."""
        return (value for name in names for value in self._metas.get(name, ()) if value)

    @property
    def heading(self) -> str:
        """The first heading that the page's <title> holds, else its only one; others are teasers or the site's name."""
        sites = {fold(name) for name in self.metas("og:site_name", "application-name")}
        headings = [text for text in self.headings if fold(text) not in sites]
        held = (text for text in headings if fold(text) in fold(self.title))
        return next(held, headings[0] if len(headings) == 1 else "")

    def links(self, name: str, **attributes: str) -> list[str]:
        """Where elements of this name lead, in order."""
        return [str(tag.get("href", "")) for tag in self._all(name, **attributes)]

    @property
    def licences(self) -> list[str]:
        """Where links lead that are marked as the licence of the page, not of a figure in it."""
        figures = {id(tag) for figure in self._all("figure") for tag in figure.find_all(rel="license")}
        return [str(tag.get("href", "")) for tag in self._all(None, rel="license") if id(tag) not in figures]

    @property
    def footer_links(self) -> list[str]:
        """Where the links of footers lead."""
        links = (tag for footer in self._all("footer") for tag in footer.find_all("a", limit=_OF_A_KIND))
        return [str(tag.get("href", "")) for tag in links]

    @property
    def bylines(self) -> list[str]:
        """The texts of elements that are marked as naming the author."""
        tags = [*self._all(None, rel="author"), *self._all(None, itemprop="author")]
        return [(tag.find(itemprop="name") or tag).get_text(" ") for tag in tags if tag.name not in ("link", "meta")]

    def _texts(self, name: str) -> Iterator[str]:
        return filter(None, (squeeze(clean(tag.get_text(" "))) for tag in self._all(name)))

    def _all(self, name: str | None, **attributes: Any) -> list[Tag]:
        return list(self._soup.find_all(name, attrs=attributes, limit=_OF_A_KIND))


class _Wanted(ElementFilter):
    """Lets BeautifulSoup keep the elements that are wanted, and notes the attributes of <html>."""

    def __init__(self) -> None:
        super().__init__()
        self.page: Mapping[str, object] = {}
        self._kept = 0

    @property
    def includes_everything(self) -> bool:
        return False

    def allow_tag_creation(self, _prefix: str | None, name: str, attrs: Mapping[str, object] | None) -> bool:
        """Whether the element is one of those."""
        attributes = attrs or {}
        if name == "html":
            self.page = self.page or attributes
        wanted = (
            name in _WANTED
            or (name == "script" and _is_json_ld(str(attributes.get("type"))))
            or not {"author", "license"}.isdisjoint(str(attributes.get("rel", "")).split())
            or attributes.get("itemprop") == "author"
        )
        self._kept += wanted
        return wanted and self._kept <= _MOST

    def allow_string_creation(self, _string: str) -> bool:
        """No text outside of them."""
        return False


def _is_json_ld(kind: str | None) -> bool:
    return (kind or "").partition(";")[0].strip().lower() == "application/ld+json"
