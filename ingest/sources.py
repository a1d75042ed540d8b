"""Walk files and folders: each usable file becomes a source with a name that holds no local path."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from corpus.identity import STARTER, digest
from ingest.formats.detect import ENDINGS
from ingest.formats.raw import RawSource, Reading

_CORPUS = Path(__file__).parent.parent / "corpus"
# The folders of the starter corpus: they go in together.
PRACTICES, NETWORK = _CORPUS / "practices", _CORPUS / "network"
# A file over this is not read into memory.
MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file to ingest: `source` is what it is known by, `root` and `place` name what it was found under."""

    source: str
    root: str
    path: Path
    place: str = STARTER

    def read(self, reading: Reading = Reading()) -> RawSource:
        """Its bytes. Raises SourceError when they cannot be had."""
        try:
            if not self.path.is_file():
                raise SourceError("not a regular file.")
            if self.path.stat().st_size > MAX_BYTES:
                raise SourceError(f"larger than {MAX_BYTES // 2**20} MB; split it first.")
            return RawSource(self.source, self.path.read_bytes(), reading)
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror or error}).") from None


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder given: its name, a hash of where it lies, and whether all of it could be looked at."""

    name: str
    place: str
    named: bool = False
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Walk:
    """What was found under the sources given: files in order, reasons for what gave none, and the roots."""

    files: tuple[FileSource, ...]
    failures: tuple[tuple[str, str], ...]
    roots: tuple[Root, ...] = ()


def walk(given: list[Path], name: str | None = None) -> Walk:
    """The files under `given`, known by `name` instead of their own where it is given; nothing: the starter corpus."""
    if not given:
        files = [FileSource(f"{STARTER}{path.name}", STARTER, path) for path in starter_files()]
        return Walk(tuple(files), (), (Root(STARTER, STARTER),))
    walks = [_safely(path, name) for path in given]
    unique: dict[Path, FileSource] = {}
    for file in (file for one in walks for file in one.files):
        unique.setdefault(file.path.absolute(), file)
    failures = tuple(failure for one in walks for failure in one.failures)
    roots = dict.fromkeys(root for one in walks for root in one.roots)
    return Walk(tuple(unique.values()), failures, tuple(roots))


def starter_files() -> list[Path]:
    """The practices and the facts of the network that the starter corpus holds."""
    return [path for folder in (PRACTICES, NETWORK) for path in sorted(folder.glob("*.md"))]


def _safely(path: Path, name: str | None) -> Walk:
    shown = _printable(path.name or str(path))
    try:
        return _under(path, name)
    except (OSError, RuntimeError) as error:  # a name that is too long, no permission, a loop of links
        reason = getattr(error, "strerror", None) or "a loop of links"
        return Walk((), ((shown, f"cannot be read ({reason})."),))


def _under(path: Path, name: str | None) -> Walk:
    real = path.resolve(strict=False)
    shown = _printable(path.name or real.name)
    if not path.exists():
        return Walk((), ((shown, "there is no such file or folder."),))
    if real in (PRACTICES.resolve(), NETWORK.resolve()):
        return walk([])
    known_by = (name or _printable(real.name) or "files").replace(":", "-")
    place = digest(os.fsencode(real))
    if path.is_dir():
        return _folder(path, Root(known_by, place, named=name is not None))
    root = Root(known_by if name else shown, place, named=name is not None)
    return Walk((FileSource(f"{name}/{shown}" if name else shown, root.name, path, place),), (), (root,))


def _folder(path: Path, root: Root) -> Walk:
    failures: list[tuple[str, str]] = []

    def unreadable(error: OSError) -> None:
        failures.append((_printable(Path(error.filename).name), f"cannot be looked into ({error.strerror})."))

    files = []
    for file in sorted(_usable(path, unreadable)):
        source = f"{root.name}/{file.relative_to(path).as_posix()}"
        if _printable(source) == source:
            files.append(FileSource(source, root.name, file, root.place))
        else:
            failures.append((_printable(source), "its name is not in UTF-8; rename it."))
    complete = not failures
    if not files and complete:
        failures.append((root.name, f"no usable file in it (looked for {', '.join(ENDINGS)})."))
    return Walk(tuple(files), tuple(failures), (Root(root.name, root.place, root.named, complete),))


def _usable(folder: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    for directory, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield Path(directory) / name


def _printable(name: str) -> str:
    """The name with what is no UTF-8 escaped."""
    return name.encode("utf-8", "backslashreplace").decode()
