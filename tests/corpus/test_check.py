"""The shipped corpus has no fault, and a broken practice file is told with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.check import check_all, check_names, check_summary
from corpus.faults import Fault
from corpus.places import Gazetteer, PlaceName, load_gazetteer
from corpus.taxonomy import load_taxonomy
from tests.corpus.records import COPY, NETWORK, PRACTICE, changed, line_with

FOLDERS = [Path(__file__).parents[2] / "corpus" / name for name in ("practices", "network")]
Write = Callable[..., Path]
NAME = "cork-evening-rooms.md"


def check(path: Path) -> list[Fault]:
    return check_summary(path, load_taxonomy(), load_gazetteer())


def test_the_shipped_corpus_has_no_fault() -> None:
    practices, facts = (sorted(folder.glob("*.md")) for folder in FOLDERS)
    assert (len(practices), len(facts)) == (192, 38)
    assert check_all([*practices, *facts]) == []


def test_a_right_practice_has_no_fault(write: Write) -> None:
    assert check(write(NAME, PRACTICE)) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("- family-and-community-learning", "- family-and-comunity-learning", "Unknown theme"),
        ("- adults", "- adultz", "Unknown target group"),
        ("city: cork", "city: corck", "city: 'corck' is not an id of cities.csv"),
        ("country: IE", "country: XX", "country: 'XX' is not an ISO code"),
        ("country: IE", "country: FR", "cities.csv has cork in IE"),
        ("value: over 200", "value: over 300", "figures: 'over 300' is not in the text (300)"),
        ("value: over 200", "value: many", "figures: 'many' holds no number"),
        ("- '2015'", "- '2011'", "dates: '2011' is not in the text"),
        ("in the evening.", "on 42 evenings.", "the number 42 is in no figure or date"),
        ("in 2015.", "in 2015. Twelve followed.", "the number 12 is in no figure or date"),
        ("basis: excerpts", "basis: rumour", "basis: "),
        ("nature: official", "nature: hearsay", "sources.0.nature: "),
        ("title: Evening", "title: : Evening", "front matter is not YAML"),
    ],
)
def test_a_fault_is_told_with_file_and_line(write: Write, old: str, new: str, reason: str) -> None:
    text = changed(old, new)
    faults = check(write(NAME, text))
    assert [(fault.file, fault.line) for fault in faults if reason in fault.reason] == [
        (NAME, line_with(new.split("\n")[-1], text))
    ], list(map(str, faults))


def test_a_right_fact_of_the_network_has_no_fault(write: Write) -> None:
    assert check(write("network-evening-award.md", NETWORK)) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("id: network-", "id: ", "id: String should match pattern"),
        ("kind: network", "kind: network\ncity: cork", "city: Extra inputs are not permitted"),
        ("value: over 200", "value: over 300", "figures: 'over 300' is not in the text (300)"),
        ("award of 2015.", "award of 2015.\nThree won.", "the number 3 is in no figure or date"),
        ("Over 200 cities", "## Results\n\nOver 200 cities", "sections: Results; known, in this order: none"),
    ],
)
def test_a_fault_in_a_fact_of_the_network_is_told(write: Write, old: str, new: str, reason: str) -> None:
    faults = check(write("network-evening-award.md", changed(old, new, NETWORK)))
    assert any(reason in fault.reason for fault in faults), list(map(str, faults))


def test_an_id_that_is_not_the_file_name_is_told(write: Write) -> None:
    (fault,) = check(write("another-name.md", PRACTICE))
    assert str(fault) == "another-name.md:2: id: 'cork-evening-rooms' is not the file's name"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (changed("## What was done", "## What helped or limited it"), "known, in this order"),
        (changed("## Results", "## What was done"), "known, in this order"),
        (changed("## Results", "## Outcomes"), "known, in this order"),
        (changed("Learners of every age came back to school.\n", ""), "section 'Results' is empty"),
    ],
)
def test_sections_out_of_order_doubled_unknown_or_empty_are_told(write: Write, text: str, reason: str) -> None:
    faults = check(write(NAME, text))
    assert [fault.line for fault in faults if reason in fault.reason] == [line_with("basis:", text) + 2]


def test_a_title_that_another_practice_has_is_told(write: Write) -> None:
    first = write(NAME, PRACTICE)
    second = write("cork-other-rooms.md", changed("id: cork-evening-rooms", "id: cork-other-rooms"))
    (fault,) = check_all([first, second])
    assert (fault.file, fault.line, fault.reason) == ("cork-other-rooms.md", 3, f"title: the same as that of {NAME}")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00binary", b""])
def test_a_file_that_is_no_practice_is_a_fault_and_no_crash(write: Write, content: bytes) -> None:
    faults = check(write(NAME, content))
    assert faults
    assert {fault.file for fault in faults} == {NAME}


@pytest.mark.parametrize("value", ["2024-13-45", '"a\x07bell"'], ids=["no date", "control"])
def test_a_value_that_yaml_cannot_read_is_a_fault_and_not_passed_over(write: Write, value: str) -> None:
    (fault,) = check(write(NAME, changed("- '2015'", f"- {value}")))
    assert fault.file == NAME


def test_every_fault_of_a_file_is_told(write: Write) -> None:
    text = changed("city: cork", "city: corck", changed("basis:", COPY + "basis:"))
    reasons = [fault.reason for fault in check(write("other.md", text))]
    assert len(reasons) == 2
    assert reasons[0].startswith("id:")
    assert reasons[1].startswith("city:")


def test_a_name_of_no_known_place_or_of_two_is_told() -> None:
    shipped = load_gazetteer()
    names = [
        PlaceName("Nowhere", "nowhere"),
        PlaceName("Cork", "espoo"),
        PlaceName("Somewhere", "cork", elsewhere=("XX",)),
    ]
    faults = [
        str(fault) for fault in check_names(Gazetteer(shipped.cities.values(), shipped.countries.values(), names))
    ]
    assert faults == [
        "place_names.csv:2: Nowhere: 'nowhere' is neither a city nor a country of the tables",
        "place_names.csv:4: Somewhere: 'XX' is neither a city nor a country of the tables",
        "place_names.csv:1: 'cork' means cork and espoo; settle it in place_names_by_hand.csv",
    ]
