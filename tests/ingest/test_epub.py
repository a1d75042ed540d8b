"""A book becomes text in sections, chapter by chapter in the order of its spine."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.detect import parse
from ingest.formats.epub import MEDIA_TYPE, parse_epub
from ingest.formats.raw import RawSource

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    "<dc:title>Learning cities</dc:title><dc:title>A reader</dc:title><dc:language>fr-CA</dc:language>"
    "<dc:creator>A. Byrne</dc:creator><dc:creator>C. Walsh</dc:creator><dc:publisher>City of Cork</dc:publisher>"
    '<dc:date opf:event="modification">2024-02-02</dc:date><dc:date opf:event="publication">2021-05</dc:date>'
)
FIRST = "<h1>Evening rooms</h1><p>The city opened its rooms.</p>"
SECOND = "<h1>Results</h1><p>Everyone came back.</p>"


def xhtml(body: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml">'
        f'<head><title/><script src="a.js"/></head><body>{body}</body></html>'
    )


def package(*chapters: str, metadata: str = METADATA, doctype: str = "") -> str:
    kind = 'media-type="application/xhtml+xml"'
    properties = {"nav.xhtml": 'properties="nav"'}
    items = "".join(
        f'<item id="c{i}" href="{name}" {kind} {properties.get(name, "")}/>' for i, name in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    return (
        f'{doctype}<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )


def book(parts: dict[str, str | bytes] | None = None) -> bytes:
    """A book of two chapters, with parts changed or added."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package("b.xhtml", "a%20a.xhtml"),
        "OEBPS/a a.xhtml": xhtml(SECOND),
        "OEBPS/b.xhtml": xhtml(FIRST),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in (members | (parts or {})).items():
            file.writestr(name, data)
    return made.getvalue()


def read(parts: dict[str, str | bytes] | None = None) -> Document:
    return parse_epub(RawSource("files/reader.epub", book(parts)))


def chapter(body: str, doctype: str = "") -> Document:
    return read({"OEBPS/book.opf": package("b.xhtml"), "OEBPS/b.xhtml": xhtml(body, doctype)})


def test_chapters_are_read_in_the_order_of_the_spine() -> None:
    document = read()
    assert [section.path for section in document.sections] == [("Evening rooms",), ("Results",)]
    assert document.text == "The city opened its rooms.\n\nEveryone came back."


def test_the_package_names_title_language_people_and_date() -> None:
    document = read()
    assert (document.title, document.language, document.year) == ("Learning cities", "fr", 2021)
    assert (document.authors, document.publisher) == (("A. Byrne", "C. Walsh"), "City of Cork")


def test_without_metadata_the_first_heading_is_the_title() -> None:
    document = read({"OEBPS/book.opf": package("b.xhtml", metadata="")})
    assert (document.title, document.language, document.year, document.authors) == ("Evening rooms", None, None, ())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ul><li>One</li><li><p>Two</p><ol><li>Three</li></ol></li></ul>", "One\nTwo\nThree"),
        (
            "<table><tr><th>Year</th><th>Learners</th></tr><tr><td>2020</td><td>15</td></tr></table>",
            "Year | Learners\n2020 | 15",
        ),
        ("<table><tr><td><p>In a</p><p>frame.</p></td></tr></table>", "In a\n\nframe."),
        ("loose<div>in a <b>div</b></div>tail", "loose\n\nin a div\n\ntail"),
        ("<p>one<br/>two<span>three</span></p>", "one twothree"),
        ("<p><ruby>東<rt>とう</rt></ruby>京</p>", "東京"),
        ("<p>kept</p><script>evil()</script><style>p {}</style><!-- gone --><nav>Contents</nav>", "kept"),
        ("<p><a href='b.xhtml'>A link</a></p><aside><p>1. A note.</p></aside>", "A link\n\n1. A note."),
        ("<p>not <b>well-formed & open<p>two", "not well-formed & open\n\ntwo"),
        ("<p>a&nbsp;b &eacute;</p>", "a b é"),
    ],
)
def test_all_of_a_chapter_is_read_in_blocks(body: str, text: str) -> None:
    assert chapter(body).text == text


def test_named_characters_are_read_where_the_doctype_declares_them_elsewhere() -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    assert chapter("<p>a&nbsp;b &eacute;</p>", doctype).text == "a b é"


def test_text_from_right_to_left_keeps_its_letters_in_reading_order() -> None:
    document = chapter('<h1 dir="rtl">مدن التعلم</h1><p>فتحت المدينة 12 قاعة للمتعلمين.</p>')
    assert document.sections[0].path == ("مدن التعلم",)
    assert document.text == "فتحت المدينة 12 قاعة للمتعلمين."


