"""The ways in which text comes out of files garbled, for benchmarks/quality.py to make."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

Garble = Callable[[str, random.Random], str]
# What readers of scans take one letter for.
_CONFUSED = dict(
    zip("liaeohnmrsgtudcbfwvy", ("1", "l", "o", "c", "0", "b", "u", "rn", "i", "5", "9", "f", "n", "cl", "e", "6", "t",
                                 "vv", "v", "v"), strict=True)
)  # fmt: skip
_LOOK_ALIKES = dict(zip("аеорсухАЕОРСХ", "aeopcyxAEOPCX", strict=True))
_WORD = re.compile(r"[^\W\d_]+")


def shuffled(share: float) -> Garble:
    def garble(text: str, rng: random.Random) -> str:
        def mix(match: re.Match[str]) -> str:
            return "".join(rng.sample(match[0], len(match[0]))) if rng.random() < share else match[0]

        return _WORD.sub(mix, text)

    return garble


def broken(share: float) -> Garble:
    """Spaces between the letters of words."""

    def garble(text: str, rng: random.Random) -> str:
        pairs = zip(text, text[1:] + " ", strict=True)
        return "".join(c + " " * (c.isalpha() and after.isalpha() and rng.random() < share) for c, after in pairs)

    return garble


def joined(share: float) -> Garble:
    return lambda text, rng: "".join(char for char in text if char != " " or rng.random() >= share)


def recoded(written: str, read: str) -> Garble:
    """Bytes of one encoding read as another."""
    if read == "sloppy-windows-1252":
        import ftfy.bad_codecs  # noqa: F401  (registers the encoding as browsers read it)
    return lambda text, _: text.encode(written, "ignore").decode(read, "replace")


def misread(share: float) -> Garble:
    """OCR noise: this share of the letters taken for another, lost, split off or read as a sign; some spaces lost."""

    def one(char: str, letters: list[str], rng: random.Random) -> str:
        if char == " " and rng.random() < 0.3 * share:
            return ""
        if not char.isalpha() or rng.random() >= share:
            return char
        chance = rng.random()
        if chance < 0.7:
            likely = _CONFUSED.get(char) if chance < 0.5 else None
            return likely or rng.choice(letters)
        return "" if chance < 0.8 else rng.choice("~^|'.,*!_;:") if chance < 0.9 else f"{char} "

    def garble(text: str, rng: random.Random) -> str:
        letters = [char for char in text if char.isalpha()]
        return "".join(one(char, letters, rng) for char in text)

    return garble


def glyph_codes(share: float) -> Garble:
    def garble(text: str, rng: random.Random) -> str:
        words = ("".join(f"(cid:{ord(c) % 200})" for c in w) if rng.random() < share else w for w in text.split(" "))
        return " ".join(words)

    return garble


def backwards(text: str, _: random.Random) -> str:
    return " ".join(word[::-1] for word in text.split(" "))


def look_alike(text: str, rng: random.Random) -> str:
    return "".join(_LOOK_ALIKES.get(char, char) if rng.random() < 0.5 else char for char in text)


_SPACED = {
    "letters shuffled in all words": shuffled(1),
    "letters shuffled in half of them": shuffled(0.5),
    "a space after every letter": broken(1),
    "spaces in 3 of 10 places in words": broken(0.3),
    "all spaces lost": joined(1),
    "4 of 10 spaces lost": joined(0.4),
}
_ANY = {
    "UTF-8 read as Windows-1252": recoded("utf-8", "sloppy-windows-1252"),
    "UTF-8 read as Windows-1251": recoded("utf-8", "cp1251"),
    "UTF-8 read as ASCII": recoded("utf-8", "ascii"),
    "glyph codes, (cid:12)": glyph_codes(1),
    "glyph codes in 1 of 5 words": glyph_codes(0.2),
    "private use characters": lambda text, _: "".join(chr(0xF000 + ord(c) % 256) if c.isalpha() else c for c in text),
    "characters shifted by 29": lambda text, _: "".join(chr(ord(c) - 29) if ord(c) > 62 else c for c in text),
    "OCR noise, 10 % of the letters": misread(0.1),
    "OCR noise, 30 % of the letters": misread(0.3),
}
_LATIN = {
    "Windows-1252 read as Windows-1251": recoded("cp1252", "cp1251"),
    "Windows-1252 read as CP 437": recoded("cp1252", "cp437"),
}
_OWN = {
    "es": _LATIN,
    "fr": _LATIN,
    "pt": _LATIN,
    "ar": {"Windows-1256 read as Windows-1252": recoded("cp1256", "cp1252"), "words backwards": backwards},
    "ru": {
        "Windows-1251 read as Latin-1": recoded("cp1251", "latin-1"),
        "KOI8-R read as Windows-1251": recoded("koi8-r", "cp1251"),
        "CP 866 read as Windows-1251": recoded("cp866", "cp1251"),
        "Latin look-alikes for half of the letters": look_alike,
    },
    "zh": {
        "UTF-8 read as GB 18030": recoded("utf-8", "gb18030"),
        "GB 18030 read as Latin-1": recoded("gb18030", "latin-1"),
        "GB 18030 read as Big5": recoded("gb18030", "big5"),
        "a space after every character": lambda text, _: " ".join(text),
    },
}


def garbled(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The text in every way it may be garbled in this language, with the name of the way."""
    for name, garble in {**({} if language == "zh" else _SPACED), **_ANY, **_OWN.get(language, {})}.items():
        yield name, garble(text, random.Random(1))
