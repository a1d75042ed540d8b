"""What the parts of a vector count: chosen by finding the English passage that a held-out sentence stands in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np

from index.embedder import Vectors
from index.gloss import Lexicon
from index.static_encoder import StaticEncoder
from training.pairs import Pair
from training.teacher import vectors_of

# Lines of one text that make a passage, and lines of each source that are asked for: the English model is slow.
_LINES, _MOST = 5, 200
_READ = (0.0, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
_RAW = (0.0, 0.15, 0.3, 0.5)
LATIN = ("es", "fr", "pt")


def passages(held: Sequence[Pair]) -> tuple[list[str], list[int]]:
    """English passages of consecutive lines, and the passage that each line stands in."""
    texts: list[str] = []
    places: list[int] = []
    for source in dict.fromkeys(pair.source for pair in held):
        lines = [pair.english for pair in held if pair.source == source]
        places += [len(texts) + at // _LINES for at in range(len(lines))]
        texts += [" ".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)]
    return texts, places


def tuned(
    held: Sequence[Pair], language: str, student: StaticEncoder, words: Lexicon, cache: Path, workers: int
) -> tuple[tuple[float, float, float], dict[str, float]]:
    """The best weights of student, reading and raw text for a language, and nDCG@10 of these and of each part."""
    sources = dict.fromkeys(pair.source for pair in held)
    used = [pair for source in sources for pair in [p for p in held if p.source == source][:_MOST]]
    texts, places = passages(used)
    asked = [pair.other for pair in used]
    readings = [words.reading(text) for text in asked]
    found = vectors_of([*texts, *readings, *(asked if language in LATIN else [])], cache, workers)
    index, found = found[: len(texts)], found[len(texts) :]
    own = np.array([student.encode(text) for text in asked])
    read, raw = found[: len(asked)], found[len(asked) :] if language in LATIN else np.zeros_like(own)

    def value(parts: tuple[float, float, float]) -> float:
        mixed = parts[0] * own + parts[1] * read + parts[2] * raw
        return ndcg(mixed.astype(np.float32), index, places)

    grid = list(product((1.0,), _READ, _RAW if language in LATIN else (0.0,)))
    best = max(grid, key=value)
    single = {"student": (1.0, 0.0, 0.0), "reading": (0.0, 1.0, 0.0)}
    return best, {"best": value(best)} | {name: value(parts) for name, parts in single.items()}


def ndcg(questions: Vectors, index: Vectors, places: Sequence[int]) -> float:
    """nDCG@10 of questions that one passage each answers."""
    scores = questions @ index.T
    ranks = (scores > scores[np.arange(len(places)), places][:, None]).sum(axis=1)
    return float(np.where(ranks < 10, 1 / np.log2(ranks + 2), 0).mean())
