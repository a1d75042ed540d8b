"""ZIP archives of documents: their members as sources, within the limits of every ZIP file that is opened here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corpus.errors import SourceError
from ingest.formats.archive import Archive
from ingest.formats.detect import ENDINGS

ENDING = ".zip"


def members(path: Path) -> list[str]:
    """The names of the usable files in an archive, in order. Raises SourceError for one that is broken or too large."""
    names = sorted(name for name in _opened(path).names if _usable(name))
    if not names:
        raise SourceError(f"no usable file in it (looked for {', '.join(ENDINGS)}).")
    return names


def read_member(path: Path, name: str) -> bytes:
    """The bytes of one member. Raises SourceError when they cannot be had."""
    return _opened(path).read(name)


def _opened(path: Path) -> Archive:
    state = path.stat()
    return _archive(path, state.st_mtime_ns, state.st_size)


# The members of one archive are read one after the other.
@lru_cache(maxsize=1)
def _archive(path: Path, changed: int, size: int) -> Archive:
    del changed, size  # they tell one state of a file from the next
    return Archive(path.read_bytes())


def _usable(name: str) -> bool:
    parts = name.split("/")
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return name.lower().endswith(ENDINGS) and not hidden
