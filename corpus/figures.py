"""The numbers a text states, so that a record's figures can be held against its prose."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_ORDINALS = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
_TENS = "thirty forty fifty sixty seventy eighty ninety"

# "one" and "second" are left out: in prose they are mostly not counts ("one of them", "second-chance school").
_WORDS: dict[str, str] = {
    **{word: str(n) for n, word in enumerate(_UNITS.split()) if n >= 2},
    **{word: str(n) for n, word in enumerate(_ORDINALS.split(), start=3)},
    **{word: str(n * 10) for n, word in enumerate(_TENS.split(), start=3)},
}
# Names that hold a digit and state no quantity.
_NAMES = re.compile(r"covid-19|covid19|sars-cov-2|\b[a-z]+\d+[a-z]*\b", re.IGNORECASE)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def numbers(text: str) -> set[str]:
    """Every number in `text`, in digits or in words, as plain digit strings ("9,000" and "two" give 9000 and 2)."""
    found = set()
    for token in _TOKEN.findall(_NAMES.sub(" ", text)):
        if token[0].isdigit():
            found.add(_THOUSANDS.sub("", token).rstrip(".,"))
        elif token.lower() in _WORDS:
            found.add(_WORDS[token.lower()])
    return found
