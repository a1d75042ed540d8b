"""Labels that nobody gave: themes, goals and target groups by meaning, evidence by rules, each with what earned it.

Where editors said what a document is about, their words stand and only its passages are labelled.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corpus import taxonomy
from corpus.identity import digest_of
from corpus.models import JUNK, NETWORK, Label
from corpus.rows import EDITOR
from corpus.snapshots import file_hash
from corpus.text import sentences
from index import evidence, prototypes
from index.analyzer import Token
from index.classify import HEADS_FILE, Classifier, Scores, Text, head_of, phrases
from index.embedder import Embedder, Vectors
from index.phrases import analysed

MODEL, RULES = "model", "rules"
# What decides on labels: raised when a change in this room gives others for the same text.
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Part:
    """A passage that may earn its document a label."""

    rowid: int
    text: str
    start: int
    language: str | None
    vector: Vectors
    words: Sequence[Token]


def version(model_id: str) -> str:
    """What assigned labels depend on beside the text: vocabularies, heads, rules and the model."""
    files = [file_hash(path) for path in (taxonomy.TAXONOMY_FILE, prototypes.TARGETS_FILE, HEADS_FILE)]
    return digest_of([VERSION, evidence.VERSION, model_id, files])[:12]


def assign(db: sqlite3.Connection, embedder: Embedder) -> int:
    """Label the documents that have no labels of this version yet; returns how many there were.

    Those about the network itself get none: they are under no theme, and evidence of no practice.
    Call it in the transaction that makes the state to publish: a snapshot never mixes two versions.
    """
    now = version(embedder.model_id)
    waiting = db.execute(
        "SELECT rowid, language FROM documents WHERE labelled IS NOT ? AND kind != ? ORDER BY rowid", (now, NETWORK)
    ).fetchall()
    if waiting:
        assigner = Assigner(db, embedder)
        for document, language in waiting:
            assigner.label(document, language)
            db.execute("UPDATE documents SET labelled = ? WHERE rowid = ?", (now, document))
    return len(waiting)


class Assigner:
    """Finds the labels of documents of one store with one model."""

    def __init__(self, db: sqlite3.Connection, embedder: Embedder) -> None:
        self.db, self.name = db, f"{embedder.model_id}, labels {VERSION}"
        vectors = prototypes.vectors_of(db, embedder)
        heads = {kind: head_of(kind, embedder.model_id) for kind in prototypes.KINDS}
        self._classifiers = {kind: Classifier(kind, vectors, heads[kind]) for kind in prototypes.KINDS}

    def label(self, document: int, language: str | None) -> None:
        """Replace what was assigned to a document and its passages."""
        self.db.execute("DELETE FROM labels WHERE document = ? AND origin IN (?, ?)", (document, MODEL, RULES))
        own = "passage IN (SELECT rowid FROM passages WHERE document = ?)"
        self.db.execute(f"DELETE FROM passage_labels WHERE {own}", (document,))
        parts = self._parts(document, language)
        said = {kind for (kind,) in self.db.execute(
            "SELECT DISTINCT kind FROM labels WHERE document = ? AND origin = ?", (document, EDITOR)
        )}  # fmt: skip
        for kind, classifier in self._classifiers.items():
            self._keep(document, self._by_meaning(classifier, kind, parts, by_editor(kind, said)))
        self._keep(document, self._by_rules(parts))

    def _parts(self, document: int, language: str | None) -> list[Part]:
        rows = self.db.execute(
            "SELECT p.rowid, p.text, p.start, coalesce(p.language, ?), e.vector FROM passages p "
            "JOIN embeddings e ON e.key = p.embedding WHERE p.document = ? AND p.kind NOT IN (?, ?, ?) "
            "ORDER BY ordinal",
            (language, document, *sorted(JUNK)),
        )
        return [
            Part(rowid, text, start, spoken, np.frombuffer(vector, dtype="<f2").astype(np.float32), analysed(text))
            for rowid, text, start, spoken, vector in rows
        ]

    def _by_meaning(
        self, classifier: Classifier, kind: str, parts: Sequence[Part], said: bool
    ) -> Iterator[tuple[int | None, Label]]:
        # The head knows English: what it would say of other languages was never measured.
        read = [part for part in parts if classifier.head is None or part.language in ("en", None)]
        if not read:
            return
        counted = [phrases(kind).counts(part.words) for part in read]
        texts = [Text(part.vector, *count) for part, count in zip(read, counted, strict=True)]
        scores = classifier.scores(texts)
        for part, row in zip(read, scores, strict=True):
            for term in classifier.chosen(row):
                yield part.rowid, self._label(classifier, kind, part, term, row)
        if not said:
            whole = classifier.scores([whole_of(texts)])[0]
            for term in classifier.chosen(whole):
                best = read[int(np.argmax(scores[:, term]))]
                yield None, self._label(classifier, kind, best, term, whole)

    def _label(self, classifier: Classifier, kind: str, part: Part, term: int, scores: Scores) -> Label:
        sure = round(float(scores[term]), 3) if classifier.head else None
        start, end = earned(part.text, phrases(kind).places(part.words, term))
        return Label(kind, classifier.terms[term], MODEL, sure, self.name, part.start + start, part.start + end)

    def _by_rules(self, parts: Sequence[Part]) -> Iterator[tuple[int | None, Label]]:
        shown: set[str] = set()
        for part in parts:
            for found in evidence.evidence_in(part.text, part.language):
                span = (part.start + found.start, part.start + found.end)
                label = Label("evidence", found.kind, RULES, None, f"evidence {evidence.VERSION}", *span)
                yield part.rowid, label
                if found.kind not in shown:
                    yield None, label
                shown.add(found.kind)

    def _keep(self, document: int, found: Iterator[tuple[int | None, Label]]) -> None:
        for passage, label in found:
            values = (label.probability, label.start, label.end)
            if passage is not None:
                row: tuple[object, ...] = (passage, label.kind, label.value, *values)
                self.db.execute("INSERT OR IGNORE INTO passage_labels VALUES (?, ?, ?, ?, ?, ?)", row)
                continue
            row = (document, label.kind, label.value, label.origin, 0, label.model, *values)
            columns = "document, kind, value, origin, ordinal, model, probability, start, end"
            self.db.execute(f"INSERT OR IGNORE INTO labels ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def by_editor(kind: str, said: set[str]) -> bool:
    """Whether editors decided on a kind of label; their themes bring the goals with them."""
    return kind in said or (kind == "sdg" and "theme" in said)


def whole_of(parts: Sequence[Text]) -> Text:
    """Passages as one text: the mean direction of their vectors, the sum of their words."""
    mean = np.mean([part.vector for part in parts], axis=0)
    counts = np.sum([part.counts for part in parts], axis=0)
    length = max(float(np.linalg.norm(mean)), 1e-12)
    return Text((mean / length).astype(np.float32), counts, sum(part.words for part in parts))


def earned(text: str, places: Sequence[int]) -> tuple[int, int]:
    """The sentence with most of a term's words; the whole text where it is close by meaning alone."""
    if not places:
        return 0, len(text)
    spans = sentences(text) or [(0, len(text))]
    return max(spans, key=lambda span: sum(span[0] <= place < span[1] for place in places))
