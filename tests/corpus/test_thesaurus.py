"""An imported thesaurus is a file of its own: written whole, the same bytes for the same content, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from corpus.thesaurus import Concept, Thesaurus, load_thesaurus, save_thesaurus

LITERACY = Concept(
    "http://example.org/1",
    {"en": "Literacy", "fr": "Alphabétisation"},
    {"en": ("Ability to read",)},
    broader=("http://example.org/0",),
)


def thesaurus(*concepts: Concept, licence: str = "CC BY 4.0") -> Thesaurus:
    return Thesaurus("Words", licence, f"Words, {licence}", "http://example.org", concepts)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    save_thesaurus(thesaurus(LITERACY), tmp_path / "new" / "thesaurus.json")
    loaded = load_thesaurus(tmp_path / "new" / "thesaurus.json")
    assert loaded.concepts == (LITERACY,)
    assert (loaded.title, loaded.licence, loaded.attribution) == ("Words", "CC BY 4.0", "Words, CC BY 4.0")


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    hashes = []
    for given in (thesaurus(LITERACY), thesaurus(LITERACY), thesaurus(LITERACY, licence="CC0")):
        save_thesaurus(given, tmp_path / "thesaurus.json")
        hashes.append(load_thesaurus(tmp_path / "thesaurus.json").hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_newer_one_takes_the_place_of_the_older_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "thesaurus.json"
    save_thesaurus(thesaurus(LITERACY), path)
    save_thesaurus(thesaurus(), path)
    assert load_thesaurus(path).concepts == ()
    assert list(tmp_path.iterdir()) == [path]


def test_the_preferred_name_comes_first() -> None:
    assert LITERACY.names("en") == ("Literacy", "Ability to read")
    assert LITERACY.names("ru") == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"title": "x"}', b"\xff\xfe", b'{"concepts": [[1]]}'])
def test_a_damaged_file_is_refused_with_the_next_step(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thesaurus.json"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="thesaurus import FILE"):
        load_thesaurus(path)
