"""Plain text in whatever encoding it came, and a clear refusal of what is no text."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.plain import parse_plain
from ingest.formats.raw import RawSource

FRENCH = (
    "La ville apprenante réunit les élèves, les écoles et les bibliothèques où chacun peut étudier à tout âge.\n\n"
    "Ça marche très bien : les bénévoles français y enseignent la lecture."
)
CHINESE = (
    "学习型城市为所有居民提供终身学习的机会，图书馆和社区中心每周开设课程。\n\n市政府与大学合作，老年人也可以参加。"
)


def parse(data: bytes, source: str = "files/rooms.txt") -> Document:
    return parse_plain(RawSource(source, data))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "latin-1"),
        (CHINESE, "utf-8"),
        (CHINESE, "utf-16"),
        (CHINESE, "gbk"),
    ],
)
def test_a_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert parse(text.encode(encoding)).text == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_either_order_of_utf_16_is_read_and_its_mark_left_out(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert parse(mark + FRENCH.encode(encoding)).text == FRENCH


def test_paragraphs_are_separated_by_blank_lines_whatever_the_line_ends() -> None:
    text = parse(b"One line\r\nof a paragraph.\r\n \r\nThe\tnext  one.\r\rThe last.").text
    assert text == "One line of a paragraph.\n\nThe next one.\n\nThe last."


def test_the_title_is_how_the_text_begins() -> None:
    assert parse(b"Evening rooms\n\nText.").title == "Evening rooms"
    long = parse(("word " * 100).encode()).title
    assert long.endswith(" …")
    assert len(long) <= 100


@pytest.mark.parametrize("data", [b"abc\x00\x01\x02def" * 10, b"\x00" * 50, bytes(range(256)) * 8])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not text"):
        parse(data)


def test_a_stray_control_character_is_left_out() -> None:
    assert parse(b"The rooms \x1b[31mopened\x07 late. " + b"They stayed open. " * 20).text.startswith(
        "The rooms [31mopened late."
    )


def test_nothing_but_white_space_is_refused() -> None:
    with pytest.raises(SourceError, match="no text"):
        parse(b" \n\n \t ")


LETTERS = st.characters(exclude_characters="\ufeff\u00ad", exclude_categories=["Cs", "Cc"])


@given(st.text(st.one_of(LETTERS, st.sampled_from("\n\t \u2003")), min_size=1).filter(str.strip))
def test_no_word_of_a_utf_8_text_is_lost(text: str) -> None:
    # Some scripts set no space where a line was wrapped.
    assert "".join(parse(text.encode()).text.split()) == "".join(text.split())


@given(st.binary(min_size=1))
def test_any_bytes_give_a_document_or_a_refusal(data: bytes) -> None:
    with suppress(SourceError):
        assert parse(data).text.strip()


def blocks(text: str) -> list[str]:
    return parse(text.encode()).text.split("\n\n")


WRAPPED = (
    "A learning city gives courses to everyone who lives there, and it opens\n"
    "its libraries in the evening. People of all ages come to read and to be\n"
    "read to; some bring what they know. The city pays for the rooms and for\n"
    "the buses, and the schools lend what they do not need at night. Twelve\n"
    "practices were looked at:\n"
    "  - evening rooms, in which nobody is asked\n    what he came for,\n"
    "  - reading buses.\n\n"
    "In 2019 the council asked what had helped most. It was the keys, people\n"
    "said, of which there were enough for all of them.\n"
)


def test_wrapped_lines_are_joined_and_the_items_of_a_list_are_not() -> None:
    first, second = blocks(WRAPPED)
    lines = first.split("\n")
    assert lines[0].startswith("A learning city gives courses to everyone who lives there, and it opens its libraries")
    assert lines[0].endswith("Twelve practices were looked at:")
    assert lines[1:] == ["- evening rooms, in which nobody is asked what he came for,", "- reading buses."]
    assert second == (
        "In 2019 the council asked what had helped most. It was the keys, people said, of which there were enough for"
        " all of them."
    )


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("of lear-\nning. All learning", "of learning. All learning"),
        ("a well-\nknown city", "a well-known city"),
        ("of lear\u00ad\nning", "of learning"),
        ("pages 12-\n14", "pages 12- 14"),
        ("学习型城市为居民\n提供机会", "学习型城市为居民提供机会"),
        ("학습도시는 모든\n시민에게", "학습도시는 모든 시민에게"),
        ("مدينة التعلم توفر\nفرص التعلم", "مدينة التعلم توفر فرص التعلم"),
    ],
)
def test_a_line_that_was_wrapped_is_joined_as_its_script_does(text: str, joined: str) -> None:
    assert parse(text.encode()).text == joined


POEM = """\
The river went by in the night
And carried a book to the sea,
A teacher stood there
With salt in her hair
And read what it said about me.

Row on
Row on
The river is wide
And she read what it said about me.

