"""What counts how much when cities are compared: context against practice, and each indicator of the context."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from corpus.errors import InvalidInput, UnknownName
from corpus.wording import say
from search.indicators import Numbers
from search.traits import INDICATORS

_MOST = 100.0
# Reasoned, not tuned: size and income decide most of what a city can do; what follows from geography is spread over
# four indicators, so that together they weigh no more than that; the rest are hints. Sensitivity: benchmarks/peers.py.
BALANCED: Mapping[str, float] = {
    "population": 2.0, "income": 2.0, "kind": 1.0, "region": 1.0, "country": 0.5, "climate": 0.5, "distance": 0.5,
    "capital": 0.5, "joined": 0.5, "awards": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """Any numbers from 0 to 100; only their ratios matter. Raises InvalidInput or UnknownName for anything else."""

    context: float = 1.0
    practice: float = 1.0
    indicators: Mapping[str, float] = field(default_factory=lambda: BALANCED)

    def __post_init__(self) -> None:
        for name, value in {"context": self.context, "practice": self.practice, **self.indicators}.items():
            if not (math.isfinite(value) and 0 <= value <= _MOST):
                raise InvalidInput(say("error.weight", name=name, value=str(value), most=round(_MOST)))
        for name in self.indicators:
            if name not in INDICATORS:
                raise UnknownName("indicator", name, list(INDICATORS))
        if not self.practice and not (self.context and any(self.indicators.values())):
            raise InvalidInput(say("error.weights"))

    def vector(self) -> Numbers:
        """The weights of the indicators in their order."""
        return np.array([self.indicators.get(name, 0.0) for name in INDICATORS], dtype=np.float64)


PRESETS: Mapping[str, Weights] = {
    "balanced": Weights(),
    "size-and-income": Weights(1.0, 0.0, {"population": 1.0, "income": 1.0}),
    "region": Weights(1.0, 0.0, {"region": 1.0, "country": 1.0, "distance": 1.0}),
    "practice-only": Weights(0.0, 1.0),
}


def chosen_weights(
    preset: str = "balanced", context: float | None = None, practice: float | None = None, indicators: str = ""
) -> Weights:
    """A preset with what the user sets otherwise; `indicators` is written `population=3,income=0`."""
    if preset not in PRESETS:
        raise UnknownName("preset", preset, list(PRESETS))
    start = PRESETS[preset]
    return Weights(
        start.context if context is None else context,
        start.practice if practice is None else practice,
        {**start.indicators, **_read(indicators)},
    )


def _read(text: str) -> dict[str, float]:
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = part.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise InvalidInput(say("error.weight.form", text=repr(part[:60]))) from None
    return found
