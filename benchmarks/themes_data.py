"""What benchmarks.themes judges: texts with the terms that are in them, as rows of (text, term, true or not)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.assigned import whole_of
from index.classify import Classifier, Text, phrases
from index.phrases import analysed

Array = npt.NDArray[np.float64]
EVIDENCE = Path(__file__).parents[1] / "tests" / "index" / "evidence.jsonl"


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows of features with the term they are of, whether it is true, and the group that is held out together."""

    names: Sequence[str]
    features: Array
    terms: npt.NDArray[np.int64]
    truth: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.int64]
    multi: bool  # every text is judged on every term
    alone: npt.NDArray[np.bool_] | None = None  # what the prototypes say without a head

    def matrix(self, values: Array) -> Array:
        """Values a text and term where every text has all terms, else as they are."""
        return values.reshape(-1, len(self.names)) if self.multi else values


def goals(rows: Sequence[Mapping[str, str]], features: Array) -> Judged:
    """The rows of the benchmark, with the features of the goal that each asks for."""
    asked = np.array([int(row["sdg"]) - 1 for row in rows])
    texts = np.unique([row["text"] for row in rows], return_inverse=True)[1]
    truth = np.array([row["label"] == "True" for row in rows])
    names = [f"sdg-{number}" for number in range(1, 18)]
    return Judged(names, features[np.arange(len(rows)), asked], asked, truth, texts, multi=False)


def practices(db: sqlite3.Connection, kind: str, classifier: Classifier) -> Judged:
    """Every document that editors labelled, on every term of a kind; the group is its city, else its country."""
    documents = [row for (row,) in db.execute("SELECT rowid FROM documents ORDER BY rowid")]
    given = set(db.execute("SELECT document, value FROM labels WHERE kind = ? AND origin = 'editor'", (kind,)))
    places: dict[int, str] = {}
    order = "SELECT document, value FROM labels WHERE kind IN ('city', 'country') ORDER BY kind, ordinal"
    for document, place in db.execute(order):
        places.setdefault(document, place)
    features = classifier.features([_whole(db, document, kind) for document in documents])
    scores = classifier.scores([_whole(db, document, kind) for document in documents])
    alone = np.zeros(scores.shape, dtype=bool)
    for row, found in enumerate(scores):
        alone[row, classifier.chosen(found)] = True
    groups = np.unique([places.get(document, str(document)) for document in documents], return_inverse=True)[1]
    names = classifier.terms
    return Judged(
        names,
        features.reshape(-1, features.shape[2]),
        np.tile(np.arange(len(names)), len(documents)),
        np.array([(document, name) in given for document in documents for name in names]),
        np.repeat(groups, len(names)),
        multi=True,
        alone=alone,
    )


def _whole(db: sqlite3.Connection, document: int, kind: str) -> Text:
    rows = db.execute(
        "SELECT p.text, e.vector FROM passages p JOIN embeddings e ON e.key = p.embedding WHERE document = ?",
        (document,),
    )
    parts = [
        Text(np.frombuffer(vector, dtype="<f2").astype(np.float32), *phrases(kind).counts(analysed(text)))
        for text, vector in rows
    ]
    return whole_of(parts)


def evidence_rows() -> list[dict[str, object]]:
    """The sentences with the kinds of evidence that a person saw in each."""
    return [json.loads(line) for line in EVIDENCE.read_text("utf-8").splitlines()]
