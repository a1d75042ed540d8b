"""How likely a text is on a theme or goal, or for a target group: likeness to prototypes, and words, weighed by a head.

The head was trained with the bundled model (`python -m benchmarks.themes --write`, NOTICE names the data). Any other
model is compared with the prototypes alone: its labels carry no probability, for nobody has calibrated it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.embedder import Vectors
from index.phrases import Phrases, density
from index.prototypes import prototypes

HEADS_FILE = Path(__file__).with_name("heads.json")
# The nearest parts count together: one alone may be near by chance.
_PARTS = 3
# Without a head: how many standard deviations above the other terms' likeness one must be, and how many may be.
_STANDS_OUT, _MOST = 1.5, 3
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of the features, an intercept a term, and the probability from which a term is assigned."""

    weights: tuple[float, ...]
    intercepts: Mapping[str, float]
    threshold: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its vector, the words of each term in it, and its length in words."""

    vector: Vectors
    counts: Scores
    words: int


@cache
def head_of(kind: str, model_id: str) -> Head | None:
    """The head for a kind that was trained with this model."""
    raw = json.loads(HEADS_FILE.read_text(encoding="utf-8"))
    return Head(**raw["heads"][kind]) if raw["model"] == model_id else None


@cache
def phrases(kind: str) -> Phrases:
    """The words of the terms of a kind."""
    return Phrases([prototype.words for prototype in prototypes(kind)])


class Classifier:
    """Finds the terms of one kind that texts are about."""

    def __init__(self, kind: str, vectors: Mapping[str, Vectors], head: Head | None) -> None:
        self.head = head
        self.terms = [prototype.id for prototype in prototypes(kind)]
        texts = [prototype.texts() for prototype in prototypes(kind)]
        self._descriptions = np.array([vectors[first] for first, *_ in texts])
        self._words = np.array([vectors[words] for _, words, *_ in texts])
        self._parts = [np.array([vectors[part] for part in parts]) for _, _, *parts in texts]

    def features(self, texts: Sequence[Text]) -> Scores:
        """Of each text and term: closeness to description, words and parts, to all terms of the kind, words in it."""
        vectors = np.array([text.vector for text in texts])
        parts = [np.sort(vectors @ part.T, axis=1)[:, -_PARTS:].mean(axis=1) for part in self._parts]
        near = np.stack([vectors @ self._descriptions.T, vectors @ self._words.T, np.array(parts).T], axis=2)
        background = np.broadcast_to(near.mean(axis=(1, 2))[:, None, None], (*near.shape[:2], 1))
        words = np.array([density(text.counts, text.words) for text in texts])[:, :, None]
        return np.concatenate([near, background, words], axis=2).astype(np.float64)

    def scores(self, texts: Sequence[Text]) -> Scores:
        """Of each text and term the probability; without a head, how far its likeness stands out."""
        features = self.features(texts)
        if self.head is None:
            near = features[:, :, :3].mean(axis=2)
            spread = np.maximum(near.std(axis=1, keepdims=True), 1e-9)
            return np.asarray((near - near.mean(axis=1, keepdims=True)) / spread)
        intercepts = np.array([self.head.intercepts[term] for term in self.terms])
        return np.asarray(1 / (1 + np.exp(-(features @ np.array(self.head.weights) + intercepts))))

    def chosen(self, scores: Scores) -> list[int]:
        """The positions of the terms that one text's scores assign, the surest first."""
        order = [int(position) for position in np.argsort(-scores, kind="stable")]
        if self.head is not None:
            return [position for position in order if scores[position] >= self.head.threshold]
        return [position for position in order[:_MOST] if scores[position] >= _STANDS_OUT]
