"""What made an index: a reader takes the model, chunker and analyser from here, not from its settings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from corpus.errors import SnapshotError
from index.calibration import Calibration

FORMAT = 3


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """The facts beside a snapshot's files."""

    snapshot: str
    format: int
    release: str
    model_name: str
    model_id: str
    dimension: int
    encoder: str  # "onnx", or "sentence-transformers" where the model could not be exported
    chunker: str
    analyser: str
    documents: int
    passages: int
    published: str
    calibration: dict[str, float] | None = None  # of the model, where there is one
    calibrations: dict[str, dict[str, float]] = field(default_factory=dict)  # for questions in one language

    @property
    def calibrated(self) -> Calibration | None:
        """What the model's cosines mean."""
        return Calibration(**self.calibration) if self.calibration else None

    @property
    def calibrated_by_language(self) -> dict[str, Calibration]:
        """What they mean for questions in one language, where that was learned."""
        return {language: Calibration(**values) for language, values in self.calibrations.items()}

    def to_json(self) -> dict[str, Any]:
        """The manifest as plain values."""
        return asdict(self)


def read_manifest(raw: dict[str, Any]) -> IndexManifest:
    """The manifest of a snapshot. Raises SnapshotError when another release wrote a form that is not known here."""
    known = {key: value for key, value in raw.items() if key != "files"}
    if known.get("format") != FORMAT:
        raise SnapshotError(
            f"Snapshot {known.get('snapshot', '')} has format {known.get('format')}, this release reads {FORMAT}. "
            "Run `learncities rebuild`."
        )
    try:
        return IndexManifest(**known)
    except TypeError:
        raise SnapshotError("The snapshot's manifest is incomplete. Run `learncities rebuild`.") from None
