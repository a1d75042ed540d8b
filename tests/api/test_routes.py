"""Every route answers in the shape that it declares, with what `search` found."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from api.peer_schemas import ComparisonOut, PeersOut
from api.schemas import CitiesOut, CityDocumentsOut, FullDocumentOut, SearchOut, ThemesOut
from search.engine import KnowledgeBase

ROUTES: dict[str, type[BaseModel]] = {
    "/api/v1/search": SearchOut,
    "/api/v1/search?q=festival&country=IE&country=GB&year_from=2019&limit=3": SearchOut,
    "/api/v1/search?q=%22no%20such%20phrase%20anywhere%22": SearchOut,
    "/api/v1/themes": ThemesOut,
    "/api/v1/cities": CitiesOut,
    "/api/v1/cities/cork": CityDocumentsOut,
    "/api/v1/cities/Medell%C3%ADn": CityDocumentsOut,
    "/api/v1/cities/agadir/similar": PeersOut,
    "/api/v1/cities/cork/similar?limit=2&context=3&practice=0.5": PeersOut,
    "/api/v1/cities/lyon/similar?preset=size-and-income": PeersOut,
    "/api/v1/peers?city=%E6%9D%B1%E4%BA%AC&weights=population=3,income=0&theme=literacy": PeersOut,
    "/api/v1/peers?profile=coastal+town+of+80,000+with+an+ageing+population,+little+money": PeersOut,
    "/api/v1/compare?city=cork&city=Lyon&city=osan": ComparisonOut,
    "/api/v1/documents/gwanak-library-lunchbox": FullDocumentOut,
    "/api/v1/documents/gwanak-library-lunchbox/similar": SearchOut,
    "/api/v1/documents/gwanak-library-lunchbox/similar?passage=1&country=IE&limit=3": SearchOut,
    "/api/v1/search?q=festival&sort=year&explain=true&theme=unknown": SearchOut,
}


def get(client: TestClient, url: str, **params: Any) -> Any:
    answer = client.get(url, params=params or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


@pytest.mark.parametrize("url", ROUTES)
def test_an_answer_has_the_shape_that_is_declared_and_nothing_else(client: TestClient, url: str) -> None:
    values = get(client, url)
    assert ROUTES[url].model_validate(values).model_dump(mode="json") == values


def test_a_search_answers_as_the_knowledge_base_does(client: TestClient, starter: KnowledgeBase) -> None:
    values = get(client, "/api/v1/search", q="night schools", region="Asia and the Pacific", limit=5)
    assert values["snapshot"] == starter.snapshot.id
    assert len(values["hits"]) == 5
    assert {label["id"] for hit in values["hits"] for label in hit["document"]["countries"]} <= {
        value["value"] for value in values["facets"]["country"]
    }


def test_the_pages_of_a_search_make_up_the_whole(client: TestClient) -> None:
    found, cursor = [], None
    while True:
        values = get(client, "/api/v1/search", q="libraries", limit=30, **({"cursor": cursor} if cursor else {}))
        found += [hit["document"]["id"] for hit in values["hits"]]
        cursor = values["next_cursor"]
        if cursor is None:
            break
    assert len(found) == len(set(found)) == values["total"]


def test_a_named_snapshot_is_asked(client: TestClient, starter: KnowledgeBase) -> None:
    assert get(client, "/api/v1/search", q="festival", snapshot=starter.snapshot.id)["total"] > 0
    assert get(client, "/api/v1/documents/cork-lifelong-learning-festival", snapshot=starter.snapshot.id)["id"]


def test_a_city_comes_with_the_documents_about_it(client: TestClient) -> None:
    values = get(client, "/api/v1/cities/corcaigh")
    assert values["id"] == "cork"
    assert len(values["documents"]) == values["practices"] >= 3
    assert all({"id": "cork", "label": "Cork"} in document["cities"] for document in values["documents"])


def test_cities_are_listed_with_most_documents_first(client: TestClient) -> None:
    counts = [city["practices"] for city in get(client, "/api/v1/cities")["cities"]]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) > 200


def test_the_weights_of_a_comparison_are_obeyed(client: TestClient) -> None:
    url = "/api/v1/cities/osan/similar"
    by_context, by_practice = get(client, url, context=1, practice=0), get(client, url, context=0, practice=1)
    assert [p["city"]["id"] for p in by_context["peers"]] != [p["city"]["id"] for p in by_practice["peers"]]
    assert len(get(client, url, limit=3)["peers"]) == 3


def test_themes_have_definitions_and_counts(client: TestClient) -> None:
    themes = get(client, "/api/v1/themes")["themes"]
    assert all(theme["description"] and theme["label"] for theme in themes)
    assert any(theme["count"] for theme in themes)


def test_the_process_is_alive_and_ready(client: TestClient, starter: KnowledgeBase) -> None:
    assert get(client, "/livez") == {"status": "ok"}
    assert get(client, "/readyz") == {
        "status": "ok",
        "snapshot": starter.snapshot.id,
        "documents": 230,
        "passages": len(starter.index),
    }
