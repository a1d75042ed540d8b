"""What one parse may use, and the clock that ends a child which takes longer."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

from ingest.formats.ocr import MAX_PAGES


@dataclass(frozen=True, slots=True)
class Limits:
    """What one parse may use: address space and answer in bytes, processor and wall time in seconds.

    Each page that is read from an image gives it `cpu` and `wall` anew, `page` seconds more in all, up to `longest`.
    """

    memory: int = 2 * 2**30
    cpu: int = 60
    wall: float = 120.0
    answer: int = 64 * 2**20
    # A full page takes 1.6 s on a core of its own.
    page: float = 20.0
    longest: float = 4 * 3600.0


class Watch:
    """A clock that ends the child: after some time without a sign of life, and after all time that its signs earn."""

    def __init__(self, child: subprocess.Popen[bytes], limits: Limits) -> None:
        self.late = False
        self._child, self._limits = child, limits
        self._signs, self._last = 0, (0, 0)
        self._started = time.monotonic()
        self._timer = self._set(limits.wall)

    def heard(self, sign: tuple[int, int]) -> None:
        """Give the child time for one more page; too many pages end it, for no file has so many."""
        self._timer.cancel()
        self._signs, self._last = self._signs + 1, sign
        earned = min(self._limits.wall + self._signs * self._limits.page, self._limits.longest)
        left = earned - (time.monotonic() - self._started)
        self._timer = self._set(min(self._limits.wall, left) if self._signs <= MAX_PAGES else 0.0)

    def verdict(self) -> str:
        """What took too long."""
        if not self._signs:
            return f"parsing it took longer than {self._limits.wall:g} seconds."
        return "reading text from its images took too long; it was stopped after page {} of {}.".format(*self._last)

    def _set(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(max(0.0, seconds), self._stop)
        timer.start()
        return timer

    def _stop(self) -> None:
        self.late = True
        end(self._child)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def end(child: subprocess.Popen[bytes]) -> None:
    """Kill a child that has a process group of its own, with all that it runs; before it is waited for."""
    with contextlib.suppress(OSError):  # it has ended by itself
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
