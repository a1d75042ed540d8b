"""The parallel text: what is learned from, what is left out, and what is held out to choose weights on."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import regex

from corpus.places import load_gazetteer, read_names
from corpus.taxonomy import load_taxonomy

LANGUAGES = ("ar", "es", "fr", "pt", "ru", "zh")
# May be used for research, not given on.
RESEARCH = ("newstest", "multi30k")
# Of the largest sources, everyday sentences and technical prose, so many English sides are encoded: those met in most
# languages first, the others drawn. Arabic keeps all: it has least.
_LARGEST = ((("tatoeba", "tatoeba-anki"), 90_000), (("python-docs-es", "python-docs-fr", "python-docs-zh-cn"), 8_000))
_LONGEST = 400
# Sources of words rather than sentences.
DICTIONARIES = ("freedict", "cc-cedict")
# Consecutive lines of texts in all languages, whose last part is kept for choosing weights.
HELD_OUT = {"ntrex-train": 600, "tico19": 1400}
_SCRIPTS = {"ar": regex.compile(r"\p{Arabic}"), "ru": regex.compile(r"\p{Cyrillic}"), "zh": regex.compile(r"\p{Han}")}


class Pair(NamedTuple):
    """A text in English and in another language, and where it is from."""

    english: str
    other: str
    source: str


def read(folder: Path, language: str) -> list[Pair]:
    """All pairs of a language, in the order of the file."""
    with lzma.open(folder / f"{language}.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return [Pair(e, o, source.rpartition(":")[2]) for e, o, source in rows if len(e) <= _LONGEST]


def split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """What to learn from, and what is held out: the last lines of the sources named for it."""
    seen: Counter[str] = Counter()
    learned: list[Pair] = []
    held: list[Pair] = []
    for pair in pairs:
        seen[pair.source] += 1
        late = seen[pair.source] > HELD_OUT.get(pair.source, len(pairs))
        (held if late else learned).append(pair)
    return learned, held


def chosen(folder: Path, research: bool) -> tuple[dict[str, list[Pair]], dict[str, list[Pair]]]:
    """By language the pairs to learn from and those held out; no English side is in both."""
    parts = {language: split([*own(language), *read(folder, language)]) for language in LANGUAGES}
    held = {language: late for language, (_, late) in parts.items()}
    kept_out = {pair.english for late in held.values() for pair in late}
    learned = {
        language: [
            p for p in dict.fromkeys(early) if p.english not in kept_out and (research or p.source not in RESEARCH)
        ]
        for language, (early, _) in parts.items()
    }
    return learned, held


def encoded(learned: Mapping[str, Sequence[Pair]]) -> list[Pair]:
    """Those of the pairs that the encoder learns from: a part of the largest sources."""
    dropped = _dropped([pairs for language, pairs in learned.items() if language != "ar"])
    return [
        pair for language, pairs in learned.items() for pair in pairs if language == "ar" or pair.english not in dropped
    ]


def _dropped(parts: Sequence[Sequence[Pair]]) -> set[str]:
    """The English sides of the largest sources beyond as many as are kept of each."""
    dropped: set[str] = set()
    for sources, kept in _LARGEST:
        met = Counter(english for part in parts for english in {p.english for p in part if p.source in sources})
        dropped.update(sorted(met, key=lambda text: (-met[text], crc32(text.encode())))[kept:])
    return dropped


def own(language: str) -> Iterator[Pair]:
    """Pairs of the house's own vocabularies: labels and synonyms, countries and cities."""
    taxonomy, gazetteer = load_taxonomy(), load_gazetteer()
    for vocabulary in (taxonomy.themes, taxonomy.sdgs, taxonomy.target_groups, taxonomy.concepts):
        for term in vocabulary.terms.values():
            names = [term.labels.get(language), *term.synonyms.get(language, ())]
            yield from (Pair(term.labels["en"], name, "taxonomy") for name in names if name)
    english = {key: city.name for key, city in gazetteer.cities.items()}
    english |= {key: country.name for key, country in gazetteer.countries.items()}
    for name in read_names():
        if language in _SCRIPTS and _SCRIPTS[language].search(name.name) and name.place in english:
            yield Pair(english[name.place], name.name, "places")
