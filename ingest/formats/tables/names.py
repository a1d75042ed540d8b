"""Which field a column's heading names, by the words of `names.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from corpus.text import fold

NAMES_FILE = Path(__file__).with_name("names.toml")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
# No words for a field are as long; a cell of prose is not looked at.
_LONGEST = 150


def field_of(heading: str) -> str | None:
    """The field that a heading names, or None: "Name of the initiative *" is a title."""
    if len(heading) > _LONGEST:
        return None
    plain = _IN_BRACKETS.sub(" ", heading)
    # Headings in two languages: "Titre / Title".
    keys = (_key(part) for part in (heading, plain, *plain.split("/")))
    return next((_fields()[key] for key in keys if key in _fields()), None)


def _key(heading: str) -> str:
    """What is compared; of a heading made of filling words alone, all of them."""
    words = _words(heading)
    return " ".join([word for word in words if word not in _filling()] or words)


def _words(text: str) -> list[str]:
    """Folded words without the Arabic article and numbers; "projectTitle" is two."""
    words = re.findall(r"[^\W_]+", fold(_CAMEL.sub(" ", text)))
    return [word.removeprefix("ال") for word in words if not word.isdigit()]


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))


@cache
def _filling() -> frozenset[str]:
    return frozenset(word for words in _names()["filling"].values() for one in words for word in _words(one))


@cache
def _fields() -> dict[str, str]:
    table: dict[str, str] = {}
    for field, languages in _names()["fields"].items():
        for name in (name for names in languages.values() for name in names):
            table.setdefault(_key(name), field)
    return table
