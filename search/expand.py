"""What else a question may be asked with: other English names of what it names, each lighter than the user's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.taxonomy import Taxonomy
from corpus.text import fold
from corpus.thesaurus import Thesaurus
from index.analyzer import terms, tokens
from index.gloss import Read
from index.gloss import lexicon as lexicon_of
from index.stopwords import is_stop_word
from search.recognise import LANGUAGES, Found, lexicon

# Shares of the weight of a user's own word; benchmarks/README.md has the runs. From 0.5 on, questions of other
# collections lost by it.
WEIGHTS = {"place": 0.3, "taxonomy": 0.3, "thesaurus": 0.15}
# Where the user's own words are not English, these stand in their place.
BRIDGE_WEIGHTS = {"place": 0.8, "taxonomy": 0.8, "thesaurus": 0.6, "gloss": 0.5}
# More names than these of one concept are spelling variants and rarities.
_NAMES = 6
_SCRIPTS = (("ar", "[\u0600-\u06ff]"), ("ru", "[\u0400-\u04ff]"), ("zh", "[\u3400-\u9fff]"))
_KANA = re.compile("[\u3040-\u30ff]")
_NUMBER = re.compile(r"\d+")
# Latin script, language unknown: another language than English must explain more than half of the letters.
_LATIN = ("en", "fr", "es", "pt")
_ENOUGH = 0.5
_ENGLISH_SIGN = re.compile(r"\b(?:the|of|and|for|with|how|what|who|which|to|in|is|are)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of the user, the English name of what they mean, and the other English wordings, as index terms."""

    asked: str
    start: int
    end: int
    meant: str
    terms: tuple[tuple[str, ...], ...]  # none where the user's own words are all there is
    weight: float
    source: str  # "place", "taxonomy", "thesaurus" or "gloss": a thesaurus is shown with its attribution
    bridge: bool  # the user's words are not English: `meant` carries their meaning
    also: tuple[str, ...] = ()  # the wordings of `terms` as they are written


def expand(text: str, language: str | None, taxonomy: Taxonomy, thesaurus: Thesaurus | None) -> tuple[Expansion, ...]:
    """What `text` names, in order, with the wordings it did not use; a `language` of None is taken from the text."""
    code, found = _recognised(text, language, taxonomy, thesaurus)
    own = frozenset(terms(text, "en"))
    entries = (_expansion(text, item, own, bridge=code != "en") for item in found)
    return tuple(entry for entry in entries if entry is not None)


def glossed(text: str, language: str, found: Sequence[Expansion]) -> tuple[Expansion, ...]:
    """What was found in `text`, and word by word what the lexicon of its language says of the rest, in order."""
    taken = {at for expansion in found for at in range(expansion.start, expansion.end)}
    read = (word for word in lexicon_of(language).read(text) if taken.isdisjoint(range(word.start, word.end)))
    words = [_glossed(text, word) for word in read if word.english]
    return tuple(sorted([*found, *words], key=lambda expansion: expansion.start))


def _glossed(text: str, word: Read) -> Expansion:
    """The English words of a word as other wordings of it; a name or number is only read as it stands."""
    asked, meant = text[word.start : word.end], " ".join(word.english)
    wordings = {made: name for name in word.english if (made := _content(name))} if word.known else {}
    weight = BRIDGE_WEIGHTS["gloss"]
    terms_, also = tuple(wordings), tuple(wordings.values())
    return Expansion(asked, word.start, word.end, meant, terms_, weight, "gloss", True, also)


def bridged_text(text: str, expansions: Sequence[Expansion]) -> str | None:
    """A reading in English of a question in another language: what was recognised and its numbers; None for nothing."""
    meant = [(expansion.start, expansion.meant) for expansion in expansions if expansion.bridge]
    if not meant:
        return None
    taken = {at for expansion in expansions for at in range(expansion.start, expansion.end)}
    numbers = [(found.start(), found[0]) for found in _NUMBER.finditer(text) if found.start() not in taken]
    return " ".join(dict.fromkeys(words for _, words in sorted(meant + numbers)))


def bridged_share(text: str, expansions: Sequence[Expansion]) -> float:
    """How much of a question's letters the English reading stands for, from 0 to 1: its weight beside the question."""
    letters = sum(map(str.isalnum, text))
    read = sum(sum(map(str.isalnum, e.asked)) for e in expansions if e.bridge)
    return read / letters if letters else 0.0


def _expansion(text: str, found: Found, own: frozenset[str], bridge: bool) -> Expansion | None:
    asked, names, source = text[found.start : found.end], found.meaning.names, found.meaning.source
    wordings: dict[tuple[str, ...], str] = {}
    for name in names[:_NAMES]:
        if (made := _content(name)) and not own.issuperset(made):
            wordings.setdefault(made, name)
    others = tuple(wordings)
    # One word of a thesaurus of everything means much in a question: "space" is not outer space.
    if not bridge and (not others or (source == "thesaurus" and len(terms(asked, "en")) == 1)):
        return None
    weight = (BRIDGE_WEIGHTS if bridge else WEIGHTS)[source]
    return Expansion(asked, found.start, found.end, names[0], others, weight, source, bridge, tuple(wordings.values()))


def _content(name: str) -> tuple[str, ...]:
    """The terms of an English name but its function words: the "and" of two things is asked for by nobody."""
    found = tokens(name, "en")
    return tuple(t.term for t in found if not is_stop_word(fold(name[t.start : t.end]), "en"))


def _recognised(
    text: str, language: str | None, taxonomy: Taxonomy, thesaurus: Thesaurus | None
) -> tuple[str, list[Found]]:
    """The language to read `text` in, and what it names in it."""
    readings = [(code, list(lexicon(code, taxonomy, thesaurus).find(text))) for code in _languages(text, language)]
    if not readings:
        return "en", []
    best = max(readings, key=lambda reading: _covered(reading[1]))
    enough = len(readings) == 1 or _covered(best[1]) > _ENOUGH * sum(map(str.isalnum, text))
    return best if enough else readings[0]


def _covered(found: Sequence[Found]) -> int:
    return sum(item.end - item.start for item in found)


def _languages(text: str, language: str | None) -> Iterator[str]:
    """The languages to try: that of the script, else the one that is known, else all of Latin script."""
    if _KANA.search(text):
        return
    written = [code for code, letters in _SCRIPTS if re.search(letters, text)]
    if written:
        yield written[0]
    elif language is None:
        yield from ("en",) if _ENGLISH_SIGN.search(text) else _LATIN
    elif language in LANGUAGES:
        yield language
