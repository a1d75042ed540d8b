"""Workbooks: visible sheets with practices are read, the values of formulas as they were stored."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from corpus.errors import SourceError
from ingest.formats.detect import read
from ingest.formats.raw import Parsed, RawSource
from ingest.formats.tables import xlsx

HEADINGS = ["Title", "Description", "City", "Year"]
ROOMS = ["Rooms", "The city opened learning rooms.", "Cork", 2019]
BUS = ["Bus", "A bus with books.", "", None]
SHEET = "xl/worksheets/sheet1.xml"


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def workbook(*sheets: Sequence[Sequence[Any]], change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    return saved(book)


def rewritten(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
    return made.getvalue()


def as_excel(data: bytes) -> bytes:
    """The workbook with its strings in a part of their own, where Excel puts them."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = f"{xlsx.MEDIA_TYPE[:-6]}.sharedStrings+xml".encode()
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    strings: list[bytes] = []

    def moved(found: re.Match[bytes]) -> bytes:
        strings.append(found[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    data = rewritten(data, SHEET, lambda xml: re.sub(rb't="inlineStr"><is>(.*?)</is>', moved, xml, flags=re.DOTALL))
    data = rewritten(data, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", part))
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst %s><si>%s</si></sst>" % (main, b"</si><si>".join(strings)))
    return made.getvalue()


def parsed(data: bytes, name: str = "t.xlsx") -> Parsed:
    return read(RawSource(name, data))


def titles(found: Parsed) -> list[str]:
    return [document.title for document in found.documents]


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv", "t.txt", "t.pdf", "t.docx", "table"])
def test_a_workbook_is_known_by_its_content(name: str) -> None:
    found = parsed(workbook([HEADINGS, ROOMS, [], BUS]), name)
    assert [document.source for document in found.documents] == [f"{name}#rooms", f"{name}#bus"]
    rooms = found.documents[0]
    assert (rooms.text, rooms.cities, rooms.year) == (ROOMS[1], ("cork",), 2019)
    assert rooms.media_type == xlsx.MEDIA_TYPE


def test_the_strings_of_excel_are_read_with_their_escaped_characters() -> None:
    rows: list[list[Any]] = [HEADINGS, ROOMS, ["Bus", "One_x000D_\nTwo_x0007_"]]
    found = parsed(as_excel(workbook(rows)))
    assert [document.text for document in found.documents] == [ROOMS[1], "One\nTwo"]
    assert found.documents[0].cities == ("cork",)


def test_values_read_as_their_cells_show_them() -> None:
    headings = ["Title", "Text", "Date", "Opened", "Open", "Share", "Count", "Sum"]
    row = ["Rooms", "A text.", date(2018, 5, 1), datetime(2017, 5, 1, 9, 30), True, 0.1 + 0.2, 17.0, "#REF!"]
    (document,) = parsed(workbook([headings, row])).documents
    assert document.year == 2018
    assert document.text.split("\n\n")[1].split("\n") == [
        "Date: 2018-05-01",
        "Opened: 2017-05-01 09:30",
        "Open: true",
        "Share: 0.3",
        "Count: 17",
    ]


def test_a_formula_counts_with_the_value_that_was_stored() -> None:
    data = workbook([HEADINGS, ["Rooms", "A text.", "", "=2000+19"]])
    stored = rewritten(
        data, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>2019</v>").replace(b"<v />", b"<v>2019</v>")
    )
    assert parsed(stored).documents[0].year == 2019
    (document,) = parsed(data).documents
    assert (document.year, len(document.warnings)) == (None, 1)
    assert "formulas without results" in document.warnings[0]


def test_sheets_with_the_same_columns_are_read_and_others_are_told() -> None:
    data = workbook(
        [], [HEADINGS, ROOMS], [["Codes"], ["1"]], [HEADINGS, BUS, ["Boat", "", "", ""]], [["Name", "Text"], ["a", "b"]]
    )
    found = parsed(data)
    assert titles(found) == ["Rooms", "Bus"]
    assert found.faults == (("t.xlsx#boat", "sheet 'Sheet3' row 3: no text (nothing stands under 'Description')."),)
    (told,) = found.documents[0].warnings
    assert "sheet 'Sheet2' was left out: no column was recognised as text" in told
    assert "sheet 'Sheet4' was left out: its columns are not those of the first sheet" in told


def test_hidden_sheets_are_not_read() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"

    assert titles(parsed(workbook([HEADINGS, BUS], [HEADINGS, ROOMS], change=hide))) == ["Rooms"]
    with pytest.raises(SourceError, match="its sheets are empty or hidden"):
        parsed(workbook([HEADINGS, ROOMS], [], change=hide))


def test_a_cell_that_is_merged_over_rows_counts_for_each_of_them() -> None:
    rows = [["City", "Title", "Text"], ["Cork", "Rooms", "A"], ["", "Bus", "B"], ["", "", ""], ["", "Boat", "C"]]

    def merge(book: openpyxl.Workbook) -> None:
        book.worksheets[0].merge_cells("A2:A4")
        book.worksheets[0].merge_cells("C5:D5")

    found = parsed(workbook(rows, change=merge))
    assert [(d.title, d.cities) for d in found.documents] == [("Rooms", ("cork",)), ("Bus", ("cork",)), ("Boat", ())]


def test_titles_above_the_headings_and_stray_cells_far_below_do_no_harm() -> None:
    def stray(book: openpyxl.Workbook) -> None:
        book.worksheets[0].cell(row=1_048_576, column=16_384).value = " "

    assert titles(parsed(workbook([["Practices"], [], HEADINGS, ROOMS], change=stray))) == ["Rooms"]


def test_too_many_columns_are_told_with_the_row() -> None:
    with pytest.raises(SourceError, match="more than 200 columns in row 2"):
        parsed(workbook([HEADINGS, ["x"] * 201]))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (SHEET, lambda xml: xml[: len(xml) // 2]),
        (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="2A"')),
        ("xl/workbook.xml", lambda xml: b"<workbook/>"),
        ("xl/styles.xml", lambda xml: b"no xml"),
        ("[Content_Types].xml", lambda xml: b"<Types/>"),
    ],
)
def test_a_broken_workbook_is_refused(name: str, change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(SourceError):
        parsed(rewritten(workbook([HEADINGS, ROOMS]), name, change))


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_billion_laughs_do_no_harm(name: str) -> None:
    levels = b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 99) for letter in b"bcdef")
    laughs = b'<!DOCTYPE x [<!ENTITY a "haha">' + levels + b"]>"

    def attacked(xml: bytes) -> bytes:
        start = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
        return xml[:start] + laughs + re.sub(rb">(Rooms|2019)<", b">&f;<", xml[start:]).replace(b'"Sheet"', b'"&f;"')

    try:
        found = parsed(rewritten(as_excel(workbook([HEADINGS, ROOMS, BUS])), name, attacked))
    except SourceError:
        return
    assert "haha" not in str(found)


def test_another_form_of_workbook_is_named_with_what_to_do() -> None:
    strict = rewritten(
        workbook([HEADINGS, ROOMS]),
        "xl/workbook.xml",
        lambda xml: xml.replace(
            b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main"
        ),
    )
    with pytest.raises(SourceError, match="save it as a plain Excel workbook"):
        parsed(strict)
