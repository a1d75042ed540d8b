"""Bytes become text: by mark, by form, by declaration, by guess; what is no text is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.formats.encoding import decode, readable

ARABIC = "مدينة التعلم توفر فرص التعلم مدى الحياة لجميع السكان. تفتح المكتبات أبوابها في المساء."
CHINESE = "学习型城市为所有居民提供终身学习的机会，图书馆和社区中心每周开设课程。"
JAPANESE = "学習都市では、誰もが生涯を通じて学ぶことができます。図書館は夜も開いています。"
KOREAN = "학습도시는 모든 시민에게 평생학습의 기회를 제공합니다. 도서관은 저녁에도 문을 엽니다."
RUSSIAN = "Обучающийся город даёт всем жителям возможность учиться всю жизнь. Библиотеки открыты по вечерам."
FRENCH = "La ville apprenante réunit les élèves, les écoles et les bibliothèques où chacun peut étudier à tout âge."
SPANISH = "La ciudad del aprendizaje reúne a niños y mayores; ¿quién enseña a leer? Abren también el sábado."
POLISH = "Miasto uczące się daje wszystkim mieszkańcom możliwość nauki przez całe życie. Dorośli uczą się czytać."


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ARABIC, CHINESE, FRENCH])
def test_a_mark_at_the_start_tells_and_is_left_out(text: str, mark: str) -> None:
    assert decode(text.encode(mark), "iso-8859-1") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARABIC, CHINESE, FRENCH])
def test_utf_16_is_known_without_its_mark(text: str, encoding: str) -> None:
    assert decode((text + " — 2024").encode(encoding)) == text + " — 2024"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((ARABIC, encoding) for encoding in ("windows-1256", "iso-8859-6")),
        *((CHINESE, encoding) for encoding in ("gb18030", "gb2312", "big5hkscs")),
        *((JAPANESE, encoding) for encoding in ("shift_jis", "iso-2022-jp")),
        *((RUSSIAN, encoding) for encoding in ("windows-1251", "koi8-r", "iso-8859-5")),
        *((FRENCH, encoding) for encoding in ("iso-8859-1", "windows-1252", "mac-roman")),
        *((POLISH, encoding) for encoding in ("iso-8859-2", "windows-1250")),
        (KOREAN, "euc-kr"),
        (SPANISH, "iso-8859-1"),
    ],
)
def test_other_encodings_are_guessed(text: str, encoding: str) -> None:
    if encoding == "big5hkscs":
        text = "學習型城市為所有居民提供終身學習的機會，圖書館和社區中心每週開設課程。"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("مدينة التعلم", "windows-1256"),
        ("学习型城市", "gb18030"),
        ("学習都市", "Shift_JIS"),
        ("学習都市", "EUC-JP"),
        ("où", "latin1"),
    ],
)
def test_a_short_text_is_read_as_it_declares(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), encoding) == text


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (CHINESE, "utf-8", "gb2312"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (CHINESE, "gb18030", "utf-8"),
        (RUSSIAN, "windows-1251", "utf-8"),
        (FRENCH, "windows-1252", "utf-16"),
        (FRENCH, "utf-8", "no-such-encoding"),
        (FRENCH, "utf-8", "rot13"),
    ],
)
def test_a_wrong_declaration_does_no_harm(text: str, encoding: str, declared: str) -> None:
    assert decode(text.encode(encoding), declared) == text


def test_a_larger_encoding_is_read_under_the_name_of_its_part() -> None:
    assert decode("“学习” — 鎔".encode("gb18030"), "gb2312") == "“学习” — 鎔"
    assert decode("“a” – €5".encode("windows-1252"), "iso-8859-1") == "“a” – €5"


def test_a_broken_byte_costs_its_letter_and_not_the_text() -> None:
    data = ARABIC[:9].encode() + b"\xff" + ARABIC[9:].encode()
    assert decode(data, "windows-1256") == f"{ARABIC[:9]}\ufffd{ARABIC[9:]}"
    assert decode(CHINESE.encode()[:-1]) == CHINESE[:-1] + "\ufffd"


@pytest.mark.parametrize("data", [b"\x00" * 50, b"abc\x00\x01\x02def" * 10, bytes(range(256)) * 40])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not text"):
        readable(decode(data))


def test_line_ends_are_made_plain_and_form_feeds_kept_where_they_part_pages() -> None:
    assert readable("a\r\nb\rc\u2028d\fe" + "f" * 99) == "a\nb\nc\nd\ne" + "f" * 99
    assert readable("a\fb", page_breaks=True) == "a\fb"


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gb2312", "windows-1256", "", "\0", "idna", "hz"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    with suppress(SourceError):
        assert readable(decode(data, declared)).encode("utf-8")
