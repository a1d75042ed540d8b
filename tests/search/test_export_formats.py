"""What an export writes is read back whole by the libraries that others read such files with, whatever it holds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import bibtexparser.entrypoint
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from corpus.models import Display, Document, Reference
from corpus.text import clean, squeeze
from search.export_formats.record import Provenance, Record
from search.exports import FORMATS
from search.results import Hit, PassageHit, cite

if TYPE_CHECKING:
    pass

FOUND = Provenance("0123456789abcdef", "night school", {"country": ["IE", "UY"], "year_from": 2019})
PDF = Document(
    id="report", source="report.pdf", title="A report", text="", sections=(), media_type="application/pdf",
    content_hash="", year=2024, publisher="A town hall", authors=("A. Writer", "Ministry of Education and Training"),
    address="https://example.org/a_b;c=1/report.pdf?x=%20&y=~1#top", language="en", licence="CC BY-SA 4.0",
    display=Display.FULL, cities=("cork",), countries=("IE",), themes=("literacy",), target_groups=("adults",),
    trust=("Rests on a single source.",),
)  # fmt: skip
OTHER = replace(PDF, id="other")
NASTY = (
    "{", "}", "{{", "\\", "\\}", '"', '""', "'", ",", ";", "\n", "\r\n", "\n\n", "@comment{", "@book{x,", "%", "$", "#",
    "&", "_", "~", "^", "\\textbf{x}", " and ", "TY  - JOUR", "\nER  - \n", "=", "+", "-", "@", "\t", "\r", "\u2028",
    "مدينة التعلم", "\u202e", "学习型城市", "👩🏽‍🏫", "é", "e\u0301", "<b>", "--", "word", " ",
)  # fmt: skip
characters = st.characters(codec="utf-8")
texts = st.lists(st.sampled_from(NASTY) | st.text(characters, max_size=5), max_size=12).map("".join)
titles = texts.filter(lambda text: bool(squeeze(clean(text))))


def passage(text: str) -> PassageHit:
    return PassageHit(text, ("Part", "Chapter"), "iv", 12, 0, len(text), None)


def written(name: str, *documents: Document, text: str = "Night school, twice a week.", found: Any = FOUND) -> str:
    hits = (Hit(document, 1.0, (passage(text),), (), cite(document)) for document in documents)
    records = [Record(rank, hit, found) for rank, hit in enumerate(hits, start=1)]
    return "".join(FORMATS[name].write(records))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def entries(text: str) -> list[Any]:
    library = bibtexparser.entrypoint.parse_string(text)
    assert library.failed_blocks == []
    assert library.comments == []
    return library.entries


def fields(text: str) -> dict[str, str]:
    (entry,) = entries(text)
    return {field.key: field.value for field in entry.fields}


def untex(text: str) -> str:
    words = {"textbackslash": "\\", "lbrace": "{", "rbrace": "}", "textasciitilde": "~", "textasciicircum": "^"}
    return re.sub(r"\\([a-z]+)\{\}|\\([#$%&_])", lambda m: words[m[1]] if m[1] else m[2], text)


def line(text: str) -> str:
    return squeeze(clean(text))


def test_a_row_of_csv_holds_everything() -> None:
    (row,) = rows(written("csv", PDF))
    assert row == {
        "rank": "1", "id": "report", "title": "A report", "kind": "publication", "publisher": "A town hall",
        "authors": "A. Writer; Ministry of Education and Training", "year": "2024", "language": "en",
        "cities": "Cork", "countries": "Ireland", "themes": "Literacy", "target_groups": "Adults",
        "address": PDF.address, "page": "", "citation": cite(PDF).text, "licence": "CC BY-SA 4.0", "display": "full",
        "passages": "Night school, twice a week.", "rests_on": "Rests on a single source.",
        "snapshot": "0123456789abcdef", "query": "night school", "filters": "country: IE, UY; year_from: 2019",
    }  # fmt: skip


def test_a_line_of_json_is_the_hit_of_the_api_with_its_search() -> None:
    (values,) = map(json.loads, written("jsonl", PDF).splitlines())
    assert {key: values[key] for key in ("snapshot", "query", "filters", "rank")} == {
        "snapshot": FOUND.snapshot, "query": FOUND.query, "filters": dict(FOUND.filters), "rank": 1,
    }  # fmt: skip
    assert values["document"]["licence"] == "CC BY-SA 4.0"
    assert values["passages"][0]["text"] == "Night school, twice a week."
    assert values["citation"]["text"] == cite(PDF).text


def test_a_ris_reference_holds_everything() -> None:
    (reference,) = rispy.loads(written("ris", PDF))
    notes = reference.pop("notes")
    assert reference == {
        "type_of_reference": "RPRT", "id": "report", "title": "A report", "publisher": "A town hall", "year": "2024",
        "authors": ["A. Writer", "Ministry of Education and Training"], "language": "en",
        "keywords": ["Literacy", "Adults", "Cork", "Ireland"],
        "urls": ["https://example.org/a_b%3Bc=1/report.pdf?x=%20&y=~1#top"],
    }  # fmt: skip
    assert notes == [
        f"Cite as: {cite(PDF).text}",
        "Licence: CC BY-SA 4.0",
        "Note: Rests on a single source.",
        "Found with: query “night school”; filters country: IE, UY; year_from: 2019; snapshot 0123456789abcdef; "
        "place 1",
        "Passage (p. iv, Part › Chapter): Night school, twice a week.",
    ]


def test_a_bibtex_entry_holds_everything() -> None:
    values = fields(written("bibtex", PDF))
    assert values.pop("note").startswith("Cite as: A. Writer, Ministry")
    assert values == {
        "title": "{A report}", "author": "{A. Writer} and {Ministry of Education and Training}", "year": "2024",
        "institution": "A town hall", "language": "en", "keywords": "Literacy, Adults, Cork, Ireland",
        "url": PDF.address, "copyright": "CC BY-SA 4.0",
        "annote": "Passage (p. iv, Part › Chapter): Night school, twice a week.",
    }  # fmt: skip


def test_a_csl_item_holds_everything() -> None:
    (item,) = json.loads(written("csl", PDF))
    assert item.pop("note").splitlines()[1] == "Licence: CC BY-SA 4.0"
    assert item == {
        "id": "report", "type": "report", "title": "A report", "publisher": "A town hall", "language": "en",
        "author": [{"literal": "A. Writer"}, {"literal": "Ministry of Education and Training"}],
        "issued": {"date-parts": [[2024]]}, "keyword": "Literacy, Adults, Cork, Ireland", "URL": PDF.address,
        "annote": "Passage (p. iv, Part › Chapter): Night school, twice a week.",
        "custom": {
            "rank": 1, "citation": cite(PDF).text, "licence": "CC BY-SA 4.0", "display": "full",
            "snapshot": FOUND.snapshot, "query": FOUND.query, "filters": dict(FOUND.filters),
        },
    }  # fmt: skip


@given(titles, texts, texts)
@example("=1+1", "@SUM(A1)", "-1")
@example("\n@book{x, title = {y}}", "} and {", "\\")
@example("TY  - JOUR\nER  - \n", "a;b", "{\\")
def test_any_text_comes_back_as_it_was(title: str, name: str, text: str) -> None:
    document = replace(PDF, title=title, publisher=name, authors=(name, "B. Writer"))
    found = replace(FOUND, query=text)
    written_by = {form: written(form, document, OTHER, text=text, found=found) for form in FORMATS}

    table = rows(written_by["csv"])
    assert [row["title"] for row in table][1:] == ["A report"]
    for column, value in (("title", title), ("publisher", name), ("query", text), ("passages", text)):
        assert table[0][column].removeprefix("'") == clean(value).removeprefix("'")

    first, second = map(json.loads, written_by["jsonl"].split("\n")[:-1])
    assert (first["document"]["title"], first["query"], second["rank"]) == (title, text, 2)
    item, other = json.loads(written_by["csl"])
    assert (item["title"], item["custom"]["query"], other["title"]) == (title, text, "A report")

    reference, other = rispy.loads(written_by["ris"])
    assert (reference["title"], other["title"]) == (line(title), "A report")
    assert reference["authors"] == [author for author in (line(name), "B. Writer") if author]
    assert reference["notes"][-1] == line(f"Passage (p. iv, Part › Chapter): {text}")

    entry, other = entries(written_by["bibtex"])
    assert untex(entry["title"]) == f"{{{line(title)}}}"
    assert untex(entry["annote"]) == line(f"Passage (p. iv, Part › Chapter): {text}")
    assert other["title"] == "{A report}"


@given(titles)
@example("\r=1+1")
@example("＝1+1")
def test_no_cell_is_a_formula(title: str) -> None:
    document = replace(PDF, title=title, publisher=title, authors=(title,), licence=title, trust=(title,))
    (row,) = rows(written("csv", document, text=title, found=replace(FOUND, query=title)))
    assert not [cell for cell in row.values() if re.match("[=+@\t\r\n＝＋－＠-]", cell)]


def test_csv_ends_its_lines_as_the_standard_says_and_quotes_what_must_be() -> None:
    text = written("csv", replace(PDF, title='Two\nlines, and a "quote"'))
    assert text.startswith("rank,id,title,")
    assert text.endswith("\r\n")
    assert '"Two\nlines, and a ""quote"""' in text


