"""Every failure a user can meet, as one tree; each message names the offending value and what to do next.

LearnCitiesError
├── InvalidInput          a request that cannot be answered as asked
│   ├── UnknownName       a city, theme, country ... that is not known (carries suggestions)
│   ├── AmbiguousName     a name that several cities bear (carries what to ask for instead)
│   └── NotFound          a document or snapshot id that is not there
│       └── Gone          a snapshot that was there and is no longer kept
├── SourceError           one source could not become a document; the others go on
├── CorpusFault           a curated file does not hold together (carries file and line)
├── ModelMismatch         a data folder made with another embedding model
├── ModelError            a model that cannot be loaded, or whose weights are not what they should be
├── StoreBusy             another process is writing to the data folder
├── SnapshotError         no published snapshot, or a damaged one
└── Interrupted           stopped by the user; says what is kept and how to go on
"""

from __future__ import annotations

# Where the names of a kind are listed: the command, and the route of the API.
_LISTS = {"city": "cities", "theme": "themes"}


class LearnCitiesError(Exception):
    """Base of all errors that are shown to a user as one line."""


class InvalidInput(LearnCitiesError):
    """A request that cannot be answered as asked."""


class UnknownName(InvalidInput):
    """A name that is not in the corpus or the taxonomy, with the nearest ones that are."""

    def __init__(self, what: str, value: str, suggestions: list[str]) -> None:
        self.what, self.value, self.suggestions = what, value, suggestions
        super().__init__(self.said("`learncities {}`"))

    def said(self, lister: str) -> str:
        """The message, with the nearest names, or where to find all: `lister` around the name of the list."""
        shown = self.value if len(self.value) <= 80 else self.value[:79] + "…"
        known = f" {lister.format(_LISTS[self.what])} lists what is known." if self.what in _LISTS else ""
        hint = f" Did you mean: {', '.join(self.suggestions)}?" if self.suggestions else known
        return f"Unknown {self.what}: {shown!r}.{hint}"


class AmbiguousName(InvalidInput):
    """A name that several cities bear, with what to ask for instead; `described` says of each what it is."""

    def __init__(self, value: str, suggestions: list[str], described: list[str]) -> None:
        self.value, self.suggestions = value, suggestions
        super().__init__(f"{value[:80]!r} may be: {'; '.join(described)}. Ask for one of them as it is written here.")


class NotFound(InvalidInput):
    """An id that is not there."""


class Gone(NotFound):
    """A snapshot that is no longer kept."""


class SourceError(LearnCitiesError):
    """One source could not become a document."""


class CorpusFault(LearnCitiesError):
    """A curated file that does not hold together."""


class ModelMismatch(LearnCitiesError):
    """A data folder made with another embedding model."""


class ModelError(LearnCitiesError):
    """A model that cannot be loaded or trusted."""


class StoreBusy(LearnCitiesError):
    """Another process is writing to the data folder."""


class SnapshotError(LearnCitiesError):
    """No published snapshot, or one that is damaged."""


class Interrupted(LearnCitiesError):
    """A run that the user stopped."""
