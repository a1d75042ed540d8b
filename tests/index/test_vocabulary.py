"""The words of a corpus as they are written: counted by document, never from a text that may not be shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.text import fold
from index import vocabulary
from index.vocabulary import Written
from index.whole_words import whole_words

if TYPE_CHECKING:
    from tests.conftest import Box


def counted(box: Box) -> dict[str, Written]:
    return {entry.term: entry for entry in vocabulary.count(box.open().db)}


def test_words_and_pairs_are_counted_by_document_and_shown_as_mostly_written(
    box: Box, practice: Callable[..., Path]
) -> None:
    text = "The night school met. A night-school is for\nbakers of Medellín."
    box.ingest(practice("one", text), practice("two", "Every Night school is free. Bakers of Medellín bake bread."))
    found = counted(box)
    assert found["bakers"] == Written("bakers", "bakers", 2)
    assert found["medellin"].written == "Medellín"
    assert found["night school"].documents == 2
    assert fold(found["night school"].written).replace("-", " ") == "night school"
    assert found["bread"].documents == 1
    assert "bake bread" not in found, "a pair in one document is chance"
    assert found["night school"].pair
    assert not found["bakers"].pair


@pytest.mark.parametrize("word", ["the", "of", "2020", "b2b"])
def test_function_words_and_numbers_are_no_vocabulary(box: Box, practice: Callable[..., Path], word: str) -> None:
    box.ingest(*(practice(name, "In 2020 the bakers of b2b met. " * 3) for name in ("one", "two")))
    assert word not in counted(box)


def test_scripts_without_spaces_give_no_words(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "学习型城市 学习型城市 and ภาษาไทย"), practice("two", "学习型城市 and ภาษาไทย"))
    assert all(term.isascii() for term in counted(box))


def test_of_a_document_that_may_only_be_linked_to_the_title_counts(box: Box, write: Callable[..., Path]) -> None:
    for name, display in (("a", "link"), ("b", "link"), ("c", "extract")):
        text = f"---\ntitle: Evening classes\ndisplay: {display}\n---\n\nZanzibar zeppelin {display} tours.\n"
        box.ingest(write(f"{name}.md", text))
    found = counted(box)
    assert found["evening classes"].documents == 3
    assert found["zanzibar"].documents == 1
    assert "link" not in found


def test_contents_lists_are_no_vocabulary(box: Box, write: Callable[..., Path]) -> None:
    lines = "\n\n".join(f"Flugelhorn chapter {n} .......... {n}" for n in range(1, 30))
    box.ingest(write("a.md", f"# Handbook\n\n## Contents\n\n{lines}\n\n## Text\n\nBakers learn at night.\n"))
    assert "bakers" in counted(box)
    assert "flugelhorn" not in counted(box)


def test_what_was_kept_is_what_is_read(box: Box, practice: Callable[..., Path]) -> None:
    from corpus.store import CorpusStore

    box.ingest(practice("one", "Night school for bakers."))
    with CorpusStore(box.data) as store:
        vocabulary.write(store.db)
        kept = vocabulary.read(store.db)
        assert kept == vocabulary.count(store.db)
        vocabulary.write(store.db)
        assert vocabulary.read(store.db) == kept


def test_a_sample_of_the_texts_can_be_counted(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."), practice("two", "Zeppelins."))
    assert "zeppelins" not in {entry.term for entry in vocabulary.count(box.open().db, 2)}


def test_pairs_beyond_what_is_held_are_forgotten_when_met_once(
    box: Box, practice: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_PAIRS_HELD", 3)
    box.ingest(*(practice(name, "Night school for bakers.") for name in ("one", "two", "three")))
    assert counted(box)["bakers"].documents == 3


def test_of_some_terms_those_are_named_that_are_held(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school for bakers."))
    db = box.open().db
    assert vocabulary.held(db, ["baker", "vilag", 'a" OR "baker']) == {"baker"}


@pytest.mark.parametrize(
    "vocab",
    [
        {"pirate": 0, "##rate": 1, "le": 2},
        [["▁Pirate", -1.0], ["rate", -2.0], ["▁le", -3.0]],
        {"Ġpirate": 0, "rate": 1, "Ġle": 2},
    ],
    ids=["WordPiece", "Unigram", "BPE"],
)
def test_a_tokenizer_says_which_words_it_holds_whole(tmp_path: Path, vocab: object) -> None:
    (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocab}}), encoding="utf-8")
    assert whole_words(tmp_path) == {"pirate", "le"}


@pytest.mark.parametrize("content", [None, "{", "[]", '{"model": {}}', '{"model": {"vocab": [[]]}}'])
def test_without_a_readable_tokenizer_no_word_is_known(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "tokenizer.json").write_text(content, encoding="utf-8")
    assert whole_words(tmp_path) == frozenset()
