"""An imported thesaurus: concepts with their names by language, a file of its own with its licence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from corpus.errors import InvalidInput

THESAURUS_FILE = "thesaurus.json"
_Row = tuple[str, dict[str, str], dict[str, tuple[str, ...]], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its preferred name and its alternatives by language, and the ids of its neighbours."""

    id: str
    preferred: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def names(self, language: str) -> tuple[str, ...]:
        """What the concept is called in `language`, the preferred name first."""
        first = (self.preferred[language],) if language in self.preferred else ()
        return (*first, *self.alternatives.get(language, ()))


@dataclass(frozen=True, slots=True, eq=False)  # by identity: what is derived from it is kept beside it
class Thesaurus:
    """A thesaurus with who made it; `attribution` is shown wherever something found by it is shown."""

    title: str
    licence: str
    attribution: str
    source: str
    concepts: tuple[Concept, ...]
    hash: str = ""  # SHA-256 of its file, part of a snapshot's id


class _File(BaseModel):
    title: str
    licence: str
    attribution: str
    source: str
    concepts: tuple[_Row, ...]


def load_thesaurus(path: Path) -> Thesaurus:
    """The thesaurus of a file that `save_thesaurus` wrote. Raises InvalidInput when it cannot be read."""
    try:
        content = path.read_bytes()
        raw = _File.model_validate_json(content)
    except (OSError, ValidationError):
        again = "Run `learncities thesaurus import FILE` again, or `learncities thesaurus remove`."
        raise InvalidInput(f"{path.name!r} holds no thesaurus. {again}") from None
    concepts = tuple(Concept(*row) for row in raw.concepts)
    digest = hashlib.sha256(content).hexdigest()
    return Thesaurus(raw.title, raw.licence, raw.attribution, raw.source, concepts, digest)


def save_thesaurus(thesaurus: Thesaurus, path: Path) -> None:
    """Write the thesaurus, the same bytes for the same content; an older one is there until this is whole."""
    head = {name: getattr(thesaurus, name) for name in ("title", "licence", "attribution", "source")}
    rows = [[c.id, c.preferred, c.alternatives, c.broader, c.related] for c in thesaurus.concepts]
    text = json.dumps({**head, "concepts": rows}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
