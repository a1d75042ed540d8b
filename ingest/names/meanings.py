"""Which place a name means in its document: sure names at once, doubtful ones by the countries named around them.

A name that other places bear means the one whose country stands nearest, next to it, in its passage or in the document,
and none where nothing tells. A name that is also a word needs a sign at one place of the document ("city of Cork",
"in Cork", its country beside it); then it has one sense throughout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.places import Doubt
from ingest.names.finder import Finder, Meaning, Mention
from ingest.names.forms import plain
from ingest.names.signs import is_city, is_first_name, is_no_city, is_no_country, is_person, is_placed

# Characters between two names that stand side by side (", " or " and ") and in one sentence.
_BESIDE, _NEAR = 5, 80
# Another country named this often, and the own one never, says that the namesake there is meant.
_OFTEN = 3
# A country named this many times less often than the most named one says nothing of a name far from it.
_RARE = 5


@dataclass(frozen=True, slots=True)
class _Clue:
    start: int
    end: int
    country: str
    is_certain: bool  # no namesake lies in another country

    def gap(self, mention: Mention) -> int:
        return max(self.start - mention.end, mention.start - self.end)


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    mentions: list[Mention]
    clues: list[_Clue]
    has_words: bool


def named_places(texts: Sequence[str], finder: Finder, countries: Iterable[str] = ()) -> list[list[str]]:
    """The ids and ISO codes of the places that each text of one document names, one for each time it is named.

    `countries` are those that the document is known to be about.
    """
    read = [_read(text, finder) for text in texts]
    everywhere = Counter(clue.country for text in read for clue in text.clues if clue.is_certain)
    everywhere.update(countries)
    certain: set[str] = set()
    named = [[_decide(mention, text, everywhere, certain) for mention in text.mentions] for text in read]
    # What stood in doubt may since have been told by a sign.
    named = [
        [_decide(mention, text, everywhere, certain) for mention in text.mentions] if text.has_words else places
        for text, places in zip(read, named, strict=True)
    ]
    return [[place for place in places if place] for places in named]


def _read(text: str, finder: Finder) -> _Text:
    text = plain(text)
    mentions = finder.find(text)
    clues = [
        _Clue(mention.start, mention.end, meaning.country, not meaning.elsewhere)
        for mention in mentions
        for meaning in mention.meanings
        if meaning.country and meaning.doubt is Doubt.NONE
    ]
    has_words = any(meaning.doubt is Doubt.WORD for mention in mentions for meaning in mention.meanings)
    return _Text(text, mentions, clues, has_words)


def _decide(mention: Mention, text: _Text, everywhere: Counter[str], certain: set[str]) -> str:
    """The place that a name means here, "" where that is not plain; adds to `certain` what is plain."""
    meanings = [m for m in mention.meanings if m.place and not _is_refused(m, mention, text.text)]
    span = (text.text, mention.start, mention.end)
    sure = [m for m in meanings if m.doubt is Doubt.NONE]
    cities = [m for m in meanings if not m.is_country and m.doubt is not Doubt.NONE]
    meaning: Meaning | None
    if sure and len(cities) == 1 and is_city(*span):
        meaning = cities[0]
    elif sure:
        meaning = None if _lies_elsewhere(sure[0], mention, text, everywhere) else sure[0]
    else:
        meaning = _likeliest(meanings, mention, text, everywhere)
    if meaning is None:
        return ""
    is_told = meaning.doubt is not Doubt.WORD or meaning.place in certain
    if not (is_told or is_city(*span) or is_placed(*span) or _is_backed(meaning, mention, text)):
        return ""
    certain.add(meaning.place)
    return meaning.place


def _is_refused(meaning: Meaning, mention: Mention, text: str) -> bool:
    span = (text, mention.start, mention.end)
    if is_no_country(text, mention.end) if meaning.is_country else is_no_city(*span):
        return True
    if meaning.doubt is Doubt.WORD and is_first_name(text, mention.end):
        return True
    return meaning.doubt is not Doubt.NONE and is_person(*span)


def _lies_elsewhere(meaning: Meaning, mention: Mention, text: _Text, everywhere: Counter[str]) -> bool:
    """Whether a country with a namesake follows at once ("Bristol, Connecticut"), or is all that the document names."""
    if not meaning.elsewhere:
        return False
    beside = [clue for clue in text.clues if clue.country in meaning.elsewhere]
    if any(0 < clue.start - mention.end < _BESIDE for clue in beside):
        return True
    return not everywhere[meaning.country] and max(everywhere[country] for country in meaning.elsewhere) >= _OFTEN


def _likeliest(meanings: Sequence[Meaning], mention: Mention, text: _Text, everywhere: Counter[str]) -> Meaning | None:
    """The meaning whose country stands nearest; of a single word that nothing speaks against, that one."""
    for meaning in meanings:
        if meaning.is_country and meaning.doubt is Doubt.WORD and _is_listed(meaning, mention, text):
            return meaning
    countries = {m.country for m in meanings}.union(*(m.elsewhere for m in meanings))
    standing = {country: _standing(country, mention, text, everywhere) for country in countries}
    best = max(standing.values(), default=(0, 0, 0, 0))
    if any(best):
        nearest = [country for country in countries if standing[country] == best]
        meanings = [m for m in meanings if [m.country] == nearest]
    elif not is_city(text.text, mention.start, mention.end):
        meanings = [m for m in meanings if m.doubt is Doubt.WORD]
    return meanings[0] if len({m.place for m in meanings}) == 1 else None


def _standing(country: str, mention: Mention, text: _Text, everywhere: Counter[str]) -> tuple[int, int, int, int]:
    gaps = [clue.gap(mention) for clue in text.clues if clue.country == country]
    closest = min(gaps, default=_NEAR)
    # Beside a country that the whole document is about, a word on another one tells little.
    told = everywhere[country] if everywhere[country] * _RARE >= max(everywhere.values(), default=0) else 0
    return closest < _BESIDE, closest < _NEAR, bool(gaps), told


def _is_backed(meaning: Meaning, mention: Mention, text: _Text) -> bool:
    """Whether the place's country stands near; for a country another one, as countries are named together."""
    return any(
        clue.gap(mention) < _NEAR and (clue.country == meaning.country or _is_neighbour(clue, meaning))
        for clue in text.clues
    )


def _is_listed(meaning: Meaning, mention: Mention, text: _Text) -> bool:
    """Whether other countries stand beside it, as in "Armenia, Georgia and Ukraine"."""
    return any(clue.gap(mention) <= _BESIDE and _is_neighbour(clue, meaning) for clue in text.clues)


def _is_neighbour(clue: _Clue, meaning: Meaning) -> bool:
    return meaning.is_country and clue.country not in (meaning.country, *meaning.elsewhere)
