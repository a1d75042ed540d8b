"""French, Spanish, Portuguese, Russian, Arabic and Chinese in the space of the bundled English model.

The vector of a text is the sum of three: the static encoder's, the English model's of a word-by-word English reading,
and, where letters are shared with English, the English model's of the text itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from corpus.identity import digest_of
from corpus.snapshots import file_hash
from index.embedder import Vectors, unit
from index.gloss import lexicon
from index.spelling import FOLDER
from index.spoken import spoken
from index.static_encoder import static_encoder

# What each of the three counts, by language; chosen on held-out pairs by `training.tune`.
MIX_FILE = FOLDER / "mix.json"
# How well questions in a language find English passages: "basic" under 0.8 of what English ones reach;
# benchmarks/README.md has the run. French and Portuguese were not measured by it, and are as their kin.
LEVELS = {"ar": "basic", "es": "good", "fr": "good", "pt": "good", "ru": "good", "zh": "good"}
ENGLISH_MODEL = "all-MiniLM-L6-v2"
# Turns English texts into unit vectors, one a row.
English = Callable[[Sequence[str]], Vectors]


def vectors(texts: Sequence[str], readings: Sequence[str], language: str, english: English) -> Vectors:
    """The unit vectors of texts in a language, with their English readings, shape (len(texts), dimension)."""
    own, read, raw = mix()[language]
    found = own * np.array([static_encoder().encode(text) for text in texts], dtype=np.float32)
    found += read * english([reading or text for reading, text in zip(readings, texts, strict=True)])
    if raw:
        found += raw * english(list(texts))
    return np.array([unit(row) for row in found], dtype=np.float32)


def readings(texts: Sequence[str], language: str) -> list[str]:
    """The texts in English, word by word."""
    return [lexicon(language).reading(text) for text in texts]


def routed(texts: Sequence[str], english: English) -> Vectors:
    """The unit vectors of texts in any language: those of the lexicons by this route, all others as they are."""
    spoken_in = [spoken(text) for text in texts]
    left = [at for at, language in enumerate(spoken_in) if language is None]
    if len(left) == len(texts):
        return english(texts)
    found = np.zeros((len(texts), static_encoder().dimension), dtype=np.float32)
    if left:
        found[left] = english([texts[at] for at in left])
    for language in set(filter(None, spoken_in)):
        those = [at for at, other in enumerate(spoken_in) if other == language]
        chosen = [texts[at] for at in those]
        found[those] = vectors(chosen, readings(chosen, language), language, english)
    return found


@cache
def mix() -> dict[str, tuple[float, float, float]]:
    """By language what the static vector, the reading's and the text's own in the English model count."""
    return {language: tuple(parts) for language, parts in json.loads(MIX_FILE.read_text(encoding="utf-8")).items()}


def revisions(model_id: str, text: str | None = None) -> list[str]:
    """What a vector depends on beside its model: of the English model the weights of this route, if `text` takes it."""
    takes = model_id.startswith(ENGLISH_MODEL) and (text is None or spoken(text) is not None)
    return [revision()] if takes else []


@cache
def revision() -> str:
    """What tells these weights from others: a hash of all their files."""
    return digest_of([[path.name, file_hash(path)] for path in sorted(FOLDER.iterdir())])[:12]
