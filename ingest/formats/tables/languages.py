"""Languages as tables name them: by code, by name in the six UN languages, or by their own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from corpus.text import fold

_IN_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")


def language_of(name: str) -> str | None:
    """The ISO 639-1 code of a language by its code, its tag or its name in one of the six languages or its own."""
    plain = fold(_IN_BRACKETS.sub("", name)).strip()
    tag = re.split("[-_]", plain)[0]
    code: str = get_global("language_aliases").get(tag, tag)
    if re.fullmatch("[a-z]{2,3}", code) and code in _language_codes():
        return code
    return _language_names().get(plain) or _own_names().get(plain)


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(_language_names().values())


@cache
def _language_names() -> Mapping[str, str]:
    locales = [Locale(code) for code in ("ar", "zh", "fr", "ru", "es", "en")]
    return {fold(n): code for one in locales for code, n in one.languages.items() if re.fullmatch("[a-z]{2,3}", code)}


@cache
def _own_names() -> Mapping[str, str]:
    own = {code: Locale(code).languages.get(code) for code in locale_identifiers() if re.fullmatch("[a-z]{2}", code)}
    return {fold(name): code for code, name in own.items() if name}
