"""What a question names: places, concepts of the taxonomy and of a thesaurus, found by any of their names.

Names are compared as stems of one language; text without spaces is compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import regex

from corpus.places import Doubt, load_gazetteer
from corpus.taxonomy import Taxonomy
from corpus.text import fold
from corpus.thesaurus import Thesaurus
from index.analyzer import Token, terms, tokens

# Words that join the words of a name and may differ from how a question joins them.
_JOINTS = {
    "ar": "في من على الى إلى عن",
    "en": "of the for and in to a an",
    "es": "de del la el las los y e en a al para por",
    "fr": "de des du d la le les l à aux au en et pour par dans",
    "pt": "de do da dos das o a os as e em no na nos nas para por ao à",
    "ru": "и в во на для по о об с со из к",
    "zh": "的 和 与 及",
}
LANGUAGES = tuple(_JOINTS)
_JOINT_WORDS = {code: frozenset(fold(word) for word in words.split()) for code, words in _JOINTS.items()}
# Acronyms whose small letters are another word: these are meant only where they stand in capitals.
_SMALL = "abe ale edd eds ia ila idp its odd ods pme sen stem steam tic vae vet wash"
_ALSO_WORDS = frozenset(_SMALL.split())
# و ف and ب ل ك, with and without the article: "and", "so", "in", "to", "as" are written onto an Arabic word.
_ARABIC_PREFIXES = ("وال", "فال", "بال", "كال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "ك")
_RUSSIAN_ENDINGS = "аеиоуыэюяйь"
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_LATIN = regex.compile(r"\p{Latin}")
_SCRIPT = {"ar": regex.compile(r"\p{Arabic}"), "ru": regex.compile(r"\p{Cyrillic}"), "zh": regex.compile(r"\p{Han}")}
_BREAK = re.compile(r"[.,;:?!()\[\]…،؛؟。，、；：？！（）]")
# A longer name is a sentence, and no question holds it.
_LONGEST = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: where that is known from, and all its English names, the one to show first."""

    source: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text that names something."""

    meaning: Meaning
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word in the forms it may be compared in, and whether a mark parts it from the word before."""

    forms: tuple[str, ...]
    start: int
    end: int
    parted: bool


@dataclass(frozen=True, slots=True)
class _Name:
    key: tuple[str, ...]
    written: str
    meaning: Meaning
    strict: bool  # an acronym that counts in capitals only
    close: bool  # a word for which its stem is too little

    def fits(self, units: list[_Unit], at: int, text: str) -> bool:
        found = units[at : at + len(self.key)]
        if len(found) < len(self.key) or any(unit.parted for unit in found[1:]):
            return False
        if not all(part in unit.forms for part, unit in zip(self.key, found, strict=True)):
            return False
        written = text[found[0].start : found[-1].end]
        if self.strict and text.isupper() and len(units) > len(self.key):
            return False  # all in capitals: nothing tells an acronym from a word
        return (not self.strict or written == self.written) and (not self.close or _alike(written, self.written))

    def closeness(self, units: list[_Unit], at: int, text: str) -> tuple[int, int]:
        """The longer name is nearer, then the one written more alike: niños are not niñas, whose stem is the same."""
        asked = fold(text[units[at].start : units[at + len(self.key) - 1].end])
        return len(self.key), _shared(asked, fold(self.written))


# A name as written, what it means, and whether it is of our own tables and in the language at hand.
_Given = tuple[str, Meaning, bool]


class Lexicon:
    """The names to look for in questions of one language."""

    def __init__(self, language: str, names: Iterable[_Given]) -> None:
        self.language = language
        self._given: dict[str, list[_Given]] = {}
        self._ready: dict[str, dict[str, list[_Name]]] = {}
        for given in names:
            units = _units(given[0], language, stemmed=language == "ar")
            if 0 < len(units) <= _LONGEST:
                self._given.setdefault(self._drawer(units[0]), []).append(given)

    def _drawer(self, unit: _Unit) -> str:
        """Where names that begin with this word lie. Stemming is slow: a drawer's names wait for the first question."""
        return "" if self.language == "ar" else unit.forms[-1][:3]

    def _names(self, unit: _Unit) -> list[_Name]:
        drawer = self._drawer(unit)
        if drawer not in self._ready:
            self._ready[drawer] = self._stemmed(self._given.get(drawer, ()))
        return [name for form in unit.forms for name in self._ready[drawer].get(form, ())]

    def _stemmed(self, names: Iterable[_Given]) -> dict[str, list[_Name]]:
        found: dict[str, list[_Name]] = {}
        seen: set[tuple[str, bool]] = set()
        for written, meaning, own in names:
            # A place is inflected where names are: in Arabic and Russian. Elsewhere its name stands as it is.
            whole = meaning.source == "place" and self.language not in ("ar", "ru")
            key = tuple(unit.forms[0] for unit in _units(written, self.language, stemmed=not whole))
            strict = _is_acronym(written) and (not own or fold(written) in _ALSO_WORDS)
            if (fold(written), strict) not in seen:  # who comes first has the name
                seen.add((fold(written), strict))
                close = meaning.source == "thesaurus" and len(key) == 1 and self.language != "ar"
                found.setdefault(key[0], []).append(_Name(key, written, meaning, strict, close))
        return found

    def find(self, text: str) -> Iterator[Found]:
        """What `text` names, in order; the longest name wins and nothing is found twice."""
        units, at = _units(text, self.language), 0
        while at < len(units):
            fitting = [name for name in self._names(units[at]) if name.fits(units, at, text)]
            if fitting:
                best = max(fitting, key=lambda name: name.closeness(units, at, text))
                last = at + len(best.key) - 1
                yield Found(best.meaning, units[at].start, units[last].end)
                at = last
            at += 1


