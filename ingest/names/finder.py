"""Where a text names a place: the longest names at word boundaries, written as names are written.

What a name means in its document is decided in ingest/meanings.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.models import City
from corpus.places import Doubt, Gazetteer, PlaceName, load_gazetteer
from ingest.names.forms import forms, plain

if TYPE_CHECKING:
    from ahocorasick import Automaton

# Scripts without spaces between words: a name may stand anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# and, then, in, to, as: written as one with the word that follows
_PREFIXED = re.compile(r"(?<!\w)[وفبلك]{1,2}$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean: a city's id or a country's ISO code ("" is neither), and the country it lies in."""

    place: str
    country: str
    doubt: Doubt
    elsewhere: tuple[str, ...]
    spelling: str

    @property
    def is_country(self) -> bool:
        """Whether it is a country, not a city."""
        return self.place != "" and self.place == self.country


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, with what it may mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]


def _key(text: str) -> str:
    # One character each, so that places in the key are places in the text.
    lower = text.lower()
    return (lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)).replace("-", " ")


class Finder:
    """Finds the names of a gazetteer in plain text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._automaton = _automaton(_meanings(gazetteer.names(), gazetteer))

    def find(self, text: str) -> list[Mention]:
        """The names in `text`, which must be `plain`: in order, none within another."""
        key = _key(text)
        found = [
            Mention(end + 1 - length, end + 1, written)
            for end, (length, meanings) in self._automaton.iter(key)
            if _is_bounded(key, end + 1 - length, end + 1)
            and (written := tuple(m for m in meanings if _is_written(m.spelling, text[end + 1 - length : end + 1])))
        ]
        found.sort(key=lambda mention: (mention.start, -mention.end))
        return list(_longest(found))


@cache
def load_finder() -> Finder:
    """The finder of the shipped gazetteer, built once."""
    return Finder(load_gazetteer())


def _longest(found: Iterable[Mention]) -> Iterator[Mention]:
    last = 0
    for mention in found:
        if mention.start >= last:
            last = mention.end
            yield mention


def _is_written(spelling: str, found: str) -> bool:
    # A name's capitals are capitals in the text: "cork floor" and "tell us" name no place.
    return all(b.isupper() for a, b in zip(spelling, found, strict=False) if a.isupper())


def _is_bounded(key: str, start: int, end: int) -> bool:
    after = key[end : end + 1]
    if _is_joined(after) and not (_UNSPACED.match(key[end - 1]) or _HANGUL.match(key[end - 1])):
        return False
    before = key[start - 1 : start] if start else ""
    if not _is_joined(before) or _UNSPACED.match(key[start]):
        return True
    return bool(_ARABIC.match(key[start]) and _PREFIXED.search(key[max(0, start - 3) : start]))


def _is_joined(char: str) -> bool:
    # A sum in US$ names no country.
    return bool(char) and (char.isalnum() or char in "_$" or unicodedata.category(char)[0] == "M")


def _automaton(meanings: dict[str, list[Meaning]]) -> Automaton:
    from ahocorasick import Automaton

    automaton = Automaton()
    for key, several in meanings.items():
        automaton.add_word(key, (len(key), tuple(several)))
    automaton.make_automaton()
    return automaton


def _meanings(names: Iterable[PlaceName], gazetteer: Gazetteer) -> dict[str, list[Meaning]]:
    table: dict[str, list[Meaning]] = {}
    declined: dict[str, list[Meaning]] = {}
    for name in names:
        if name.name and name.doubt is not Doubt.NEVER:
            for form in map(plain, (name.name, *forms(name.name))):
                meaning = _meaning(name, form, gazetteer.cities)
                into = table if form == plain(name.name) else declined
                into.setdefault(_key(form), []).append(meaning)
    # Hanoi in Russian is also a case of Ghana: a name as it stands comes first.
    return {**declined, **table}


def _meaning(name: PlaceName, form: str, cities: Mapping[str, City]) -> Meaning:
    city = cities.get(name.place)
    own = city.country if city else name.place
    # A name that is no place of ours but lies in one country only is a sign of that country.
    country = own or (name.elsewhere[0] if len(name.elsewhere) == 1 else "")
    return Meaning(name.place, country, name.doubt, name.elsewhere if own else (), form)
