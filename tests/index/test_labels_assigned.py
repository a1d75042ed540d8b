"""Labels that nobody gave: found by likeness, tied to the text that earned them, and never over the editors' words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.store import CorpusStore
from corpus.taxonomy import load_taxonomy
from index import assigned
from index.classify import Classifier, Text, head_of, phrases
from index.phrases import Phrases, analysed, density
from index.prototypes import KINDS, prototypes, vectors_of
from search.engine import KnowledgeBase

if TYPE_CHECKING:
    from tests.conftest import Box

CLIMATE = load_taxonomy().themes.terms["climate-action"]
ON_CLIMATE = f"{CLIMATE.label()}. {CLIMATE.descriptions['en']} {', '.join(CLIMATE.synonyms['en'])}."
COLUMNS = "value, origin, probability, start, end"


def labels(db: sqlite3.Connection, kind: str) -> list[tuple[str, str, float | None, int, int]]:
    return db.execute(f"SELECT {COLUMNS} FROM labels WHERE kind = ? ORDER BY value", (kind,)).fetchall()


def test_a_document_without_editors_gets_the_themes_it_is_near_to(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("a.txt", ON_CLIMATE))
    with CorpusStore(box.data) as store:
        found = {value: (origin, probability) for value, origin, probability, *_ in labels(store.db, "theme")}
        assert found["climate-action"] == ("model", None)  # nobody calibrated this model


def test_editors_words_stand_alone_and_only_passages_are_labelled(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", ON_CLIMATE, themes=["literacy"], target_groups=["adults"]))
    with CorpusStore(box.data) as store:
        assert [row[:2] for row in labels(store.db, "theme")] == [("literacy", "editor")]
        assert [row[:2] for row in labels(store.db, "target_group")] == [("adults", "editor")]
        assert {origin for _, origin, *_ in labels(store.db, "sdg")} == {"derived"}
        passages = {value for (value,) in store.db.execute("SELECT value FROM passage_labels WHERE kind = 'theme'")}
        assert "climate-action" in passages


def test_a_label_points_to_the_sentence_with_the_words(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("a.txt", f"The hall opened at nine. {ON_CLIMATE} Lunch was served."))
    base = box.open()
    document = base.document(base.search("").hits[0].document.id)[0]
    label = next(label for label in document.labels if label.value == "climate-action")
    earned = document.text[label.start : label.end]
    assert CLIMATE.synonyms["en"][0] in earned
    assert "opened at nine" not in earned
    assert "Lunch" not in earned


def test_a_text_without_the_words_is_its_own_evidence() -> None:
    assert assigned.earned("One thing. Another.", []) == (0, 19)
    assert assigned.earned("One thing. Another.", [11]) == (11, 19)


def test_evidence_is_tied_to_its_first_sentence(box: Box, practice: Callable[..., Path]) -> None:
    text = "The hall is old. The school trained 500 people. It won the national award. It trained 90 women."
    box.ingest(practice("one", text))
    base = box.open()
    document = base.document("one")[0]
    shown = {
        label.value: document.text[label.start : label.end] for label in document.labels if label.kind == "evidence"
    }
    assert shown == {
        "number-reported": "The school trained 500 people.",
        "awarded": "It won the national award.",
    }


def test_only_new_documents_are_labelled_again(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("a.txt", ON_CLIMATE))
    with CorpusStore(box.data) as store:
        assert assigned.assign(store.db, box.embedder) == 0
        store.db.execute("UPDATE documents SET labelled = 'before'")
        before = labels(store.db, "theme")
        assert assigned.assign(store.db, box.embedder) == 1
        assert labels(store.db, "theme") == before


def test_prototypes_are_encoded_once(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("a.txt", ON_CLIMATE))
    encoded = len(box.embedder.encoded)
    with CorpusStore(box.data) as store:
        vectors_of(store.db, box.embedder)
    assert len(box.embedder.encoded) == encoded


def test_readers_get_labels_and_no_prototypes(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("a.txt", ON_CLIMATE))
    db = box.open().db
    assert db.execute("SELECT count(*) FROM prototypes").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM passage_labels").fetchone()[0] > 0


def test_a_head_belongs_to_the_model_it_was_trained_with(starter: KnowledgeBase) -> None:
    assert head_of("theme", starter.manifest.model_id) is not None
    assert head_of("theme", "another@model") is None


def test_starter_documents_keep_exactly_the_editors_themes(starter: KnowledgeBase) -> None:
    origins = {origin for (origin,) in starter.db.execute("SELECT DISTINCT origin FROM labels WHERE kind = 'theme'")}
    assert origins == {"editor"}


def test_probabilities_of_passages_reach_the_heads_threshold(starter: KnowledgeBase) -> None:
    for kind in KINDS:
        head = head_of(kind, starter.manifest.model_id)
        assert head is not None
        low, high, count = starter.db.execute(
            "SELECT min(probability), max(probability), count(*) FROM passage_labels WHERE kind = ?", (kind,)
        ).fetchone()
        assert head.threshold - 0.001 <= low <= high <= 1
        assert count


@pytest.mark.parametrize("kind", KINDS)
def test_every_head_knows_every_term(kind: str) -> None:
    head = head_of(kind, "all-MiniLM-L6-v2@53aa51172d14")
    assert head is not None
    assert list(head.intercepts) == [prototype.id for prototype in prototypes(kind)]
    assert len(head.weights) == 5


def test_the_goals_have_their_169_targets() -> None:
    assert sum(len(prototype.parts) for prototype in prototypes("sdg")) == 169
    assert len(prototypes("sdg")) == 17


def test_phrases_count_more_than_words_and_shared_words_less() -> None:
    found = Phrases([["night school", "reading"], ["reading"]])
    counts, words = found.counts(analysed("Night schools for readings"))
    assert counts.tolist() == [2.0, 0.5]
    assert words == 4
    assert found.places(analysed("A night school"), 0) == [2]
    assert density(np.array([2.0]), 200) == pytest.approx(np.log1p(1.0))
    assert density(np.array([2.0]), 10) == pytest.approx(np.log1p(2.0))


def test_without_a_head_only_what_stands_out_is_chosen(box: Box) -> None:
    with CorpusStore(box.data) as store:
        classifier = Classifier("theme", vectors_of(store.db, box.embedder), None)
    text = analysed(ON_CLIMATE)
    scores = classifier.scores([Text(box.embedder.encode_query(ON_CLIMATE), *phrases("theme").counts(text))])[0]
    chosen = [classifier.terms[position] for position in classifier.chosen(scores)]
    assert chosen[0] == "climate-action"
    assert len(chosen) <= 3
    assert classifier.chosen(np.zeros(len(classifier.terms))) == []
