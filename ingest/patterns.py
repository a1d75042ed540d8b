"""Which files of a folder are wanted: patterns as in .gitignore, and a folder's own ignore file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

# Files of a folder that are none of the corpus's business, in the syntax of .gitignore.
IGNORE_FILE = ".learncitiesignore"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Which files of a folder are wanted, as in .gitignore; none: all but those that its ignore file names.

    `lasting` patterns are those of a catalogue: what they leave out is gone, not just passed over this time.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    lasting: bool = False

    def chosen(self, folder: Path, files: Iterator[Path]) -> list[Path]:
        """Those of a folder's files that are wanted, in order."""
        only, skip = GitIgnoreSpec.from_lines(self.only), GitIgnoreSpec.from_lines([*_ignored(folder), *self.skip])
        names = sorted((file, file.relative_to(folder).as_posix()) for file in files)
        return [
            file
            for file, name in names
            if (not self.only or only.match_file(name)) and not skip.match_file(name)
        ]  # fmt: skip

    @property
    def whole(self) -> bool:
        """Whether what they leave out counts as gone."""
        return self.lasting or not (self.only or self.skip)


def _ignored(folder: Path) -> list[str]:
    file = folder / IGNORE_FILE
    return file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []


ALL = Patterns()
