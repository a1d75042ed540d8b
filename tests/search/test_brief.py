"""A brief quotes the source, obeys its rights, says what is not stated, and compares cities without guessing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import AmbiguousName, NotFound, UnknownName
from corpus.models import Display
from corpus.places import load_gazetteer
from search.asked import find_city
from search.brief import Brief, brief, contrast
from search.brief_source import MOST_SENTENCES, quotables
from search.brief_views import brief_json, brief_markdown
from search.engine import KnowledgeBase
from search.role_signs import SIGNS, Role
from search.traits import Context

if TYPE_CHECKING:
    from tests.conftest import Box

FREE = SIGNS[Role.COST].typical[2]
LED = SIGNS[Role.GOVERNANCE].typical[0]
HELD = SIGNS[Role.INFRASTRUCTURE].typical[0]


def asking(name: str) -> Context:
    return find_city(name).context


def quotes(found: Brief, role: Role) -> list[str]:
    return next([quote.text for quote in answer.quotes] for answer in found.answers if answer.role is role)


def publication(display: str, text: str, title: str = "A report") -> str:
    return (
        f"---\ntitle: {title}\ndisplay: {display}\nlanguage: en\naddress: https://example.org/report\n---\n\n{text}\n"
    )


def test_each_question_is_answered_by_sentences_of_the_source(starter: KnowledgeBase) -> None:
    found = brief(starter, "osan-ai-coding-edu-lab", asking("Limerick"))
    assert [answer.role for answer in found.answers] == list(Role)
    assert any("280 million won" in text for text in quotes(found, Role.COST))
    assert any(text.startswith("Organisations involved: Osan City") for text in quotes(found, Role.PARTNERS))
    assert quotes(found, Role.OBSTACLES) == []


def test_every_quote_stands_in_the_source_where_it_says(starter: KnowledgeBase) -> None:
    for identity in ("osan-ai-coding-edu-lab", "cork-lifelong-learning-festival", "puebla-creatives-covid"):
        found = brief(starter, identity, asking("suwon"))
        shown = [quote for answer in found.answers for quote in answer.quotes]
        assert shown
        for quote in shown:
            assert found.document.text[quote.start : quote.end] == quote.text
            assert quote.url is None or quote.url.startswith("https://")


def test_a_quote_names_its_own_page_not_the_passages(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("report.txt", f"An opening sentence of the report.\n\n{HELD}\f{FREE} It ends here.\n"))
    base = box.open()
    found = brief(base, base.search("").hits[0].document.id, asking("cork"))
    pages = {answer.role: [quote.page_index for quote in answer.quotes] for answer in found.answers}
    assert pages[Role.INFRASTRUCTURE] == [1]
    assert pages[Role.COST] == [2]


def test_a_document_under_unknown_rights_shows_300_words_in_all(box: Box, write: Callable[..., Path]) -> None:
    def long(sentence: str) -> list[str]:
        return [f"{', '.join([sentence[:-1]] * 4)}, for the time number {n}." for n in range(3)]

    costs, led, held = long(FREE), long(LED), long(HELD)
    box.ingest(write("report.md", publication("extract", "\n\n".join([*costs, *led, *held]))))
    base = box.open()
    found = brief(base, base.search("").hits[0].document.id, asking("cork"))
    shown = {quote.start: quote.text for answer in found.answers for quote in answer.quotes}
    assert 1 < len(shown) < 9
    assert sum(len(text.split()) for text in shown.values()) <= 300
    assert quotes(found, Role.COST), "no role may use up the words of the others"
    assert quotes(found, Role.GOVERNANCE)
    assert any("300 words" in notice for notice in found.notices)


def test_of_a_document_that_may_only_be_linked_nothing_is_quoted(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("report.md", publication("link", f"{FREE} {LED}")))
    base = box.open()
    encoded = len(box.embedder.encoded)
    found = brief(base, base.search("").hits[0].document.id, asking("cork"))
    assert found.document.display is Display.LINK
    assert all(answer.quotes == () for answer in found.answers)
    assert len(box.embedder.encoded) == encoded
    assert found.citation.url == "https://example.org/report"
    assert FREE not in str(brief_json(found)) + "".join(brief_markdown(found))
    assert any("link only" in notice for notice in found.notices)


def test_of_a_long_document_the_passages_nearest_to_the_questions_are_read(
    box: Box, write: Callable[..., Path]
) -> None:
    filler = "\n\n".join(f"Paragraph {n} tells of the weather over the bay on that day." for n in range(400))
    box.ingest(write("report.md", publication("full", f"{filler}\n\n{FREE}\n\n{filler}")))
    base = box.open()
    document = base.search("").hits[0].document
    found, read, passages = quotables(base, document)
    assert len(found) <= MOST_SENTENCES
    assert read < passages
    made = brief(base, document.id, asking("cork"))
    assert quotes(made, Role.COST) == [FREE]
    assert any("long document" in notice for notice in made.notices)


def test_a_document_of_another_language_says_that_most_is_missed(box: Box, write: Callable[..., Path]) -> None:
    text = "La ville propose des cours du soir pour les adultes. Les bibliothèques restent ouvertes le dimanche."
    box.ingest(write("rapport.md", publication("full", text).replace("language: en", "language: fr")))
    base = box.open()
    found = brief(base, base.search("").hits[0].document.id, asking("cork"))
    assert any("language is French" in notice for notice in found.notices)
    assert any("no member city" in notice for notice in found.notices)


def test_the_city_of_the_practice_is_set_beside_the_asking_one() -> None:
    found = contrast(asking("cork"), load_gazetteer().city("osan"))
    assert any(words.startswith("region (Asia and the Pacific, not Europe") for words in found.differing)
    assert any(words.startswith("income group") for words in found.alike)


def test_what_is_unknown_of_either_city_is_neither_alike_nor_different() -> None:
    found = contrast(asking("cork"), load_gazetteer().city("gwanak-gu"))
    assert any(words.startswith("population") for words in found.unknown)
    assert not any("population" in words for words in (*found.differing, *found.alike))


def test_a_practice_of_the_asking_city_is_not_compared_with_itself(starter: KnowledgeBase) -> None:
    found = brief(starter, "cork-lifelong-learning-festival", asking("cork"))
    assert found.contrasts == ()
    assert "Cork is itself a city of this document." in found.notices


def test_similar_practices_are_of_three_other_cities(starter: KnowledgeBase) -> None:
    found = brief(starter, "cork-lifelong-learning-festival", asking("limerick"))
    cities = [set(document.cities) for document, _ in found.similar]
    assert len(cities) == 3
    assert len(set.union(*cities)) == sum(len(one) for one in cities)
    assert not set.union(*cities) & {"cork", "limerick"}
    assert "swansea-learning-festival" in {document.id for document, _ in found.similar}


def test_markdown_says_what_is_not_stated(starter: KnowledgeBase) -> None:
    text = "\n".join(brief_markdown(brief(starter, "osan-ai-coding-edu-lab", asking("cork"))))
    assert "## Obstacles\n\nNot stated." in text
    assert "## How Osan, Republic of Korea differs from Cork, Ireland" in text
    assert "- Unknown: " in text


def test_text_of_a_source_is_no_markdown(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("report.md", publication("full", FREE, title="'A *bold* [title](x)'")))
    base = box.open()
    lines = list(brief_markdown(brief(base, base.search("").hits[0].document.id, asking("cork"))))
    assert r"A \*bold\* \[title\](x)" in lines[0]


def test_a_document_that_is_not_there_is_named(starter: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="no-such-practice"):
        brief(starter, "no-such-practice", asking("cork"))


def test_a_misspelt_city_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean: Limerick"):
        asking("Limmerick")


def test_a_name_that_two_cities_bear_asks_which() -> None:
    with pytest.raises(AmbiguousName, match="Springfield"):
        asking("Springfield")
    assert asking("santiago-nuevo-leon").country == "MX"
