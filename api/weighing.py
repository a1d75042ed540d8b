"""The form in which a visitor says what counts when cities are compared: as it was typed, and as weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from corpus.errors import InvalidInput
from corpus.wording import say
from search.traits import INDICATORS
from search.weights import PRESETS, Weights, chosen_weights

_PREFIX = "w_"
_WHOLES = ("context", "practice")


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the form holds."""

    preset: str
    typed: Mapping[str, str]

    presets = tuple(PRESETS)
    indicators = tuple(INDICATORS)

    @property
    def changed(self) -> bool:
        """Whether anything but the usual counts."""
        return bool(self.typed) or self.preset != self.presets[0]

    def given(self, name: str) -> str:
        """What was typed for a weight."""
        return self.typed.get(name, "")

    def default(self, name: str) -> str:
        """What the preset gives it."""
        preset = PRESETS.get(self.preset, PRESETS[self.presets[0]])
        return f"{getattr(preset, name) if name in _WHOLES else preset.indicators.get(name, 0.0):g}"

    def weights(self) -> Weights:
        """The weights. Raises InvalidInput or UnknownName."""
        context, practice = (_number(self.typed.get(name), name) for name in _WHOLES)
        single = {k.removeprefix(_PREFIX): v for k, v in self.typed.items() if k.startswith(_PREFIX)}
        return chosen_weights(self.preset, context, practice, ",".join(f"{k}={v}" for k, v in single.items()))


def weighing_of(request: Request) -> Weighing:
    """The form as the address holds it."""
    names = (*_WHOLES, *(_PREFIX + name for name in INDICATORS))
    typed = {name: value.strip()[:20] for name in names if (value := request.query_params.get(name, "")).strip()}
    return Weighing(request.query_params.get("preset", "").strip()[:40] or Weighing.presets[0], typed)


def _number(typed: str | None, name: str) -> float | None:
    try:
        return float(typed) if typed else None
    except ValueError:
        raise InvalidInput(say("error.weight.form", text=f"{name}={typed}")) from None
