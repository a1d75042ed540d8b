"""PDFs made to explode end in a verdict within a parser's limits, and the next file is read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest

from corpus.errors import SourceError
from ingest.formats.raw import RawSource, Reading
from ingest.sandbox import Sandbox
from ingest.watch import Limits
from tests.ingest import raw_pdfs

TEXT = "The library opened new rooms for everyone."


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(memory=600 * 2**20, cpu=20, wall=60.0)) as made:
        yield made


def verdict(sandbox: Sandbox, data: bytes, *, ocr: str | None = None) -> str:
    """The text of the file, or why it was refused; and the next file is read."""
    try:
        found = sandbox.parse(RawSource("files/bomb.pdf", data, Reading(ocr=ocr))).documents[0].text
    except SourceError as error:
        found = str(error)
    assert sandbox.parse(RawSource("next.md", b"# Next\n\nIt is read.")).documents[0].text == "It is read."
    return found


def test_a_file_of_too_many_pages_is_refused_with_what_to_do(sandbox: Sandbox) -> None:
    expected = "it has 5,001 pages; 5,000 are read at most: split it into parts."
    assert verdict(sandbox, raw_pdfs.many_pages(5001)) == expected


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(raw_pdfs.endless_outline, id="an outline that goes on for ever"),
        pytest.param(lambda: raw_pdfs.deep_outline(3000), id="an outline of 3,000 levels"),
        pytest.param(lambda: raw_pdfs.false_count(2_000_000_000), id="two thousand million pages that are not there"),
        pytest.param(lambda: raw_pdfs.false_count(-5), id="fewer pages than none"),
    ],
)
def test_what_can_be_read_is_read(sandbox: Sandbox, make: Callable[[], bytes]) -> None:
    assert verdict(sandbox, make()) == TEXT


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(raw_pdfs.self_containing, id="a page tree that holds itself"),
        pytest.param(lambda: raw_pdfs.deep_tree(3000), id="a page tree of 3,000 levels"),
    ],
)
def test_a_page_tree_that_does_not_end_is_refused(sandbox: Sandbox, make: Callable[[], bytes]) -> None:
    assert "not a readable PDF" in verdict(sandbox, make())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its address space")
def test_content_that_unpacks_to_more_than_memory_ends_its_own_parse(sandbox: Sandbox) -> None:
    assert "more memory than a parser is given" in verdict(sandbox, raw_pdfs.swollen_content(400_000_000))


def test_objects_that_unpack_to_more_than_memory_end_in_a_verdict(sandbox: Sandbox) -> None:
    assert verdict(sandbox, raw_pdfs.swollen_object_stream(400_000_000))


@pytest.mark.parametrize("side", [20_000, 60_000])
def test_an_image_that_says_it_is_huge_ends_in_a_verdict(sandbox: Sandbox, side: int) -> None:
    assert verdict(sandbox, raw_pdfs.image_of(side, side), ocr="eng")
