"""What files say about themselves (title, names, language, year), freed of what software fills in: one set of rules."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.text import clean, squeeze

_YEAR = r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)"
# As PDF writes dates: D:20150312093000+01'00'.
_COMPACT = re.compile(r"^\s*(?:D:)?(19[5-9]\d|20\d\d)(?=[01]\d)")
_ENDING = r"(?:docx?|indd|pdf|qxd|qxp|pptx?|odt|odp|rtf|xlsx?|pub|wpd|pages|tex|dvi|ps|html?)"
_MADE_BY_SOFTWARE = re.compile(
    rf"\.{_ENDING}$|^microsoft (?:word|powerpoint)|^powerpoint presentation|^untitled|^title of |"
    r"^(?:word document|document|doc|presentation|slide|layout|model|title|unknown|cover|print|sans titre)[ _-]?\d*$|"
    # a path, an address, a name with underscores for spaces, a code of letters and digits
    r"^(?:file|https?):|\\|^(?=\S*_)\S+$|^(?=(?:\D*\d){4})[^\s]+$",
    re.IGNORECASE,
)
# What software puts in when nobody told it a name; the last word of "PAHO LAN USER" is enough.
_NOBODY = re.compile(
    r"(?:.*\b)?(?:user|admin(?:istrator)?|owner|author|utilisateur|usuario|пользователь)\W*\d*|.*用户|\W*|\d+|"
    r"\W*(?:anonymous|unknown|microsoft(?: office)?|windows|python-docx|calibre|hp|dell|lenovo|acer|asus|toshiba)\W*",
    re.IGNORECASE | re.DOTALL,
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|f[ée]v|avr|mai|juin|juil|ao[uû]|d[ée]c|ene|abr|ago|set|dic|"
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w*\.?"
)
_PUBLISHED = re.compile(rf"\b(?:(?:First p|P)ublished|Republished|Publiée?|Publicad[oa])\b\D{{0,60}}{_YEAR}")
# Of "© UNESCO 2012" and "© 2010-2012 UNESCO" the last year.
_COPYRIGHT = re.compile(rf"(?:©|\bcopyright\b)\D{{0,60}}(?:\d{{4}}\s*[-–,]\s*)?{_YEAR}", re.IGNORECASE)
# A line of its own: "July 2012", "Paris, 12 July 2012", "July 12, 2012", "2012-07", "Lisbon, 1997", "2012年7月".
_DATED = re.compile(
    rf"(?:[^\d,]{{2,30}}, ?)?(?:\d{{1,2}}\.? ?(?:de )?)?{_MONTH}(?: \d{{1,2}})?,?(?: de)? {_YEAR}"
    rf"|{_YEAR}-[01]\d(?:-\d\d)?|[^\W\d][^\d,]{{1,30}}, ?{_YEAR}|{_YEAR} ?年.{{0,12}}",
    re.IGNORECASE,
)


def good_title(value: str | None) -> str | None:
    """The title, unless it is a file's name or a word that software put there."""
    title = squeeze(clean(value or ""))
    letters = sum(char.isalpha() for char in title)
    return title if letters >= 2 and not _MADE_BY_SOFTWARE.search(title) else None


def good_names(values: Iterable[str | None]) -> tuple[str, ...]:
    """The names of people and organisations, each once, without those that name nobody; `;` parts names."""
    names = (squeeze(clean(name)) for value in values for name in (value or "").split(";"))
    return tuple(dict.fromkeys(name for name in names if not _NOBODY.fullmatch(name)))


def language_code(value: str | None) -> str | None:
    """The language of a tag such as fr-CA; what is no tag is unknown."""
    code = re.split("[-_]", value or "")[0].strip().lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) and code != "und" else None


def year_of(value: str | None) -> int | None:
    """The first year from 1950 on in a date of any form."""
    found = _COMPACT.search(value or "") or re.search(_YEAR, value or "")
    return int(found[1]) if found else None


def printed_year(lines: Iterable[str], made: int | None = None) -> int | None:
    """The year of publication that stands on the first pages; none after `made`, the year of the file.

    "Published in 2012" says it; else it is the latest of the copyrights and of the dates that have a line of their own.
    """
    published, dated = [], []
    for line in (line[:300].strip() for line in lines):
        published += _years(_PUBLISHED.search(line), made)
        dated += _years(_COPYRIGHT.search(line), made) + _years(_DATED.fullmatch(line), made)
    return max(published or dated, default=None)


def _years(found: re.Match[str] | None, made: int | None) -> list[int]:
    years = [int(year) for year in found.groups() if year] if found else []
    # A file may be finished in December for January; a "2030" is an agenda.
    return [year for year in years if made is None or year <= made + 1]
