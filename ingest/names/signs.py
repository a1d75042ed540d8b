"""Words beside a name that tell whether it is a place: "city of X" is, "X Street" and "Maria X" are not."""

from __future__ import annotations

import re

# How far back and ahead of a name its signs may stand; looking back costs by the character.
_BACK, _REACH = 24, 40
# Lower-case and accent-free, as ingest.names.finder.plain leaves them; ends where the name begins.
_CITY_BEFORE = re.compile(
    r"(?:\b(?:city|town|municipality|mayor|commune|district|county|inhabitants|people|residents|citizens) of"
    r"|\b(?:ville|commune|mairie|maire) d(?:e |')|\b(?:ciudad|municipio|alcald[ie]a?|ayuntamiento|intendencia) de"
    r"|\b(?:cidade|municipio|camara municipal) d[eoa]|\bstadt|\bгород[аеу]?|\bг\.|مدينة|بلدية|محافظة) ?$",
    re.IGNORECASE,
)
_CITY_AFTER = re.compile(
    r"[ -](?:(?:learning|smart|port|open|capital) )?"
    r"(?:city|town|council|county|municipality|municipal|district|commune|metropolitan|institute of learning)\b|市",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|near|around|across|throughout|en|em|au|в|во) $", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:university|college|bishop|duke|archdiocese|battle|treaty|declaration|convention|charter) of"
    r"|\b(?:universit[ey]|traite|declaration|convention|accords?) d(?:e |')"
    r"|\b(?:universidad|universidade|tratado) d[eo]"
    r"|\b(?:state|province|estado|provincia) (?:of|de)"
    r"|معاهدة|اتفاقية|اعلان|جامعة"
    r"|\b(?:rue|avenue|place|boulevard|quai) d(?:e |')|\b(?:calle|avenida|via|rua|ул\.|улица)) ?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"[ -](?:street|st\b\.?|road|rd\b|avenue|ave\b|lane|square|boulevard|terrace|drive|hotel|park|(?:state )?university"
    r"|united|fc|rovers|wanderers|(?:\w+ )?(?:treaty|declaration|alliance|pact|agreement|convention|framework|statement"
    r"|manifesto|protocol|consensus|round|process|communique|charter|call to action|criteria|principles))\b"
    r"|》?(?:条约|公约|宣言|大学|[东西南北中]?[路街])",
    re.IGNORECASE,
)
_STREET = re.compile(r"[ -](?:street|st\b\.?|road|rd\b|avenue|ave\b|lane|hotel)\b", re.IGNORECASE)
# A first name, an initial or a title before it, or initials, a year in brackets and the like after it.
_GIVEN_NAME = re.compile(r"(?:^|[^.!?:;\s•|] |[(\"“])(?:(?:Mr|Ms|Mrs|Dr|Prof)\.? |[A-Z]\. ?|([A-Z][\w'-]+) )$")
_SURNAME = re.compile(r" [A-Z][a-z]")
_AUTHOR = re.compile(r",? (?:[A-Z]\.|et al|\((?:19|20)\d\d)|, [A-Z]\.|'s (?:wife|husband|son|daughter)")
# Capitalised words that stand before places as well.
_NO_NAME = frozenset(
    word
    for line in (
        "across against and around at between both by central city county district downtown east eastern for from",
        "greater in inside lower metropolitan near new north northern of old outside san since south southern state",
        "than the through throughout to toward towards town upper urban visit welcome west western while with within",
        "without en de del dans sur pour depuis desde para con hacia la le ville ciudad municipio",
    )
    for word in line.split()
)


def is_no_city(text: str, start: int, end: int) -> bool:
    """Whether the name belongs to something else: a street, a university, a treaty, a wider area."""
    return bool(_NOT_AFTER.match(text, end, end + _REACH) or _NOT_BEFORE.search(text[max(0, start - _BACK) : start]))


def is_no_country(text: str, end: int) -> bool:
    """Whether the name that ends there is that of a street or a house."""
    return bool(_STREET.match(text, end, end + _REACH))


def is_person(text: str, start: int, end: int) -> bool:
    """Whether the name is the last of a person's names, by the word before it or the initials after it."""
    if _AUTHOR.match(text, end, end + _REACH):
        return True
    before = _GIVEN_NAME.search(text[max(0, start - _BACK) : start])
    return before is not None and (before[1] is None or before[1].lower() not in _NO_NAME)


def is_first_name(text: str, end: int) -> bool:
    """Whether another capitalised word follows the name that ends there, and none such as "City"."""
    return bool(_SURNAME.match(text, end) and not _CITY_AFTER.match(text, end, end + _REACH))


def is_city(text: str, start: int, end: int) -> bool:
    """Whether a word such as "city of" stands by the name."""
    before = text[max(0, start - _BACK) : start]
    return bool(_CITY_AFTER.match(text, end, end + _REACH) or _CITY_BEFORE.search(before))


def is_placed(text: str, start: int, end: int) -> bool:
    """Whether a preposition of place stands before the name, which is not all capitals."""
    return not text[start:end].isupper() and bool(_IN.search(text[max(0, start - _BACK) : start]))
