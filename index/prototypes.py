"""What texts are compared with to find their themes, goals and target groups: the words of the taxonomy, as vectors."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from corpus import taxonomy
from corpus.identity import digest_of
from corpus.taxonomy import Vocabulary, load_taxonomy
from index.embedder import Embedder, Vectors

TARGETS_FILE = taxonomy.TAXONOMY_FILE.with_name("sdg_targets.toml")
SHIPPED_FILE = Path(__file__).with_name("prototypes.npz")  # made by index/build_prototypes.py
# The kinds of labels that are assigned by meaning.
KINDS = ("theme", "sdg", "target_group")


@dataclass(frozen=True, slots=True)
class Prototype:
    """A term as it is looked for: what it is, the words that texts on it use, and the parts that it consists of."""

    id: str
    description: str
    words: tuple[str, ...]
    parts: tuple[str, ...]

    def texts(self) -> tuple[str, ...]:
        """What is embedded: description, all words together, each part."""
        return (self.description, ", ".join(self.words), *self.parts)


@cache
def prototypes(kind: str) -> tuple[Prototype, ...]:
    """The terms of a kind, in the taxonomy's order."""
    known = load_taxonomy()
    if kind == "sdg":
        return _goals(known.sdgs, TARGETS_FILE)
    vocabulary = {"theme": known.themes, "target_group": known.target_groups}[kind]
    return tuple(
        Prototype(term.id, f"{term.label()}. {term.descriptions['en']}", term.synonyms["en"], term.synonyms["en"])
        for term in vocabulary.terms.values()
    )


def _goals(vocabulary: Vocabulary, file: Path) -> tuple[Prototype, ...]:
    """The goals with their targets as parts."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Prototype(
            term.id,
            f"{term.label()}. {term.descriptions['en']}",
            tuple(raw[term.id]["words"]),
            tuple(raw[term.id]["targets"].values()),
        )
        for term in vocabulary.terms.values()
    )


def vectors_of(db: sqlite3.Connection, embedder: Embedder) -> dict[str, Vectors]:
    """The vector of every text of every prototype; encoded once a model and kept in the store."""
    texts = {text for kind in KINDS for prototype in prototypes(kind) for text in prototype.texts()}
    keys = {digest_of([embedder.model_id, embedder.precision, text])[:32]: text for text in sorted(texts)}
    kept: dict[str, bytes] = dict(db.execute("SELECT key, vector FROM prototypes"))
    if missing := [key for key in keys if key not in kept]:
        known = shipped(embedder.model_id)
        made = known | encoded(embedder, [keys[key] for key in missing if keys[key] not in known])
        kept |= {key: made[keys[key]].astype("<f2").tobytes() for key in missing}
        db.execute("DELETE FROM prototypes")
        db.executemany("INSERT INTO prototypes VALUES (?, ?)", [(key, kept[key]) for key in keys])
    return {text: np.frombuffer(kept[key], dtype="<f2").astype(np.float32) for key, text in keys.items()}


@cache
def shipped(model_id: str) -> dict[str, Vectors]:
    """The vectors that come with the house, by text: the bundled model's, so that nobody waits for them."""
    with np.load(SHIPPED_FILE) as kept:
        known = dict(zip(kept["texts"].tolist(), kept["vectors"].astype(np.float32), strict=True))
        return known if str(kept["model"]) == model_id else {}


def encoded(embedder: Embedder, texts: Sequence[str]) -> dict[str, Vectors]:
    """The vectors of texts by text."""
    ordered = sorted(texts, key=len)  # texts of like length share a batch
    if not ordered:
        return {}
    return dict(zip(ordered, embedder.encode(ordered), strict=True))
