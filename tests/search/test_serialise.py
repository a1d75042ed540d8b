"""The plain values that `--json` prints and the API serves: complete, and JSON through and through."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.places import load_gazetteer
from search.asked import member
from search.cities import similar_cities
from search.cities_json import peer_json
from search.engine import KnowledgeBase
from search.serialise import city_json, full_document_json, result_json

if TYPE_CHECKING:
    from tests.conftest import Box


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False))


def test_a_result_holds_everything_that_was_found(starter: KnowledgeBase) -> None:
    result = starter.search("volunteers teach older people", limit=3)
    values = through_json(result_json(result))
    assert set(values) == {
        "query", "snapshot", "total", "total_relation", "took_ms", "hits", "nearest", "facets", "next_cursor",
        "notices", "corrected", "did_you_mean", "expansions", "attribution",
    }  # fmt: skip
    assert (values["query"], values["total"]) == ("volunteers teach older people", result.total)
    assert [hit["document"]["id"] for hit in values["hits"]] == [hit.document.id for hit in result.hits]
    assert set(values["hits"][0]) == {"document", "score", "passages", "why", "citation", "also"}


def test_a_passage_says_where_it_stands_and_what_to_highlight(starter: KnowledgeBase) -> None:
    for hit in through_json(result_json(starter.search("festival")))["hits"]:
        for passage in hit["passages"]:
            assert passage["end"] - passage["start"] == len(passage["text"])
            assert all(0 <= start < end <= len(passage["text"]) for start, end in passage["highlights"])


def test_a_document_has_labels_with_names_and_no_text_of_its_own(starter: KnowledgeBase) -> None:
    values = through_json(result_json(starter.search("festival")))["hits"][0]["document"]
    assert "text" not in values
    assert "source" not in values
    assert all(set(label) == {"id", "label"} for label in (*values["cities"], *values["countries"]))
    about = {"id", "label", "origin", "probability", "model", "start", "end", "text"}
    assert values["themes"]
    assert all(set(label) == about for label in (*values["themes"], *values["evidence"]))


def test_a_whole_document_has_its_figures_sources_and_passages(starter: KnowledgeBase) -> None:
    found, passages, citation = starter.document("gwanak-library-lunchbox")
    values = through_json(full_document_json(found, passages, citation))
    assert len(values["passages"]) == len(passages) > 1
    assert values["figures"]
    assert values["sources"][0]["publisher"] == found.references[0].publisher
    assert values["citation"]["text"] == citation.text
    assert values["rests_on"] == list(found.trust)


def test_what_is_unknown_is_null(box: Box, write: Callable[..., Path]) -> None:
    box.ingest(write("page.md", "Night school."))
    values = through_json(full_document_json(*box.open().document("page")))
    unknown = ("year", "publisher", "licence", "address", "pages")
    assert {key: values[key] for key in unknown} == dict.fromkeys(unknown)
    assert values["display"] == "extract"


def test_no_local_path_is_given_out(box: Box, write: Callable[..., Path], tmp_path: Path) -> None:
    box.ingest(write("deep/er/page.md", "Night school.").parents[1])
    base = box.open()
    text = json.dumps([result_json(base.search("night school")), full_document_json(*base.document("page"))])
    assert str(tmp_path) not in text
    assert "page.md" not in text


def test_a_city_has_the_names_of_its_country_and_region() -> None:
    values = through_json(city_json(load_gazetteer().cities["cork"], 3))
    assert values["country"] == {"id": "IE", "label": "Ireland"}
    assert values["region"]["id"] == "europe-and-north-america"
    assert values["practices"] == 3
    assert values["award_years"] == [2015, 2024]


def test_a_peer_carries_its_reasons_and_its_practices(starter: KnowledgeBase) -> None:
    peer = similar_cities(starter, member(load_gazetteer().cities["cork"]), limit=1)[0]
    values = through_json(peer_json(peer))
    assert values["city"]["id"] == peer.city.id
    assert values["shared"] == list(peer.shared)
    assert {practice["id"] for practice in values["practices"]} == {document.id for document, _ in peer.practices}
