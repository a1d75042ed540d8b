"""The years that a text names: four digits that stand alone, as a date or as a range, and count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

# No practice is older, and a plan that looks further ahead is better told by its words.
EARLIEST, AHEAD = 1900, 10
# A range of years written short, as in 2015-19, spans at most this: beyond it is a number, as in Directive 2009/28.
_SHORT_RANGE = 15
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Letters that end a number's word; Chinese and Arabic are written on without a space.
_LETTER = r"[^\W\u0600-\u06ff\u3040-\u9fff\uac00-\ud7af]"
_YEAR = re.compile(r"(?:19|20)\d\d")
# Day and month before it or after it; else no letter, sign or digit may touch it, but for the end of a range.
_DATE_BEFORE = re.compile(r"\b\d{1,2}(?:([./-])\d{1,2}\1|/)\Z")
_DATE_AFTER = re.compile(r"-[01]\d-[0-3]\d\b")
_TOUCHED_BEFORE = re.compile(rf"(?:{_LETTER}|[+$€£¥#№/–-]|\d[.,:])\Z")
_RANGE = re.compile(r"\s?(?:年\s?)?[-–—/~至到]\s?(\d{1,4})")
# A letter as in "Martínez (2007b)" tells works of one year apart.
_TOUCHED_AFTER = re.compile(rf"(?![a-d]\b){_LETTER}|[%‰°€$£¥]|[.,:]\d|[-–/]\d|[\u3040-\u5e73\u5e75-\u9fff]")
# Pages, laws, sums and the Agenda before it; units, people and plural nouns after it.
_NUMBERED = re.compile(
    r"(?:\b(?:pp?\.|pages?|págs?\.|no\.|n[o°º]\.?|nr\.|art\.|articles?|artículo|iso(?:/iec)?|ley|loi|decreto|agenda"
    r"|eur|usd|us|gbp)|[$€£¥§#№])\s?\Z",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\s(?:(?:people|million|billion|km|m|m2|m²|cm|kg|ha|t|[kmgt]wh?|eur|usd|gbp|mt|litres?|per|شخص|طالب|متعلم)\b"
    r"|человек|жител|тыс|млн|руб|agenda\b)",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\s(?!(?:was|has|is|as|its|this|does|les|des|dans|sous|sans|vers|las|los|sus|thus)\b)(?:[a-zß-ÿ]{2,}s|children|women|men)\b"
)
_DATED = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|during|the|of|and|to|for|en|desde|hasta|de|del|depuis|dès|a|à|em|the year"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)|\d{1,2},?)\s\Z",
    re.IGNORECASE,
)


def years_in(text: str) -> list[int]:
    """The years that `text` names, each once, in order; of a range both ends."""
    last = date.today().year + AHEAD
    text = text if text.isascii() else text.translate(_DIGITS)
    years = {year for match in _YEAR.finditer(text) for year in _named(text, match)}
    return sorted(year for year in years if EARLIEST <= year <= last)


def _named(text: str, match: re.Match[str]) -> Iterator[int]:
    """The year of a match and the end of the range that it begins; nothing where it is another number."""
    before, year = text[max(0, match.start() - 24) : match.start()], int(match[0])
    if _DATE_BEFORE.search(before) or _DATE_AFTER.match(text, match.end()):
        yield year
        return
    tail = _RANGE.match(text, match.end())
    end = tail.end() if tail else match.end()
    if (
        _TOUCHED_BEFORE.search(before)
        or _TOUCHED_AFTER.match(text, end)
        or _is_number(before, text[end : end + 24], year)
    ):
        return
    digits = tail[1] if tail else ""
    if len(digits) in (0, 2, 4):
        yield year
    if len(digits) == 4 and int(digits) > year:
        yield int(digits)
    # 1999-03 and 2009/28 end in a month and a law's number, 1999-00 in the next century.
    if len(digits) == 2 and 0 < (years := (int(digits) - year) % 100) <= _SHORT_RANGE:
        yield year + years


def _is_number(before: str, after: str, year: int) -> bool:
    """Whether the words around say that it counts, numbers or names something else than a year."""
    if _NUMBERED.search(before) or _COUNTS.match(after):
        return True
    # "in 2000 schools" is a number and "in 2019 schools closed" is none: a round one is taken for a number.
    return bool(_PLURAL.match(after)) and (year % 100 == 0 or not _DATED.search(before))
