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


LETTERS = st.characters(exclude_characters="\ufeff", exclude_categories=["Cs", "Cc"])


@given(st.text(st.one_of(LETTERS, st.sampled_from("\n\t \u2003")), min_size=1).filter(str.strip))
def test_no_word_of_a_utf_8_text_is_lost(text: str) -> None:
    assert parse(text.encode()).text.split() == text.split()


@given(st.binary(min_size=1))
def test_any_bytes_give_a_document_or_a_refusal(data: bytes) -> None:
    with suppress(SourceError):
        assert parse(data).text.strip()