def test_a_chapter_is_read_once_and_the_navigation_never() -> None:
    parts: dict[str, str | bytes] = {
        "OEBPS/book.opf": package("nav.xhtml", "b.xhtml", "b.xhtml", "./b.xhtml"),
        "OEBPS/nav.xhtml": xhtml("<p>Contents</p>"),
    }
    assert read(parts).text == "The city opened its rooms."


def test_a_missing_chapter_is_a_warning_and_a_book_without_any_is_refused() -> None:
    document = read({"OEBPS/book.opf": package("b.xhtml", "gone.xhtml", "../../../etc/passwd")})
    assert document.text == "The city opened its rooms."
    assert document.warnings == ("2 chapter(s) missing or damaged: gone.xhtml, passwd",)
    with pytest.raises(SourceError, match=r"1 chapter\(s\) are missing"):
        read({"OEBPS/book.opf": package("gone.xhtml")})
    with pytest.raises(SourceError, match="no text was found"):
        read({"OEBPS/book.opf": package()})


def encryption(*algorithms: str) -> str:
    data = "".join(
        f'<e:EncryptedData><e:EncryptionMethod Algorithm="{name}"/></e:EncryptedData>' for name in algorithms
    )
    return f'<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#">{data}</encryption>'


def test_an_encrypted_text_is_refused_and_scrambled_fonts_are_not() -> None:
    fonts = encryption("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
    assert read({"META-INF/encryption.xml": fonts}).text
    for name in ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", ""):
        with pytest.raises(SourceError, match="encrypted \\(DRM\\)"):
            read({"META-INF/encryption.xml": encryption("http://ns.adobe.com/pdf/enc#RC", name)})


@pytest.mark.parametrize("source", ["a.epub", "a.txt", "a.docx", "a.html"])
def test_a_book_is_known_by_its_content(source: str) -> None:
    assert parse(RawSource(source, book())).media_type == MEDIA_TYPE


def test_what_is_named_epub_and_is_none_is_refused() -> None:
    with pytest.raises(SourceError, match=r"named \.epub, but it holds no EPUB"):
        parse(RawSource("a.epub", b"The city opened rooms."))
    with pytest.raises(SourceError, match="the file is empty"):
        parse(RawSource("a.epub", b" "))
    with pytest.raises(SourceError, match="a ZIP or Office file, which cannot be read"):
        parse(RawSource("a.epub", book({"mimetype": "application/vnd.oasis.opendocument.text"})))


@pytest.mark.parametrize("part", ["META-INF/container.xml", "OEBPS/book.opf", "META-INF/encryption.xml"])
@pytest.mark.parametrize("content", ["", "<open", "<a/>", b"\xff\x00\x00"])
def test_a_broken_book_is_refused_or_read(part: str, content: str | bytes) -> None:
    if part == "META-INF/encryption.xml" and content == "<a/>":
        assert read({part: content}).text
        return
    with pytest.raises(SourceError):
        read({part: content})


LAUGHS = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{i} "' + f"&a{i - 1};" * 10 + '">' for i in range(1, 10))


def test_entities_are_not_expanded() -> None:
    assert chapter("<p>Seen. &a0;</p>", '<!DOCTYPE html [<!ENTITY a0 "lol">]>').text == "Seen."


def test_a_billion_laughs_are_refused_in_chapters_and_package() -> None:
    with pytest.raises(SourceError, match=r"1 chapter\(s\) are missing or damaged"):
        chapter("<p>Seen. &a9;</p>", f"<!DOCTYPE html [{LAUGHS}]>")
    opf = package("b.xhtml", metadata="<dc:title>&a9;</dc:title>", doctype=f"<!DOCTYPE package [{LAUGHS}]>")
    with pytest.raises(SourceError, match=r"'OEBPS/book\.opf' is not well-formed XML"):
        read({"OEBPS/book.opf": opf})


def test_nothing_local_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of this machine")
    doctype = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    assert chapter("<p>Seen. &e;</p>", doctype).text == "Seen."
    with pytest.raises(SourceError, match="damaged"):
        chapter("<p>Seen. &e; <b></p>", doctype)


PIECES = [
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "<ul><li>",
    "</ul>",
    "text",
    "&x;",
    "<h2>",
    "</h2>",
    "<svg>",
    "<!--",
    "]]>",
    "\x00",
]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from([*PIECES, "<b>" * 400, "<div>" * 300, "\ud7ff", "<script>evil()</script>"]), max_size=9)
)
def test_hostile_chapters_are_read_or_refused(pieces: list[str]) -> None:
    with suppress(SourceError):
        document = chapter(f"<p>The city opened rooms.</p>{''.join(pieces)}")
        assert document.text.encode()
        assert "evil" not in document.text
