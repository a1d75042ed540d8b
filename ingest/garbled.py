"""The signs of garbled text: for each, in which share of a text's characters, words or commas it shows.

Every share counts neighbours, so that what one language never does is told without a dictionary and no script is
punished for being its own.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import permutations

import numpy as np
import numpy.typing as npt

from ingest.letters import ALPHABET, BEYOND, Kind, Letters, Mask, followed

# What stands around characters beyond ASCII; ftfy takes a quarter of a millisecond for so many of them.
_NEAR = re.compile(r".?[^\x00-\x7f]+.{0,2}")
_ENOUGH = 1500
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_SPACE = re.compile(r"\s+")
_SHORT = re.compile(r"(?<![\w'’.-])[a-zß-ʯά-ώа-ԯ]{1,3}(?![\w'’.-])")
_CID = re.compile(r"\(cid:\d+\)")
# Shares of fewer words, characters or stops say little, and are taken as if there were so many.
_LEAST_WORDS, _LEAST_CHARACTERS, _LEAST_STOPS = 30, 100, 20
# Chinese and Thai have no spaces to count words by, and no text has words of another mean length for long.
_LETTERS_A_WORD = 5
# German and Finnish write 20 letters now and then; West Greenlandic alone writes as many as this often.
_LONG = 22
# How often pairs of letters come back is noise below some 100 words.
_LEAST_PAIRS = 400
# In a shorter text short words come once as they please.
_LEAST_FRAGMENTS = 250


def shares(text: str) -> dict[str, float]:
    """The share of characters, words or stops in which each sign of garbled text shows, 0 to 1."""
    at = Letters(_CID.sub("\ufffd", text))
    letter, space = at.any(Kind.LETTER), at.any(Kind.SPACE)
    letters = max(int(letter.sum()), _LEAST_CHARACTERS)
    ink = max(int((~space).sum()), _LEAST_CHARACTERS)
    words = max(letters / _LETTERS_A_WORD, _LEAST_WORDS)
    accented, consonant = at.any(Kind.ACCENTED), at.any(Kind.CONSONANT)
    counts = {
        "lost": at.any(Kind.LOST).sum() / ink,
        "odd": at.any(Kind.ODD).sum() / ink,
        "letterless": (~letter & ~space & ~at.any(Kind.LOST)).sum() / ink,
        "encoding": _mojibake(text) / words,
        "accents": followed(accented, accented, accented).sum() / letters,
        "mixed": _mixed(at) / words,
        "inside": _broken_by(at) / words,
        "consonants": followed(~consonant, *[consonant] * 5).sum() / words,
        "backwards": followed(at.any(Kind.FINAL), at.any(Kind.ARABIC)).sum() / words,
    }
    return {name: float(share) for name, share in {**counts, **_spacing(at, letter, space), **_han(at, space)}.items()}


def order(text: str) -> float | None:
    """How much likelier than by chance the same pairs of letters come back, in bits; None where there are too few.

    In any writing a letter depends on the one before: 0.7 bits and more where it was measured, 0.1 once they are
    shuffled.
    """
    at = Letters(text)
    letter = at.any(Kind.LETTER) & (at.base != BEYOND)
    pairs = followed(letter, letter)
    first, second = at.base[:-1][pairs].astype(np.uint32), at.base[1:][pairs].astype(np.uint32)
    if len(first) < _LEAST_PAIRS:
        return None
    together, apart = _same(first << 16 | second), _same(first) * _same(second)
    return math.log2(together / apart) if together and apart else None


def fragments(text: str) -> float:
    """The share of short words that come only once, as in a text of 400 words; 0 where there are too few words.

    Short words are the commonest of a language; what poor OCR leaves of longer ones comes once.
    """
    words = len(_SPACE.findall(text))
    if words < _LEAST_FRAGMENTS:
        return 0.0
    counts = Counter(_SHORT.findall(_ACCENTS.sub("", text)))
    # Measured on texts of 200 to 800 words: the longer one is, the fewer words come once.
    return sum(count == 1 for count in counts.values()) / words * math.pow(words / 400, 0.7)


def _same(values: npt.NDArray[np.uint32]) -> float:
    """How likely two of the values are the same one; without bias however few there are."""
    counts = np.unique(values, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1)).sum() / (len(values) * (len(values) - 1)))


def _mojibake(text: str) -> float:
    """How often characters stand together that only a wrong encoding puts there."""
    if text.isascii():
        return 0.0
    from ftfy.badness import badness

    near = "\n".join(_NEAR.findall(text))
    seen = near[:_ENOUGH]
    return int(badness(seen)) * len(near) / len(seen)


def _mixed(at: Letters) -> int:
    scripts = [at.any(kind) for kind in (Kind.LATIN, Kind.CYRILLIC, Kind.GREEK)]
    return sum(int(followed(one, other).sum()) for one, other in permutations(scripts, 2))


def _broken_by(at: Letters) -> int:
    """How often a digit, an odd sign or a capital stands inside a word."""
    letter, sign = at.any(ALPHABET), at.any(Kind.DIGIT | Kind.ODD)
    return int(followed(letter, sign, letter).sum() + followed(at.any(Kind.LOWER), at.any(Kind.UPPER)).sum())


def _spacing(at: Letters, letter: Mask, space: Mask) -> dict[str, float]:
    """Letters set apart, words run together, commas and full stops without their space."""
    alphabet, comma, lower = at.any(ALPHABET), at.any(Kind.COMMA), at.any(Kind.LOWER)
    # A point inside lower case belongs to an address or an abbreviation.
    stuck = followed(alphabet, comma, alphabet).sum() + followed(lower, at.any(Kind.POINT), at.any(Kind.UPPER)).sum()
    stops = followed(alphabet, comma).sum() + followed(lower, at.any(Kind.POINT)).sum()
    starts = followed(~letter, letter)
    words = max(int(starts.sum()), _LEAST_WORDS)
    alone = np.zeros(len(at), dtype=bool)
    alone[1:-1] = followed(space, letter, space)
    anything = np.ones(len(at), dtype=bool)
    lengths = np.bincount(np.cumsum(starts)[alphabet[1:]], minlength=1)
    return {
        "single": (alone & alphabet).sum() / words,
        "spelled": followed(alone, anything, alone, anything, alone).sum() / words,
        "long": lengths[lengths >= _LONG].sum() / max(int(lengths.sum()), _LEAST_CHARACTERS),
        "stops": stuck / max(int(stops), _LEAST_STOPS),
    }


def _han(at: Letters, space: Mask) -> dict[str, float]:
    han = at.any(Kind.HAN)
    count = max(int(han.sum()), _LEAST_CHARACTERS)
    return {"rare": at.any(Kind.RARE).sum() / count, "apart": followed(han, space, han).sum() / count}
