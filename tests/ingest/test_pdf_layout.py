"""Lines of a page are read in the order a person reads them, and headings, numbers and paragraphs are told apart."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from corpus.models import Document
from ingest.formats.pdf import parse_pdf
from ingest.formats.raw import RawSource

LEFT = [f"Left column line {word} runs on about lifelong learning" for word in ("one", "two", "three", "four", "five")]
RIGHT = [f"Right column line {word} tells of libraries in the city" for word in ("one", "two", "three", "four", "five")]


def parse(canvas: Canvas, made: io.BytesIO) -> Document:
    canvas.save()
    return parse_pdf(RawSource("files/page.pdf", made.getvalue()))


def drawing() -> tuple[Canvas, io.BytesIO]:
    made = io.BytesIO()
    return Canvas(made, pagesize=(600, 800)), made


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    canvas, made = drawing()
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 700, "A line across the whole page stands above both of its columns and is read before them")
    for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(40, 680 - 12 * row, left)
        canvas.drawString(320, 680 - 12 * row, right)
    text = parse(canvas, made).text
    assert text.index(LEFT[-1]) < text.index(RIGHT[0])
    assert text.index("A line across") < text.index(LEFT[0])


def test_the_cells_of_a_table_stay_in_their_rows() -> None:
    canvas, made = drawing()
    canvas.setFont("Helvetica", 9)
    for row, year in enumerate(("2019", "2020", "2021", "2022", "2023")):
        canvas.drawString(40, 680 - 12 * row, f"Year {year}")
        canvas.drawString(320, 680 - 12 * row, f"{row} learners")
    text = parse(canvas, made).text
    assert text.index("0 learners") < text.index("Year 2020") < text.index("1 learners")


def test_larger_lines_are_headings_and_give_the_sections() -> None:
    canvas, made = drawing()
    for y, size, line in (
        (740, 18, "Results of the programme"),
        (710, 10, "The programme reached many people in its first year, more than anyone had thought."),
        (698, 10, "It goes on."),
        (660, 14, "What limited it"),
        (630, 10, "Money was short in the second year, and rooms were hard to find in the old town."),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(40, y, line)
    document = parse(canvas, made)
    assert [section.path for section in document.sections] == [
        ("Results of the programme",),
        ("Results of the programme", "What limited it"),
    ]
    assert document.title == "Results of the programme"


def test_numbers_printed_on_the_pages_become_their_labels() -> None:
    canvas, made = drawing()
    words = ("first", "second", "third", "fourth", "fifth")
    for number, word in enumerate(words, start=12):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(300, 30, str(number))
        for row in range(4):
            canvas.drawString(40, 700 - 14 * row, f"Row {'abcd'[row]} of the {word} page says something of its own.")
        canvas.showPage()
    document = parse(canvas, made)
    assert [page.label for page in document.pages] == ["12", "13", "14", "15", "16"]
    assert "14" not in document.text


def test_lines_of_one_paragraph_are_joined_and_a_gap_begins_another() -> None:
    canvas, made = drawing()
    canvas.setFont("Helvetica", 10)
    lines = [
        "Volunteers opened the rooms in the",
        "evening for everyone who came.",
        None,
        "A second paragraph follows.",
    ]
    y = 700
    for line in lines:
        if line:
            canvas.drawString(40, y, line)
        y -= 12 if line else 18
    assert parse(canvas, made).text == (
        "Volunteers opened the rooms in the evening for everyone who came.\n\nA second paragraph follows."
    )
