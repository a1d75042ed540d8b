"""JSON tables: an array of objects, or an object a line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.formats.detect import read
from ingest.formats.raw import Parsed, RawSource

ROOMS = {"id": "r-1", "title": "Rooms", "text": "The city opened learning rooms.", "city": "Cork"}
BUS = {"id": "b-2", "title": "Bus", "text": "A bus with books."}


def parsed(text: str, name: str = "t.jsonl") -> Parsed:
    return read(RawSource(name, text.encode()))


@pytest.mark.parametrize("name", ["t.json", "t.jsonl", "t.ndjson", "t.txt", "t.csv", "README", "t.md"])
@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ROOMS, BUS], indent=2),
        f"{json.dumps(ROOMS)}\n\n{json.dumps(BUS)}\r\n",
        json.dumps({"total": 2, "practices": [ROOMS, BUS]}),
    ],
)
def test_objects_become_practices_whatever_the_file_is_called(name: str, text: str) -> None:
    documents = parsed(text, name).documents
    assert [(d.source, d.title) for d in documents] == [(f"{name}#r-1", "Rooms"), (f"{name}#b-2", "Bus")]
    assert documents[0].cities == ("cork",)
    assert documents[0].media_type == "application/json"


def test_a_single_object_is_one_practice_even_with_a_list_in_it() -> None:
    (document,) = parsed(json.dumps({**ROOMS, "sources": [{"page": 1, "name": "A page"}]})).documents
    assert document.text == f"{ROOMS['text']}\n\nsources: page: 1; name: A page"


def test_lists_and_nested_values_stay_readable() -> None:
    sentence = "The festival was first held in 2004 by the city and its many partners."
    values = {
        "partners": ["A school", "A library"],
        "facts": [sentence] * 3,
        "year": 2019,
        "budget": {"sum": 1e3, "open": True},
    }
    (document,) = parsed(json.dumps({**BUS, **values, "none": None, "empty": []})).documents
    assert document.organisations == ("A school", "A library")
    assert document.year == 2019
    assert document.text == "\n\n".join(
        [BUS["text"], "\n".join([sentence] * 3), "budget sum: 1000.0\nbudget open: true"]
    )


def test_half_characters_that_json_can_hold_are_left_out() -> None:
    (document,) = parsed('{"id": "a\\ud800", "text": "Rooms\\udfff.", "k\\ud800": "v"}').documents
    assert (document.source, document.text) == ("t.jsonl#a", "Rooms.\n\nk: v")


def test_fields_within_a_wrapper_of_their_own_are_found() -> None:
    (document,) = parsed(json.dumps([{"fields": {"Title": "Rooms", "Description": "Rooms for all."}}])).documents
    assert (document.title, document.text) == ("Rooms", "Rooms for all.")


def test_a_line_that_is_no_object_costs_itself_alone() -> None:
    found = parsed(f'{json.dumps(ROOMS)}\n{{"title": \n[1]\n{json.dumps(BUS)}')
    assert [document.title for document in found.documents] == ["Rooms", "Bus"]
    assert [reason for _, reason in found.faults] == [
        "line 2: not JSON (Expecting value at column 11).",
        "line 3: not a JSON object.",
    ]
    assert found.faults[0][0] == "t.jsonl#line-2"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"title": "Rooms",}]', "line 1, column 20: not JSON"),
        ("no json", "line 1, column 1: not JSON"),
        ("3", "a single JSON value"),
        ("[]", "it holds no objects"),
        ("[1, 2]", "item 1: not a JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"name": "Rooms"}]', "headings are 'name'"),
        (json.dumps([{f"k{n}": "x" for n in range(201)}]), "more than 200 columns"),
    ],
)
def test_what_holds_no_practices_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        parsed(text, "t.json")


@pytest.mark.parametrize(
    "text", ["[A link](https://example.org) to a page.", "{{name}} is a template.", '{"port": 80}', "[1] A reference."]
)
def test_a_text_that_only_begins_like_json_stays_a_text(text: str) -> None:
    assert read(RawSource("t.txt", text.encode())).documents[0].media_type == "text/plain"


VALUE = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(["title", "text", "city", "year", "x"]), VALUE), max_size=4))
def test_no_json_breaks_it(rows: list[dict[str, object]]) -> None:
    try:
        found = parsed(json.dumps(rows), "t.json")
    except SourceError:
        return
    assert len(found.documents) + len(found.faults) <= len(rows)
