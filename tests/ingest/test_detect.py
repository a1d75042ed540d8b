"""What a file is, is told by its content first and its ending second."""

from __future__ import annotations

import gzip
import io
import zipfile

import docx
import pytest

from corpus.errors import SourceError
from ingest.formats.detect import parse, read
from ingest.formats.raw import RawSource
from tests.ingest.pdfs import make_pdf

HTML = (
    "<html><head><title>Rooms</title></head><body><p>" + "The city opened new rooms for learners. " * 9 + "</p></body>"
)
TEXT = "The city opened new rooms for learners."
TABLE = f"Title,Text\nRooms,{TEXT}\nBus,A bus with books.\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word() -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph(TEXT)
    document.save(made)
    return made.getvalue()


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
        ("a.docx", word(), WORD),
        ("a.csv", TABLE.encode(), "text/csv"),
        ("a.TSV", TABLE.replace(",", "\t").encode(), "text/tab-separated-values"),
        ("a.jsonl", b'{"title": "Rooms", "text": "Rooms for all."}', "application/json"),
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
        ("a.csv", make_pdf([[TEXT]]), "application/pdf"),
        ("a.csv", HTML.encode(), "text/html"),
        ("a.xls", HTML.encode(), "text/html"),
        ("a.jsonl", HTML.encode(), "text/html"),
        ("a.txt", word(), WORD),
        ("a.csv", word(), WORD),
        ("a.xlsx", TABLE.encode(), "text/csv"),
        ("a.xls", TABLE.replace(",", "\t").encode(), "text/tab-separated-values"),
        ("a.txt", TABLE.replace(",", "\t").encode(), "text/tab-separated-values"),
    ],
)
def test_a_wrongly_named_file_is_read_by_its_content(source: str, data: bytes, expected: str) -> None:
    assert media_type(source, data) == expected


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "Title, text, and city: what to write.\nRooms, books, and courses, as in Cork.\nA bus, a boat, and a train.",
        "Title | Text\n--- | ---\nRooms | Open to all.",
        "\tTitle\n\tText with an indent.\n\tMore of it.",
        "Title\tText\nThis is a letter, and it goes on\nwithout tabs.",
        "Name\tAge\nAnn\t7",
    ],
)
@pytest.mark.parametrize("source", ["a.txt", "README"])
def test_a_text_with_delimiters_in_it_stays_a_text(source: str, text: str) -> None:
    assert media_type(source, text.encode()) == "text/plain"


def test_a_markdown_text_about_html_is_markdown() -> None:
    text = "# How to write pages\n\nA page begins with `<html>` and goes on with `<body>`, as this guide says."
    assert media_type("guide.md", text.encode()) == "text/markdown"


def zipped(name: str, content: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped("notes.txt"), "a ZIP or Office file"),
        (zipped("xl/workbook.bin"), "a binary Excel workbook (save it as .xlsx)"),
        (
            zipped("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            "an OpenDocument spreadsheet (save it as .xlsx)",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (save it as .docx or .xlsx)"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (gzip.compress(b"text"), "a gzip archive"),
    ],
)
@pytest.mark.parametrize("source", ["a.txt", "a.pdf", "a.html", "a.md", "a.csv", "a.xls"])
def test_what_cannot_be_read_is_named_with_what_can(source: str, data: bytes, told: str) -> None:
    with pytest.raises(SourceError, match="give HTML, PDF, DOCX, EPUB, Markdown, plain text, or a table") as caught:
        parse(RawSource(source, data))
    assert str(caught.value).startswith(told)


def test_a_text_that_is_named_pdf_is_refused() -> None:
    with pytest.raises(SourceError, match=r"named \.pdf, but it holds no PDF"):
        parse(RawSource("a.pdf", TEXT.encode()))


def test_a_file_of_one_document_gives_one_and_a_table_one_for_each_row() -> None:
    assert len(read(RawSource("a.txt", TEXT.encode())).documents) == 1
    assert [document.title for document in read(RawSource("a.csv", TABLE.encode())).documents] == ["Rooms", "Bus"]


def test_a_table_that_mentions_pdf_is_a_table() -> None:
    assert media_type("a.csv", f"Title,Text\n%PDF-1.7,{TEXT}".encode()) == "text/csv"


def test_a_table_of_rows_without_text_has_no_first_document() -> None:
    with pytest.raises(SourceError, match="row 2: no text"):
        parse(RawSource("a.csv", b"Title,Text\nRooms,\n"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
@pytest.mark.parametrize("source", ["a.txt", "a.pdf", "a.html", "a.md", "a.csv", "a.jsonl", "a.xlsx"])
def test_an_empty_file_is_refused(source: str, data: bytes) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        parse(RawSource(source, data))
