"""A practice file: checked front matter, sources that may be links, and what readers must know of its trust."""

from __future__ import annotations

import pytest

from corpus.errors import CorpusFault
from corpus.models import Figure
from corpus.practice import BASIS, PracticeRecord, read_record, split_front_matter
from tests.corpus.records import COPY, PRACTICE, changed, line_with


def record(text: str = PRACTICE) -> PracticeRecord:
    found = read_record(split_front_matter(text)[0])
    assert isinstance(found, PracticeRecord)
    return found


def test_a_right_record_is_read_whole() -> None:
    read = record()
    assert (read.id, read.city, read.years.start, read.years.source) == ("cork-evening-rooms", "cork", 2015, 2024)
    assert read.stated_figures() == (Figure("over 200", "rooms opened in the evening"),)


def test_front_matter_and_body_are_split_with_the_line_of_the_body() -> None:
    front, body, first = split_front_matter(PRACTICE)
    assert front.startswith("id: ")
    assert body.strip().startswith("## What was done")
    assert PRACTICE.split("\n")[first - 1 :] == body.split("\n")


def test_a_text_without_front_matter_is_all_body() -> None:
    assert split_front_matter("# Title\n\ntext") == ("", "# Title\n\ntext", 1)
    assert split_front_matter("---\nnever: closed\n") == ("", "---\nnever: closed\n", 1)


def test_a_byte_order_mark_and_windows_lines_do_not_hide_the_front_matter() -> None:
    assert record("\ufeff" + PRACTICE.replace("\n", "\r\n")) == record()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("country: IE", "country: Ireland", "country"),
        ("  start: 2015", "  start: early", "years.start"),
        ("  start: 2015", "  start: 1815", "years.start"),
        ("    nature: official", "    nature: hearsay", "sources.0.nature"),
        ("    language: en", "    language: English", "sources.0.language"),
        ("  - address: https://example.org/cork/evening-rooms", "  - address: not-an-address", "sources.0.address"),
        ("  - value: over 200", "  - value: ''", "figures.0.value"),
        ("  - family-and-community-learning", "  - Family learning", "themes.0"),
        ("basis: excerpts", "basis: rumour", "basis"),
        ("disagreement: null", "disagrement: null", "disagrement"),
    ],
)
def test_a_fault_is_named_with_its_field_and_its_line(old: str, new: str, field: str) -> None:
    text = changed(old, new)
    with pytest.raises(CorpusFault) as caught:
        record(text)
    assert str(caught.value).startswith(f"line {line_with(new.strip(), text)}: {field}: ")


def test_every_fault_is_told_at_once() -> None:
    text = changed("basis: excerpts", "basis: rumour", changed("country: IE", "country: Ireland"))
    with pytest.raises(CorpusFault) as caught:
        record(text)
    assert {line.split(": ")[1] for line in str(caught.value).split("\n")} == {"country", "basis"}


def test_a_missing_field_is_named() -> None:
    with pytest.raises(CorpusFault, match=r"line \d+: city: Field required"):
        record(changed("city: cork\n", ""))


def test_broken_yaml_is_named_with_its_line() -> None:
    text = changed("title: Evening rooms", "title: Evening: rooms")
    with pytest.raises(CorpusFault, match=rf"line {line_with('title:', text)}: front matter is not YAML"):
        record(text)


@pytest.mark.parametrize("value", ["2024-13-45", '"a\x07bell"', "[" * 3000], ids=["no date", "control", "deep"])
def test_front_matter_that_yaml_cannot_read_is_a_fault_with_a_line(value: str) -> None:
    with pytest.raises(CorpusFault, match=r"^line \d+: "):
        record(changed("- '2015'", f"- {value}"))


@pytest.mark.parametrize("nature", ["copy", "staging"])
def test_a_copy_is_never_a_link_where_a_proper_source_exists(nature: str) -> None:
    copy_first = changed("sources:\n", "sources:\n" + COPY.replace("nature: copy", f"nature: {nature}"))
    proper, unofficial = record(copy_first).references()
    assert (proper.link, proper.nature) == ("https://example.org/cork/evening-rooms", "official")
    assert (unofficial.link, unofficial.nature) == (None, nature)


def test_nobody_is_sent_to_a_copy_even_where_nothing_better_exists() -> None:
    (only,) = record(changed("nature: official", "nature: copy")).references()
    assert only.link is None


def test_a_page_on_a_test_server_is_a_link_where_nothing_better_exists() -> None:
    (only,) = record(changed("nature: official", "nature: staging")).references()
    assert only.link == "https://example.org/cork/evening-rooms"


def test_a_saved_page_without_address_does_not_count_as_a_proper_source() -> None:
    saved = changed("https://example.org/cork/evening-rooms", "null", changed("nature: official", "nature: saved"))
    copy, page = sorted(record(changed("basis:", COPY + "basis:", saved)).references(), key=lambda r: r.nature)
    assert (copy.link, page.link) == (None, None)


def test_a_single_source_from_extracts_says_so() -> None:
    assert record().trust() == (BASIS, "Rests on a single source.")


def test_two_proper_documents_need_no_warning() -> None:
    second = changed("nature: copy", "nature: independent", COPY)
    text = changed("basis: excerpts", second + "basis: documents")
    assert record(text).trust() == ()


def test_copies_only_and_disagreement_are_told() -> None:
    text = changed("basis: excerpts", COPY + "basis: documents", changed("nature: official", "nature: staging"))
    text = changed("disagreement: null", "disagreement: one page counts 180 rooms.", text)
    assert record(text).trust() == (
        "Rests on unofficial copies only.",
        "Sources disagree: one page counts 180 rooms.",
    )
