"""Tables of practices: a row becomes a document, and no cell is lost on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.models import Display, Document
from corpus.text import clean, squeeze
from ingest.formats.detect import read
from ingest.formats.raw import Parsed, RawSource, Reading
from ingest.formats.tables import rows as table_rows

ROOMS = "The city opened learning rooms in every neighbourhood."


def table(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode()


def parsed(data: bytes | str, name: str = "t.csv", **columns: str) -> Parsed:
    given = tuple((field, heading) for field, heading in columns.items())
    return read(RawSource(name, data.encode() if isinstance(data, str) else data, Reading(columns=given)))


def one(*rows: Sequence[str], **columns: str) -> Document:
    (document,) = parsed(table(*rows), **columns).documents
    return document


def faults(*rows: Sequence[str]) -> list[str]:
    return [reason for _, reason in parsed(table(*rows)).faults]


def sections(document: Document) -> dict[tuple[str, ...], str]:
    return {section.path: document.text[section.start : section.end] for section in document.sections}


def test_a_row_becomes_a_practice_with_all_that_its_columns_say() -> None:
    headings = "ID,Title,Description,City,Year,Language,Organisation,Authors,Partners,Licence,Link,Themes,Target group"
    document = one(
        [*headings.split(","), "Display"],
        [
            *("P-7", "Rooms", ROOMS, "Cork", "2019", "English", "City of Cork", "A. Byrne; C. Daly"),
            *("A school|A library", "CC BY 4.0", "https://example.org/7", "Literacy; Youth", "adults", "full"),
        ],
    )
    assert (document.source, document.title, document.text, document.kind) == ("t.csv#P-7", "Rooms", ROOMS, "practice")
    assert (document.cities, document.countries, document.year, document.language) == (("cork",), ("IE",), 2019, "en")
    assert (document.publisher, document.authors) == ("City of Cork", ("A. Byrne", "C. Daly"))
    assert document.organisations == ("A school", "A library")
    assert (document.licence, document.address) == ("CC BY 4.0", "https://example.org/7")
    assert (document.themes, document.target_groups) == (("literacy", "youth"), ("adults",))
    assert (document.display, document.media_type, document.warnings) == (Display.FULL, "text/csv", ())


def test_several_columns_of_text_become_sections_under_their_headings() -> None:
    document = one(
        ["Title", "Problem", "Activities", "Key lessons", "Staff"],
        ["Rooms", "Few places to learn.", ROOMS, "", "12"],
    )
    assert sections(document) == {
        ("Problem",): "Few places to learn.",
        ("Activities",): ROOMS,
        ("Further facts",): "Staff: 12",
    }


def test_a_long_cell_of_an_unknown_column_is_a_section_and_a_short_one_a_fact() -> None:
    long = ROOMS * 5
    document = one(["Title", "Text", "Mayor's word", "Budget"], ["Rooms", ROOMS, long, "1,000"])
    assert sections(document) == {(): ROOMS, ("Mayor's word",): long, ("Further facts",): "Budget: 1,000"}


def test_without_a_title_the_text_gives_one() -> None:
    assert one(["Text", "City"], [ROOMS, "Cork"]).title == ROOMS
    assert one(["Text", "City"], [ROOMS * 3, "Cork"]).title == f"{ROOMS}The city opened learning rooms in every …"
    assert one(["Text", "City"], ["城" * 500, "Cork"]).title == "城" * 100 + " …"


def test_paragraphs_and_lines_of_a_cell_stay_and_the_markup_of_web_databases_goes() -> None:
    cells = [
        "First  line\r\nsecond\r\n\r\n\r\nNext one.",
        "<p>Good <b>work</b></p><ul><li>Rooms<li>Books</ul>R&amp;D",
        "R&amp;D",
    ]
    document = one(["Description", "Results", "Impact"], cells)
    assert document.text == "First line\nsecond\n\nNext one.\n\nGood work\n\nRooms\nBooks\n\nR&D\n\nR&D"


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("City", "Atlantis", "unknown 'Atlantis'"),
        ("City", "Corkk", "unknown 'Corkk' (near: Cork"),
        ("City", "Cork; Atlantis", "unknown 'Atlantis'"),
        ("Country", "Ruritania", "unknown 'Ruritania'"),
        ("Theme", "Juggling", "unknown 'Juggling'"),
        ("Target group", "Martians", "unknown 'Martians'"),
        ("Year", "last spring", "'last spring' is no year"),
        ("Language", "Klingonese", "'Klingonese' is no language"),
        ("Website", "ask at the desk", "does not begin with https://"),
        ("Display", "secret", "not one of full, extract, link"),
    ],
)
def test_a_value_that_is_not_known_costs_a_warning_and_stays_readable(heading: str, cell: str, told: str) -> None:
    document = one(["Title", "Text", heading], ["Rooms", ROOMS, cell])
    (warning,) = document.warnings
    assert warning.startswith(f"row 2: {heading}: ")
    assert told in warning
    assert sections(document)[("Further facts",)] == f"{heading}: {cell}"
    assert document.display is Display.EXTRACT


def test_names_are_separated_by_commas_too_where_each_of_them_is_known() -> None:
    document = one(["Text", "Theme", "Target group"], [ROOMS, "Literacy, Youth", "Culture, libraries and museums"])
    assert document.themes == ("literacy", "youth")
    assert len(document.warnings) == 1


def test_a_city_of_the_same_name_in_another_country_is_not_taken_for_the_one_that_is_known() -> None:
    document = one(["Text", "City", "Country"], [ROOMS, "Cork", "Canada"])
    assert (document.cities, document.countries) == ((), ("CA",))
    assert "in another country" in document.warnings[0]
    assert "City: Cork" in document.text


@pytest.mark.parametrize(
    ("cell", "year", "left"),
    [("2019", 2019, False), ("2019–2021", 2019, True), ("05/03/2018", 2018, True), ("٢٠٢٠", 2020, False)],
)
def test_what_a_year_leaves_unsaid_stays_readable(cell: str, year: int, left: bool) -> None:
    document = one(["Text", "Year"], [ROOMS, cell])
    assert (document.year, f"Year: {cell}" in document.text) == (year, left and cell != str(year))


@pytest.mark.parametrize(
    ("cell", "code"),
    [("fr", "fr"), ("fr-CA", "fr"), ("fra", "fr"), ("французский", "fr"), ("Deutsch", "de"), ("中文", "zh")],
)
def test_languages_are_known_by_code_and_by_name(cell: str, code: str) -> None:
    assert one(["Text", "Language"], [ROOMS, cell]).language == code


def test_a_row_keeps_its_source_when_rows_move_and_changes_alone() -> None:
    rows = [
        ["Title", "Text"],
        ["Rooms", ROOMS],
        ["Bus", "A bus."],
        ["", "No title."],
        ["Rooms", "Other rooms."],
        ["***", "x"],
    ]
    before = {d.source: d.content_hash for d in parsed(table(*rows)).documents}
    assert list(before)[:4] == ["t.csv#rooms", "t.csv#bus", "t.csv#no-title", "t.csv#rooms-2"]
    moved = [rows[0], rows[5], rows[2], rows[3], rows[1], rows[4]]
    assert {d.source: d.content_hash for d in parsed(table(*moved)).documents} == before
    rows[2] = ["Bus", "A bus and a boat."]
    after = {d.source: d.content_hash for d in parsed(table(*rows)).documents}
    assert {source for source in before if before[source] != after[source]} == {"t.csv#bus"}


def test_another_reading_of_the_same_row_is_another_document() -> None:
    rows = (["Title", "Text", "Town hall says"], ["Rooms", ROOMS, "So it is."])
    assert one(*rows).content_hash != one(*rows, text="Town hall says").content_hash


def test_an_id_that_comes_twice_names_both_rows() -> None:
    found = parsed(table(["ID", "Text"], ["P1", ROOMS], ["P2", ROOMS], ["P1", "Another."], ["A#1", "Third."]))
    assert [d.source for d in found.documents] == ["t.csv#P1", "t.csv#P2", "t.csv#A%231"]
    assert found.faults == (("t.csv#P1", "row 4: its id 'P1' is that of row 2 too; change one of them."),)


def test_a_name_made_from_a_title_gives_way_to_an_id() -> None:
    found = parsed(table(["ID", "Title", "Text"], ["", "Rooms", ROOMS], ["rooms", "Other", ROOMS]))
    assert [d.source for d in found.documents] == ["t.csv#rooms-2", "t.csv#rooms"]


def test_a_row_without_text_is_told_and_an_empty_one_is_not() -> None:
    rows = (["Title", "Description"], ["Rooms", ROOMS], ["", ""], ["Bus", " "])
    assert faults(*rows) == ["row 4: no text (nothing stands under 'Description')."]


def test_a_row_with_more_cells_than_headings_is_told_and_kept() -> None:
    document = one(["Title", "Text"], ["Rooms", "Rooms", " books and courses."])
    assert document.text == "Rooms\n\nColumn 3: books and courses."
    assert "more cells than headings" in document.warnings[0]


def test_lines_above_the_headings_are_passed_over_and_rows_counted_with_them() -> None:
    found = parsed(table(["Practices 2024"], [], ["Title", "Text"], ["Rooms", ROOMS], ["Bus", ""]))
    assert [document.title for document in found.documents] == ["Rooms"]
    assert found.faults[0][1].startswith("row 5: no text")


@pytest.mark.parametrize(
    "rows", [(["Name", "Staff", "Budget"], ["Rooms", "3", "9"]), (["Rooms", ROOMS],), (["Title", "Text"],), ([",;"],)]
)
def test_a_table_that_is_not_understood_is_refused(rows: Sequence[Sequence[str]]) -> None:
    with pytest.raises(SourceError):
        parsed(table(*rows))


def test_the_verdict_on_a_table_without_text_names_its_headings_and_the_option() -> None:
    with pytest.raises(SourceError, match=r"headings are 'Name', 'Staff'\. .*--column title=.* --column text="):
        parsed(table(["Name", "Staff"], ["Rooms", "3"]))


def test_columns_that_the_user_names_go_first() -> None:
    rows = (["Title", "Kort", "Verhaal", "Notes"], ["17", "Rooms", ROOMS, "Call Ann."])
    given = Reading(columns=(("title", "Kort"), ("text", "Verhaal"), ("ignore", "Notes")))
    (document,) = read(RawSource("t.csv", table(*rows), given)).documents
    assert (document.title, document.text) == ("Rooms", f"{ROOMS}\n\nTitle: 17")


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"titel": "Title"}, r"'titel' is no field; these are: id, title, text"),
        ({"title": "Heading"}, r"no column has that heading; its headings are 'Title', 'Text'"),
    ],
)
def test_a_column_that_is_not_there_is_told_with_what_is(columns: dict[str, str], told: str) -> None:
    with pytest.raises(SourceError, match=told):
        parsed(table(["Title", "Text"], ["Rooms", ROOMS]), **columns)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_rows(delimiter: str) -> None:
    text = "Rooms, books; and courses | for all.\nNext\tline"
    found = parsed(table(["Title", "Text"], ["A, b", text], ["C", 'She said "yes"; fine.'], delimiter=delimiter))
    assert [document.title for document in found.documents] == ["A, b", "C"]
    assert found.documents[0].text == squeeze(text.split("\n")[0]) + "\nNext line"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_and_the_line_that_excel_puts_first_are_understood(encoding: str) -> None:
    text = "L'école ouvre des salles où chacun apprend à lire; les élèves y étudient l'été."
    data = f'sep=;\r\nTitre;Description\r\nÉcole;"{text}"\r\n'.encode(encoding)
    (document,) = read(RawSource("t.csv", data)).documents
    assert (document.title, document.text) == ("École", text)


def test_tabs_without_quoting_leave_quotation_marks_as_they_are() -> None:
    lines = ["title\ttext", '"Rooms" for all\tOpen.', 'Bus\t"Stop', "Books\tFree.", "Boat\tSlow."]
    found = parsed("\n".join(lines), "t.tsv")
    assert [document.text for document in found.documents] == ["Open.", '"Stop', "Free.", "Slow."]
    assert found.documents[0].title == '"Rooms" for all'


def test_too_many_rows_and_columns_and_too_long_a_cell_are_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_rows, "MAX_ROWS", 3)
    with pytest.raises(SourceError, match="more than 3 rows; split it"):
        parsed(table(["Text"], *[[ROOMS]] * 4))
    with pytest.raises(SourceError, match="more than 200 columns in row 2"):
        parsed(table(["Title", "Text"], ["x"] * 201))
    long = "x" * 1_000_001
    found = parsed(table(["Title", "Text"], ["Rooms", ROOMS], ["Long", long]))
    assert len(found.documents) == 1
    assert found.faults[0][1].startswith("row 3: more than 1,000,000 characters under 'Text'")


LETTERS = st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\n\t,;|\"'"))
CELL = st.text(LETTERS, max_size=60)
ROWS = st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=6)


@given(rows=ROWS, delimiter=st.sampled_from(",;\t|"))
def test_every_cell_of_a_written_table_is_found_again(rows: list[list[str]], delimiter: str) -> None:
    full = [[title, text, f"Done: {results}", staff] for title, text, results, staff in rows]
    data = table(["Title", "Description", "Results", "Staff"], *full, delimiter=delimiter)
    found = parsed(data)
    assert found.faults == ()
    assert len(found.documents) == len(rows)
    for document, row in zip(found.documents, full, strict=True):
        held = squeeze(f"{document.title} {document.text}")
        for cell in row:
            assert squeeze(clean(cell)) in held, (cell, held)


@given(st.binary(max_size=300), st.sampled_from(["t.csv", "t.tsv", "t.jsonl", "t.json", "t.xlsx", "t.txt"]))
def test_no_bytes_break_it(data: bytes, name: str) -> None:
    try:
        found = read(RawSource(name, data))
    except SourceError:
        return
    assert found.documents or found.faults
