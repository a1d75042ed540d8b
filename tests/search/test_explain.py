"""Highlights stand where the words stand, in code points of any script; reasons say what matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Document
from index.analyzer import terms
from index.calibration import Calibration
from search.engine import KnowledgeBase
from search.explain import found_words, highlights, why
from search.query import parse
from search.rank import Evidence

DOCUMENT = Document(
    id="one", source="one.md", title="Night schools", text="", sections=(), media_type="text/plain", content_hash="",
    language="en", themes=("literacy",),
)  # fmt: skip


BANDS = Calibration(answer=0.4, cutoff=0.27, fair=0.35, strong=0.5)


def reasons_for(document: Document, cosine: float, typed: str, section: tuple[str, ...] = ()) -> Sequence[str]:
    evidence = [Evidence(1, cosine, 0.5, 0.5, junk=False)]
    return why(document, evidence, ["Bakers teach bread"], section, parse(typed), BANDS)


def marked(text: str, typed: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in highlights(text, terms(typed, language), language)]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Libraries lend books; a library lends tools.", "library", ["Libraries", "library"]),
        ("Café and cafe\u0301 meet in Medellín", "cafe medellin", ["Café", "cafe\u0301", "Medellín"]),
        ("📚🏙️ learning 👩🏽‍🏫 learning", "learning", ["learning", "learning"]),
        ("It's nothing to do with this", "library", []),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, typed: str, expected: list[str]) -> None:
    assert marked(text, typed) == expected


def test_neighbouring_pairs_of_characters_are_marked_as_one() -> None:
    assert marked("建设学习型城市。", "学习型城市", "zh") == ["学习型城市"]


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    text = "在𠮷野家学习"
    assert highlights(text, terms("𠮷野", "zh"), "zh") == [(1, 3)]
    assert marked(text, "学习", "zh") == ["学习"]


def test_words_with_a_space_between_them_are_marked_apart() -> None:
    assert marked("night schools", "night school") == ["night", "schools"]


def test_arabic_words_are_marked_with_their_vowel_signs() -> None:
    assert marked("هذه مَدِينَة جميلة", "مدينة", None) == ["مَدِينَة"]


@given(st.text(), st.text(max_size=20), st.sampled_from(["en", "fr", "ar", "zh", None]))
def test_marks_are_ordered_apart_and_inside_the_text(text: str, typed: str, language: str | None) -> None:
    spans = highlights(text, terms(typed, language), language)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_found_words_are_listed_once_as_first_written() -> None:
    assert found_words(["Libraries open", "libraries and a library"], ["librari"], "en") == ["Libraries", "library"]


def test_a_hit_says_which_words_were_found_and_on_which_themes() -> None:
    reasons = reasons_for(DOCUMENT, 0.1, "bread night literacy")
    assert reasons == ["Words found: bread.", "In the title: Night.", "Loosely related in meaning.", "Theme: Literacy."]


def test_a_theme_that_was_not_asked_for_is_no_reason() -> None:
    reasons = reasons_for(DOCUMENT, 0.1, "bread")
    assert reasons == ["Words found: bread.", "Loosely related in meaning."]


@pytest.mark.parametrize(
    ("cosine", "said"),
    [(0.8, ["Close to"]), (0.5, ["Close to"]), (0.4, ["Fairly close to"]), (0.3, ["Loosely related"])],
)
def test_how_close_a_hit_is_follows_the_bands_of_the_model(cosine: float, said: list[str]) -> None:
    reasons = reasons_for(replace(DOCUMENT, themes=()), cosine, "zeppelin")
    assert len(reasons) == len(said)
    assert all(reason.startswith(start) for reason, start in zip(reasons, said, strict=True))


def test_the_section_of_the_passage_is_a_reason_where_it_holds_the_words() -> None:
    reasons = reasons_for(DOCUMENT, 0.1, "costs", section=("Report", "Costs and funding"))
    assert reasons == ["In the section “Costs and funding”: Costs.", "Loosely related in meaning."]


@pytest.mark.parametrize("typed", ["libraries in villages", "who retrained miners?", "robots", "lifelong learning"])
def test_every_hit_of_a_search_is_explained_by_something_that_holds(starter: KnowledgeBase, typed: str) -> None:
    for hit in starter.search(typed).hits:
        text = starter.document(hit.document.id)[0].text
        assert any(
            reason.startswith(("Words found:", "In the title:", "Close to your", "Fairly close", "Loosely related"))
            for reason in hit.why
        )
        for passage in hit.passages:
            assert passage.text == text[passage.start : passage.end]
            assert all(passage.text[start:end].strip() for start, end in passage.highlights)


def test_a_list_of_everything_gives_no_reasons(starter: KnowledgeBase) -> None:
    assert all(hit.why == () for hit in starter.search("").hits)
