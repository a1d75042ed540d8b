"""What passages are made of: contents, references and boilerplate are known in six languages, text stays text."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import JUNK, PassageKind
from ingest.chunk import chunk
from ingest.formats.blocks import Block
from ingest.kinds import kind_of
from ingest.stretches import stretches
from tests.conftest import TinyEmbedder
from tests.ingest.test_chunk import document_of

SAMPLE = [json.loads(line) for line in (Path(__file__).parent / "kinds.jsonl").read_text("utf-8").splitlines()]
PAIRS = [(row["kind"], str(kind_of(row["text"], tuple(row["section"])))) for row in SAMPLE]
# A text that ranks as junk is lost, junk that ranks as text is only in the way: precision has the higher floor.
FLOORS = {
    "contents": (0.95, 0.95),
    "references": (0.95, 0.95),
    "boilerplate": (0.95, 0.9),
    "table": (0.9, 0.9),
    "list": (0.9, 0.9),
    "heading": (0.9, 0.9),
    "body": (0.9, 0.9),
}
PROSE = (
    "The city opened twelve halls in the evening. The tutors were trained by the college next door, and in the first "
    "year two thousand people took part, most of them for the first time in their lives."
)
ENTRIES = [
    "Hale, J. (2016). Counting what counts. Northport, Harbour Press.",
    "Benn, R. and Ito, K. (2013). Halls in ageing towns. Journal of Place, 7(2), 112–130.",
    "Doyle, P. (2014). Neighbourhoods that learn. Adult Learning Review, 12(3), 41–58.",
]
CONTENTS = "\n".join(f"{number}. Evening halls and tutors {'.' * 30} {number * 7}" for number in range(1, 6))


@pytest.mark.parametrize("kind", list(PassageKind))
def test_each_kind_is_found_and_seldom_mistaken_in_the_labelled_sample(kind: PassageKind) -> None:
    hits = sum(label == found == kind for label, found in PAIRS)
    precision = hits / Counter(found for _, found in PAIRS)[kind]
    recall = hits / Counter(label for label, _ in PAIRS)[kind]
    wrong = [row["text"] for row, pair in zip(SAMPLE, PAIRS, strict=True) if kind in pair and pair[0] != pair[1]]
    assert (precision >= FLOORS[kind][0], recall >= FLOORS[kind][1]) == (True, True), (precision, recall, wrong)


@given(st.text())
def test_any_text_is_of_some_kind(text: str) -> None:
    assert kind_of(text, (text,)) in PassageKind


def test_a_text_that_cites_is_no_reference_list() -> None:
    assert kind_of("Benn (2009) found that learning grows (Ito, 2013; Hale, 2016) where halls are near.") == "body"


def test_prose_that_strayed_under_references_stays_text() -> None:
    assert kind_of(PROSE, ("References",)) == PassageKind.BODY


def test_prose_under_a_heading_of_contents_stays_text() -> None:
    assert kind_of(PROSE, ("Contents",)) == PassageKind.BODY


def test_a_numbered_heading_of_references_counts() -> None:
    entry = "City of Northport. 2019. Learning plan, approved by the council."
    assert kind_of(entry) == PassageKind.BODY
    assert kind_of(entry, ("Annexes", "7.2 BIBLIOGRAPHIE")) == PassageKind.REFERENCES


def test_one_link_in_a_text_does_not_make_it_junk() -> None:
    assert kind_of(f"{PROSE} See https://example.org/halls for more.") == PassageKind.BODY


def test_a_form_with_dotted_lines_is_no_contents_list() -> None:
    assert kind_of("Name of the learner: .................... Signature: ....................") != "contents"


def test_contents_and_text_of_one_section_do_not_share_a_passage() -> None:
    document = document_of(Block(CONTENTS), Block(PROSE), Block("\n".join(ENTRIES)))
    passages = chunk(document, TinyEmbedder())
    assert list(dict.fromkeys(passage.kind for passage in passages)) == ["contents", "body", "references"]
    assert "".join(p.text for p in passages if p.kind == "body").startswith("The city opened")


def test_a_short_source_between_paragraphs_does_not_tear_them_apart() -> None:
    source = "Source: www.example.org/halls, 2012"
    runs = list(stretches(text := f"{PROSE}\n\n{source}\n\n{PROSE}", 0, len(text), ()))
    assert runs == [(0, len(text), None)]


@settings(deadline=None)
@given(st.lists(st.sampled_from([PROSE, CONTENTS, "\n".join(ENTRIES), "Short", "", "\n"])).map("\n\n".join))
def test_stretches_cover_all_that_is_written_in_order(text: str) -> None:
    runs = list(stretches(text, 0, len(text), ()))
    assert "".join(text[start:end] for start, end, _ in runs).split() == text.split()
    assert all(kind is None or kind in JUNK for _, _, kind in runs)
    assert all(before[1] <= after[0] for before, after in pairwise(runs))


@pytest.mark.parametrize(
    "unit", ["A", "a-", "Ab ", ".", "… ", "1,", "'\"", "学", "x 1 ", "\n", " ", "A. ", "www.", "(", "– "]
)
def test_an_endless_block_is_judged_at_once(unit: str) -> None:
    started = time.process_time()
    list(stretches(unit * 300_000, 0, len(unit) * 300_000, ()))
    # The usual is some hundredths of a second; a pattern that backtracks takes minutes.
    assert time.process_time() - started < 20


def test_a_list_of_goods_with_links_is_no_list_of_works() -> None:
    goods = "\n".join(
        f"{number}) A lamp of the Magnum P.I. sort https://shop.example/{number}" for number in range(1, 3)
    )
    more = "\n".join(f"{number}) Twelve chairs for a hall https://shop.example/{number}" for number in range(3, 20))
    assert kind_of(f"{goods}\n{more}") == PassageKind.LIST
    works = "\n".join(f"{entry} https://library.example/{number}" for number, entry in enumerate(ENTRIES))
    assert kind_of(works) == PassageKind.REFERENCES
