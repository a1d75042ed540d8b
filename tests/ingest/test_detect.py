"""What a file is, is told by its content first and its ending second."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from corpus.errors import SourceError
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from tests.ingest.pdfs import make_pdf

HTML = (
    "<html><head><title>Rooms</title></head><body><p>" + "The city opened new rooms for learners. " * 9 + "</p></body>"
)
TEXT = "The city opened new rooms for learners."


def media_type(source: str, data: bytes) -> str:
    return parse(RawSource(source, data)).media_type


@pytest.mark.parametrize(
    ("source", "data", "expected"),
    [
        ("a.html", HTML.encode(), "text/html"),
        ("a.htm", b"<p>" + TEXT.encode() * 9, "text/html"),
        ("a.md", TEXT.encode(), "text/markdown"),
        ("A.MARKDOWN", TEXT.encode(), "text/markdown"),
        ("a.txt", TEXT.encode(), "text/plain"),
        ("a.text", TEXT.encode(), "text/plain"),
        ("README", TEXT.encode(), "text/plain"),
        ("a.pdf", make_pdf([[TEXT]]), "application/pdf"),
    ],
)
def test_a_rightly_named_file_is_read_as_what_it_is(source: str, data: bytes, expected: str) -> None:
    assert media_type(source, data) == expected


@pytest.mark.parametrize(
    ("source", "data", "expected"),
    [
        ("a.txt", HTML.encode(), "text/html"),
        ("a.md", b"\xef\xbb\xbf\r\n  <!DOCTYPE HTML>" + HTML.encode(), "text/html"),
        ("a.pdf", HTML.encode(), "text/html"),
        ("a.txt", make_pdf([[TEXT]]), "application/pdf"),
        ("a.html", b"\n\n" + make_pdf([[TEXT]]), "application/pdf"),
    ],
)
def test_a_wrongly_named_file_is_read_by_its_content(source: str, data: bytes, expected: str) -> None:
    assert media_type(source, data) == expected


def test_a_markdown_text_about_html_is_markdown() -> None:
    text = "# How to write pages\n\nA page begins with `<html>` and goes on with `<body>`, as this guide says."
    assert media_type("guide.md", text.encode()) == "text/markdown"


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped(), "a ZIP or Office file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (gzip.compress(b"text"), "a gzip archive"),
    ],
)
@pytest.mark.parametrize("source", ["a.txt", "a.pdf", "a.html", "a.md"])
def test_what_cannot_be_read_is_named_with_what_can(source: str, data: bytes, told: str) -> None:
    with pytest.raises(SourceError, match="give HTML, PDF, DOCX, EPUB, Markdown or plain text") as caught:
        parse(RawSource(source, data))
    assert str(caught.value).startswith(told)


def test_a_text_that_is_named_pdf_is_refused() -> None:
    with pytest.raises(SourceError, match=r"named \.pdf, but it holds no PDF"):
        parse(RawSource("a.pdf", TEXT.encode()))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
@pytest.mark.parametrize("source", ["a.txt", "a.pdf", "a.html", "a.md"])
def test_an_empty_file_is_refused(source: str, data: bytes) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        parse(RawSource(source, data))
