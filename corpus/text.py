"""What every room needs of text: sentences, folding, and the language it is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
# Combining Diacritical Marks, Arabic vowel signs and the tatweel, which writers leave out; others mean something.
_ACCENT = re.compile("[\u0300-\u036f\u064b-\u0652\u0640\u0670]+")
# The six UN languages and those of member cities' countries that publish most; fewer languages guess better.
_LANGUAGES = [
    "ar",
    "bn",
    "zh",
    "da",
    "nl",
    "en",
    "fi",
    "fr",
    "de",
    "el",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "ms",
    "fa",
    "pl",
    "pt",
    "ru",
    "es",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
]
# Below this, lingua's relative confidence was a coin toss on single place names and headings.
_CONFIDENT = 0.6
# White space may fill the start of a text, but not this much of it.
_SAMPLED = 8000


def clean(text: str) -> str:
    """`text` without control characters and lone surrogates, which no reader, terminal or database should meet."""
    return _CONTROL.sub("", text)


def squeeze(text: str) -> str:
    """`text` with every run of white space made one space."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms, case and Latin accents removed, same in every room."""
    if text.isascii():  # nothing to take off, and most of the words of most corpora
        return text.lower()
    # Compatibility forms first: a mathematical capital has no lower case until it is a letter.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))


def nearest(name: str, folded: list[str], limit: int = 3) -> list[str]:
    """Those of the `folded` names that are written most like `name`, best first; none where nothing is near."""
    from rapidfuzz import fuzz, process

    wanted = fold(name[:200]).strip()
    # 70 of 100 keeps one or two wrong letters in a short name and drops names that only share a word's start.
    return [key for key, _, _ in process.extract(wanted, folded, scorer=fuzz.ratio, limit=limit, score_cutoff=70)]


def sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Code-point spans of the sentences of `text`, without the white space around them."""
    from sentencex import get_sentence_boundaries

    spans = []
    for boundary in get_sentence_boundaries(language or "en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return spans


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the language `text` is written in, or None where it is not clear enough."""
    sample = squeeze(text[:_SAMPLED])[:2000]
    if len(sample) < 20:
        return None
    code, confidence = guess_language(sample)
    return code if confidence >= _CONFIDENT else None


@lru_cache(maxsize=256)  # a question is asked about twice: for its letters, and for the language of a lexicon
def guess_language(sample: str) -> tuple[str, float]:
    """The likeliest language of a sample, and how much likelier than the others it is, from 0 to 1."""
    best = _detector().compute_language_confidence_values(sample)[0]
    return best.language.iso_code_639_1.name.lower(), best.value


@cache
def _detector() -> LanguageDetector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in _LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
