"""What else a question may be asked with: other English names of what it names, each lighter than the user's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.taxonomy import Taxonomy
from corpus.thesaurus import Thesaurus
from index.analyzer import terms
from search.recognise import LANGUAGES, Found, lexicon

# Shares of the weight of a user's own word; benchmarks/README.md has the run that chose them.
WEIGHTS = {"place": 0.5, "taxonomy": 0.5, "thesaurus": 0.25}
# More names than these of one concept are spelling variants and rarities.
_NAMES = 6
_SCRIPTS = (("ar", "؀-ۿ"), ("ru", "Ѐ-ӿ"), ("zh", "㐀-鿿"))
_KANA = re.compile("[\u3040-\u30ff]")
# Latin script, language unknown: another language than English must explain more than half of the letters.
_LATIN = ("en", "fr", "es", "pt")
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of the user, the English name of what they mean, and the other English wordings, as index terms."""

    asked: str
    start: int
    end: int
    meant: str
    terms: tuple[tuple[str, ...], ...]
    weight: float
    source: str  # "place", "taxonomy" or "thesaurus": the last is shown with its attribution
    bridge: bool  # the user's words are not English: `meant` carries their meaning


def expand(
    text: str, language: str | None, taxonomy: Taxonomy, thesaurus: Thesaurus | None
) -> tuple[Expansion, ...]:
    """What `text` names, with the words that it did not use; `language` None: taken from script and words."""
    code, found = _recognised(text, language, taxonomy, thesaurus)
    own = frozenset(terms(text, "en"))
    return tuple(entry for item in found if (entry := _expansion(text, item, code != "en", own)) is not None)


def bridged_text(text: str, expansions: Sequence[Expansion]) -> str | None:
    """A reading of a question in English: what was recognised in it, and its numbers, in order; None for nothing."""
    del text
    meant = [expansion.meant for expansion in expansions if expansion.bridge]
    return " ".join(dict.fromkeys(meant)) or None


def _expansion(text: str, found: Found, bridge: bool, own: frozenset[str]) -> Expansion | None:
    asked, names = text[found.start : found.end], found.meaning.names
    wordings = (tuple(terms(name, "en")) for name in names[:_NAMES])
    others = tuple(dict.fromkeys(w for w in wordings if w and not own.issuperset(w)))
    source = found.meaning.source
    # One word of a thesaurus of everything means much in a question: "space" is not outer space.
    if not bridge and (not others or (source == "thesaurus" and len(terms(asked, "en")) == 1)):
        return None
    return Expansion(asked, found.start, found.end, names[0], others, WEIGHTS[source], source, bridge)


def _recognised(
    text: str, language: str | None, taxonomy: Taxonomy, thesaurus: Thesaurus | None
) -> tuple[str, list[Found]]:
    """The language to read `text` in, and what it names in it."""
    readings = [(code, list(lexicon(code, taxonomy, thesaurus).find(text))) for code in _languages(text, language)]
    if not readings:
        return "en", []
    letters = sum(map(str.isalnum, text))
    best = max(readings, key=lambda reading: _covered(reading[1]))
    return best if len(readings) == 1 or _covered(best[1]) > _ENOUGH * letters else readings[0]


def _covered(found: Sequence[Found]) -> int:
    return sum(item.end - item.start for item in found)


def _languages(text: str, language: str | None) -> Iterator[str]:
    """The languages to try: the one whose script it is, else the one that is known, else all of Latin script."""
    if _KANA.search(text):
        return
    written = [code for code, letters in _SCRIPTS if re.search(f"[{letters}]", text)]
    yield from written or ((language,) if language in LANGUAGES else _LATIN if language is None else ())
