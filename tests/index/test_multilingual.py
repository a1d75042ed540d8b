"""Six languages in the space of the English model, which stays what it is for English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ModelError
from index import multilingual, spelling
from index.embedder import Vectors
from index.gloss import LANGUAGES
from index.static_encoder import PIECES_FILE, StaticEncoder, static_encoder
from index.transformer import SentenceTransformerEmbedder

SAME = {
    "en": "libraries for older people",
    "fr": "bibliothèques pour les personnes âgées",
    "es": "bibliotecas para personas mayores",
    "pt": "bibliotecas para pessoas idosas",
    "ru": "библиотеки для пожилых людей",
    "ar": "مكتبات لكبار السن",
    "zh": "老年人图书馆",
}
OTHER = "black holes and distant galaxies"


@pytest.fixture(scope="module")
def model() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(precision="float32")


def test_english_and_unknown_languages_are_the_models_own_bit_for_bit(model: SentenceTransformerEmbedder) -> None:
    texts = [SAME["en"], OTHER, "Bibliotheken für ältere Menschen in der Stadt"]
    assert np.array_equal(model.encode(texts), model._encode(texts))


def test_the_same_words_in_six_languages_lie_near_the_english_ones(model: SentenceTransformerEmbedder) -> None:
    same, other = model.encode([SAME["en"], OTHER])
    for language, text in SAME.items():
        if language != "en":
            (found,) = model.encode([text])
            assert found @ same > max(0.5, found @ other + 0.3), language
            assert abs(float(np.linalg.norm(found)) - 1) < 1e-5


def test_texts_keep_their_order_whatever_way_they_take() -> None:
    def english(texts: Sequence[str]) -> Vectors:
        return np.array([np.full(384, len(text)) for text in texts], dtype=np.float32)

    found = multilingual.routed(["learning", SAME["ru"], "school and city"], english)
    assert found[0][0] == len("learning")
    assert found[2][0] == len("school and city")
    assert abs(float(np.linalg.norm(found[1])) - 1) < 1e-5


def test_a_text_of_unknown_letters_is_no_direction() -> None:
    assert not static_encoder().encode("ᚠᚢᚦ").any()


def test_a_damaged_encoder_is_named(tmp_path: Path) -> None:
    (tmp_path / PIECES_FILE).write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        StaticEncoder(tmp_path)


def test_the_weights_are_small_and_each_language_has_its_parts() -> None:
    files = list(spelling.FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files) < 45e6
    assert sum(file.stat().st_size for file in files if file.name.endswith(".tsv.gz")) < 5e6
    assert set(json.loads(multilingual.MIX_FILE.read_text(encoding="utf-8"))) == set(LANGUAGES)
    assert set(multilingual.LEVELS) == set(LANGUAGES)


def test_only_what_takes_the_route_depends_on_its_weights() -> None:
    english = "all-MiniLM-L6-v2@53aa51172d14"
    assert multilingual.revisions(english, SAME["ru"]) == [multilingual.revision()] == multilingual.revisions(english)
    assert multilingual.revisions(english, SAME["en"]) == []
    assert multilingual.revisions("another@1", SAME["ru"]) == multilingual.revisions("another@1") == []


def test_letters_that_writers_use_for_one_another_are_one() -> None:
    assert spelling.spelt("أُمّيَّة، ÉCOLE – 體育") == "اميه ecole 体育"
