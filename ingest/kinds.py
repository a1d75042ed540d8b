"""What a passage is made of, by plain rules tried in this order; see benchmarks/kinds.py for how often they are right.

contents     dot leaders with page numbers; lines or numbered entries that end in rising page numbers; "Table 1 ...
             Table 2 ..." or words with pages, as in an index; no sentences under a heading such as "Contents"
boilerplate  about half of it or more are sentences on cookies, copyright or sharing, the words of a menu, or bare links
references   many marks of a bibliography for its length (years, initials, pages, links); fewer under "References"
list         most lines begin with a bullet or number
table        several cells a line, or hardly anything but numbers
heading      a few words that are no sentence
body         all the rest, so that a doubt never costs a text its rank
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from corpus.models import PassageKind
from corpus.text import fold
from ingest.kind_words import ANYWHERE, BOILERPLATE, CONTENTS_TITLES, MENU, REFERENCES_TITLES, plain_title

# Thresholds were set on one half of a labelled sample of real passages and measured on the other.
# Bibliographic marks for 100 words; running text that cites has 1 to 5, a list of works 9 to 40.
_LEAST, _LEAST_UNDER_TITLE = 8.0, 2.5
# Share of the words that are numbers in a table; running text full of figures stays below 0.25.
_NUMBERS = 0.33
# Share of a page's frame that is told by its phrases: the half of it or nearly so, for its sentences go in pairs.
_FRAMING = 0.4
# A heading has at most this many words; sentences this short are not prose either.
_HEADING_WORDS, _SENTENCE_WORDS = 12, 6

_WORD = re.compile(r"[\u3040-\u9fff]{1,2}|[^\W\d_\u3040-\u9fff]+|\d[\d.,]*")
_UNIT = re.compile(r"(?<=[.!?؟।])\s+|(?<=[。！？])|\n+")
_ENDS = re.compile(r"(?:[^\W_]{3}[\"”»’)]{0,3}[.!?:]|[。！？؟।])[\"”»’)]{0,3}$")
# `regex` is several times as fast as `re` on patterns that begin with a choice.
_END = 10  # letters that the end of a sentence takes at most
_LEADER = regex.compile(r"(?:[.·‥∙]\s?){4,}|(?:…[\s.]*){2,}|\.{3,}…")
_LED_PAGE = regex.compile(r"(?:(?:[.·‥∙]\s?){4,}|(?:…[\s.]*){2,})\s*(?:\d{1,3}|[ivxl]{1,6})\b|\.{3,}\d{1,3}\b")
_TAIL = re.compile(r"[^\W\d_].*?[\s\t.…]((?:\d{1,3})|[ivxl]{1,6})$")
_ENTRY = re.compile(r"(?<=\D\D\D\s)(\d{1,3})\s+(?=(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.?)\s[^\W\d_])")
_CAPTIONS = regex.compile(
    r"\b(?:table|figure|box|map|tableau|encadré|cuadro|tabla|gráfico|таблица|рисунок)\s?(?:n[o°]\.?\s?)?([IVX\d][\d.-]*)"
    r"|[表图]\s?(\d[\d.-]*)|(?:جدول|شكل)\s?(\d+)",
    regex.IGNORECASE,
)
_INDEX = regex.compile(r"[^\W\d_], \d{1,3}(?:[–-]\d{1,3})?(?:, \d{1,3}(?:[–-]\d{1,3})?)*(?![\d.,%])")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\bdoi\s?:?\s?10\.\S+|\b[\w-]{1,60}\.(?:org|com|net|gov|edu|int)/\S*", re.IGNORECASE
)
# What a bibliography has many of: years, names with initials, pages and volumes, publishers and types, dates of access.
_MARKS = (
    # A year in brackets before a title; "Benn (2009) found" is running text.
    regex.compile(
        r"[(（](?:(?:19|20)\d\d[a-z]?|n\.d\.|s\.f\.)[)）](?=[.:،。]|,?\s[“\"«‘A-ZÀ-ÞА-Я]|$)"
        r"|[,.،] ?(?:19|20)\d\d[a-z]?[.,;:،]"
    ),
    regex.compile(
        r"\b[^\W\d_a-z][^\W\d_]{1,30},? (?:[^\W\d_a-z]\.[ -]?){1,3}(?=[,;(&\s])|\bet al\b|^\[\d{1,3}\]", regex.MULTILINE
    ),
    regex.compile(
        r"\b(?:pp?|vol|no|[СсТт№ص])\.? ?\d+|\b\d+ ?\(\d+\)[:,]|(?<![\d.])\d+[–-]\d+[.,;](?!\d)|ص ?ص ?\.? ?\d+"
        r"|\b(?:OJ|JO|DO) [LC] ?\d+"
    ),
    regex.compile(
        r"\b(?:isbn|issn|eds?\.|éds?\.|coords?\.|(?:press|verlag|publishers|دار)\b)|\[[jmdcnrz](?:/ol)?\]|//",
        regex.IGNORECASE,
    ),
    regex.compile(
        r"\b(?:retrieved|accessed|available (?:at|from|online)|consulté le|disponible (?:en|sur|à)|recuperado de"
        r"|consultado|режим доступа|дата обращения|متاح|تاريخ الاطلاع)|访问日期|检索",
        regex.IGNORECASE,
    ),
)
_NUMBER = re.compile(r"\W{0,3}\d[\d.,%/–-]{0,15}\W{0,3}")
_BULLET = re.compile(r"(?:[•▪◦●■□‣∙*✓➢]|[–—-](?=\s)|o(?=\s)|\(?(?:[ivx]{1,4}|\d{1,2}|[a-zа-я])[.)](?=\s))\s*\S")
_INLINE_BULLET = re.compile(r"[•▪◦●■□‣➢]\s*\w")
_SEPARATORS = re.compile(r"\s*[|›»·•/\n]\s*|\s{2,}")


@lru_cache(maxsize=256)  # a paragraph that becomes a passage as it stands is asked about twice
def kind_of(text: str, section: tuple[str, ...] = ()) -> PassageKind:
    """What a passage is made of, by its own text and the heading it stands under."""
    units = [unit.strip() for unit in _UNIT.split(text) if unit.strip()]
    words = len(_WORD.findall(text))
    titles = {plain_title(title) for title in (*section[-1:], *text.strip().split("\n")[:1])}
    if _is_contents(text, units, words, titled=bool(titles & CONTENTS_TITLES)):
        return PassageKind.CONTENTS
    if _is_boilerplate(text, units):
        return PassageKind.BOILERPLATE
    if _is_references(text, titled=bool(titles & REFERENCES_TITLES)):
        return PassageKind.REFERENCES
    if _is_list(text):
        return PassageKind.LIST
    if _is_table(text, units):
        return PassageKind.TABLE
    if 0 < words <= _HEADING_WORDS and "\n\n" not in text.strip() and not _ENDS.search(text.strip()):
        return PassageKind.HEADING
    return PassageKind.BODY


def _is_contents(text: str, units: Sequence[str], words: int, titled: bool) -> bool:
    if (led := len(_LED_PAGE.findall(text))) and led >= words / 40:
        return True
    leaders = sum(len(found) for found in _LEADER.findall(text))
    if leaders >= 0.2 * len(text) and re.search(r"\d", text):
        return True
    if _prose(units, words) > 0.3:
        return False
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    tails = [tail[1] for line in lines if (tail := _TAIL.match(line))]
    if len(tails) >= max(3, 0.6 * len(lines)) and _rising(tails) and not _is_list(text):
        return True
    entries = _ENTRY.findall(text)
    captions = ["".join(found) for found in _CAPTIONS.findall(text)]
    listed = _rising(entries) and len(entries) >= max(3, words / 25)
    captioned = len(set(captions)) >= max(3, words / 30)
    indexed = len(_INDEX.findall(text)) >= max(6, words / 6)
    return listed or captioned or indexed or (titled and words > 0)


def _prose(units: Sequence[str], words: int) -> float:
    """Share of the words that stand in whole sentences."""
    whole = (len(_WORD.findall(unit)) for unit in units if _ENDS.search(unit[-_END:]) and not _LEADER.search(unit))
    return sum(count for count in whole if count >= _SENTENCE_WORDS) / max(1, words)


def _rising(pages: Sequence[str]) -> bool:
    """Whether page numbers go up, as they do in contents and hardly ever in a table; Roman ones are let pass."""
    numbers = [int(page) for page in pages if page.isdecimal()]
    steps = sum(a <= b for a, b in pairwise(numbers))
    return len(numbers) >= 2 and numbers[-1] > numbers[0] and steps >= 0.8 * (len(numbers) - 1)


def _is_boilerplate(text: str, units: Sequence[str]) -> bool:
    # Hardly any text holds such a phrase: one look at the whole spares a look at each sentence.
    framed = ANYWHERE.search(fold(text))
    framing = sum(len(unit) for unit in units if BOILERPLATE.search(fold(unit))) if framed else 0
    items = [fold(item) for item in _SEPARATORS.split(text.strip()) if item]
    menu = sum(item in MENU for item in items)
    if framing >= _FRAMING * sum(map(len, units)) > 0 or (len(items) >= 3 and menu >= 0.6 * len(items)):
        return True
    # A bare link, or links with a word or two each, leads elsewhere and names no work.
    links = _links(text)
    return bool(links) and len(_WORD.findall(_LINK.sub(" ", text))) <= 2 * len(links)


def _links(text: str) -> list[str]:
    lower = text.lower()
    # Every form of a link holds one of these: most text is spared the search.
    return _LINK.findall(text) if "/" in text or "www." in lower or "doi" in lower else []


def _is_references(text: str, titled: bool) -> bool:
    links = _links(text)
    rest = _LINK.sub(" ", text) if links else text
    counts = [len(links), *(len(kind.findall(rest)) for kind in _MARKS)]
    # Only the words beside the links count: the parts of an address would be many.
    density = 100 * sum(counts) / max(1, len(_WORD.findall(rest)))
    if titled or sum(map(len, links)) >= 0.5 * len(text):
        return density >= _LEAST_UNDER_TITLE
    least = _LEAST if sum(counts) >= 3 else 1.5 * _LEAST
    if 4 * sum(counts[1:]) < len(links):  # links to goods: those to works stand beside names, years and pages
        return False
    return sum(count > 0 for count in counts) >= 2 and density >= least


def _is_table(text: str, units: Sequence[str]) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if sum(line.count(" | ") > 0 or "\t" in line for line in lines) >= max(2, 0.6 * len(lines)):
        return True
    found = text.split()
    numbers = sum(bool(_NUMBER.fullmatch(word)) for word in found)
    return len(found) >= 8 and numbers >= _NUMBERS * len(found) and _prose(units, len(found)) < 0.3


def _is_list(text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    marked = sum(bool(_BULLET.match(line)) for line in lines)
    led = marked >= 3 or (marked > 0 and marked >= 0.5 * len(lines))
    return led or len(_INLINE_BULLET.findall(text)) >= 2
