"""Sentences that can be said in six languages: English text that still knows its code and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.labels import label_of
from corpus.languages import ENGLISH, catalogue, isolated, list_in, number_in, plural_of


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a filter group, named in the language of the sentence that it stands in."""

    group: str
    value: str


@dataclass(frozen=True, slots=True)
class Many:
    """Several values in a row, parted by `comma`, `semicolon`, `or`, `and`."""

    items: tuple[object, ...]
    by: str = "comma"


class Said(str):
    """A sentence in English, as commands and the API give it; `translated` says it in another language."""

    code: str
    values: Mapping[str, object]

    def __new__(cls, text: str, code: str = "", values: Mapping[str, object] | None = None) -> Said:
        """The text with what it was made of."""
        said = super().__new__(cls, text)
        said.code, said.values = code, values or {}
        return said

    def __deepcopy__(self, memo: dict[int, Any]) -> Said:
        """Itself: it never changes."""
        return self


def say(code: str, /, **values: object) -> Said:
    """The sentence of a code; a number called `n` decides its plural form."""
    return Said(spoken(code, values, ENGLISH), code, values)


def translated(said: str, language: str) -> str:
    """A sentence in a language; a text that was never a sentence of ours as it is."""
    if not isinstance(said, Said) or not said.code:
        return str(said)
    return str(said) if language == ENGLISH else spoken(said.code, said.values, language)


def spoken(code: str, values: Mapping[str, object], language: str) -> str:
    """The sentence of a code in a language. Raises KeyError for a code that there is none of."""
    pattern = pattern_of(code, values.get("n"), language)
    return pattern.format(**{name: shown(value, language) for name, value in values.items()})


def pattern_of(code: str, number: object, language: str) -> str:
    """The sentence with the places of its values still open, in the plural form of the number."""
    entry = catalogue(language)[code]
    if isinstance(entry, str):
        return entry
    form = plural_of(number, language) if isinstance(number, int | float) else "other"
    return entry.get(form, entry["other"])


def shown(value: object, language: str) -> str:
    """A value as it stands in a sentence of the language."""
    if isinstance(value, Said) and value.code:
        return translated(value, language)
    if isinstance(value, Named):
        return label_of(value.group, value.value, language)
    if isinstance(value, Many):
        return list_in(language, (shown(item, language) for item in value.items), value.by)
    if isinstance(value, int | float):  # a float is a likeness, from 0 to 1
        return number_in(language, value, 2 if isinstance(value, float) else 0)
    return isolated(str(value), language)
