"""One analyser for index, query and highlight: fold, split CJK and Thai into bigrams, stem by language."""

from __future__ import annotations

import re
import threading
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from corpus.text import fold

VERSION = "2"
# Scripts written without spaces between words; U+30FC prolongs a vowel of either kana.
_DENSE = r"\p{Han}\p{Hiragana}\p{Katakana}\u30fc\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# A word is letters, digits and the marks that belong to them: vowel signs are letters to those who write them.
_WORD = regex.compile(rf"(?V1)[{_DENSE}]+|[[\p{{L}}\p{{N}}\p{{M}}_]--[{_DENSE}]]+")
# The same in ASCII, five times as fast.
_ASCII_WORD = re.compile(r"[A-Za-z0-9_]+")
_IS_DENSE = regex.compile(rf"[{_DENSE}]")
_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nl": "dutch",
    "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
# A term with the code-point span of the text it came from.
Placed = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Token:
    """A term of the index with the code-point span of the text it came from."""

    term: str
    start: int
    end: int


def tokens(text: str, language: str | None) -> Iterator[Token]:
    """The terms of `text` in order; `language` chooses the stemmer, unknown text is only folded."""
    return (Token(*placed) for placed in _placed(text, language))


def terms(text: str, language: str | None) -> list[str]:
    """The terms of `text`, in order and with repeats."""
    return [term for term, _, _ in _placed(text, language)]


def places(text: str, language: str | None, wanted: Container[str]) -> list[tuple[int, int]]:
    """Code-point spans of the words of `text` whose terms are among the wanted ones, in order."""
    return [(start, end) for term, start, end in _shown(text, language) if term in wanted]


def count(text: str) -> int:
    """How many words a text has; in scripts without spaces, how many pairs of letters."""
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    return sum(max(1, len(word) - 1) if _IS_DENSE.match(word) else 1 for word in _WORD.findall(text))


@lru_cache(maxsize=256)  # a passage that is shown is looked through several times
def _shown(text: str, language: str | None) -> list[Placed]:
    return _placed(text, language)


def _placed(text: str, language: str | None) -> list[Placed]:
    if text.isascii():
        return [(_term(match[0], language), match.start(), match.end()) for match in _ASCII_WORD.finditer(text)]
    found: list[Placed] = []
    for match in _WORD.finditer(text):
        if _IS_DENSE.match(match[0]):
            found += _bigrams(match[0], match.start())
        elif term := _term(match[0], language):  # a mark without its letter is no word
            found.append((term, match.start(), match.end()))
    return found


def _bigrams(run: str, offset: int) -> list[Placed]:
    if len(run) == 1:
        return [(fold(run), offset, offset + 1)]
    return [(fold(run[i : i + 2]), offset + i, offset + i + 2) for i in range(len(run) - 1)]


class _Stemmers(threading.local):
    """The stemmers of one thread: a stemmer keeps the word in hand in itself, so two threads cannot share one."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}


_stemmers = _Stemmers()


def _stemmer(language: str) -> Any:
    import snowballstemmer

    if language not in _stemmers.made:
        _stemmers.made[language] = snowballstemmer.stemmer(_STEMMERS[language])
    return _stemmers.made[language]


@lru_cache(maxsize=2**16)  # most words of a text are few, whatever its length
def _term(word: str, language: str | None) -> str:
    folded = fold(word)
    return str(_stemmer(language).stemWord(folded)) if language in _STEMMERS else folded
