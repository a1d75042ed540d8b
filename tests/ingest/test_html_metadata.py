"""What a page says about itself, in one order of preference, and only what a reader could believe."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.models import Display
from ingest.formats.html_metadata import Metadata, read_metadata
from ingest.formats.licences import is_open, licence_of


def read(head: str = "", body: str = "", page: str = "") -> Metadata:
    return read_metadata(f"<!doctype html><html {page}><head>{head}</head><body>{body}</body></html>")


def meta(**named: str) -> str:
    return "".join(f'<meta name="{name.replace("__", ":")}" content="{value}">' for name, value in named.items())


def ld(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Evening rooms &amp; more",
    "author": [{"@type": "Person", "name": "A. Byrne"}, "C. Walsh"],
    "publisher": {"@type": "Organization", "name": "City of Cork"},
    "datePublished": "2021-05-04T08:00:00Z",
    "inLanguage": "fr-CA",
    "license": "https://creativecommons.org/licenses/by-sa/4.0/",
    "url": "https://example.org/rooms",
}


def test_json_ld_tells_all() -> None:
    page = read(ld(ARTICLE))
    assert (page.title, page.authors, page.publisher) == (
        "Evening rooms & more",
        ("A. Byrne", "C. Walsh"),
        "City of Cork",
    )
    assert (page.year, page.language, page.address) == (2021, "fr", "https://example.org/rooms")
    assert (page.licence, page.display) == ("CC BY-SA 4.0", Display.FULL)


def test_json_ld_is_found_in_graphs_and_lists_and_by_reference() -> None:
    person = {"@id": "#byrne", "@type": "Person", "name": "A. Byrne"}
    article = ARTICLE | {"@type": ["Article", "Report"], "author": {"@id": "#byrne"}}
    site = {"@type": "WebSite", "name": "Site", "datePublished": "1999"}
    for value in (
        {"@graph": [site, person, article]},
        [site, person, article],
        [[{"@graph": [site, article]}, person]],
    ):
        page = read(ld(value))
        assert (page.title, page.authors, page.year) == ("Evening rooms & more", ("A. Byrne",), 2021)


def test_a_page_is_not_called_after_one_of_many_articles_that_it_lists() -> None:
    listed = [ARTICLE | {"headline": name} for name in ("One", "Two", "Three")]
    assert read("<title>All news</title>" + ld(listed)).title == "All news"
    assert read("<title>Two | City</title>" + ld(listed), "<h1>Two</h1>").title == "Two"


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        '{"@type": "Article", "headline": }',
        "null",
        "3",
        '"text"',
        "<!-- -->",
        '{"@type": 3, "author": [[]]}',
        "",
    ],
)
def test_broken_json_ld_costs_nothing(script: str) -> None:
    page = read(f'<title>Rooms</title><script type="application/ld+json">{script}</script>' + meta(author="A. Byrne"))
    assert (page.title, page.authors) == ("Rooms", ("A. Byrne",))


def test_json_ld_of_odd_shapes_costs_nothing() -> None:
    odd: list[Any] = [None, 7, [], {}, [None], [[1]], {"name": {"@value": ["x"]}}, {"@id": "#nobody"}, "", ["", {}]]
    for value in odd:
        read(ld(dict.fromkeys(ARTICLE, value) | {"@type": "Article"}))
        read(ld({"@type": value, "@graph": value, "headline": "x"}))


def test_the_first_of_the_order_wins() -> None:
    stated = {
        "Highwire": meta(citation_title="Highwire", citation_author="Highwire"),
        "Dublin Core": '<meta name="DC.title" content="Dublin Core"><meta name="DC.creator" content="Dublin Core">',
        "JSON-LD": ld({"@type": "Report", "name": "JSON-LD", "author": "JSON-LD"}),
        "Open Graph": meta(og__title="Open Graph", article__author="Open Graph"),
        "Elements": "<title>Elements</title>" + meta(author="Elements"),
    }
    while stated:
        page, first = read("".join(reversed(stated.values()))), next(iter(stated))
        assert (page.title, page.authors) == (first, (first,))
        del stated[first]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Evening rooms | City of Cork</title>", "<h1>Evening rooms</h1>", "Evening rooms"),
        ("<title>City of Cork – Evening rooms</title>" + meta(og__site_name="City of Cork"), "", "Evening rooms"),
        ("<title>News – Evening rooms</title>", "<h1>Evening rooms</h1>", "Evening rooms"),
        ("<title>Evening rooms - City of Cork</title>" + meta(og__site_name="City of Cork"), "", "Evening rooms"),
        ("<title>Rooms | News | Cork</title>" + meta(og__title="Rooms"), "", "Rooms"),
        ("<title>Cork - Osan - Espoo</title>", "", "Cork - Osan - Espoo"),
        ("<title>Evening rooms | City</title>" + meta(og__site_name="City"), "<h1>City</h1>", "Evening rooms"),
        ("<title>A title</title>", "<h1>One</h1><h1>Two</h1>", "A title"),
        ("<title>untitled</title>", "<h1>Evening rooms</h1>", "Evening rooms"),
        ("<title>Evening rooms</title>" + meta(og__title="report_final.docx"), "", "Evening rooms"),
        ("", "", None),
    ],
)
def test_a_title_is_that_of_the_page_and_not_of_the_site(head: str, body: str, title: str | None) -> None:
    assert read(head, body).title == title


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("https://www.facebook.com/cork", ()),
        ("admin", ()),
        ("@cork", ()),
        ("press@example.org", ()),
        ("By A. Byrne", ("A. Byrne",)),
        ("A. Byrne; C. Walsh", ("A. Byrne", "C. Walsh")),
        ("Tom Walsh | November 18, 2019 12:26 PM", ()),
        ("x" * 200, ()),
    ],
)
def test_nobody_believes_in_authors_that_are_no_names(said: str, authors: tuple[str, ...]) -> None:
    assert read(meta(author=said)).authors == authors


def test_a_byline_names_the_author_where_nothing_else_does() -> None:
    byline = '<p itemprop="author">written <span itemprop="name">A. Byrne</span> 2019</p>'
    assert read("", byline).authors == ("A. Byrne",)
    assert read("", '<a rel="author" href="/b">By A. Byrne</a>').authors == ("A. Byrne",)


@pytest.mark.parametrize(
    ("head", "page", "language"),
    [
        ("", 'lang="fr-CA"', "fr"),
        ("", 'xml:lang="pt"', "pt"),
        (meta(og__locale="en_US"), 'lang="ko"', "ko"),
        ('<meta http-equiv="Content-Language" content="es-MX">', "", "es"),
        ('<meta http-equiv="content-language" content="en, fr">', "", None),
        (meta(og__locale="ar_AR"), "", "ar"),
        ('<meta name="DC.language" content="ru">', 'lang="en"', "ru"),
        ("", 'lang="klingon"', None),
    ],
)
def test_the_language_is_that_of_the_page(head: str, page: str, language: str | None) -> None:
    assert read(head, page=page).language == language


@pytest.mark.parametrize(
    ("head", "body", "year"),
    [
        (meta(citation_publication_date="2018/03/01", date="2020"), "", 2018),
        ('<meta property="article:published_time" content="2019-01-02T00:00:00+00:00">', "", 2019),
        ('<meta name="DCTERMS.issued" content="2017">', "", 2017),
        ('<meta itemprop="datePublished" content="2016-07">', "", 2016),
        ("", '<time datetime="2015-09-08">8 September</time>', 2015),
        ("", "<time>8 September 2015</time>", None),
        ('<link rel="canonical" href="https://example.org/2014/nov/8/rooms">', "", 2014),
        ('<link rel="canonical" href="https://example.org/2014-rooms">', "", None),
    ],
)
def test_the_year_is_that_of_publication(head: str, body: str, year: int | None) -> None:
    assert read(head, body).year == year


BY = "https://creativecommons.org/licenses/by/4.0/"
NC = "https://creativecommons.org/licenses/by-nc-nd/4.0/"


@pytest.mark.parametrize(
    ("head", "body", "licence", "display"),
    [
        (f'<link rel="license" href="{BY}">', "", "CC BY 4.0", Display.FULL),
        ("", f'<a rel="license" href="{BY}">CC BY</a>', "CC BY 4.0", Display.FULL),
        ("", '<a rel="license" href="//creativecommons.org/publicdomain/zero/1.0/">', "CC0 1.0", Display.FULL),
        (ld(ARTICLE | {"license": {"@id": BY}}), "", "CC BY 4.0", Display.FULL),
        ('<meta name="dcterms.license" content="CC BY-SA 3.0 IGO">', "", "CC BY-SA 3.0 IGO", Display.FULL),
        ("", f'<a rel="license" href="{NC}">', "CC BY-NC-ND 4.0", Display.EXTRACT),
        ("", '<a rel="license" href="https://example.org/terms">', "https://example.org/terms", Display.EXTRACT),
        ("", f'<figure><a rel="license" href="{BY}">photo</a></figure>', None, Display.EXTRACT),
        (f'<link rel="license" href="{BY}">', f'<a rel="license" href="{NC}">', None, Display.EXTRACT),
        ("", f'<p>A photo by Jo, <a href="{BY}">CC BY</a></p>', None, Display.EXTRACT),
        ("", f'<footer><a href="{BY}">CC BY</a></footer>', "CC BY 4.0", Display.EXTRACT),
        ('<meta name="dc.rights" content="All rights reserved">', "", None, Display.EXTRACT),
    ],
)
def test_all_is_shown_only_under_an_open_licence_that_the_page_states_for_itself(
    head: str, body: str, licence: str | None, display: Display
) -> None:
    page = read(head, body)
    assert (page.licence, page.display) == (licence, display)


@pytest.mark.parametrize(
    ("stated", "licence", "free"),
    [
        ("http://creativecommons.org/licenses/by-sa/3.0/igo/", "CC BY-SA 3.0 IGO", True),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.fr", "CC BY-NC 4.0", False),
        ("CC-BY-4.0", "CC BY 4.0", True),
        ("cc by-nd", "CC BY-ND", False),
        ("CC0", "CC0 1.0", True),
        ("Creative Commons Attribution-ShareAlike 4.0 International License", "CC BY-SA 4.0", True),
        ("Creative Commons Attribution NonCommercial NoDerivatives 3.0 IGO", "CC BY-NC-ND 3.0 IGO", False),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0", False),
        ("https://creativecommons.org.example.org/licenses/by/4.0/", None, False),
        ("https://example.org/?creativecommons.org/licenses/by/4.0/", None, False),
        ("© City of Cork", None, False),
        ("accbyx", None, False),
        ("", None, False),
    ],
)
def test_licences_have_one_name_each(stated: str, licence: str | None, free: bool) -> None:
    assert licence_of(stated) == licence
    assert is_open(licence) == free


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (
            '<link rel="canonical" href="https://example.org/a">' + meta(og__url="https://example.org/b"),
            "https://example.org/a",
        ),
        (meta(og__url="https://example.org/b"), "https://example.org/b"),
        ('<link rel="canonical" href="/a">', None),
        ('<base href="https://example.org/x/"><link rel="canonical" href="../a">', "https://example.org/a"),
        ('<base href="/x/"><link rel="canonical" href="a">', None),
        ('<link rel="canonical" href="/a">' + meta(og__url="https://example.org/b"), "https://example.org/b"),
    ],
)
def test_an_address_leads_somewhere_on_the_web(head: str, address: str | None) -> None:
    assert read(head).address == address


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://example.org/a", "//example.org/a"),
        *("https://", "https://[", "https://example.org/ a", "https://a:b@example.org/", "http://localhost:8000/a"),
        "https://example.org/" + "a" * 3000,
    ],
)
def test_an_address_that_leads_nowhere_is_none(address: str) -> None:
    assert read(f'<link rel="canonical" href="{address}">').address is None


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0025)https://example.org/rooms -->",
        "<!--\n Page saved with SingleFile \n url: https://example.org/rooms \n saved date: Tue Jan 07 2020\n-->",
    ],
)
def test_a_saved_page_tells_where_it_was_saved(comment: str) -> None:
    assert (
        read_metadata(f"<!doctype html>\n{comment}\n<html><body></body></html>").address == "https://example.org/rooms"
    )


def test_what_a_page_repeats_without_end_is_read_to_a_limit() -> None:
    page = read(meta(author="A. Byrne") + '<meta name="author" content="C. Walsh">' * 100_000)
    assert page.authors == ("A. Byrne", "C. Walsh")
