"""The analyser: accents folded, words stemmed by language, dense scripts as bigrams, spans that point at the words."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer
from hypothesis import example, given
from hypothesis import strategies as st

from index.analyzer import count, places, terms, tokens

LANGUAGES = (None, "ar", "en", "es", "fr", "ru", "th", "zh", "xx")


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Medellín", "medellin"), ("Évry-Courcouronnes", "evry courcouronnes"), ("SØNDERBORG", "sønderborg")],
)
def test_case_and_accents_make_no_difference(written: str, typed: str) -> None:
    assert terms(written, None) == terms(typed, None)


def test_a_composed_and_a_decomposed_accent_are_the_same_word() -> None:
    assert terms("café", None) == terms("cafe\u0301", None) == ["cafe"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("library", "libraries", "Libraries")),
        ("en", ("train", "trained", "training", "trains")),
        ("fr", ("bibliothèque", "bibliothèques", "Bibliotheques")),
        ("fr", ("apprenante", "apprenantes")),
        ("es", ("biblioteca", "bibliotecas")),
        ("ru", ("город", "города")),
    ],
)
def test_forms_of_a_word_share_their_stem(language: str, forms: tuple[str, ...]) -> None:
    assert len({term for form in forms for term in terms(form, language)}) == 1


def test_words_of_an_unknown_language_are_only_folded() -> None:
    assert terms("Libraries", None) == ["libraries"]
    assert terms("Libraries", "xx") == ["libraries"]


def test_chinese_is_cut_into_overlapping_pairs() -> None:
    assert terms("学习型城市", "zh") == ["学习", "习型", "型城", "城市"]


def test_thai_is_cut_into_overlapping_pairs() -> None:
    assert terms("เมือง", "th") == ["เม", "มื", "ือ", "อง"]


def test_a_pair_of_a_longer_run_is_found_in_it() -> None:
    assert set(terms("城市", None)) <= set(terms("建设学习型城市的指标", None))


def test_a_single_character_of_a_dense_script_is_a_term() -> None:
    assert terms("学", "zh") == ["学"]


def test_latin_words_between_chinese_ones_stay_whole() -> None:
    assert terms("推进AI教育", "zh") == ["推进", "ai", "教育"]


@pytest.mark.parametrize("vowelled", ["مَدِينَة", "مدينةٌ", "مَدينة"])
def test_arabic_vowel_signs_make_no_difference(vowelled: str) -> None:
    assert terms(vowelled, None) == terms("مدينة", None)


def test_the_arabic_superscript_alef_makes_no_difference() -> None:
    assert terms("هٰذا", None) == terms("هذا", None)


@pytest.mark.parametrize("text", ["हिन्दी शिक्षा", "বাংলা শিক্ষা"], ids=["Hindi", "Bengali"])
def test_vowel_signs_belong_to_their_word(text: str) -> None:
    assert [text[token.start : token.end] for token in tokens(text, None)] == text.split()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("📚🏙️ A café for learners", "café"),
        ("𠮷野家 library", "library"),
        ("cafe\u0301 and tea", "cafe\u0301"),
        ("𝔏 learning, again", "learning"),
    ],
)
def test_a_span_points_at_the_word_in_code_points(text: str, word: str) -> None:
    assert word in [text[token.start : token.end] for token in tokens(text, "en")]


def test_bigrams_point_at_their_two_characters_beyond_the_basic_plane_too() -> None:
    text = "x 𠮷野家"
    assert [text[token.start : token.end] for token in tokens(text, "zh")] == ["x", "𠮷野", "野家"]


@given(st.text(), st.sampled_from(LANGUAGES))
@example("a\u0301\u0301 ﬁ ß ﷺ 𠮷", None)
def test_spans_are_ordered_and_inside_the_text(text: str, language: str | None) -> None:
    found = list(tokens(text, language))
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    starts = [token.start for token in found]
    assert starts == sorted(set(starts))
    assert [token.end for token in found] == sorted(token.end for token in found)


def test_threads_that_ask_at_once_get_the_stems_that_each_would_get_alone() -> None:
    # Words that nobody has asked for before, so that none is remembered.
    words = [f"zq{a}{b}{end}" for a in "abcdefgh" for b in "nrst" for end in ("ationally", "iveness", "ings", "ously")]
    stemmer = snowballstemmer.stemmer("english")
    alone = [stemmer.stemWord(word) for word in words]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # as threads take turns on a busy machine
    try:
        with ThreadPoolExecutor(8) as pool:
            for found in pool.map(lambda _: terms(" ".join(words), "en"), range(16)):
                assert list(found) == alone
    finally:
        sys.setswitchinterval(usual)


@given(st.text(), st.sampled_from(LANGUAGES))
@example("\u0301", None)
@example("a \u0651 b", "ar")
def test_no_term_is_empty(text: str, language: str | None) -> None:
    assert all(term.strip() for term in terms(text, language))


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "ar", None]))
def test_places_are_where_the_tokens_stand(text: str, language: str | None) -> None:
    found = list(tokens(text, language))
    wanted = {token.term for token in found[::2]}
    assert places(text, language, wanted) == [(t.start, t.end) for t in found if t.term in wanted]
    assert count(text) >= len(list(tokens(text, None)))
