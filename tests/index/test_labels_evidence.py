"""Kinds of evidence, on sentences of the practices that were labelled before the rules were written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.evidence import STRENGTH, evidence_in, kinds_in

ROWS = [json.loads(line) for line in Path(__file__).with_name("evidence.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The network has trained 500 young people.", ("number-reported",)),
        ("The city won the UNESCO award in 2019.", ("awarded",)),
        ("More than 4,000 people took part, and it won the Grundtvig Award.", ("number-reported", "awarded")),
        ("An evaluation found that 87 per cent stayed.", ("evaluated",)),
        ("Officials say that the centres have improved people's chances.", ("claimed",)),
        ("The city plans to train 500 people.", ()),
        ("It hopes to reach 1,000 families by 2030.", ()),
        ("Osan, a city of 240,000 people, joined in 2016.", ()),
        ("It joined the network of learning cities in July 2019.", ()),
        ("The festival runs from 22 to 27 April.", ()),
        ("Classes are held in libraries.", ()),
        ("", ()),
    ],
)
def test_a_sentence_shows_what_it_states_and_no_more(sentence: str, kinds: tuple[str, ...]) -> None:
    assert kinds_in(sentence) == kinds


@pytest.mark.parametrize(("drawn", "precision", "recall"), [("held out", 0.85, 0.74), ("at random", 0.9, 0.85)])
def test_the_rules_keep_their_measure(drawn: str, precision: float, recall: float) -> None:
    rows = [(set(row["evidence"]), set(kinds_in(row["text"]))) for row in ROWS if row["drawn"] == drawn]
    right = sum(len(given & found) for given, found in rows)
    assert right / sum(len(found) for _, found in rows) >= precision
    assert right / sum(len(given) for given, _ in rows) >= recall


def test_labels_of_the_sample_are_known_kinds() -> None:
    assert {kind for row in ROWS for kind in row["evidence"]} == set(STRENGTH)


def test_spans_are_those_of_the_sentences() -> None:
    text = "The hall is old.  It drew 300 visitors. Done."
    (found,) = evidence_in(text)
    assert text[found.start : found.end] == "It drew 300 visitors."


def test_other_languages_say_nothing() -> None:
    assert evidence_in("It drew 300 visitors.", "fr") == []
