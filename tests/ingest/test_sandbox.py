"""A file is parsed in a child with limits: what breaks one ends with a verdict, and the next file is read."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import SourceError
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource, Reading
from ingest.sandbox import Sandbox, _read
from ingest.watch import Limits
from tests.ingest.pdfs import make_pdf
from tests.ingest.scans import SEEN, pretend_tesseract

GOOD = RawSource("files/rooms.md", b"# Rooms\n\nRooms that stood empty are open in the evening.\n")
# Some seconds of work and more: every paragraph is one more node of a tree that is walked again and again.
HUGE = RawSource("files/huge.html", b"<html><body>" + b"<div><p>Learning <b>for all</b> of us.</p>" * 300_000)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


class TakenOver(Sandbox):
    """A sandbox whose child runs this script; `say` sends a message of its own making."""

    def __init__(self, script: str, limits: Limits) -> None:
        super().__init__(limits)
        self._script = (
            "import json, struct, subprocess, sys, time\n"
            "def say(**values):\n"
            "    data = json.dumps(values).encode()\n"
            "    sys.stdout.buffer.write(struct.pack('>Q', len(data)) + data)\n"
            "    sys.stdout.buffer.flush()\n" + script
        )

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-c", self._script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self._child


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
        document, here = sandbox.parse(raw).documents[0], parse(raw)
        assert document == here
        assert (document.warnings, document.declares_id) == (here.warnings, here.declares_id)


def test_a_refusal_comes_back_as_it_was_said(sandbox: Sandbox) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        sandbox.parse(RawSource("a.md", b"  "))


def test_a_password_reaches_the_child(sandbox: Sandbox) -> None:
    locked = make_pdf([["The library opened new rooms for everyone."]], user="open sesame")
    assert "new rooms" in sandbox.parse(RawSource("a.pdf", locked, Reading("open sesame"))).documents[0].text


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


def test_after_a_file_that_was_given_up_the_next_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", pretend_tesseract(tmp_path, "exec sleep 60"))
    with Sandbox(Limits(wall=5.0)) as sandbox:
        with pytest.raises(SourceError, match="longer than 5 seconds"):
            sandbox.parse(RawSource("a.pdf", make_pdf([[]]), Reading(ocr="eng")))
        assert sandbox.parse(GOOD).documents[0].title == "Rooms"


@pytest.mark.skipif(sys.platform != "linux", reason="the environment of a process is read from /proc")
def test_the_child_sees_nothing_of_our_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCITIES_SECRET", "key")
    child = sandbox._start()
    assert b"LEARNCITIES_SECRET" not in Path(f"/proc/{child.pid}/environ").read_bytes()


def test_pages_that_are_read_from_images_are_told_and_give_time_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "seen").write_text(SEEN.format(sure=95))
    monkeypatch.setenv("PATH", pretend_tesseract(tmp_path, f"cat > /dev/null; sleep 0.4; cat {tmp_path}/seen"))
    told = []
    with Sandbox(Limits(wall=4.0)) as sandbox:
        sandbox.parse(GOOD)
        scan = RawSource("a.pdf", make_pdf([[]] * 12), Reading(ocr="eng"))
        document = sandbox.parse(scan, lambda *sign: told.append(sign)).documents[0]
        assert sandbox.parse(GOOD).documents[0].title == "Rooms"
    assert told == [(page, 12) for page in range(1, 13)]
    assert document.text.count("Rooms open") == 12


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_tesseract_ends_with_the_parser_that_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # exec: the number of the shell becomes that of the sleep
    monkeypatch.setenv("PATH", pretend_tesseract(tmp_path, "exec sleep 31.25"))
    raw = RawSource("a.pdf", make_pdf([[]]), Reading(ocr="eng"))
    assert refusal(raw, Limits(wall=5.0)) == "parsing it took longer than 5 seconds."
    commands = (process.read_bytes() for process in Path("/proc").glob("[0-9]*/cmdline"))
    assert not any(b"31.25" in command for command in commands)


@pytest.mark.parametrize(
    "script",
    [
        "for page in range(1, 100000): say(page=1, pages=5000)",
        "while True: say(page=1, pages=5000); time.sleep(0.1)",
        "say(page=1, pages=2); time.sleep(60)",
    ],
)
def test_a_child_that_says_again_and_again_that_it_is_alive_is_ended(script: str) -> None:
    started = time.monotonic()
    with TakenOver(script, Limits(wall=2.0, page=0.01)) as sandbox, pytest.raises(SourceError) as error:
        sandbox.parse(GOOD)
    assert "took too long; it was stopped after page 1 of" in str(error.value)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    "sign", ["page=0, pages=1", "page=2, pages=1", "page=1, pages=5001", "page='1', pages=2", "page=1"]
)
def test_a_sign_of_life_that_makes_no_sense_is_taken_for_an_answer_and_refused(sign: str) -> None:
    with (
        TakenOver(f"say({sign}); time.sleep(60)", Limits()) as sandbox,
        pytest.raises(SourceError, match="no document"),
    ):
        sandbox.parse(GOOD)


def test_a_parse_that_is_interrupted_leaves_no_answer_for_the_next_file() -> None:
    def interrupted(_page: int, _pages: int) -> None:
        raise KeyboardInterrupt

    with TakenOver("say(page=1, pages=2); say(error='late')", Limits()) as sandbox:
        with pytest.raises(KeyboardInterrupt):
            sandbox.parse(GOOD, interrupted)
        assert sandbox._child is None


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b'{"document": null}', b'{"document": {"id": 3}}', b"\xff", json.dumps({"docum": {}}).encode()],
)
def test_an_answer_that_is_no_document_is_refused(answer: bytes) -> None:
    with pytest.raises(SourceError, match="no document"):
        _read(answer)
