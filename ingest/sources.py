"""Walk files, folders and ZIP archives: each usable file becomes a source with a name that holds no local path."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import SourceError
from corpus.identity import STARTER, digest
from corpus.models import Document
from ingest import curated, zips
from ingest.curated import Curated
from ingest.formats.detect import ENDINGS
from ingest.formats.raw import RawSource, Reading
from ingest.patterns import ALL, Patterns

_CORPUS = Path(__file__).parent.parent / "corpus"
# The folders of the starter corpus: they go in together.
PRACTICES, NETWORK = _CORPUS / "practices", _CORPUS / "network"
# A file over this is not read into memory.
MAX_BYTES = 200 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
REMOVE_FILES = "learncities remove --vanished --source THE_FOLDER"


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file to ingest: `source` is what it is known by, `root` and `place` name what it was found under.

    `member` is its name in the ZIP archive at `path`; `final` and `retrieved` tell where and when it was fetched, if it
    was; `fault` is why it cannot be read, where that is known already.
    """

    source: str
    root: str
    path: Path
    place: str = STARTER
    member: str = ""
    curated: Curated = curated.NOTHING
    final: str = ""
    retrieved: str = ""
    fault: str = ""

    def read(self, reading: Reading = Reading()) -> RawSource:
        """Its bytes. Raises SourceError when they cannot be had."""
        if self.fault:
            raise SourceError(self.fault)
        try:
            if not self.path.is_file():
                raise SourceError("not a regular file.")
            if self.path.stat().st_size > MAX_BYTES:
                raise SourceError(f"larger than {MAX_BYTES // 2**20} MB; split it first.")
            data = zips.read_member(self.path, self.member) if self.member else self.path.read_bytes()
            return RawSource(self.source, data, reading)
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror or error}).") from None

    def hash_of(self, content: str) -> str:
        """The hash of a content together with what an editor says of it."""
        said = self.curated.hash()
        return f"{content}+{said}" if said else content

    def told(self, document: Document, alone: bool) -> Document:
        """A document of this file as editors and the web tell of it."""
        if self.final:
            address = curated.address_of(document, self.final)
            document = replace(document, address=address, retrieved=self.retrieved)
        return self.curated.applied(document, alone)


@dataclass(frozen=True, slots=True)
class Root:
    """What was given: its name, a hash of where it lies, whether all of it could be looked at, and what removes from
    the store that which it no longer holds."""

    name: str
    place: str
    named: bool = False
    complete: bool = True
    way_out: str = REMOVE_FILES


@dataclass(frozen=True, slots=True)
class Walk:
    """What was found under the sources given: files in order, reasons for what gave none, and the roots."""

    files: tuple[FileSource, ...]
    failures: tuple[tuple[str, str], ...]
    roots: tuple[Root, ...] = ()


def walk(given: Sequence[Path], name: str | None = None, patterns: Patterns = ALL) -> Walk:
    """The files under `given`, known by `name` instead of their own where it is given; nothing: the starter corpus."""
    if not given:
        files = [FileSource(f"{STARTER}{path.name}", STARTER, path) for path in starter_files()]
        return Walk(tuple(files), (), (Root(STARTER, STARTER),))
    return joined([_safely(path, name, patterns) for path in given])


def joined(walks: Sequence[Walk]) -> Walk:
    """Several walks as one; what was found twice is taken once."""
    unique: dict[tuple[Path, str], FileSource] = {}
    for file in (file for one in walks for file in one.files):
        # Two addresses may give the same bytes, or nothing, and stay two.
        of_the_web = file.final or file.path == Path()
        unique.setdefault((file.path.absolute(), file.source if of_the_web else file.member), file)
    failures = tuple(failure for one in walks for failure in one.failures)
    roots = dict.fromkeys(root for one in walks for root in one.roots)
    return Walk(tuple(unique.values()), failures, tuple(roots))


def starter_files() -> list[Path]:
    """The practices and the facts of the network that the starter corpus holds."""
    return [path for folder in (PRACTICES, NETWORK) for path in sorted(folder.glob("*.md"))]


def _safely(path: Path, name: str | None, patterns: Patterns) -> Walk:
    shown = printable(path.name or str(path))
    try:
        return _under(path, name, patterns)
    except (OSError, RuntimeError) as error:  # a name that is too long, no permission, a loop of links
        reason = getattr(error, "strerror", None) or "a loop of links"
        return Walk((), ((shown, f"cannot be read ({reason})."),))


def _under(path: Path, name: str | None, patterns: Patterns) -> Walk:
    real = path.resolve(strict=False)
    shown = printable(path.name or real.name)
    if not path.exists():
        return Walk((), ((shown, "there is no such file or folder."),))
    if real in (PRACTICES.resolve(), NETWORK.resolve()):
        return walk([])
    known_by = (name or printable(real.name) or "files").replace(":", "-")
    place = digest(os.fsencode(real))
    if path.is_dir():
        return _folder(path, Root(known_by, place, named=name is not None), patterns)
    root = Root(known_by if name else shown, place, named=name is not None)
    file = FileSource(f"{name}/{shown}" if name else shown, root.name, path, place)
    return Walk(tuple(unzipped(file)), (), (root,))


def _folder(path: Path, root: Root, patterns: Patterns) -> Walk:
    failures: list[tuple[str, str]] = []

    def unreadable(error: OSError) -> None:
        failures.append((printable(Path(error.filename).name), f"cannot be looked into ({error.strerror})."))

    files: list[FileSource] = []
    for file in patterns.chosen(path, _usable(path, unreadable)):
        source = f"{root.name}/{file.relative_to(path).as_posix()}"
        if printable(source) != source:
            failures.append((printable(source), "its name is not in UTF-8 or holds control characters; rename it."))
        elif file.is_symlink() and not file.resolve().is_relative_to(path.resolve()):
            failures.append((source, "a link that leads out of the folder; give what it leads to by itself."))
        else:
            files += unzipped(FileSource(source, root.name, file, root.place))
    complete = not failures and patterns.whole
    if not files and not failures:
        failures.append((root.name, f"no usable file in it (looked for {', '.join((*ENDINGS, zips.ENDING))})."))
    return Walk(tuple(files), tuple(failures), (replace(root, complete=complete),))


def _usable(folder: Path, unreadable: Callable[[OSError], None]) -> Iterator[Path]:
    for directory, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.lower().endswith((*ENDINGS, zips.ENDING)) and not name.startswith("."):
                yield Path(directory) / name


def unzipped(file: FileSource) -> list[FileSource]:
    """The members of a ZIP archive, each a source `ARCHIVE#MEMBER`; of any other file, itself."""
    return expanded(file) if file.source.lower().endswith(zips.ENDING) else [file]


def expanded(file: FileSource) -> list[FileSource]:
    """The members of a ZIP archive as sources; itself, with the reason, where it has none that can be read."""
    try:
        names = zips.members(file.path)
    except SourceError as error:
        return [replace(file, fault=str(error))]
    return [replace(file, source=f"{file.source}#{printable(name)}", member=name) for name in names]


def printable(name: str) -> str:
    """The name with what is no UTF-8, and what would break a line or be obeyed by a terminal, escaped."""
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], name.encode("utf-8", "backslashreplace").decode())
