"""What cosines mean, kept by model, and refused where it makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from index import calibration
from index.calibration import Calibration
from index.transformer import SentenceTransformerEmbedder

BANDS = Calibration(answer=0.4, cutoff=0.2, fair=0.3, strong=0.5)


@pytest.mark.parametrize(
    ("cosine", "band"), [(0.6, "strong"), (0.5, "strong"), (0.4, "fair"), (0.2, "weak"), (-1, "weak")]
)
def test_a_cosine_falls_into_the_band_that_it_reaches(cosine: float, band: str | None) -> None:
    assert BANDS.band(cosine) == band


def test_calibrations_are_kept_beside_those_of_other_models(tmp_path: Path) -> None:
    path = tmp_path / calibration.FILE
    assert calibration.read(path) == {}
    calibration.write(path, "one@1", BANDS)
    calibration.write(path, "two@1", Calibration(0.2, 0.1, 0.2, 0.3))
    assert calibration.read(path) == {"one@1": BANDS, "two@1": Calibration(0.2, 0.1, 0.2, 0.3)}


def test_the_operators_own_comes_before_the_one_of_the_house(tmp_path: Path) -> None:
    model = SentenceTransformerEmbedder().model_id
    shipped = calibration.calibration_of(model, tmp_path)
    assert shipped is not None
    calibration.write(tmp_path / calibration.FILE, model, BANDS)
    assert calibration.calibration_of(model, tmp_path) == BANDS != shipped
    assert calibration.calibration_of("another@1", tmp_path) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"m": 1}',
        '{"m": {"answer": 0.5, "cutoff": 0.5, "fair": 0.4, "strong": 0.3}}',
        '{"m": {"cutoff": "x"}}',
    ],
)
def test_a_file_that_is_no_calibration_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / calibration.FILE
    path.write_text(text)
    with pytest.raises(InvalidInput, match="learncities calibrate"):
        calibration.read(path)
