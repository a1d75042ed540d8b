"""How names are written: one plain spelling for text and names, and the forms that a name takes in a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product

# Accents, Arabic vowel and hamza signs, the tatweel: writers leave them out.
_ACCENTS = re.compile(r"[\u0300-\u036f\u064b-\u0655\u0670\u0640]")
# One apostrophe, one hyphen, and Persian letters as their Arabic twins.
_TWINS = str.maketrans("’‘ʼ`´‐‑–ىیک", "'''''---ييك")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Russian cases of names by how they end, with the ending left off; a shorter name than this would become a word.
_CASES = (
    ("ия", ("ия", "ии", "ию", "ией")),
    ("ая", ("ая", "ой", "ую")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ий", ("ий", "ия", "ию", "ием", "ии")),
    ("а", ("а", "ы", "и", "е", "у", "ой", "ей")),
    ("я", ("я", "и", "ю", "е", "ей")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("й", ("й", "я", "ю", "ем", "е")),
)
_CONSONANT, _CONSONANT_CASES = re.compile(r"[бвгджзклмнпрстфхцчшщ]$"), ("", "а", "у", "ом", "ем", "е")
_DECLINED = 4
_UNDECLINED = re.compile(r"[аеиоуыэюя]а$")  # Самоа, Никарагуа


def plain(text: str) -> str:
    """`text` without accents and with one kind of space, apostrophe and hyphen; its case stays."""
    if not text.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", bare).translate(_TWINS)
    return " ".join(text.split())


def forms(name: str) -> Iterator[str]:
    """What else a name looks like in a sentence: its Russian cases, in Arabic "to the" as one word with it."""
    if _CYRILLIC.match(name):
        for words in product(*map(_declined, name.split(" "))):
            yield " ".join(words)
    if name.startswith("ال"):
        yield "لل" + name[2:]


def _declined(word: str) -> Iterable[str]:
    if len(word) < _DECLINED or word.isupper() or _UNDECLINED.search(word):
        return (word,)
    for ending, cases in _CASES:
        if word.endswith(ending):
            return [word.removesuffix(ending) + case for case in cases]
    return [word + case for case in _CONSONANT_CASES] if _CONSONANT.search(word) else (word,)
