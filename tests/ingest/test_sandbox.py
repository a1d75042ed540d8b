"""A file is parsed in a child with limits: what breaks one ends with a verdict, and the next file is read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import SourceError
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from ingest.sandbox import Limits, Sandbox, _read
from tests.ingest.pdfs import make_pdf

GOOD = RawSource("files/rooms.md", b"# Rooms\n\nRooms that stood empty are open in the evening.\n")
# Half a minute of work and more: every paragraph is one more node of a tree that is walked again and again.
HUGE = RawSource("files/huge.html", b"<html><body>" + b"<div><p>Learning <b>for all</b> of us.</p>" * 150_000)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def refusal(raw: RawSource, limits: Limits) -> str:
    with Sandbox(limits) as sandbox, pytest.raises(SourceError) as error:
        sandbox.parse(raw)
    return str(error.value)


def test_a_document_comes_back_from_the_child_as_it_was_parsed(sandbox: Sandbox) -> None:
    page = RawSource(
        "a.html", b"<html><body><article><h1>Rooms</h1><p>Open in the evening.</p></article></body></html>"
    )
    pdf = RawSource("a.pdf", make_pdf([["The library opened new rooms for everyone."], []], title="Evening rooms"))
    for raw in (GOOD, page, pdf):
        document, here = sandbox.parse(raw), parse(raw)
        assert document == here
        assert (document.warnings, document.declares_id) == (here.warnings, here.declares_id)


def test_a_refusal_comes_back_as_it_was_said(sandbox: Sandbox) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        sandbox.parse(RawSource("a.md", b"  "))


def test_a_password_reaches_the_child(sandbox: Sandbox) -> None:
    locked = make_pdf([["The library opened new rooms for everyone."]], user="open sesame")
    assert "new rooms" in sandbox.parse(RawSource("a.pdf", locked, "open sesame")).text


def test_a_file_that_takes_too_long_is_given_up() -> None:
    assert refusal(HUGE, Limits(wall=1.0)) == "parsing it took longer than 1 seconds."


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit processor time otherwise or not at all")
def test_a_file_that_takes_too_much_processor_time_is_given_up() -> None:
    assert "1 seconds of processor time" in refusal(HUGE, Limits(cpu=1))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its address space")
def test_a_file_that_takes_too_much_memory_ends_with_a_verdict() -> None:
    large = RawSource("a.txt", b"Rooms are open. " * 4_000_000)
    assert "more memory than a parser is given" in refusal(large, Limits(memory=300 * 2**20))


def test_an_answer_that_is_too_long_is_refused() -> None:
    long = RawSource("a.txt", b"Rooms are open. " * 100_000)
    assert "MB of text" in refusal(long, Limits(answer=2**20))


def test_after_a_file_that_was_given_up_the_next_one_is_read() -> None:
    with Sandbox(Limits(wall=5.0)) as sandbox:
        with pytest.raises(SourceError):
            sandbox.parse(HUGE)
        assert sandbox.parse(GOOD).title == "Rooms"


@pytest.mark.skipif(sys.platform != "linux", reason="the environment of a process is read from /proc")
def test_the_child_sees_nothing_of_our_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCITIES_SECRET", "key")
    child = sandbox._start()
    assert b"LEARNCITIES_SECRET" not in Path(f"/proc/{child.pid}/environ").read_bytes()


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b'{"document": null}', b'{"document": {"id": 3}}', b"\xff", json.dumps({"docum": {}}).encode()],
)
def test_an_answer_that_is_no_document_is_refused(answer: bytes) -> None:
    with pytest.raises(SourceError, match="no document"):
        _read(answer)
