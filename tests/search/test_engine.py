"""The knowledge base as a whole: browsing, finding nothing, rights, documents, and the spread over cities."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import snapshots
from corpus.errors import InvalidInput, NotFound, SnapshotError
from index.embedder import Vectors
from search.engine import KnowledgeBase
from search.filters import Filters, resolve
from search.fusion import words_weight

if TYPE_CHECKING:
    from tests.conftest import Box

# Sixty words that no test asks for: enough that one shared word is not closeness in meaning.
FILLER = " ".join(f"{a}{b}" for a in ("bri", "dro", "fle", "gra", "pla", "tru") for b in "abcdefghij")


def test_an_empty_question_lists_everything_newest_first(starter: KnowledgeBase) -> None:
    result = starter.search("", limit=100)
    assert result.total == starter.manifest.documents
    years = [hit.document.year or 0 for hit in result.hits]
    assert years == sorted(years, reverse=True)
    assert result.notices == ()


def test_who_turns_the_page_waits_for_no_encoding(
    box: Box, practice: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    box.ingest(*(practice(name, f"Night school for bakers. {FILLER}") for name in ("one", "two", "three")))
    base, asked = box.open(), list[str]()
    encode = box.embedder.encode_query

    def noting(text: str) -> Vectors:
        asked.append(text)
        return encode(text)

    monkeypatch.setattr(box.embedder, "encode_query", noting)
    first = base.search("school for bakers", limit=1)
    base.search("school for bakers", limit=1, cursor=first.next_cursor)
    base.search("school for bakers", resolve({"language": ["en"]}))
    assert asked == ["school for bakers"]


def test_an_empty_question_under_filters_lists_what_passes(starter: KnowledgeBase) -> None:
    result = starter.search("  ", resolve({"city": ["Cork"]}), limit=100)
    assert {hit.document.cities for hit in result.hits} == {("cork",)}
    assert result.total == len(result.hits)


def test_at_most_two_of_the_first_ten_come_from_one_city(starter: KnowledgeBase) -> None:
    for typed in ("older people learn to use smartphones", "artificial intelligence", "community learning centres"):
        result = starter.search(typed)
        counts = Counter(city for hit in result.hits for city in hit.document.cities)
        assert len(result.hits) == 10
        assert max(counts.values()) <= 2


def test_asking_for_places_switches_the_spread_off(starter: KnowledgeBase) -> None:
    result = starter.search("older people learn to use smartphones", resolve({"country": ["China"]}))
    assert Counter(city for hit in result.hits for city in hit.document.cities).most_common(1)[0][1] > 2
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)


def test_the_same_question_gives_the_same_answer(starter: KnowledgeBase) -> None:
    first, second = (starter.search("night schools", limit=50) for _ in range(2))
    assert first.hits == second.hits
    assert first.facets == second.facets


def test_nothing_found_says_so_and_offers_the_nearest_as_such(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", FILLER, title="Classes"))
    result = box.open().search("zeppelin")
    assert (result.total, result.hits, result.next_cursor) == (0, (), None)
    assert result.notices == (
        "Nothing comparable was found in this corpus.",
        "The nearest practices are shown below; they may not answer the question.",
    )
    assert [hit.document.id for hit in result.nearest] == ["one"]


def test_nothing_found_under_filters_points_at_the_filters(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", FILLER, title="Classes"))
    base = box.open()
    assert base.search("zeppelin", Filters({"country": ("KE",)})).notices == (
        "Nothing comparable was found under these filters.",
    )
    assert base.search("zeppelin", Filters({"country": ("KE",)})).nearest == ()


def test_nothing_found_under_filters_says_which_to_drop(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."), practice("two", "Night school.", themes=["youth"]))
    chosen = Filters({"country": ("KE",), "theme": ("youth",)})
    for typed in ("night school", ""):
        assert box.open().search(typed, chosen).notices[:2] == (
            "Nothing comparable was found under these filters.",
            "Without the filter “Kenya”: 1 document.",
        )
    years = box.open().search("", Filters({"country": ("IE",)}, year_from=2024)).notices
    assert years[1] == "Without the filter “2024 to …”: 2 documents."


def test_the_nearest_offered_obey_the_filters(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("irish", FILLER), practice("british", FILLER, city="swansea", country="GB"))
    result = box.open().search("zeppelin", Filters({"country": ("GB",)}))
    assert [hit.document.id for hit in result.nearest] == ["british"]


def test_a_hit_shows_at_most_three_passages_of_a_document(box: Box, write: Callable[..., Path]) -> None:
    sections = "".join(f"## Part {letter}\n\nNight school for bakers {letter}.\n\n" for letter in "abcdef")
    box.ingest(write("page.md", f"---\ntitle: Page\ndisplay: full\n---\n\n{sections}"))
    hit = box.open().search("night school bakers").hits[0]
    assert len(hit.passages) == 3


@pytest.mark.parametrize("typed", ["", "night school", "zeppelin"])
def test_nothing_of_a_link_document_is_shown_anywhere(box: Box, write: Callable[..., Path], typed: str) -> None:
    box.ingest(
        write(
            "page.md",
            f"---\ntitle: Classes\ndisplay: link\naddress: https://example.org/\n---\n\nNight school {FILLER}",
        )
    )
    base = box.open()
    result = base.search(typed)
    for hit in (*result.hits, *result.nearest):
        assert hit.passages == ()
        assert "Night" not in " ".join(hit.why)
        assert hit.citation.url == "https://example.org/"
    assert result.hits or result.nearest
    assert base.document("classes")[1] == []


def test_of_an_extract_at_most_three_hundred_words_are_shown(box: Box, write: Callable[..., Path]) -> None:
    sections = "".join(f"## Part {letter}\n\n{'Night school. ' * 60}\n\n" for letter in "abcdef")
    box.ingest(write("page.md", f"# Page\n\n{sections}"))
    base = box.open()
    for passages in (base.search("night school").hits[0].passages, base.document("page")[1]):
        assert 0 < sum(len(passage.text.split()) for passage in passages) <= 300


def test_a_document_is_found_by_its_id_with_its_text_in_order(starter: KnowledgeBase) -> None:
    document, passages, citation = starter.document("cork-learning-neighbourhoods")
    assert document.title in citation.text
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    assert all(document.text[p.start : p.end] == p.text and p.highlights == () for p in passages)


@pytest.mark.parametrize("document_id", ["nothing", "", "../cork", "cork-learning-neighbourhoods ", "%"])
def test_an_unknown_document_is_not_found(starter: KnowledgeBase, document_id: str) -> None:
    with pytest.raises(NotFound, match="no document"):
        starter.document(document_id)


def test_a_page_that_says_the_same_elsewhere_stays_a_citation_of_its_own(
    box: Box, practice: Callable[..., Path]
) -> None:
    box.ingest(practice("one", "Night school."), practice("two", "Night school."))
    assert {hit.document.id for hit in box.open().search("night school").hits} == {"one", "two"}


COPY = " ".join(f"word{number}" for number in range(60))


def test_of_near_duplicates_one_is_shown_and_the_others_named(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("copy", COPY), practice("first", f"{COPY} Night school."), practice("other", "Night school."))
    base = box.open()
    result = base.search("night school word7 word8 word9")
    shown = {hit.document.id: [other.id for other in hit.also] for hit in result.hits}
    assert shown in ({"first": ["copy"], "other": []}, {"copy": ["first"], "other": []})
    assert result.total == 2
    everything = base.search("")
    assert everything.total == 2
    assert everything.facets["city"][0].count == 2


def test_a_near_duplicate_is_shown_where_the_filter_leaves_it_alone(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("irish", COPY), practice("british", COPY, city="swansea", country="GB"))
    result = box.open().search("word7 word8", Filters({"country": ("GB",)}))
    assert [(hit.document.id, hit.also) for hit in result.hits] == [("british", ())]
    assert {facet.value: facet.count for facet in result.facets["country"]} == {"GB": 1, "IE": 1}


def test_hits_come_by_year_or_by_title_when_asked(starter: KnowledgeBase) -> None:
    newest = starter.search("literacy", limit=100, sort="year")
    years = [hit.document.year or 0 for hit in newest.hits]
    assert years == sorted(years, reverse=True)
    titles = [hit.document.title.lower() for hit in starter.search("literacy", limit=100, sort="title").hits]
    assert titles == sorted(titles)
    assert newest.total == len(titles) == starter.search("literacy").total
    with pytest.raises(InvalidInput, match="relevance, year, title"):
        starter.search("literacy", sort="size")


def test_more_like_a_document_leaves_it_out_and_obeys_filters(starter: KnowledgeBase) -> None:
    result = starter.similar("cork-learning-neighbourhoods")
    assert result.total > 0
    assert "cork-learning-neighbourhoods" not in {hit.document.id for hit in result.hits}
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    irish = starter.similar("cork-learning-neighbourhoods", resolve({"country": ["Ireland"]}))
    assert {c for hit in irish.hits for c in hit.document.countries} == {"IE"}


def test_more_like_one_passage_is_nearest_to_that_passage(starter: KnowledgeBase) -> None:
    whole = starter.similar("osan-stepping-stone-classrooms")
    passage = starter.similar("osan-stepping-stone-classrooms", passage=2)
    assert [hit.document.id for hit in whole.hits] != [hit.document.id for hit in passage.hits]
    for missing in ({"document_id": "nothing"}, {"document_id": "osan-stepping-stone-classrooms", "passage": 99}):
        with pytest.raises(NotFound, match="There is no document"):
            starter.similar(**missing)


def test_without_calibration_nothing_is_cut_off_and_a_notice_says_so(box: Box, practice: Callable[..., Path]) -> None:
    box.calibration = None
    box.ingest(practice("near", "Night school."), practice("far", FILLER))
    result = box.open().search("night school")
    assert [hit.document.id for hit in result.hits] == ["near", "far"]
    assert "not calibrated" in result.notices[0]
    assert not any("meaning" in reason for hit in result.hits for reason in hit.why)


@pytest.mark.parametrize(
    "question",
    ["night schools for adults", "which cities opened night schools for adults who never learned to read and write"],
)
def test_each_score_is_made_of_the_parts_that_are_shown(starter: KnowledgeBase, question: str) -> None:
    weight = words_weight(len(starter.understand(question).words))
    for hit in starter.search(question).hits:
        for passage in hit.passages:
            parts = passage.evidence
            assert parts is not None
            assert parts.score == pytest.approx(parts.cosine + weight * parts.words, abs=1e-5)


def test_several_threads_may_ask_at_once(starter: KnowledgeBase) -> None:
    expected = [hit.document.id for hit in starter.search("night schools").hits]
    found: list[list[str]] = []

    def ask() -> None:
        found.append([hit.document.id for hit in starter.search("night schools").hits])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(), max_size=60))
@example("learning \udcff")
@example("learning \u0301")
def test_any_question_is_answered_or_refused(starter: KnowledgeBase, typed: str) -> None:
    try:
        result = starter.search(typed, limit=3)
    except InvalidInput:
        return
    assert result.total >= len(result.hits)
    assert result.hits or result.notices


def test_a_snapshot_of_another_analyser_is_refused(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."))
    snapshot = snapshots.open_snapshot(box.data)
    other = snapshots.Snapshot(snapshot.id, snapshot.path, {**snapshot.manifest, "analyser": "0"})
    with pytest.raises(SnapshotError, match="learncities rebuild"):
        KnowledgeBase(other, box.embedder)
