"""Text of other languages in one spelling, as the multilingual encoder and the lexicons know it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import regex

from corpus.text import fold

# What the multilingual route reads, made by `python -m training.make`.
FOLDER = Path(__file__).with_name("tongues")
# Traditional Chinese letters and the simplified ones that stand for them.
HAN_FILE = FOLDER / "han.json"
# Letters that Arabic writers use for one another, and the Persian forms of kaf and ya.
_ARABIC = str.maketrans("أإآٱىةؤئکی", "اااايهويكي")
# The Arabic article, alone or with what is written before it: words are the same with and without it.
_ARTICLE = regex.compile(r"(?<!\p{L})(?:[وف]?[بك]?ال|[وف]?لل)(?=\p{Arabic}{3})")
_APART = regex.compile(r"[^\p{L}\p{N}\p{M}]+")


def plain(folded: str) -> str:
    """A folded text in plain Arabic letters and simplified Chinese, letter for letter."""
    return folded if folded.isascii() else folded.translate(_ARABIC).translate(_han())


def spelt(text: str) -> str:
    """`text` folded and plain, without Arabic articles, its words parted by single spaces."""
    return str(_APART.sub(" ", _ARTICLE.sub("", plain(fold(text))))).strip()


@cache
def _han() -> dict[int, str]:
    return str.maketrans(json.loads(HAN_FILE.read_text(encoding="utf-8")))
