"""Settings: flags before variables before the file; a bad one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.errors import InvalidInput
from corpus.settings import load_settings


@pytest.fixture(autouse=True)
def empty_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without a settings file, and none of our variables."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "MODEL", "PORT", "HOST", "KEEP_SNAPSHOTS", "OPERATOR"):
        monkeypatch.delenv(f"LEARNCITIES_{name}", raising=False)
    return tmp_path


def test_without_anything_the_data_lies_here_and_the_server_listens_to_this_machine_only() -> None:
    settings = load_settings()
    assert (settings.data, settings.model, settings.host) == (Path("data"), "bundled", "127.0.0.1")


def test_a_flag_wins_over_a_variable_and_a_variable_over_the_file(
    empty_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_place / "learncities.toml").write_text('port = 1111\noperator = "the file"\nmodel = "file"\n')
    monkeypatch.setenv("LEARNCITIES_PORT", "2222")
    monkeypatch.setenv("LEARNCITIES_MODEL", "variable")
    settings = load_settings(port=3333)
    assert (settings.port, settings.model, settings.operator) == (3333, "variable", "the file")


def test_a_flag_that_is_none_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCITIES_DATA", "elsewhere")
    assert load_settings(data=None).data == Path("elsewhere")


@pytest.mark.parametrize(
    ("line", "named"),
    [("prot = 80", "prot"), ('port = "many"', "port"), ("port = 0", "port"), ("keep_snapshots = 0", "keep_snapshots")],
)
def test_an_unknown_name_or_a_wrong_value_in_the_file_is_named(empty_place: Path, line: str, named: str) -> None:
    (empty_place / "learncities.toml").write_text(line)
    with pytest.raises(InvalidInput, match=rf"^Setting {named} = "):
        load_settings()


def test_a_wrong_value_in_a_variable_is_named_with_what_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCITIES_PORT", "eighty")
    with pytest.raises(InvalidInput, match=r"^Setting port = 'eighty': "):
        load_settings()


def test_an_unknown_flag_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"^Setting colour = 'red': "):
        load_settings(colour="red")


def test_a_settings_file_that_is_not_toml_is_refused_by_its_name(empty_place: Path) -> None:
    (empty_place / "learncities.toml").write_text("port = = 80")
    with pytest.raises(InvalidInput, match=r"learncities\.toml"):
        load_settings()


def test_settings_cannot_be_changed() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1


@pytest.mark.parametrize(("ocr", "languages"), [("eng+chi_sim", "eng+chi_sim"), ("off", None), ("", None)])
def test_images_are_read_in_the_languages_that_are_set_unless_it_is_off(ocr: str, languages: str | None) -> None:
    assert load_settings(ocr=ocr).ocr_languages == languages


@pytest.mark.parametrize("ocr", ["eng fra", "--help", "eng+", "../eng"])
def test_languages_of_images_are_names_joined_by_a_plus(ocr: str) -> None:
    with pytest.raises(InvalidInput, match="Setting ocr"):
        load_settings(ocr=ocr)
