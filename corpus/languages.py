"""The six languages of the interface: their catalogues of sentences, and how each writes numbers, dates and lists."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale

MESSAGES = Path(__file__).with_name("messages")
ENGLISH: Final = "en"
# The six of the United Nations, each by the name that its readers know.
LANGUAGES: Mapping[str, str] = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
RIGHT_TO_LEFT = frozenset({"ar"})
# Around a word of another script, so that it does not turn the sentence about (Unicode: first strong isolate).
_ISOLATED = "\u2068{}\u2069"
Entry = str | Mapping[str, str]


@cache
def catalogue(language: str) -> Mapping[str, Entry]:
    """The sentences of a language by code; one that depends on a number is a table of its plural forms."""
    return tomllib.loads((MESSAGES / f"{language}.toml").read_text(encoding="utf-8"))


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def isolated(text: str, language: str) -> str:
    """A piece of other text as it may stand in a sentence of the language."""
    return _ISOLATED.format(text) if language in RIGHT_TO_LEFT else text


def plural_of(number: float, language: str) -> str:
    """The plural form that a number takes: one, few, many, other ... as CLDR has them."""
    if language == ENGLISH:  # a command in the terminal should not wait for babel
        return "one" if number == 1 else "other"
    return str(_locale(language).plural_form(number))


def number_in(language: str, value: float, decimals: int = 0) -> str:
    """A number as the language groups and marks it."""
    if language == ENGLISH:
        return f"{value:,.{decimals}f}"
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0" + ("." + "0" * decimals if decimals else ""), locale=_locale(language))


def percent_in(language: str, share: float) -> str:
    """A share from 0 to 1 as a whole percentage."""
    if language == ENGLISH:
        return f"{share:.0%}"
    from babel.numbers import format_percent

    return format_percent(share, "#,##0%" if language != "fr" else None, locale=_locale(language))


def date_in(language: str, day: date) -> str:
    """A day written out."""
    from babel.dates import format_date

    return format_date(day, "long", locale=_locale(language))


def list_in(language: str, items: Iterable[str], by: str = "comma") -> str:
    """Items in a row, parted by `comma`, `semicolon`, `or`, `and`."""
    return str(catalogue(language)[f"list.{by}"]).join(items)


def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language)