def test_tex_prints_what_was_meant() -> None:
    title = r"100 % {of} C:\new_town & $5 ~ #1 学习 👩‍🏫"
    value = fields(written("bibtex", replace(PDF, title=title)))["title"]
    assert LatexNodes2Text().latex_to_text(value) == title


def test_a_name_with_and_in_it_stays_one_author() -> None:
    text = written("bibtex", PDF)
    stack = [SeparateCoAuthors(), SplitNameParts()]
    (entry,) = bibtexparser.entrypoint.parse_string(text, append_middleware=stack).entries
    assert [person.last for person in entry["author"]] == [["{A. Writer}"], ["{Ministry of Education and Training}"]]


@pytest.mark.parametrize(
    ("change", "types"),
    [
        ({"kind": "practice"}, ("RPRT", "techreport", "report")),
        ({"media_type": "text/html"}, ("ELEC", "misc", "webpage")),
        ({"media_type": "application/epub+zip"}, ("BOOK", "book", "book")),
    ],
)
def test_a_document_has_the_type_that_fits_it(change: dict[str, Any], types: tuple[str, str, str]) -> None:
    document = replace(PDF, **change)
    (reference,), (entry,) = rispy.loads(written("ris", document)), entries(written("bibtex", document))
    (item,) = json.loads(written("csl", document))
    assert (reference["type_of_reference"], entry.entry_type, item["type"]) == types
    publisher = {"techreport": "institution", "misc": "organization", "book": "publisher"}[types[1]]
    assert entry[publisher] == "A town hall"


