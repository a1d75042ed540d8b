"""Files parsed ahead of their turn, each in a sandbox, so that parsing and embedding overlap."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from corpus.errors import SourceError
from corpus.identity import digest
from ingest import chunk, enrich
from ingest.formats.detect import read
from ingest.formats.raw import NOTHING, Parsed, RawSource, Reading
from ingest.sandbox import Sandbox
from ingest.sources import FileSource

# What decides how bytes are read and cut; better rules read the same bytes anew.
VERSION = f"4.{chunk.VERSION}.{enrich.VERSION}"
# How many files are read ahead of the one that is being embedded, a child.
_AHEAD = 4
# Seconds after which a file that is still being parsed is a pause for the one who waits for it.
_PAUSE = 0.5
Pause = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file with what it holds, or why it holds nothing that can be read; unchanged, it was not parsed."""

    file: FileSource
    unchanged: bool = False
    parsed: Parsed = NOTHING
    fault: str = ""


def stamp(content_hash: str) -> str:
    """Content and parser together: what tells whether a source must be read again."""
    return f"{content_hash}:{VERSION}"


def _stamp_now(file: FileSource) -> str | None:
    """The stamp of a file's bytes; None where they cannot be had, which is told when it is loaded."""
    try:
        return stamp(file.hash_of(digest(file.read().data)))
    except SourceError:
        return None


def _unchanged(file: FileSource) -> Future[Loaded]:
    ready: Future[Loaded] = Future()
    ready.set_result(Loaded(file, unchanged=True))
    return ready


class Parsers:
    """Some sandboxes at work side by side; with none, files are parsed in this process (for tests)."""

    def __init__(self, children: int) -> None:
        self._children = children
        self._threads = ThreadPoolExecutor(max(1, children), thread_name_prefix="parser")
        self._local = threading.local()
        self._open: list[Sandbox] = []
        self._at = ""

    def __enter__(self) -> Parsers:
        return self

    def __exit__(self, *_: object) -> None:
        for sandbox in self._open:  # a child that is at work dies with its answer
            sandbox.close()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def load(
        self, files: Iterable[tuple[FileSource, str | None]], reading: Reading, pause: Pause = lambda _at: None
    ) -> Iterator[Loaded]:
        """Each file, in the order given, with its stored stamp; a few are parsed ahead.

        `pause` is called, with the scanned page last read, again and again while the next file is long in coming.
        """
        waiting: deque[Future[Loaded]] = deque()
        for file, before in files:
            # Looked at here: to hand it to another thread would cost several times as much.
            unchanged = before is not None and before == _stamp_now(file)
            waiting.append(_unchanged(file) if unchanged else self._threads.submit(self._load, file, reading))
            if len(waiting) > _AHEAD * max(1, self._children):
                yield self._awaited(waiting.popleft(), pause)
        while waiting:
            yield self._awaited(waiting.popleft(), pause)

    def _awaited(self, loading: Future[Loaded], pause: Pause) -> Loaded:
        while not (loading.done() or wait([loading], timeout=_PAUSE).done):
            pause(self._at)
        return loading.result()

    def _load(self, file: FileSource, reading: Reading) -> Loaded:
        try:
            return Loaded(file, parsed=self._parse(file.read(reading)))
        except SourceError as error:
            return Loaded(file, fault=str(error))
        except Exception as error:  # a fault of ours with one file must not cost the others
            return Loaded(file, fault=f"could not be read ({type(error).__name__}: {error}).")

    def _parse(self, raw: RawSource) -> Parsed:
        if not self._children:
            return read(raw)
        if not hasattr(self._local, "sandbox"):
            self._local.sandbox = Sandbox()
            self._open.append(self._local.sandbox)
        sandbox: Sandbox = self._local.sandbox

        def on_page(page: int, pages: int) -> None:
            self._at = f"{raw.source}: page {page} of {pages}"

        return sandbox.parse(raw, on_page)
