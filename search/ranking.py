"""The order of comparable cities, and how much of it hangs on any one indicator.

A city's context counts for the least it can be: what is known of the asking city and unknown of the other might differ
altogether. So knowing less of a city never brings it forward, and one of which little is known never looks average.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.indicators import Compared, Numbers
from search.traits import INDICATORS
from search.weights import Weights

# Scores that agree to six places are equal: the rest is rounding of the machine. Equals are ordered by id.
_PLACES = 6
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Cities as columns: the order, the parts of each score, and each city's rank when something is left out."""

    order: Positions  # columns, the most comparable first
    scores: Numbers
    context: Numbers  # the mean over what is known of both; not a number where nothing is
    coverage: Numbers
    without: dict[str, Positions]  # rank from 1 of each of `order`, by what is left out: an indicator, or practice


def ranking(
    compared: Compared, practice: Numbers | None, weights: Weights, limit: int, itself: int | None = None
) -> Ranking:
    """The first `limit` cities; the columns are in the order of ids. `practice` is None where nothing is known of it.

    `itself` is the column of the asking city, which is never its own peer.
    """
    w = weights.vector()[:, None]
    counted = ~compared.moot
    known = w * (counted & ~np.isnan(compared.similarity))
    alike = known * np.nan_to_num(compared.similarity)
    answerable = w * (counted & compared.asked[:, None])
    possible, known_sum, alike_sum = answerable.sum(axis=0), known.sum(axis=0), alike.sum(axis=0)
    mix = _Mix(weights.context, weights.practice, practice, itself)
    scores = mix(_share(alike_sum, possible))
    order = np.argsort(-scores, kind="stable")
    order = order[order != itself][:limit]
    without = {}
    if weights.context:
        for row, name in enumerate(INDICATORS):
            rest = possible - answerable[row]
            if w[row, 0] and (rest.any() or mix.practice is not None):
                without[name] = ranks(mix(_share(alike_sum - alike[row], rest)), order)
    if mix.practice is not None and weights.context and w.any():
        alone = _Mix(1.0, 0.0, None, itself)
        without["practice"] = ranks(alone(_share(alike_sum, possible)), order)
    return Ranking(
        order, scores, _share(alike_sum, known_sum, np.nan), _share(known_sum, (w * counted).sum(axis=0)), without
    )


def ranks(scores: Numbers, chosen: Positions) -> Positions:
    """The ranks, from 1, of the chosen columns under these scores."""
    own = scores[chosen][:, None]
    near = np.flatnonzero(scores >= own.min())  # few others can stand before any of them
    before = (scores[near] == own) & (near < chosen[:, None])
    found: Positions = 1 + ((scores[near] > own) | before).sum(axis=1)
    return found


class _Mix:
    """Context and practice added up by their weights; practice is left out where it is unknown or weighs nothing."""

    def __init__(self, context: float, practice_weight: float, practice: Numbers | None, itself: int | None) -> None:
        self.context, self.itself = context, itself
        self.practice = practice if practice_weight else None
        self.weight = practice_weight if self.practice is not None else 0.0

    def __call__(self, context: Numbers) -> Numbers:
        done = self.weight * self.practice if self.practice is not None else 0.0
        scores = _rounded((self.context * context + done) / (self.context + self.weight))
        if self.itself is not None:
            scores[self.itself] = -1.0
        return scores


def _rounded(scores: Numbers) -> Numbers:
    return np.round(scores, _PLACES)


def _share(part: Numbers, whole: Numbers, nothing: float = 0.0) -> Numbers:
    share: Numbers = np.divide(part, whole, out=np.full(len(part), nothing), where=whole > 1e-9)
    return share
