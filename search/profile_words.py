"""A city described in words: sizes, income, places, climate and themes, each by a documented rule or a name of ours.

Nothing is guessed: what no rule and no name covers is given back as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.errors import InvalidInput
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from corpus.text import clean, fold
from corpus.wording import Many, Named, Said, say
from index.analyzer import tokens
from index.stopwords import is_stop_word
from search.asked import Asked, Understood
from search.profile_rules import FILLERS, LANGUAGE, phrases_by_stems
from search.traits import CLIMATE_BANDS, PLACE, Context, known

MAX_LENGTH = 500
# "80,000", "80 000", "80k", "1.5 million"; smaller numbers are no populations.
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[.,\u00a0 ]\d{3})+|\d+(?:\.\d+)?)(?:\s*(k|thousand|m|million))?\b", re.IGNORECASE
)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}
_SMALLEST, _LARGEST = 500, 50_000_000
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A piece of the description that a name or a rule covers."""

    start: int
    end: int
    group: str
    value: str


def described(text: str) -> Asked:
    """The city that a text describes. Raises InvalidInput where nothing of it is understood."""
    text = clean(text).strip()
    if len(text) > MAX_LENGTH:
        raise InvalidInput(say("error.profile.long", length=len(text), most=MAX_LENGTH))
    phrases = [*_numbers(text)]
    phrases += _named(text, taken=[(phrase.start, phrase.end) for phrase in phrases])
    phrases.sort(key=lambda phrase: phrase.start)
    used = _used(phrases)
    context = _context(used)
    themes = tuple(dict.fromkeys(phrase.value for phrase in phrases if phrase.group == "theme"))
    if not known(context) and not themes:
        raise InvalidInput(say("error.profile", text=repr(text[:80])))
    return Asked(
        context=context,
        understood=tuple(
            Understood(text[p.start : p.end], _taken_for(p))
            for p in phrases
            if p in used.values() or p.group == "theme"
        ),
        not_understood=tuple(_rest(text, phrases, used)),
        themes=themes,
        about=", ".join(text[p.start : p.end] for p in phrases if p.group == "theme"),
    )


def _numbers(text: str) -> Iterator[_Phrase]:
    for match in _NUMBER.finditer(text):
        digits, times = match[1], _TIMES.get((match[2] or "").lower(), 1)
        grouped = re.fullmatch(r"\d{1,3}(?:[.,\u00a0 ]\d{3})+", digits) and times == 1
        value = float(re.sub(r"[.,\u00a0 ]", "", digits) if grouped else digits.replace(",", "")) * times
        if _SMALLEST <= value <= _LARGEST:
            yield _Phrase(*match.span(), "population", str(round(value)))


def _named(text: str, taken: list[tuple[int, int]]) -> Iterator[_Phrase]:
    """The names and rules that the words of a text match, the longest first at each word."""
    words = [t for t in tokens(text, LANGUAGE) if not any(a < t.end and t.start < b for a, b in taken)]
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - position), 0, -1):
            piece = words[position : position + length]
            if found := phrases_by_stems().get(tuple(token.term for token in piece)):
                yield _Phrase(piece[0].start, piece[-1].end, *found)
                break
        position += length


def _used(phrases: list[_Phrase]) -> dict[str, _Phrase]:
    """The phrase that counts for each group: the first; a number makes a word of size a word of kind at most."""
    used: dict[str, _Phrase] = {}
    for phrase in phrases:
        if phrase.group != "theme":
            used.setdefault(phrase.group, phrase)
    if "population" in used:
        used.pop("size", None)
    return used


def _context(used: Mapping[str, _Phrase]) -> Context:
    values = {group: phrase.value for group, phrase in used.items()}
    places = load_gazetteer()
    country = places.countries.get(values.get("country", ""))
    kind = values.get("kind")
    incomes = tuple(filter(None, values.get("income", "").split("|"))) or (
        (country.income,) if country and country.income else ()
    )
    return Context(
        id="",
        name=say("asked.described"),
        population=_population(values),
        unit=PLACE if kind in (None, "city") else kind,
        incomes=incomes,
        region=values.get("region") or (country.region if country else None),
        country=country.iso2 if country else None,
        kind=kind,
        climate=next((n for n, (_, band) in enumerate(CLIMATE_BANDS) if band == values.get("climate")), None),
        capital=True if "capital" in values else None,
        sources=dict.fromkeys(
            ("population", "income", "region", "country", "kind", "climate", "capital"), say("source.described")
        ),
    )


def _population(values: Mapping[str, str]) -> tuple[int, int] | None:
    if "population" in values:
        return int(values["population"]), int(values["population"])
    if "size" not in values:
        return None
    term = load_taxonomy().city_sizes.terms[values["size"]]
    return max(term.minimum or 0, _SMALLEST), (term.maximum or _LARGEST) - 1


def _taken_for(phrase: _Phrase) -> Said:
    if phrase.group == "income":
        groups = tuple(Named("income", group) for group in phrase.value.split("|"))
        return say("taken.income", groups=Many(groups, "or"))
    if phrase.group == "size":
        low, high = _population({"size": phrase.value}) or (0, 0)
        return say("taken.size", low=low, high=high)
    if phrase.group == "population":
        return say("taken.population", number=int(phrase.value))
    if phrase.group in ("region", "country", "theme"):
        return say(f"taken.{phrase.group}", name=Named(phrase.group, phrase.value))
    code = (
        "value.yes"
        if phrase.group == "capital"
        else f"{'unit' if phrase.group == 'kind' else 'climate'}.{phrase.value}"
    )
    return say(f"taken.{phrase.group}", value=say(code))


def _rest(text: str, phrases: list[_Phrase], used: Mapping[str, _Phrase]) -> Iterator[str]:
    """The words that nothing covers, and phrases for which another one already counts."""
    spans = [(phrase.start, phrase.end) for phrase in phrases]
    for token in tokens(text, LANGUAGE):
        word = text[token.start : token.end]
        covered = any(start < token.end and token.start < end for start, end in spans)
        if not covered and not is_stop_word(fold(word), LANGUAGE) and fold(word) not in FILLERS:
            yield word
    for phrase in phrases:
        harmless = phrase.group in ("theme", "kind") or (phrase.group == "size" and _holds(phrase, used))
        if phrase not in used.values() and not harmless:
            yield text[phrase.start : phrase.end]


def _holds(size: _Phrase, used: Mapping[str, _Phrase]) -> bool:
    """Whether a word of size agrees with the number that was given."""
    low, high = _population({"size": size.value}) or (0, 0)
    return "population" in used and low <= int(used["population"].value) <= high
