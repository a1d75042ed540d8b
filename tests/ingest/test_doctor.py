"""The doctor says whether images of text can be read, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import Settings
from ingest.doctor import Finding, examine
from ingest.formats import ocr
from tests.ingest.scans import pretend_tesseract


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    ocr.installed.cache_clear()
    yield
    ocr.installed.cache_clear()


def finding(tmp_path: Path, languages: str) -> Finding:
    (found,) = [one for one in examine(Settings(data=tmp_path, ocr=languages)) if one.what == "images of text"]
    return found


def test_tesseract_is_told_with_its_version_and_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", pretend_tesseract(tmp_path, "exit 1"))
    expected = "tesseract 9.1; languages: eng, fra; read in eng+fra"
    assert finding(tmp_path, "eng+fra") == Finding("images of text", True, expected)
    assert finding(tmp_path, "off").detail == "tesseract 9.1; languages: eng, fra; switched off"


def test_a_missing_tesseract_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    expected = "tesseract is not installed: scanned pages are reported, not read"
    assert finding(tmp_path, "eng") == Finding("images of text", True, expected)


def test_a_language_that_was_asked_for_and_is_missing_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", pretend_tesseract(tmp_path, "exit 1"))
    found = finding(tmp_path, "eng+rus")
    assert not found.ok
    assert "no language rus: install tesseract-ocr-rus or change the setting `ocr`" in found.detail
