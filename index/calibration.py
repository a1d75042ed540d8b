"""What the scores of a model mean: from where a passage is found, and from where it is fairly or closely related.

Learned from judged questions by `learncities calibrate`, for one model; another model's cosines mean something else,
and so may those of another language: a file lists calibrations by model, and by `model language`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import InvalidInput

FILE = "calibration.json"
# Those that come with the house, by model id; benchmarks/README.md has the runs that made them.
SHIPPED = Path(__file__).with_name(FILE)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two scores (`search.fusion`) and two cosines.

    A question is answered where any passage reaches `answer`, and then by all that reach `cutoff`: a good answer may
    have weaker ones beside it, weak ones alone are none.
    """

    answer: float
    cutoff: float
    fair: float
    strong: float

    def band(self, cosine: float) -> str:
        """How close a cosine is: `strong`, `fair` or `weak`."""
        return "strong" if cosine >= self.strong else "fair" if cosine >= self.fair else "weak"


def read(path: Path) -> dict[str, Calibration]:
    """The calibrations of a file by model id; none where there is no file. Raises InvalidInput naming what is wrong."""
    if not path.is_file():
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = {model: Calibration(**{k: float(v) for k, v in values.items()}) for model, values in raw.items()}
        if not all(-1 <= c.fair <= c.strong <= 1 and -1 <= c.cutoff <= c.answer for c in found.values()):
            raise ValueError("fair and strong must rise from -1 to 1, and so must cutoff and answer")
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InvalidInput(f"{path.name} is no calibration ({error}). Make it with `learncities calibrate`.") from None
    return found


def write(path: Path, model_id: str, made: Calibration) -> None:
    """Keep a model's calibration in a file beside those of other models."""
    known = {model: asdict(calibration) for model, calibration in read(path).items()}
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(known | {model_id: asdict(made)}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    beside.replace(path)


def calibration_of(model_id: str, data: Path) -> Calibration | None:
    """The operator's own calibration of a model, or the one that comes with the house; None where there is none."""
    return (read(SHIPPED) | read(data / FILE)).get(model_id)


def by_language(model_id: str, data: Path) -> dict[str, Calibration]:
    """The calibrations of a model for questions in one language, by language, where there are any."""
    known = read(SHIPPED) | read(data / FILE)
    return {key.removeprefix(f"{model_id} "): c for key, c in known.items() if key.startswith(f"{model_id} ")}
