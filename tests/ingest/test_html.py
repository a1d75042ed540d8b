"""A web page becomes text in sections; what the page does to a browser never gets into it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.html import parse_html
from ingest.formats.raw import RawSource

FILLER = "A learning city gives courses to everyone who lives there. " * 6
PAGE = f"""<!doctype html>
<html lang="fr-CA"><head><title>Evening rooms | City of Cork</title>
<meta property="og:site_name" content="City of Cork"><meta name="author" content="A. Byrne">
<meta property="article:published_time" content="2023-04-01T10:00:00Z">
<link rel="canonical" href="https://example.org/rooms"></head>
<body><nav>Home Contact Imprint</nav><article><h1>Evening rooms</h1><p>{FILLER}</p>
<h2>Who took part</h2><ul><li>Libraries opened late</li><li>Schools lent rooms</li></ul>
<table><tr><th>Year</th><th>Learners</th></tr><tr><td>2020</td><td>1500</td></tr></table>
<h3>In the suburbs</h3><p>See <a href="/r">the report</a>, which the <b>city</b>'s council wrote. {FILLER}</p>
<h2>Results</h2><p>Everyone came back. {FILLER}</p></article><footer>All rights reserved</footer></body></html>"""


def parse(page: str | bytes, source: str = "files/rooms.html") -> Document:
    return parse_html(RawSource(source, page.encode() if isinstance(page, str) else page))


def text_of(document: Document, *path: str) -> str:
    (section,) = [section for section in document.sections if section.path == path]
    return document.text[section.start : section.end]


def test_title_language_date_publisher_author_and_address_are_read() -> None:
    page = parse(PAGE)
    assert (page.title, page.language, page.year) == ("Evening rooms", "fr", 2023)
    assert (page.publisher, page.authors, page.address) == ("City of Cork", ("A. Byrne",), "https://example.org/rooms")


def test_headings_become_section_paths() -> None:
    assert [section.path for section in parse(PAGE).sections] == [
        ("Evening rooms",),
        ("Evening rooms", "Who took part"),
        ("Evening rooms", "Who took part", "In the suburbs"),
        ("Evening rooms", "Results"),
    ]


def test_a_list_becomes_lines_and_a_table_rows() -> None:
    text = text_of(parse(PAGE), "Evening rooms", "Who took part")
    assert text == "Libraries opened late\nSchools lent rooms\n\nYear | Learners\n2020 | 1500"


def test_words_and_punctuation_stay_together_around_inline_marks() -> None:
    assert "See the report, which the city's council wrote." in parse(PAGE).text


def test_navigation_and_footer_are_left_out() -> None:
    text = parse(PAGE).text
    assert "Imprint" not in text
    assert "All rights reserved" not in text


@pytest.mark.parametrize("lang", ["", "x", "klingon", "12", "<b>"])
def test_a_language_that_is_no_code_is_unknown(lang: str) -> None:
    assert parse(PAGE.replace('lang="fr-CA"', f'lang="{lang}"')).language is None


@pytest.mark.parametrize("address", ["/rooms", "javascript:alert(1)", "file:///etc/passwd", "https://e.org/ x", ""])
def test_an_address_that_is_not_http_is_unknown(address: str) -> None:
    assert parse(PAGE.replace("https://example.org/rooms", address)).address is None


def test_a_page_without_title_is_called_by_its_file() -> None:
    assert parse(f"<html><body><p>{FILLER}</p></body></html>", "files/evening_rooms-2020.html").title == (
        "evening rooms 2020"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    page = PAGE.replace("Everyone came back.", "Les élèves français sont revenus à l'école où ils étaient.")
    page = page.replace("<head>", f'<head><meta charset="{encoding}">')
    assert "Les élèves français sont revenus à l'école" in parse(page.encode(encoding)).text


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>evil()</script></html>", "<html><body> \n </body>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match="no main text"):
        parse(page)


HOSTILE = [
    "<script>evil()</script>",
    "<SCRIPT type='text/javascript'>evil()</SCRIPT >",
    "<svg onload='evil()'><script>evil()</script></svg>",
    "<style>p { background: url(evil()) }</style>",
    "<img src=x onerror='evil()' alt='a picture'>",
    "<a href='javascript:evil()'>a link</a>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<!-- evil() -->",
    "</p></div></body></html><p>",
    "<b>" * 500,
    "<table><tr><td><table>",
    "&#0;&#xD800;&#x1;&nosuch;",
    "\x00\x0b\x1f",
    '<!DOCTYPE h [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([*HOSTILE, f"<p>{FILLER}</p>", "<p>Short words.</p>", "<h2>Heading</h2>"]), max_size=8))
def test_hostile_markup_is_read_or_refused_and_no_script_gets_into_the_text(pieces: list[str]) -> None:
    page = f"<html><head><title>Rooms</title></head><body><p>The city opened rooms.</p>{''.join(pieces)}</body></html>"
    with suppress(SourceError):
        document = parse(page)
        assert "evil" not in document.text
        assert "root:" not in document.text
        assert document.text.encode()  # no lone surrogate: it can be stored