def test_a_practice_that_rests_on_sources_is_called_a_summary() -> None:
    practice = replace(PDF, kind="practice", references=(Reference("A page", "A town hall", "en", "official", None),))
    assert rispy.loads(written("ris", practice))[0]["type_of_work"] == "Practice summary"
    assert fields(written("bibtex", practice))["type"] == "Practice summary"
    assert json.loads(written("csl", practice))[0]["genre"] == "Practice summary"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "reports/a.pdf"])
def test_an_address_that_is_not_of_the_web_is_not_exported(name: str, address: str) -> None:
    assert address not in written(name, replace(PDF, address=address))


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_unknown_is_left_out_or_empty(name: str) -> None:
    bare = Document("bare", "s", "Bare", "", (), "text/plain", "")
    text = written(name, bare, found=Provenance("0123456789abcdef", "", {}))
    assert "None" not in text
    if name == "ris":
        assert "year" not in rispy.loads(text)[0]
    if name == "bibtex":
        assert set(fields(text)) == {"title", "note", "annote"}


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_an_empty_file_that_can_be_read(name: str) -> None:
    text = written(name)
    read: dict[str, Callable[[str], list[Any]]] = {
        "csv": rows, "jsonl": lambda text: [json.loads(one) for one in text.splitlines()], "ris": rispy.loads,
        "bibtex": entries, "csl": json.loads,
    }  # fmt: skip
    assert read[name](text) == []
