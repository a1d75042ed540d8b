"""Catalogues: the shipped one holds together, and each fault of another is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.catalogue import FILE, read_catalogue
from corpus.check_catalogue import check_catalogue
from corpus.errors import CorpusFault
from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy

Write = Callable[..., Path]
GOOD = """# what we follow

[[source]]
address = "https://example.org/rooms"
title = "Rooms"
themes = ["literacy"]
cities = ["cork"]
"""


def faults(path: Path) -> list[str]:
    return [str(fault) for fault in check_catalogue(path, load_taxonomy(), load_gazetteer())]


def test_the_shipped_catalogue_holds_together_and_sends_nobody_to_copies() -> None:
    assert faults(FILE) == []
    entries = read_catalogue(FILE).entries
    assert len(entries) == 164
    assert all(entry.title and entry.language and entry.kind and entry.note for entry in entries)
    unfetched = [entry for entry in entries if not entry.fetch]
    assert len(unfetched) == 33
    assert not any("preprod" in entry.where or "slidelegend" in entry.where for entry in entries if entry.fetch)


def test_a_good_catalogue_has_no_faults(write: Write) -> None:
    assert faults(write("list.toml", GOOD)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('themes = ["literacy"]', 'themes = ["litercy"]', 6, "Did you mean: literacy"),
        ('cities = ["cork"]', 'cities = ["Atlantis"]', 7, "Unknown city: 'Atlantis'"),
        ('cities = ["cork"]', 'cities = ["Cork"]', 7, "write 'cork'"),
        ('title = "Rooms"', "title = 7", 5, "title: Input should be a valid string"),
        ('title = "Rooms"', 'titel = "Rooms"', 5, "titel: no such field; known are address"),
        ('title = "Rooms"', "year = 99", 5, "year: Input should be greater than"),
        ('title = "Rooms"', 'language = "English"', 5, "language: String should match"),
        ('title = "Rooms"', 'display = "all"', 5, "display: Input should be 'full', 'extract' or 'link'"),
        ('title = "Rooms"', 'id = "search"', 5, "a word of the API's addresses"),
        ('title = "Rooms"', 'only = ["*.pdf"]', 5, "an address is one"),
        ('title = "Rooms"', 'feed = "https://example.org/f"', 3, "this entry has address and feed"),
        ('address = "https://example.org/rooms"', "", 3, "this entry says nowhere where it is"),
        ('address = "https://example.org/rooms"', 'path = "gone"', 4, "there is no 'gone' beside the catalogue"),
        ('address = "https://example.org/rooms"', 'address = "ftp://example.org"', 4, "address: URL scheme should be"),
        ('title = "Rooms"', 'title = "Rooms', 5, "not TOML"),
        ('address = "https://example.org/rooms"', 'path = "list.toml"', 4, "is a catalogue, which lists no other"),
        ('title = "Rooms"', f"title = {'[' * 5000}", 1, "not TOML"),
        ("[[source]]", "[source]", 1, "a list of [[source]] entries and nothing else"),
    ],
)
def test_each_fault_is_told_with_its_line(write: Write, old: str, new: str, line: int, said: str) -> None:
    (fault,) = faults(write("list.toml", GOOD.replace(old, new)))
    assert fault.startswith(f"list.toml:{line}: ")
    assert said in fault


def test_what_is_listed_twice_is_told(write: Write) -> None:
    (fault,) = faults(write("list.toml", GOOD + "\n" + GOOD.replace("/rooms", "/rooms#again")))
    assert fault == "list.toml:11: https://example.org/rooms is listed on line 3 already"


def test_faults_are_told_in_the_order_of_their_lines(write: Write) -> None:
    twice = GOOD.replace("literacy", "x") + GOOD.replace("https://example.org/rooms", "nowhere").replace("cork", "y")
    assert [fault.split(":")[1] for fault in faults(write("list.toml", twice))] == ["6", "11"]


def test_reading_a_faulty_catalogue_names_its_first_fault(write: Write) -> None:
    with pytest.raises(CorpusFault, match=r"list\.toml:5: titel: no such field"):
        read_catalogue(write("list.toml", GOOD.replace("title", "titel")))


@pytest.mark.parametrize("content", [b"\xff\xfe", b""])
def test_a_file_that_is_no_text_or_empty_is_told(write: Write, content: bytes) -> None:
    assert len(faults(write("list.toml", content))) == 1
