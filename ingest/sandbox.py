"""Each parse in a limited child process: a file that explodes ends its own parse and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from corpus.errors import SourceError
from ingest.formats.ocr import MAX_PAGES
from ingest.formats.raw import Parsed, RawSource
from ingest.watch import Limits, Watch, end
from ingest.worker import LENGTH, PARSED, READING

_ROOT = Path(__file__).parent.parent
# What of our environment a parser may see: where its programs and libraries are and which language it speaks.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV", "TESSDATA_PREFIX")
# A message about a page is shorter than any answer.
_LONGEST_SIGN = 64
OnPage = Callable[[int, int], None]


class Sandbox:
    """One child that parses file after file; it is replaced when it dies. For one thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None

    def parse(self, raw: RawSource, on_page: OnPage | None = None) -> Parsed:
        """What these bytes hold. Raises SourceError, also when the child broke one of its limits.

        `on_page` is told (pages read so far, pages to read) after each page that is read from an image.
        """
        child = self._child or self._start()
        try:
            with Watch(child, self.limits) as watch:
                answer = self._ask(child, raw, watch, on_page)
        except BaseException:  # such as Ctrl-C: what the child says next would be taken for the next file's answer
            self.close()
            raise
        if answer is None:
            self.close()
            raise SourceError(self._verdict(child, watch))
        return _read(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (self.limits.memory, self.limits.cpu, self.limits.answer)
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._child = subprocess.Popen(  # noqa: S603  # our own interpreter and module, numbers for arguments
            # -P: a file named json.py in the folder where the user stands is not ours
            [sys.executable, "-P", "-m", "ingest.worker", *map(str, limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries warn about every odd font; the verdict is what counts
            env={**environment, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,  # a group of its own, so that the programs it runs end with it
        )
        return self._child

    def _ask(
        self, child: subprocess.Popen[bytes], raw: RawSource, watch: Watch, on_page: OnPage | None
    ) -> bytes | None:
        """The child's answer; None when it died before it gave one, or gave one that is too long."""
        if child.stdin is None or child.stdout is None:
            return None
        head = json.dumps(
            {"source": raw.source, "size": len(raw.data), "reading": READING.dump_python(raw.reading)}
        ).encode()
        try:
            child.stdin.write(LENGTH.pack(len(head)) + head + raw.data)
            child.stdin.flush()
        except OSError:
            return None
        message = self._message(child.stdout)
        while message and (sign := _sign_of_life(message)):
            watch.heard(sign)
            if on_page:
                on_page(*sign)
            message = self._message(child.stdout)
        return message

    def _message(self, stream: BinaryIO | Any) -> bytes | None:
        size = stream.read(LENGTH.size)
        if len(size) < LENGTH.size or (length := LENGTH.unpack(size)[0]) > self.limits.answer + 1024:
            return None
        message: bytes = stream.read(length)
        return message if len(message) == length else None

    def _verdict(self, child: subprocess.Popen[bytes], watch: Watch) -> str:
        code = child.wait()
        if watch.late:
            return watch.verdict()
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return f"parsing it took more than {self.limits.cpu} seconds of processor time."
        if code == -signal.SIGABRT:  # so the PDF library ends when memory runs out
            return "the parser gave up on it: it needs more memory than a parser is given, or is broken."
        return f"the parser crashed on it (exit code {code})."

    def close(self) -> None:
        """End the child, and whatever it runs."""
        child, self._child = self._child, None
        if child is not None:
            end(child)
            for stream in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            child.wait()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _sign_of_life(message: bytes) -> tuple[int, int] | None:
    """(page, pages) of a message that says that a page was read; None of an answer."""
    if len(message) > _LONGEST_SIGN:
        return None
    try:
        values = json.loads(message)
        page, pages = values["page"], values["pages"]
    except (ValueError, KeyError, TypeError):
        return None
    known = isinstance(page, int) and isinstance(pages, int) and 0 < page <= pages <= MAX_PAGES
    return (page, pages) if known else None


def _read(answer: bytes) -> Parsed:
    """The documents of an answer, checked field by field: a parser that was taken over can send anything."""
    try:
        values: dict[str, Any] = json.loads(answer)
        if "error" in values:
            raise SourceError(str(values["error"])[:1000])
        return PARSED.validate_python(values["parsed"], strict=False)
    except (ValueError, KeyError, TypeError, ValidationError):
        raise SourceError("the parser gave an answer that is no document.") from None
