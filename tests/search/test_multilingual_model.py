"""Any sentence-transformers model is one setting away: a small multilingual one made here answers across languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.console import silent
from corpus.settings import Settings
from ingest.run import open_pipeline
from ingest.sources import walk
from search.engine import KnowledgeBase

# What the model knows: a row a meaning, in English, French, Chinese and Arabic.
MEANINGS = [
    ["school", "école", "学校", "مدرسة"],
    ["library", "bibliothèque", "图书馆", "مكتبة"],
    ["older", "aînés", "老年人", "المسنين"],
    ["water", "eau", "水", "المياه"],
    ["garden", "jardin", "花园", "حديقة"],
    ["migrants", "migrants", "移民", "المهاجرين"],
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model of static vectors: the words of a meaning share one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = {"[UNK]": 0}
    rows = [np.full(16, 0.01)]
    for number, meaning in enumerate(MEANINGS):
        for word in dict.fromkeys(meaning):
            words[word] = len(words)
            rows.append(np.eye(16)[number])
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    static = StaticEmbedding(tokenizer, embedding_weights=np.array(rows, dtype=np.float32))
    folder = tmp_path_factory.mktemp("models") / "four-languages"
    SentenceTransformer(modules=[static], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="module")
def base(model: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in {
        "reading": "The library lends to all who live near it.",
        "ages": "The older teach what they know at the school.",
        "wells": "Water was brought to every street.",
        "jardin": "Un jardin pour tous les habitants du quartier.",
    }.items():
        (folder / f"{name}.md").write_text(f"# {name.title()}\n\n{text}\n", encoding="utf-8")
    data = folder / "data"
    with open_pipeline(Settings(data=data, model=str(model))) as pipeline:
        report = pipeline.run(walk([folder]), silent)
    assert report.passages >= 4, report.outcomes
    return KnowledgeBase.open(data)


@pytest.mark.parametrize("word", ["library", "bibliothèque", "图书馆", "مكتبة"])
def test_a_question_in_any_of_its_languages_finds_the_same(base: KnowledgeBase, word: str) -> None:
    assert base.search(word).hits[0].document.title == "Reading"


def test_a_passage_in_another_language_is_found_too(base: KnowledgeBase) -> None:
    assert base.search("a garden").hits[0].document.title == "Jardin"


def test_nothing_is_said_of_english_and_no_closeness_is_claimed(base: KnowledgeBase) -> None:
    answer = base.search("مكتبة")
    assert not [notice for notice in answer.notices if "English" in notice]
    assert [notice for notice in answer.notices if "not calibrated" in notice]
    assert base.manifest.model_id.startswith("four-languages@")
    assert base.calibration is None
