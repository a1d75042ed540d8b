"""What stands next to what in a text: the characters as numbers, with their kinds, for counting neighbours quickly."""

from __future__ import annotations

import unicodedata
from enum import IntFlag
from functools import cache

import numpy as np
import numpy.typing as npt
import regex

Mask = npt.NDArray[np.bool_]


class Kind(IntFlag):
    """What is known of a character; one without any is common punctuation or belongs to no text."""

    LETTER = 1  # marks that belong to a letter included
    LOWER = 2
    UPPER = 4
    CONSONANT = 8  # of Latin, Cyrillic and Greek
    LATIN = 16
    ACCENTED = 32  # Latin beyond ASCII
    CYRILLIC = 64
    GREEK = 128
    ARABIC = 256
    HAN = 512
    RARE = 1024  # Han that none of the old standards counts among its frequent characters
    FINAL = 2048  # Arabic, at the end of words alone
    DIGIT = 4096
    SPACE = 8192
    COMMA = 16384
    POINT = 32768
    ODD = 65536  # signs that stand now and then in a text, and hardly ever inside a word
    LOST = 131072  # replacement characters, private use, unassigned


# Stands for every character beyond the basic plane: letters of scripts that no rule here knows, and pictures.
BEYOND = 0xFFFF
ALPHABET = Kind.LATIN | Kind.CYRILLIC | Kind.GREEK | Kind.ARABIC
_MEMBERS = {
    Kind.LETTER: r"[\p{L}\p{M}]",
    Kind.LOWER: r"\p{Ll}",
    Kind.UPPER: r"\p{Lu}",
    Kind.LATIN: r"[\p{Latin}&&\p{L}]",
    Kind.ACCENTED: r"[[\p{Latin}&&\p{L}]--[a-zA-Z]]",
    Kind.CYRILLIC: r"[\p{Cyrillic}&&\p{L}]",
    Kind.GREEK: r"[\p{Greek}&&\p{L}]",
    Kind.ARABIC: r"[\p{Arabic}&&\p{L}]",
    Kind.HAN: r"[\u3400-\u9fff]",
    Kind.FINAL: "ة",
    Kind.DIGIT: r"\p{N}",
    Kind.SPACE: r"\s",
    Kind.COMMA: ",",
    Kind.POINT: r"\.",
    Kind.ODD: r"""[!#$;<>\\^~"|¡¢¤¥¦¨©¬®¯±²³µ¶¸¹¼½¾×÷†‡ˆ˜¿‰™]""",
    Kind.LOST: r"[\p{Co}\p{Cn}\ufffd]",
}
# j, w and y are vowels in one language and consonants in the next, as are the signs between Cyrillic letters.
_CONSONANTS = frozenset("bcdfghklmnpqrstvxzбвгджзклмнпрстфхцчшщβγδζθκλμνξπρσςτφχψ")
# The first, frequent level of GB 2312, Big5 and Shift JIS by their lead bytes; the second level is rare in any text.
_FREQUENT = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x98))


class Letters:
    """A text as arrays, one entry a character; vowel signs and accents that writers leave out are left out."""

    def __init__(self, text: str) -> None:
        kinds, base = _tables()
        codes = np.frombuffer(f"\n{text}\n".encode("utf-32-le", "replace"), dtype="<u4")
        codes = np.minimum(codes, BEYOND)
        codes = codes[~_optional(codes)]
        self.kinds, self.base = kinds[codes], base[codes]

    def __len__(self) -> int:
        return len(self.kinds)

    def any(self, kind: Kind) -> Mask:
        """Which characters are of one of these kinds."""
        found: Mask = (self.kinds & int(kind)) != 0
        return found


def followed(*masks: Mask) -> Mask:
    """Where a character of the first mask is followed by one of the second, that by one of the third, and so on."""
    length = max(0, len(masks[0]) - len(masks) + 1)
    found = masks[0][:length].copy()
    for step, mask in enumerate(masks[1:], 1):
        found &= mask[step : step + length]
    return found


def _optional(codes: npt.NDArray[np.uint32]) -> Mask:
    """Combining accents, Arabic vowel signs and the tatweel, soft hyphens: a text may have them or not."""
    accents = ((codes >= 0x300) & (codes <= 0x36F)) | ((codes >= 0x64B) & (codes <= 0x652))
    return np.logical_or(accents, np.isin(codes, (0x640, 0x670, 0xAD)))


@cache
def _tables() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]]:
    """Kind and base letter, in lower case and without its accents, of every character of the basic plane."""
    plane = "".join(map(chr, range(0x10000)))
    kinds, base = np.zeros(0x10000, dtype=np.int32), np.arange(0x10000, dtype=np.uint16)
    for kind, members in _MEMBERS.items():
        kinds[[match.start() for match in regex.finditer(members, plane, regex.V1)]] |= int(kind)
    for code in np.flatnonzero(kinds & int(ALPHABET)):
        base[code] = min(ord(unicodedata.normalize("NFD", chr(code).lower())[0]), 0xFFFF)
    kinds[np.isin(base, [ord(char) for char in _CONSONANTS])] |= int(Kind.CONSONANT)
    frequent = [ord(char) for char in _frequent()]
    kinds[((kinds & int(Kind.HAN)) != 0) & ~np.isin(np.arange(0x10000), frequent)] |= int(Kind.RARE)
    kinds[BEYOND] = int(Kind.LETTER)
    return kinds, base


def _frequent() -> str:
    pairs = (
        bytes((lead, trail)).decode(codec, "ignore")
        for codec, first, last in _FREQUENT
        for lead in range(first, last + 1)
        for trail in range(0x40, 0xFF)
    )
    return "".join(pairs)
