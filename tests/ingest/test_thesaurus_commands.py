"""`learncities thesaurus`, as a user runs it: import, look, remove."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.thesaurus import load_thesaurus
from tests.ingest.conftest import Run

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:1> a skos:Concept ; skos:prefLabel "Literacy"@en, "Alphabétisation"@fr ."""


@pytest.fixture
def imported(run: Run, write: Callable[..., Path], tmp_path: Path) -> Path:
    code, out, err = run("thesaurus", "import", write("words.ttl", TURTLE), "--data", tmp_path / "data")
    assert code == 0
    assert "licence not stated" in out
    assert "learncities rebuild" in err
    return tmp_path / "data"


def test_an_import_lands_in_the_data_folder(imported: Path) -> None:
    assert [c.preferred["fr"] for c in load_thesaurus(imported / "thesaurus.json").concepts] == ["Alphabétisation"]


def test_show_counts_concepts_by_language(run: Run, imported: Path) -> None:
    code, out, _ = run("thesaurus", "show", "--data", imported, "--json")
    shown = json.loads(out)
    assert code == 0
    assert (shown["title"], shown["concepts"], shown["by_language"]) == ("words", 1, {"en": 1, "fr": 1})
    assert shown["hash"] == load_thesaurus(imported / "thesaurus.json").hash


def test_a_failed_import_leaves_the_older_one(run: Run, write: Callable[..., Path], imported: Path) -> None:
    before = (imported / "thesaurus.json").read_bytes()
    code, out, err = run("thesaurus", "import", write("bad.ttl", "nothing"), "--data", imported)
    assert (code, out) == (2, "")
    assert err.startswith("error: 'bad.ttl' is no Turtle file")
    assert (imported / "thesaurus.json").read_bytes() == before


def test_removing_takes_it_away_and_says_so_once(run: Run, imported: Path) -> None:
    assert run("thesaurus", "remove", "--data", imported)[1] == "Removed.\n"
    assert run("thesaurus", "remove", "--data", imported)[:2] == (0, "There was none.\n")
    code, _, err = run("thesaurus", "show", "--data", imported)
    assert code == 2
    assert "thesaurus import FILE" in err
