"""Citations lead where a hit can be checked, and of a document no more is shown than its rights allow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Display, Document, Passage, PassageKind
from search.results import EXTRACT_WORDS, cite, may_show, page_url

REPORT = Document(
    id="report", source="report.pdf", title="A report", text="", sections=(), media_type="application/pdf",
    content_hash="", year=2024, publisher="A town hall", address="https://example.org/report.pdf",
)  # fmt: skip
PAGE = replace(REPORT, media_type="text/html", address="https://example.org/page")


def passage(text: str, pages: tuple[int, int] | None = None, labels: tuple[str, str] | None = None) -> Passage:
    return Passage(0, text, 0, len(text), (), PassageKind.BODY, 10, pages, labels)


def with_rights(display: Display) -> Document:
    return replace(REPORT, display=display)


def test_a_citation_names_publisher_year_title_page_and_address() -> None:
    citation = cite(REPORT, passage("Text", (12, 12), ("iv", "iv")))
    assert citation.text == "A town hall (2024). A report. p. iv. https://example.org/report.pdf#page=12"
    assert (citation.publisher, citation.year, citation.page) == ("A town hall", 2024, "iv")


def test_a_passage_over_two_pages_cites_both_and_opens_the_first() -> None:
    citation = cite(REPORT, passage("Text", (12, 13), ("10", "11")))
    assert "pp. 10–11" in citation.text
    assert citation.url == "https://example.org/report.pdf#page=12"


def test_authors_come_before_the_publisher() -> None:
    assert cite(replace(PAGE, authors=("A. Writer", "B. Writer"))).text == (
        "A. Writer, B. Writer (2024). A report. A town hall. https://example.org/page"
    )


def test_without_author_and_publisher_the_title_leads() -> None:
    anonymous = replace(PAGE, publisher=None, year=None, address=None)
    assert cite(anonymous).text == "A report (no date)"
    assert cite(anonymous).url is None


def test_only_a_pdf_is_opened_at_a_page() -> None:
    assert page_url(REPORT, passage("Text", (3, 3), ("3", "3"))) == "https://example.org/report.pdf#page=3"
    assert page_url(REPORT, passage("Text")) == "https://example.org/report.pdf"
    assert page_url(PAGE, passage("Text", (3, 3), ("3", "3"))) == "https://example.org/page"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "//example.org",
        "reports/a.pdf",
        "",
    ],
)
def test_an_address_that_is_not_of_the_web_is_never_a_link(address: str) -> None:
    document = replace(REPORT, address=address)
    assert page_url(document, None) is None
    assert cite(document).url is None
    assert not address or address not in cite(document).text


def test_of_a_full_document_everything_is_shown() -> None:
    passages = [passage("word " * 400), passage("word " * 400)]
    assert may_show(with_rights(Display.FULL), passages) == passages


def test_of_a_link_document_nothing_is_shown() -> None:
    assert may_show(with_rights(Display.LINK), [passage("One word.")]) == []


def test_of_an_extract_whole_passages_are_shown_up_to_the_limit() -> None:
    passages = [passage("word " * 150), passage("word " * 150), passage("word")]
    assert may_show(with_rights(Display.EXTRACT), passages) == passages[:2]


@given(st.lists(st.integers(0, 320)))
def test_an_extract_never_has_more_than_the_limit_of_words(lengths: list[int]) -> None:
    passages = [passage("word " * length) for length in lengths]
    shown = may_show(with_rights(Display.EXTRACT), passages)
    assert sum(len(one.text.split()) for one in shown) <= EXTRACT_WORDS
    assert shown == passages[: len(shown)]


@pytest.mark.parametrize(
    "sentence",
    ["建设学习型城市需要全社会共同参与。", "เมืองแห่งการเรียนรู้เปิดโอกาสให้ทุกคน", "学習都市は全ての人に機会を開く。"],
)
def test_a_script_without_spaces_has_words_all_the_same(sentence: str) -> None:
    passages = [passage(sentence * 8) for _ in range(40)]
    shown = may_show(with_rights(Display.EXTRACT), passages)
    # Two characters are about one word; four times that would be generous.
    assert sum(len(one.text) for one in shown) <= 4 * 2 * EXTRACT_WORDS
