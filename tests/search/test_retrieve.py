"""One candidate set: filters inside both scans, words that carry weight, phrases and exclusions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from search.filters import Filters, resolve
from search.retrieve import LIMIT

if TYPE_CHECKING:
    from tests.conftest import Box

# Sixty words that no test asks for: enough that one shared word is not closeness in meaning.
FILLER = " ".join(f"{a}{b}" for a in ("bri", "dro", "fle", "gra", "pla", "tru") for b in "abcdefghij")

BACKWARDS = " ".join(FILLER.split()[::-1])


def found(box: Box, typed: str, chosen: Filters | None = None) -> set[str]:
    return {hit.document.id for hit in box.open().search(typed, chosen, limit=100).hits}


def test_a_filter_that_leaves_one_document_finds_it_below_thousands(
    box: Box, practice: Callable[..., Path], write: Callable[..., Path]
) -> None:
    crowd = "\n\n".join(f"## Part {number}\n\nLibrary." for number in range(LIMIT + 100))
    quiet = practice("quiet", f"{FILLER} A library lends seeds.", city="swansea", country="GB")
    box.ingest(write("crowd.md", f"# Library\n\n{crowd}\n"), quiet)
    everything = box.open().search("library")
    assert everything.total_relation == "at_least"
    assert everything.hits[0].document.id == "library"
    alone = box.open().search("library", resolve({"city": ["Swansea"]}))
    assert [hit.document.id for hit in alone.hits] == ["quiet"]
    assert (alone.total, alone.total_relation) == (1, "exact")


def test_each_of_three_hundred_documents_is_found_under_its_own_filter(box: Box, practice: Callable[..., Path]) -> None:
    for number in range(300):
        practice(
            f"p-{number}", f"Evening classes number {number}.", years={"start": 1900 + number % 200, "source": None}
        )
    last = practice("last", f"{FILLER} Evening classes.", themes=["climate-action"])
    box.ingest(last.parent)
    assert found(box, "evening classes", Filters({"theme": ("climate-action",)})) == {"last"}
    assert found(box, "evening classes", Filters(year_from=1907, year_to=1907)) == {"p-7", "p-207"}
    assert box.open().search("evening classes").total == 301


def test_a_word_that_is_everywhere_does_not_make_a_match_by_itself(box: Box, practice: Callable[..., Path]) -> None:
    for number in range(30):
        practice(f"p-{number}", f"{FILLER} residents.", title="Classes")
    box.ingest(practice("rare", f"{FILLER} residents and a zeppelin.").parent)
    assert found(box, "zeppelin residents") == {"rare"}


def test_a_passage_without_any_of_the_words_is_found_when_it_is_close_in_meaning(
    box: Box, practice: Callable[..., Path]
) -> None:
    box.ingest(practice("near", "Women sew bags."), practice("far", FILLER))
    result = box.open().search("women sew bags for sale in shops nobody mentions")
    assert [hit.document.id for hit in result.hits] == ["near"]


def test_an_excluded_word_takes_the_whole_document_out(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(
        practice("with", "Libraries lend tools.\n\n## Results\n\nRefugees came."),
        practice("without", "Libraries lend."),
    )
    assert found(box, "libraries") == {"with", "without"}
    assert found(box, "libraries -refugees") == {"without"}
    assert found(box, "libraries -refugee") == {"without"}
    assert found(box, 'libraries -"lend tools"') == {"without"}
    assert found(box, 'libraries -"tools refugees"') == {"with", "without"}


def test_a_phrase_is_found_only_where_its_words_stand_together(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(
        practice("together", f"{FILLER} A credit bank keeps points."), practice("apart", "The bank gives credit.")
    )
    assert found(box, "credit bank") == {"together", "apart"}
    assert found(box, '"credit bank"') == {"together"}
    assert found(box, '"credit banks" points') == {"together"}
    assert found(box, '"bank credit"') == set()


def test_a_phrase_stays_within_the_filters(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("irish", "A credit bank."), practice("british", "A credit bank.", city="swansea", country="GB"))
    assert found(box, '"credit bank"', Filters({"country": ("GB",)})) == {"british"}


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("fr", "La ville accompagne les apprenantes dans les médiathèques municipales.", "apprenantes"),
        ("fr", "La ville accompagne les apprenantes dans les médiathèques municipales.", "mediatheques"),
        ("es", "Las bibliotecas abrieron talleres gratuitos para mujeres jóvenes.", "bibliotecas"),
        ("ar", "افتتحت المدينة المكتبات العامة في الأحياء القديمة", "المكتبات"),
        ("zh", "杭州市建设十五分钟学习圈", "学习圈"),
    ],
)
def test_a_word_finds_a_document_in_any_language_as_it_is_written_there(
    box: Box, write: Callable[..., Path], language: str, text: str, word: str
) -> None:
    box.ingest(write("page.md", f"---\ntitle: A page\nlanguage: {language}\n---\n\n{FILLER}\n\n{text}\n"))
    result = box.open().search(word)
    assert result.total == 1
    marked = [p.text[start:end] for p in result.hits[0].passages for start, end in p.highlights]
    assert marked


def test_the_order_under_a_filter_is_the_order_without_it(box: Box, practice: Callable[..., Path]) -> None:
    for number in range(8):
        practice(f"p-{number}", "Night school " * (number + 1) + FILLER[: 40 * number])
    box.ingest(practice("other", "Night school.", themes=["youth"], city="swansea", country="GB").parent)
    base = box.open()
    everything = [hit.document.id for hit in base.search("night school", limit=100).hits]
    filtered = [hit.document.id for hit in base.search("night school", Filters({"city": ("cork",)}), limit=100).hits]
    scores = {hit.document.id: hit.score for hit in base.search("night school", limit=100).hits}
    assert sorted(filtered) == sorted(id_ for id_ in everything if id_ != "other")
    assert filtered == sorted(filtered, key=lambda id_: (-round(scores[id_], 6), id_))


def test_a_prefix_finds_every_word_that_begins_so(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(
        practice("one", f"{FILLER} Zeppelins."), practice("two", f"{BACKWARDS} A zephyr."), practice("no", FILLER)
    )
    assert found(box, "zep*") == {"one", "two"}
    assert found(box, "zeppelin*") == {"one"}
    assert "one" in found(box, "zeppelins*")
    assert found(box, "zq*") == set()


def test_a_word_finds_its_forms_by_the_stems_of_the_language_asked_in(box: Box, write: Callable[..., Path]) -> None:
    text = "Les médiathèques municipales accompagnaient les apprenantes adultes du quartier."
    box.ingest(write("page.md", f"---\ntitle: Une page\nlanguage: fr\n---\n\n{FILLER}\n\n{text}\n"))
    asked = "Comment la médiathèque municipale accompagne-t-elle une apprenante adulte ?"
    result = box.open().search(asked)
    assert result.total == 1
    marked = {p.text[start:end] for p in result.hits[0].passages for start, end in p.highlights}
    assert {"apprenantes", "accompagnaient"} <= marked
