"""Which language a question or passage is in: by its script, by its letters and function words, or by its words."""

from __future__ import annotations

import math

import regex

from corpus.text import detect_language, fold
from index.analyzer import tokens
from index.gloss import LANGUAGES, lexicon
from index.stopwords import is_stop_word

ENGLISH = "en"
_SCRIPTS = {"ar": regex.compile(r"\p{Arabic}"), "ru": regex.compile(r"\p{Cyrillic}"), "zh": regex.compile(r"\p{Han}")}
_OTHER_SCRIPTS = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Hangul}]")
_LETTER = regex.compile(r"\p{L}")
_LATIN = ("fr", "es", "pt")
# From this share of the letters on, a script's language is the text's: Latin names stand in any text.
_SCRIPT_SHARE = 0.25
# A language must make words this much likelier than English does, by the mean of their logarithms, and know this
# share of them: a name that nobody knows is likeliest where fewest words were counted.
_LIKELIER, _KNOWN = 1.0, 0.6
# What a word that was never met counts as.
_UNMET = 0.1


def detected(text: str) -> str | None:
    """The language of a text that is long enough to tell; None is read as English."""
    found = detect_language(text)
    return None if found is None or found == ENGLISH or _looks_foreign_only(text, found) else found


def spoken(text: str) -> str | None:
    """The language of the lexicons that a text of any length is in; None for English, others and what is not clear."""
    if written := script_language(text):
        return written
    found = None if _OTHER_SCRIPTS.search(text) else _guessed(text)
    if found not in LANGUAGES or _looks_foreign_only(text, found):
        return None
    return None if found in _LATIN and _likeliness(_words(text), ENGLISH)[1] == 1 else found


def _guessed(text: str) -> str | None:
    """The language by letters; by words where few of them mislead the detector to a neighbour of what it is."""
    found = detect_language(text)
    if found not in (*LANGUAGES, ENGLISH):
        found = by_words(text)
    if found not in _LATIN:
        return found
    words = _words(text)
    by_kin = {language: _likeliness(words, language) for language in _LATIN}
    best = max(by_kin, key=lambda language: by_kin[language][0])
    return best if by_kin[best][1] >= by_kin[found][1] else found


def _looks_foreign_only(text: str, found: str) -> bool:
    """Whether function words speak for English against what the letters look like.

    Few words mislead the detector: `climate change lessons for pupils` looks French to it. Function words do not.
    """
    words = {fold(word) for word in _words(text)}
    english = {word for word in words if is_stop_word(word, ENGLISH)}
    own = {word for word in words if is_stop_word(word, found)}
    return bool(english - own and not own - english)


def _words(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokens(text, None)]


def script_language(text: str) -> str | None:
    """The language of the lexicons that is written in the script of a text, whatever Latin names stand in it."""
    if text.isascii() or _OTHER_SCRIPTS.search(text):
        return None
    letters = len(_LETTER.findall(text))
    found = {language: len(script.findall(text)) for language, script in _SCRIPTS.items()}
    best = max(found, key=lambda language: found[language])
    return best if found[best] and found[best] >= _SCRIPT_SHARE * letters else None


def by_words(text: str) -> str | None:
    """The language in Latin letters whose lexicon makes a few words likeliest; None for English and the unknown."""
    words = _words(text)
    english, known = _likeliness(words, ENGLISH)
    if not words or known == 1:  # the others need not be loaded
        return None
    found = {language: _likeliness(words, language) for language in _LATIN}
    best = max(found, key=lambda language: found[language][0])
    likely, known = found[best]
    return best if known >= _KNOWN and likely > english + _LIKELIER else None


def _likeliness(words: list[str], language: str) -> tuple[float, float]:
    """The mean logarithm of the probability of words in a language, and the share of them that it knows."""
    known = lexicon(language)
    met = [known.counts.get(token.term, 0) for word in words for token in tokens(word, language)]
    chances = [math.log((n or _UNMET) / known.size) for n in met]
    return sum(chances) / max(len(met), 1), sum(n > 0 for n in met) / max(len(met), 1)
