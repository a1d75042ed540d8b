"""What files declare about themselves (title, authors, language, year), freed of what software fills in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.text import clean, squeeze

_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
_MADE_BY_SOFTWARE = re.compile(
    r"\.(docx?|indd|pdf|qxd|pptx?|odt|rtf)$|^microsoft word|^word document$|^untitled|^(document|title|unknown)$",
    re.IGNORECASE,
)
# What software puts in when nobody told it a name.
_NOBODY = re.compile(
    r"\W*(anonymous|unknown|(microsoft office |windows )?user|admin(istrator)?|owner|author|python-docx|calibre)\W*",
    re.IGNORECASE,
)


def good_title(value: str | None) -> str | None:
    """The title, unless it is a file's name or a word that software put there."""
    title = squeeze(clean(value or ""))
    return title if len(title) >= 2 and not _MADE_BY_SOFTWARE.search(title) else None


def good_names(values: Iterable[str | None]) -> tuple[str, ...]:
    """The names of people and organisations, each once, without those that name nobody."""
    names = (squeeze(clean(value or "")) for value in values)
    return tuple(dict.fromkeys(name for name in names if name and not _NOBODY.fullmatch(name)))


def language_code(value: str | None) -> str | None:
    """The language of a tag such as fr-CA; what is no tag is unknown."""
    code = re.split("[-_]", value or "")[0].strip().lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code != "und" else None


def year_of(value: str | None) -> int | None:
    """The first year from 1950 on in a date of any form."""
    found = _YEAR.search(value or "")
    return int(found[1]) if found else None
