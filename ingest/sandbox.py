"""Each parse in a limited child process: a file that explodes ends its own parse and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.raw import RawSource
from ingest.worker import DOCUMENT, LENGTH

_ROOT = Path(__file__).parent.parent
# What of our environment a parser may see: where its libraries are and which language it speaks.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one parse may use: address space and answer in bytes, processor and wall time in seconds."""

    memory: int = 2 * 2**30
    cpu: int = 60
    wall: float = 120.0
    answer: int = 64 * 2**20


class Sandbox:
    """One child that parses file after file; it is replaced when it dies. For one thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None

    def parse(self, raw: RawSource) -> Document:
        """The document in these bytes. Raises SourceError, also when the child broke one of its limits."""
        child = self._child or self._start()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self.limits.wall, stop)
        timer.start()
        try:
            answer = self._ask(child, raw)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            raise SourceError(self._verdict(child, late.is_set()))
        return _read(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (self.limits.memory, self.limits.cpu, self.limits.answer)
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._child = subprocess.Popen(  # noqa: S603  # our own interpreter and module, numbers for arguments
            [sys.executable, "-m", "ingest.worker", *map(str, limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries warn about every odd font; the verdict is what counts
            env={**environment, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], raw: RawSource) -> bytes | None:
        """The child's answer; None when it died before it gave one, or gave one that is too long."""
        if child.stdin is None or child.stdout is None:
            return None
        head = json.dumps({"source": raw.source, "size": len(raw.data), "password": raw.password}).encode()
        try:
            child.stdin.write(LENGTH.pack(len(head)) + head + raw.data)
            child.stdin.flush()
        except OSError:
            return None
        size = child.stdout.read(LENGTH.size)
        if len(size) < LENGTH.size or (length := LENGTH.unpack(size)[0]) > self.limits.answer + 1024:
            return None
        answer = child.stdout.read(length)
        return answer if len(answer) == length else None

    def _verdict(self, child: subprocess.Popen[bytes], late: bool) -> str:
        code = child.wait()
        if late:
            return f"parsing it took longer than {self.limits.wall:g} seconds."
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return f"parsing it took more than {self.limits.cpu} seconds of processor time."
        return f"the parser crashed on it (exit code {code})."

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for stream in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            child.wait()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(answer: bytes) -> Document:
    """The document of an answer, checked field by field: a parser that was taken over can send anything."""
    try:
        values: dict[str, Any] = json.loads(answer)
        if "error" in values:
            raise SourceError(str(values["error"])[:1000])
        return DOCUMENT.validate_python(values["document"], strict=False)
    except (ValueError, KeyError, TypeError, ValidationError):
        raise SourceError("the parser gave an answer that is no document.") from None
