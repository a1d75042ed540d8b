"""From bytes to text: the encoding is told by mark, by form, by declaration, and guessed last."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from corpus.errors import SourceError
from corpus.text import clean, detect_language

# A mark at the very start; the longer ones first, because UTF-32 begins like UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these names as the larger encoding of which they are a part (WHATWG Encoding Standard).
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# A page whose declaration could be read byte by byte is in none of the wide ones; the others are for names and code.
_NEVER = ("utf-16", "utf-32", "utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs")
# A guesser takes the Latin alphabets for one another: of these, the language decides.
_LATIN = ("cp125", "iso8859_", "latin")
_WESTERN = frozenset({"da", "de", "en", "es", "fi", "fr", "id", "it", "ms", "nl", "pt", "sv"})
_CENTRAL = frozenset({"hu", "pl"})
# No text is written in half-wide Japanese letters alone; Russian in KOI8-R looks like it.
_HALF_WIDE = re.compile("[\uff61-\uff9f]")
_SHIFTED = ("cp932", "shift_jis", "shift_jis_2004", "shift_jisx0213")
# Guessing reads each byte some dozen times; what a file is written in is told by its beginning.
_SAMPLE = 200_000
# Stray control characters in real files were some in ten thousand; one in fifty is no text.
_CONTROLS = 50
# A few stray null bytes are left out, as browsers do; more of them are UTF-16, or no text.
_STRAY, _NULLS = 4, 1000
# Of the letters beyond ASCII, one in twenty at most: read wrongly as UTF-8, Latin and Chinese texts break all or half.
_BROKEN = 20


def decode(data: bytes, declared: str | None = None) -> str:
    """The bytes as text. Raises SourceError where they are no text in any encoding that could be recognised."""
    text = _by_mark(data) or _by_form(data, declared) or _by_declaration(data, declared) or _by_guess(data)
    if not text:
        raise SourceError("not text in any encoding that could be recognised.")
    return text


def readable(text: str, *, page_breaks: bool = False) -> str:
    """`text` without control characters and with plain line ends; form feeds stay where they are asked for.

    Raises SourceError when it is full of control characters.
    """
    pages = [clean(page) for page in text.split("\f")]
    cleaned = ("\f" if page_breaks else "\n").join(pages)
    if (len(text) - len(cleaned)) * _CONTROLS > len(text):
        raise SourceError("not text: it is full of control characters.")
    return cleaned.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")


def _by_mark(data: bytes) -> str | None:
    name = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return data.decode(name, "replace") if name else None


def _by_form(data: bytes, declared: str | None) -> str | None:
    """UTF-16 without a mark where there are null bytes; UTF-8 by its form, which other encodings hardly ever have."""
    if (data.count(0) - _STRAY) * _NULLS > len(data):
        wide = from_bytes(_sample(data), cp_isolation=["utf_16_le", "utf_16_be"]).best()
        if wide is None:
            raise SourceError("not text: it holds binary data.")
        return data.decode(wide.encoding, "replace")
    if b"\x1b$" in data and (japanese := _strict(data, "iso2022_jp")):
        return japanese
    return _nearly(data, "utf-8") if _codec(declared) != "hz" else None


def _by_declaration(data: bytes, declared: str | None) -> str | None:
    name = _codec(declared)
    text = _nearly(data, name) if name else None
    sample = (text or "")[:_SAMPLE]
    letters = [char.isascii() for char in sample if char.isalpha()] if name == "cp1252" else []
    # What decodes into control characters, or into Latin letters of which most have accents, was declared wrongly.
    wrong = clean(sample) != sample or sum(letters) * 2 < len(letters)
    return text if text and not wrong else None


def _codec(declared: str | None) -> str | None:
    """The name that Python gives the codec; nothing for what is no encoding of text."""
    try:
        codec = codecs.lookup((declared or "").strip().strip("'\"").lower())
    except (LookupError, ValueError):
        return None
    name = _LARGER.get(codec.name, codec.name)
    return name if codec._is_text_encoding and not name.startswith(_NEVER) else None


def _nearly(data: bytes, name: str) -> str | None:
    """The text in this encoding, although a byte here and there is broken; a wrong encoding breaks most of them."""
    if (text := _strict(data, name)) is not None:
        return text
    text = data.decode(name, "replace")
    marked = sum(not char.isascii() for char in text)
    return text if text.count("\ufffd") * _BROKEN <= marked else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _by_guess(data: bytes) -> str | None:
    sample = _sample(data)
    best = from_bytes(sample).best()
    if best is not None and len(_HALF_WIDE.findall(str(best))) * 3 > len(str(best)):
        best = from_bytes(sample, cp_exclusion=list(_SHIFTED)).best() or best
    if best is None:
        return None
    name = _named_for_language(sample, best.encoding, str(best))
    return data.decode(name, "replace")


def _sample(data: bytes) -> bytes:
    """The beginning, whole where it is short, and not cut in the middle of a character where it has lines."""
    sample = data[:_SAMPLE]
    return sample if len(data) <= _SAMPLE else sample[: sample.rfind(b"\n")] if b"\n" in sample else sample


def _named_for_language(sample: bytes, name: str, text: str) -> str:
    """Spanish taken for Central European and the like: a wrong letter here and there that no reader would forgive."""
    if not name.startswith(_LATIN):
        return name
    language = detect_language(text)
    if language is None or language in _WESTERN:
        return "cp1252" if _strict(sample, "cp1252") else name
    return max(("iso8859_2", "cp1250"), key=lambda other: _letters(sample, other)) if language in _CENTRAL else name


def _letters(sample: bytes, name: str) -> int:
    """How many letters with marks the bytes hold when they are read so: signs in their place tell a wrong reading."""
    return sum(char > "\x9f" and char.isalpha() for char in sample.decode(name, "replace"))