The river went by in the spring,
Row on
Row on
And carried the words to the quay.
"""


def test_verses_stay_lines() -> None:
    assert parse(POEM.encode()).text == POEM.strip()


def test_a_line_a_paragraph_where_lines_are_longer_than_anyone_wraps() -> None:
    long = "A learning city gives courses to everyone who lives there, and it opens its libraries in the evening. " * 3
    text = f"{long}1\n{long}2\n  • one of them\n  • another one\n{long}3\n76 countries\nhost such cities"
    assert [block.removeprefix(long) for block in blocks(text)] == [
        "1",
        "2",
        "• one of them\n• another one",
        "3",
        "76 countries\nhost such cities",
    ]


REST = """\
=============
Evening rooms
=============

A report.

Results
=======
Everyone came back.

In numbers
----------

Year  Learners
----  --------
2020  1500

学习型城市
==========

And the city pays.
"""


def test_underlined_headings_are_sections_in_the_order_of_their_styles() -> None:
    document = parse(REST.encode())
    assert document.title == "Evening rooms"
    assert [section.path for section in document.sections] == [
        ("Evening rooms",),
        ("Evening rooms", "Results"),
        ("Evening rooms", "Results", "In numbers"),
        ("Evening rooms", "学习型城市"),
    ]
    assert "Year Learners" in document.text
    assert "====" not in document.text


@pytest.mark.parametrize(
    "text",
    [
        "The text ends.\n----------------------------------------\nNext part.",
        "A paragraph of two lines\nwhich ends\n----------\nso.",
        "* * *\n\nText.",
        "------\n\nText.",
        "Name\n=\nx",
    ],
)
def test_a_rule_below_a_text_makes_no_heading_of_it(text: str) -> None:
    assert all(not section.path for section in parse(text.encode()).sections)


def test_form_feeds_part_pages() -> None:
    document = parse(b"The first page.\n\nMore of it.\fThe second\npage.\f\n \fThe fourth.\n\f")
    assert [document.text[page.start : page.end] for page in document.pages] == [
        "The first page.\n\nMore of it.",
        "The second page.",
        "The fourth.",
    ]
    assert [page.index for page in document.pages] == [1, 2, 3]
    assert parse(b"Only one page.\f").pages == ()


def test_what_stands_on_most_pages_is_left_out() -> None:
    cities = ("Cork", "Osan", "Espoo", "Dublin", "Jubail", "Larissa")
    pages = [f"UIL annual report\n\nText on {city}.\n\nPage {n} of 6" for n, city in enumerate(cities, 1)]
    assert parse("\f".join(pages).encode()).text == "\n\n".join(f"Text on {city}." for city in cities)
    assert "UIL annual report" in parse("\f".join(pages[:2]).encode()).text  # two pages show no rule


def test_a_head_that_states_title_and_author_is_believed() -> None:
    document = parse(
        b"The eBook of Rooms\n\nTitle: Evening Rooms\nAuthor: A. Byrne\nDate: May 2011\nLanguage: en\n\nText."
    )
    assert (document.title, document.authors, document.year, document.language) == (
        "Evening Rooms",
        ("A. Byrne",),
        2011,
        "en",
    )
    assert parse(b"Date: 2011\n\nText.").year is None  # without a title it is a text about a date


STORY = "".join(
    f"The city of {city} opened its libraries in the evening, and people of all ages came to learn.\nGoto first page\n"
    + ("0:00\n/\n0:00\nStart video now\nGoto first page\n" if city in ("Cork", "Osan", "Espoo") else "")
    for city in ("Cork", "Osan", "Espoo", "Dublin", "Jubail", "Larissa")
)


def test_a_saved_story_comes_out_without_its_buttons() -> None:
    start = "Notice\n\nPlease make sure your speakers are turned on.\n\nLet's go\n\nTen years of learning cities\n\n"
    document = parse(f"{start}{STORY}Goto first page\n\nScroll down to continue Swipe to continue\n".encode())
    assert document.title == "Ten years of learning cities"
    assert document.text.split("\n\n")[1:] == [
        f"The city of {city} opened its libraries in the evening, and people of all ages came to learn."
        for city in ("Cork", "Osan", "Espoo", "Dublin", "Jubail", "Larissa")
    ]


def test_the_title_of_a_saved_page_stands_below_its_teasers_and_pictures() -> None:
    teasers = "".join(
        f"{city} Joins A...\n\n{city} joins a network of cities, as was told.\n\n" for city in ("Cork", "Osan", "Espoo")
    )
    title = "UIL and a University Forge a Partnership"
    assert parse(f"spot_img\n\nWorldwide Learning\n\n{teasers}{title}\n\nThe text of it.".encode()).title == title
    assert parse(f"people walking aerial view\n\n{title}\n\nThe text of it.".encode()).title == title


def test_endless_lines_and_blanks_are_read() -> None:
    for text in ("word " * 400_000, "\n" * 2_000_000 + "x", "x\n" * 200_000, "a\n===\n" * 20_000, ">" * 500_000):
        assert parse(text.encode()).text
