"""Suggestions: by any word and any name, in a sensible order, and every one of them finds something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from corpus.text import fold
from corpus.wording import Said
from index import vocabulary
from search.engine import KnowledgeBase
from search.filters import Filters, resolve
from search.query import MAX_LENGTH
from search.spelling import Spelling
from search.suggest import MOST, Suggester, suggester_of
from search.suggestible import KINDS, Entry, Suggestion, entries

if TYPE_CHECKING:
    from tests.conftest import Box

ENTRIES = [
    Entry(
        "theme",
        "Literacy",
        Said("a theme"),
        ("adult literacy", "Alphabétisation"),
        filters={"theme": "lit"},
        documents=30,
    ),
    Entry("theme", "Culture, libraries and museums", Said("a theme"), filters={"theme": "culture"}, documents=40),
    Entry(
        "city", "Beijing", Said("a city in China"), ("北京", "بكين", "北京市"), filters={"city": "beijing"}, documents=4
    ),
    Entry("city", "Liverpool", Said("a city"), filters={"city": "liverpool"}, documents=2),
    Entry("term", "literacy classes", Said("a term"), query="literacy classes", documents=5),
    Entry("term", "literacy", Said("a term"), query="literacy", documents=32),
    Entry("term", "library", Said("a term"), query="library", documents=9),
    Entry("term", "libraries", Said("a term"), query="libraries", documents=11),
    Entry("title", "Literacy caravans at Cork's city-wide festival", Said("a title"), query="x", document="caravans"),
    Entry("title", "A smart classroom for all", Said("a title"), query="y", document="smart"),
    *(Entry("title", f"Living library {n}", Said("a title"), query=f"l {n}", document=f"l{n}") for n in range(9)),
]
SUGGESTER = Suggester(ENTRIES, Spelling([vocabulary.Written("libraries", "libraries", 11)]))


def texts(typed: str, limit: int = 8) -> list[str]:
    return [suggestion.text for suggestion in SUGGESTER.suggest(typed, limit)]


def test_what_begins_so_comes_first_themes_and_places_before_terms_and_titles() -> None:
    found = SUGGESTER.suggest("li")
    assert [(s.kind, s.text) for s in found[:4]] == [
        ("theme", "Literacy"), ("city", "Liverpool"), ("term", "libraries"), ("term", "literacy classes"),
    ]  # fmt: skip
    assert [s.kind for s in found[4:]] == ["title"] * 4
    assert texts("librar")[0] == "libraries", "a word within a name comes after what begins so"
    assert "Culture, libraries and museums" in texts("librar")


def test_no_kind_takes_more_than_half_while_there_are_others() -> None:
    kinds = Counter(suggestion.kind for suggestion in SUGGESTER.suggest("li", 6))
    assert max(kinds.values()) <= 3
    assert len(texts("living", 8)) == 8, "where there is but one kind, it takes all"


def test_a_theme_is_found_by_its_other_names_and_says_which() -> None:
    found = SUGGESTER.suggest("adult lit")[0]
    assert (found.text, found.explanation) == ("Literacy", "a theme, also called adult literacy")
    assert found.filters == {"theme": "lit"}
    assert found.query == ""
    assert found.documents == 30


@pytest.mark.parametrize("typed", ["beij", "BEIJ", "北", "京市", "北京", "بكي"])
def test_a_city_is_found_in_any_script(typed: str) -> None:
    assert texts(typed) == ["Beijing"]


@pytest.mark.parametrize("typed", ["alphabet", "ALPHABÉ", "alphabe\u0301t"])
def test_accents_and_capitals_make_no_difference(typed: str) -> None:
    assert texts(typed) == ["Literacy"]


@pytest.mark.parametrize("typed", ["city wide fest", "city-wide", "cork's city", "cork s", "festival", "festival cor"])
def test_a_title_is_found_by_any_of_its_words_whatever_stands_between_them(typed: str) -> None:
    assert texts(typed)[0] == "Literacy caravans at Cork's city-wide festival"


def test_a_text_is_suggested_once() -> None:
    assert texts("literacy").count("Literacy") == 1
    assert "literacy" not in texts("literacy")
    assert "library" not in texts("librar"), "the stem of what is suggested already"


def test_a_misspelt_beginning_is_put_right_where_nothing_begins_so() -> None:
    assert "libraries" in texts("libaries")
    assert texts("zzz") == []


def test_without_a_word_popular_themes_are_offered() -> None:
    for typed in ("", "  ", "?!", "\u202e"):
        assert texts(typed) == ["Culture, libraries and museums", "Literacy"]


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at most 1,000"):
        SUGGESTER.suggest("x" * (MAX_LENGTH + 1))


def test_nothing_can_be_suggested_on_nothing() -> None:
    assert Suggester([]).suggest("a") == []
    assert Suggester([]).suggest("") == []


@given(typed=st.text(max_size=30), limit=st.integers(1, MOST))
def test_whatever_is_typed_is_completed_the_same_each_time(typed: str, limit: int) -> None:
    found = SUGGESTER.suggest(typed, limit)
    assert found == SUGGESTER.suggest(typed, limit)
    assert len(found) <= limit
    assert len({fold(suggestion.text) for suggestion in found}) == len(found)


@given(entry=st.sampled_from(ENTRIES), data=st.data())
def test_every_beginning_of_a_name_finds_something_that_holds_it(entry: Entry, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([entry.text, *entry.also]))
    typed = name[: data.draw(st.integers(1, len(name)))]
    words = fold(typed).replace("-", " ").replace("'", " ").replace(",", " ").split()
    for suggestion in SUGGESTER.suggest(typed):
        shown = fold(f"{suggestion.text} {suggestion.explanation}")
        assert not words or all(word in shown for word in words)
    assert SUGGESTER.suggest(typed)


def every_suggestion(base: KnowledgeBase) -> Iterator[Suggestion]:
    """Each entry of a snapshot as it is suggested for its own text."""
    for entry in entries(base.db, vocabulary.read(base.db)):
        yield from Suggester([entry]).suggest(entry.text, 1)


def total(base: KnowledgeBase, suggestion: Suggestion) -> int:
    chosen = resolve({group: [value] for group, value in suggestion.filters.items()})
    return base.search(suggestion.query, chosen, limit=1, with_facets=False).total


def test_every_suggestion_on_the_starter_corpus_finds_something(starter: KnowledgeBase) -> None:
    found = list(every_suggestion(starter))
    assert {suggestion.kind for suggestion in found} == set(KINDS)
    assert len(found) > 1000
    assert [suggestion for suggestion in found if total(starter, suggestion) == 0] == []


def test_every_filter_suggested_leaves_as_many_documents_as_it_says(starter: KnowledgeBase) -> None:
    filters = [suggestion for suggestion in every_suggestion(starter) if suggestion.filters]
    assert [s for s in filters if s.documents != total(starter, s)] == []


def test_a_title_that_is_searched_for_finds_its_document(starter: KnowledgeBase) -> None:
    titles = [suggestion for suggestion in every_suggestion(starter) if suggestion.document]
    assert len(titles) == starter.manifest.documents
    lost = [s for s in titles if s.document not in starter.ranking(s.query)[:3]]
    assert lost == []


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("lit", "theme", "Literacy"),
        ("esd", "theme", "Education for sustainable development"),
        ("u3a", "theme", "Healthy ageing"),
        ("Corc", "city", "Cork"),
        ("Корк", "city", "Cork"),
        ("北京", "city", "Beijing"),
        ("irel", "country", "Ireland"),
        ("refug", "theme", "Migrants and refugees"),
        ("lifelong", "term", "lifelong learning"),
        ("village halls", "title", "Village halls as learning hubs and scholarships for thousands"),
        ("comunity", "theme", "Family and community learning"),
    ],
)
def test_on_the_starter_corpus_it_completes_what_planners_type(
    starter: KnowledgeBase, typed: str, kind: str, text: str
) -> None:
    assert (kind, text) in [(s.kind, s.text) for s in suggester_of(starter).suggest(typed)]


def test_a_city_without_documents_is_not_suggested(starter: KnowledgeBase) -> None:
    assert starter.search("", Filters({"city": ("agadir",)})).total == 0
    assert "Agadir" not in [suggestion.text for suggestion in suggester_of(starter).suggest("agad")]


TITLES = [
    'The "Knowledge" Lunch Box',
    "Learning -night and day-",
    "“Quoted” «titles»",
    "– Dash",
    "Prefix* and (brackets) OR NOT",
    "Why do we do it?",
    "学习型城市",
    "word " * 300,
    "x" * 1200 + " y",
]


def test_whatever_a_title_holds_it_is_suggested_so_that_it_is_found(box: Box, write: Callable[..., Path]) -> None:
    for number, title in enumerate(TITLES):
        text = f"---\ntitle: {title!r}\n---\n\nA text about something else.\n"
        box.ingest(write(f"{number}.md", text))
    base = box.open()
    titles = [suggestion for suggestion in every_suggestion(base) if suggestion.kind == "title"]
    assert len(titles) >= len(TITLES) - 1
    assert [suggestion for suggestion in titles if total(base, suggestion) == 0] == []


def test_a_title_without_a_word_is_not_suggested(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("a.md", "---\ntitle: '???'\n---\n\nA text.\n"))
    assert [s for s in every_suggestion(box.open()) if s.kind == "title"] == []


def test_no_word_of_a_document_that_may_only_be_linked_to_is_suggested(box: Box, write: Callable[..., Path]) -> None:
    for name in "abcd":
        text = f"---\ntitle: Evening classes {name}\ndisplay: link\n---\n\nZanzibar zeppelin tours.\n"
        box.ingest(write(f"{name}.md", text))
    suggester = suggester_of(box.open())
    assert suggester.suggest("zanzi") == []
    assert suggester.suggest("zeppelin") == []
    assert suggester.suggest("zepelin") == []
    assert "Evening classes" in [suggestion.text for suggestion in suggester.suggest("evening")]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("محو الأم", "Literacy"),
        ("محو الام", "Literacy"),  # written without the hamza
        ("اميه", "Literacy"),  # without the article, and with another letter at its end
        ("اللاجئ", "Migrants and refugees"),  # "and" is written onto it in the theme's name
        ("扫盲", "Literacy"),
        ("грамотнос", "Literacy"),
        ("Пек", "Beijing"),
        ("بكي", "Beijing"),
        ("成", "Chengdu"),
    ],
)
def test_themes_and_places_are_suggested_in_every_script(starter: KnowledgeBase, typed: str, wanted: str) -> None:
    assert wanted in [found.text for found in suggester_of(starter).suggest(typed)]