@lru_cache(maxsize=2 * len(_JOINTS))
def lexicon(language: str, taxonomy: Taxonomy, thesaurus: Thesaurus | None) -> Lexicon:
    """The names of a language, collected when it is first asked in; places come before concepts, ours before others."""
    return Lexicon(language, (*_places(language), *_concepts(taxonomy, language), *_imported(thesaurus, language)))


def _places(language: str) -> Iterator[_Given]:
    gazetteer = load_gazetteer()
    english = {key: city.name for key, city in gazetteer.cities.items()}
    english |= {key: country.name for key, country in gazetteer.countries.items()}
    for name in gazetteer.names():
        if name.place and name.doubt is Doubt.NONE and _SCRIPT.get(language, _LATIN).match(name.name):
            yield name.name, Meaning("place", (english[name.place],)), False


def _concepts(taxonomy: Taxonomy, language: str) -> Iterator[_Given]:
    named = [
        (term, Meaning("taxonomy", (term.labels["en"], *term.synonyms.get("en", ()))))
        for term in taxonomy.concepts.terms.values()
    ]
    # What one concept is mainly called is not taken by another that is also called so.
    yield from ((term.labels[language], meaning, True) for term, meaning in named if language in term.labels)
    for term, meaning in named:
        yield from ((name, meaning, True) for name in term.synonyms.get(language, ()))
        # English acronyms are at home in every language.
        yield from ((name, meaning, False) for name in meaning.names if _is_acronym(name))
    for term in taxonomy.sdgs.terms.values():
        meaning = Meaning("taxonomy", (term.labels["en"],))
        coded = [name for name in term.synonyms.get("en", ()) if name[-1].isdigit() and "SDG" in name]
        yield from ((name, meaning, True) for name in coded)


def _imported(thesaurus: Thesaurus | None, language: str) -> Iterator[_Given]:
    known = [(c, Meaning("thesaurus", c.names("en"))) for c in thesaurus.concepts] if thesaurus else []
    named = [(c, meaning) for c, meaning in known if meaning.names]
    yield from ((c.preferred[language], meaning, False) for c, meaning in named if language in c.preferred)
    yield from ((name, meaning, False) for c, meaning in named for name in c.alternatives.get(language, ()))


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _alike(one: str, other: str) -> bool:
    """Whether two words differ in an ending of at most two letters: `public` and `publicity` have one stem."""
    one, other = fold(one), fold(other)
    return max(len(one), len(other)) - _shared(one, other) <= 2


def _is_acronym(name: str) -> bool:
    return " " not in name and len(name) <= 10 and sum(letter.isupper() for letter in name) >= 2


def _units(text: str, language: str, stemmed: bool = True) -> list[_Unit]:
    """The words of `text` that tell names apart; letters, where it is written without spaces."""
    found: list[_Unit] = []
    last = 0
    for token in _letters(text, language if stemmed else None):
        if fold(text[token.start : token.end]) in _JOINT_WORDS[language]:
            continue
        parted = _BREAK.search(text, last, token.start) is not None
        forms = _forms(text[token.start : token.end], token.term, language)
        found.append(_Unit(forms, token.start, token.end, parted))
        last = token.end
    return found


def _letters(text: str, language: str | None) -> Iterator[Token]:
    done = 0
    for token in tokens(text, language):
        if _DENSE.match(text, token.start):  # bigrams that overlap
            yield from (Token(fold(text[i]), i, i + 1) for i in range(max(done, token.start), token.end))
        else:
            yield token
        done = token.end


def _forms(word: str, stem: str, language: str) -> tuple[str, ...]:
    """What a word may be compared as, first as names are."""
    if language == "ar":
        return _arabic(word, stem)
    # Names of places keep a letter that their other cases lose: Шанхай, Шанхая.
    return (stem.rstrip(_RUSSIAN_ENDINGS) or stem if language == "ru" else stem), fold(word)


def _arabic(word: str, stem: str) -> tuple[str, ...]:
    """The stem of a word without what is written onto it: first without its longest prefix, as names are compared."""
    bare = [word[len(p) :] for p in _ARABIC_PREFIXES if word.startswith(p) and len(word) - len(p) >= 3]
    stems = [found[0] for rest in bare if (found := terms(rest, "ar"))]
    article = stems[:1] if word.startswith("ال") else []
    return tuple(dict.fromkeys([*article, stem, *stems]))
