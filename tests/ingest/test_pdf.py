"""A PDF becomes text page by page; one that cannot is refused with the reason."""

from __future__ import annotations

import io
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.pdf import parse_pdf
from ingest.formats.raw import RawSource, Reading
from tests.ingest.pdfs import make_pdf

ROOMS = ["The library opened new rooms for every learner in the whole district.", "Many came."]
READING = ["Volunteers taught reading and writing to adults on weekday evenings.", "It was free."]
RESULTS = ["An evaluation of the programme found that most of them stayed for a year.", "They go on."]


def parse(data: bytes, password: str | None = None) -> Document:
    return parse_pdf(RawSource("files/rooms.pdf", data, Reading(password)))


def page_text(document: Document, index: int) -> str:
    (page,) = [page for page in document.pages if page.index == index]
    return document.text[page.start : page.end]


def test_each_page_has_its_text_and_its_printed_label() -> None:
    document = parse(make_pdf([ROOMS, READING, RESULTS], roman=1))
    assert [(page.index, page.label) for page in document.pages] == [(1, "i"), (2, "1"), (3, "2")]
    assert [page_text(document, i) for i in (1, 2, 3)] == [" ".join(page) for page in (ROOMS, READING, RESULTS)]


def test_the_outline_gives_the_sections() -> None:
    pages = [["Rooms", *ROOMS], ["Reading", *READING], ["What came of it", *RESULTS]]
    outline = [(0, 0, "Rooms"), (1, 1, "Reading"), (2, 0, "What came of it")]
    document = parse(make_pdf(pages, outline=outline))
    assert [section.path for section in document.sections] == [
        ("Rooms",),
        ("Rooms", "Reading"),
        ("What came of it",),
    ]
    assert READING[0] in document.text[document.sections[1].start : document.sections[1].end]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Evening rooms", "Evening rooms"),
        ("report_final.docx", ROOMS[0]),
        ("Microsoft Word - x", ROOMS[0]),
        (None, ROOMS[0]),
    ],
)
def test_the_title_is_the_documents_own_unless_software_made_it(title: str | None, expected: str) -> None:
    assert parse(make_pdf([ROOMS], title=title)).title == expected


def test_an_encrypted_file_needs_its_password() -> None:
    locked = make_pdf([ROOMS], user="open sesame")
    for password in (None, "wrong"):
        with pytest.raises(SourceError, match="encrypted: give its password with --password"):
            parse(locked, password)
    assert parse(locked, "open sesame").text == " ".join(ROOMS)


def test_a_file_that_opens_without_a_password_opens() -> None:
    assert parse(make_pdf([ROOMS], user="")).text == " ".join(ROOMS)


@pytest.mark.parametrize("user", [None, ""])
def test_a_password_meant_for_another_file_does_no_harm(user: str | None) -> None:
    assert parse(make_pdf([ROOMS], user=user), "another file's").text == " ".join(ROOMS)


def test_a_file_of_images_is_refused_because_it_has_no_text_layer() -> None:
    with pytest.raises(SourceError, match=r"no text layer: 2 page\(s\)"):
        parse(make_pdf([[], []]))


def test_single_pages_of_images_are_told_as_a_warning() -> None:
    document = parse(make_pdf([ROOMS, [], RESULTS, [], []]))
    assert document.warnings == ("no text layer on page(s) 2, 4-5; switch on OCR with the setting `ocr`, such as eng",)
    assert [page.index for page in document.pages if page.start == page.end] == [2, 4, 5]
    assert (page_text(document, 3), document.trust) == (" ".join(RESULTS), ())


def test_running_headers_footers_and_page_numbers_are_left_out() -> None:
    words = ["One", "Two", "Three", "Four", "Five"]
    pages = [
        ["Annual report of the city", *(f"{word} {line}" for line in (*ROOMS, *RESULTS)), f"Page {n} of 5"]
        for n, word in enumerate(words, 1)
    ]
    document = parse(make_pdf(pages))
    assert "Annual report" not in document.text
    assert "Page" not in document.text
    assert all(f"{word} {ROOMS[0]}" in document.text for word in words)


def test_pages_that_all_say_the_same_are_not_emptied() -> None:
    assert parse(make_pdf([ROOMS] * 4)).text.count(ROOMS[0]) == 4


def test_the_lines_of_a_title_are_joined_and_a_page_of_titles_keeps_its_text() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    for number, lines in enumerate((["Rooms in the Evening", "For the Whole Town"], ROOMS, READING)):
        canvas.setFont("Helvetica", 9 if number else 24)
        for row, line in enumerate(lines):
            canvas.drawString(40, 700 - 28 * row, line)
        canvas.showPage()
    canvas.save()
    document = parse(made.getvalue())
    assert document.title == "Rooms in the Evening For the Whole Town"
    assert page_text(document, 1) == document.title
    assert document.sections[-1].path == (document.title,)


def test_chinese_is_joined_without_spaces() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.setFont("STSong-Light", 10)
    for row, line in enumerate(("图书馆晚上向所有人开放，", "志愿者教大家读书写字。")):
        canvas.drawString(40, 700 - 14 * row, line)
    canvas.save()
    assert parse(made.getvalue()).text == "图书馆晚上向所有人开放，志愿者教大家读书写字。"


@pytest.mark.parametrize(
    ("lines", "declared", "year"),
    [
        ([], None, 2015),
        (["July 2012"], None, 2012),
        (["Education 2030", "(c) 2019"], None, 2015),
        (["July 2012"], "2010-05-01", 2010),
        (["July 2012"], "soon", 2012),
    ],
)
def test_the_year_is_that_of_publication_before_that_of_the_file(
    lines: list[str], declared: str | None, year: int
) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf([[*ROOMS, *lines], READING])))
    writer.add_metadata({"/CreationDate": "D:20150312093000+01'00'", "/Author": "PAHO LAN USER"})
    if declared:
        writer.xmp_metadata = XMP.format(date=declared).encode()
    made = io.BytesIO()
    writer.write(made)
    document = parse(made.getvalue())
    assert (document.year, document.authors) == (year, ())


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:date><rdf:Seq><rdf:li>{date}</rdf:li>'
    "</rdf:Seq></dc:date></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def test_ligatures_are_spelt_out_and_line_end_hyphens_joined() -> None:
    document = parse(make_pdf([["The \ufb01rst \ufb02oor of the neigh-", "bourhood of\ufb01ce."]]))
    assert document.text == "The first floor of the neighbourhood office."


@settings(deadline=None, max_examples=50)
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=255), st.booleans())
def test_broken_bytes_are_read_or_refused_and_never_crash(position: int, value: int, cut: bool) -> None:
    data = bytearray(BROKEN)
    place = position % len(data)
    data[place] = value
    with suppress(SourceError):
        assert parse(bytes(data[:place]) if cut else bytes(data)).text.strip()


BROKEN = make_pdf([ROOMS, READING], outline=[(0, 0, "Rooms")])


@pytest.mark.parametrize("pattern", [rb"/Type /Page\n", rb"/Kids \[", rb"/Count 2"])
def test_a_file_with_a_page_that_cannot_be_loaded_is_refused(pattern: bytes) -> None:
    replaced = {rb"/Type /Page\n": b"/Type /Pagx\n", rb"/Kids \[": b"/Kids [ 999 0 R ", rb"/Count 2": b"/Count 9"}
    broken, found = re.subn(pattern, replaced[pattern], BROKEN, count=1)
    assert found == 1
    with pytest.raises(SourceError, match="not a readable PDF"):
        parse(broken)
