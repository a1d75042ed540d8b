"""Walk files and folders: each usable file becomes a source with a name that holds no local path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from ingest.formats.detect import ENDINGS
from ingest.formats.raw import RawSource

PRACTICES = Path(__file__).parent.parent / "corpus" / "practices"
STARTER_ROOT = "starter"
# A file over this is not read into memory.
MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file to ingest: `source` is what it is known by, `root` what vanished files are looked for under."""

    source: str
    root: str
    path: Path

    def read(self, password: str | None = None) -> RawSource:
        """Its bytes. Raises SourceError when they cannot be had."""
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise SourceError(f"larger than {MAX_BYTES // 2**20} MB; split it first.")
            return RawSource(self.source, self.path.read_bytes(), password)
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror or error}).") from None


@dataclass(frozen=True, slots=True)
class Walk:
    """What was found under the sources given: files in order, and a reason for each source that gave none."""

    files: tuple[FileSource, ...]
    failures: tuple[tuple[str, str], ...]


def walk(given: list[Path]) -> Walk:
    """The files under `given`; nothing given means the starter corpus."""
    if not given:
        files = tuple(FileSource(f"{STARTER_ROOT}/{p.name}", STARTER_ROOT, p) for p in sorted(PRACTICES.glob("*.md")))
        return Walk(files, ())
    files_found: list[FileSource] = []
    failures: list[tuple[str, str]] = []
    for path in given:
        found, reason = _under(path)
        files_found += found
        if reason:
            failures.append((path.name or str(path), reason))
    unique = {file.path.resolve(): file for file in reversed(files_found)}
    return Walk(tuple(reversed(unique.values())), tuple(failures))


def _under(path: Path) -> tuple[list[FileSource], str | None]:
    if not path.exists():
        return [], "there is no such file or folder."
    if path.is_file():
        return [FileSource(path.name, path.name, path)], None
    if path.resolve() == PRACTICES.resolve():
        return list(walk([]).files), None
    root = path.resolve().name or "files"
    files = [FileSource(f"{root}/{file.relative_to(path).as_posix()}", root, file) for file in sorted(_usable(path))]
    return files, None if files else f"no usable file in it (looked for {', '.join(ENDINGS)})."


def _usable(folder: Path) -> Iterator[Path]:
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield Path(directory) / name
