"""Which sentences tell of the problem, the cost ...: by words, headings and closeness to typical sentences."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.embedder import QueryEncoder, Vectors
from search.role_signs import (
    BY_HEADING,
    BY_MEANING,
    CLOSEST,
    LEAST,
    SIGNS,
    SUPPORT,
    SUPPOSABLE,
    SUPPOSED,
    Role,
    Signs,
)

_ENDS = (".", "!", "。", "！", ".”", '."', ".)", ".’")
# What is longer is a table or a list that lost its layout; what is shorter says nothing.
LEAST_CHARACTERS, MOST_CHARACTERS = 20, 600
MOST_WORDS_OF_HEADING = 6
# Typical sentences never change: each encoder reads them once.
_TYPICAL: weakref.WeakKeyDictionary[QueryEncoder, Mapping[Role, Vectors]] = weakref.WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the headings that it stands under."""

    text: str
    section: tuple[str, ...] = ()


def is_whole(text: str) -> bool:
    """Whether a text is a sentence that can be quoted alone: not a fragment, a reference or a whole table."""
    first = next((char for char in text if char.isalnum()), "a")
    whole = (
        text.rstrip().endswith(_ENDS) and not first.islower() and not text.startswith(("[", "(", '"', "“", "‘", "«"))
    )
    return whole and LEAST_CHARACTERS <= len(text) <= MOST_CHARACTERS


def roles_of(found: Sequence[Sentence], encoder: QueryEncoder) -> list[dict[Role, float]]:
    """The roles of each sentence, in order, each with how close it is to a typical one (cosine)."""
    if not found:
        return []
    closeness = _closeness([sentence.text for sentence in found], encoder)
    return [
        {role: float(near[role]) for role in Role if _has(role, sentence, near)}
        for sentence, near in zip(found, closeness, strict=True)
    ]


def typical(encoder: QueryEncoder) -> Mapping[Role, Vectors]:
    """The vectors of the typical sentences of each role."""
    if encoder not in _TYPICAL:
        _TYPICAL[encoder] = {
            role: np.stack([encoder.encode_query(text) for text in signs.typical]) for role, signs in SIGNS.items()
        }
    return _TYPICAL[encoder]


def _closeness(texts: Sequence[str], encoder: QueryEncoder) -> list[dict[Role, float]]:
    vectors = np.stack([encoder.encode_query(text) for text in texts])
    columns = {role: (vectors @ prototypes.T).max(axis=1) for role, prototypes in typical(encoder).items()}
    return [{role: float(columns[role][row]) for role in Role} for row in range(len(texts))]


def _has(role: Role, sentence: Sentence, near: Mapping[Role, float]) -> bool:
    signs, text = SIGNS[role], sentence.text
    if not is_whole(text) or (signs.never and signs.never.search(text)):
        return False
    if role not in SUPPOSABLE and SUPPOSED.search(text):
        return False
    if _under(signs, sentence):
        supported = role in BY_HEADING and near[role] >= BY_HEADING[role]
        return supported or bool(signs.words.search(text)) or bool(signs.sure and signs.sure.search(text))
    closest = near[role] == max(near.values())
    if signs.sure and signs.sure.search(text):
        return near[role] >= LEAST
    if signs.words.search(text):
        return near[role] >= (CLOSEST if closest else SUPPORT)
    return closest and near[role] >= BY_MEANING.get(role, 2.0)


def _under(signs: Signs, sentence: Sentence) -> bool:
    """Whether the nearest heading names the role; a long one is a title, which names much."""
    heading = sentence.section[-1] if sentence.section else ""
    return bool(signs.headings and len(heading.split()) <= MOST_WORDS_OF_HEADING and signs.headings.search(heading))
