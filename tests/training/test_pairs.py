"""What is learned from the parallel text, what is left out and what is held out."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from training import pairs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        "one\tеins\tmoodle",
        "one\tеins\tmoodle",
        "news\tвести\topus-mt-testsets:newstest",
        f"{'x' * 900}\tй\tmoodle",
    ]
    lines += [f"line {n}\tстрока {n}\tntrex-train" for n in range(602)]
    lines.append("line 601\tещё\tmoodle")
    for language in pairs.LANGUAGES:
        with lzma.open(tmp_path / f"{language}.tsv.xz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return tmp_path


def test_late_lines_are_held_out_and_nothing_of_them_is_learned(folder: Path) -> None:
    learned, held = pairs.chosen(folder, research=False)
    assert [pair.english for pair in held["ru"]] == ["line 600", "line 601"]
    assert not {"line 600", "line 601"} & {pair.english for pair in learned["ru"]}


def test_research_texts_are_learned_from_only_on_request_and_twins_once(folder: Path) -> None:
    free, all_ = (pairs.chosen(folder, research)[0]["es"] for research in (False, True))
    assert [pair.other for pair in free if pair.source == "newstest"] == []
    assert [pair.other for pair in all_ if pair.source == "newstest"] == ["вести"]
    assert sum(pair.english == "one" for pair in free) == 1
    assert max(len(pair.english) for pair in free) < 900


def test_the_houses_own_names_are_pairs_too() -> None:
    own = list(pairs.own("ar"))
    assert {"taxonomy", "places"} == {pair.source for pair in own}
    assert any(pair.english == "Egypt" and pair.other == "مصر" for pair in own)
