"""Suggestions and corrections as the API gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from tests.conftest import Box

SUGGEST, SEARCH = "/api/v1/suggest", "/api/v1/search"


def suggestions(client: TestClient, **parameters: str | int) -> list[dict[str, Any]]:
    answer = client.get(SUGGEST, params=parameters)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["suggestions"]
    return found


def test_a_theme_is_suggested_with_its_other_name_and_the_filter_it_sets(client: TestClient) -> None:
    found = suggestions(client, q="adult liter")
    assert found[0]["kind"] == "theme"
    assert found[0]["text"] == "Literacy"
    assert found[0]["explanation"] == "a theme, also called adult literacy"
    assert found[0]["filters"] == {"theme": "literacy"}
    assert found[0]["query"] == ""


@pytest.mark.parametrize("typed", ["", "l", "lit", "cork", "北京", "school", "city in", "lerning"])
def test_what_is_suggested_is_found_by_the_search(client: TestClient, typed: str) -> None:
    found = suggestions(client, q=typed, limit=50)
    assert found
    for suggestion in found:
        answer = client.get(SEARCH, params={"q": suggestion["query"], **suggestion["filters"], "limit": 1}).json()
        assert answer["total"] > 0
        assert suggestion["documents"] in (None, answer["total"])
        assert suggestion["document"] is None or client.get(f"/api/v1/documents/{suggestion['document']}").is_success


def test_without_a_text_popular_themes_come_first(client: TestClient) -> None:
    found = suggestions(client)
    assert {suggestion["kind"] for suggestion in found} == {"theme"}
    counts = [suggestion["documents"] for suggestion in found]
    assert counts == sorted(counts, reverse=True)


def test_the_answer_names_the_question_and_the_snapshot(client: TestClient) -> None:
    answer = client.get(SUGGEST, params={"q": "lit", "limit": 3}).json()
    assert answer["query"] == "lit"
    assert answer["snapshot"] == client.get("/readyz").json()["snapshot"]
    assert len(answer["suggestions"]) == 3


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 51}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"q": "x" * 1001}, "q"),
        ({"prefix": "x"}, "prefix: there is no such parameter"),
    ],
)
def test_a_bad_request_is_a_problem_that_names_it(client: TestClient, parameters: dict[str, str], named: str) -> None:
    answer = client.get(SUGGEST, params=parameters)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]


@pytest.mark.parametrize(
    "typed", ["?!", "\u202e\u200b", "' OR 1=1 --", '"', "-a", "*", "👩🏽‍🏫", "a" * 1000, "\x00", "ﷺ", "́"], ids=ascii
)
def test_whatever_is_typed_is_answered(client: TestClient, typed: str) -> None:
    assert client.get(SUGGEST, params={"q": typed}).status_code == 200


def test_a_misspelt_question_is_answered_as_it_was_meant_with_a_way_back(client: TestClient) -> None:
    found = client.get(SEARCH, params={"q": "lerning vilages"}).json()
    assert found["query"] == "lerning vilages"
    assert found["corrected"] == "learning villages"
    assert found["did_you_mean"] is None
    assert "learning villages" in found["notices"][0]
    assert found["total"] == client.get(SEARCH, params={"q": "learning villages"}).json()["total"]
    back = client.get(SEARCH, params={"q": "lerning vilages", "as_typed": True}).json()
    assert (back["corrected"], back["did_you_mean"]) == (None, None)


def test_a_better_question_is_offered_where_it_finds_more(client: TestClient) -> None:
    typed = "education for all ages and communnitty and learning"
    found = client.get(SEARCH, params={"q": typed}).json()
    assert found["corrected"] is None
    assert found["did_you_mean"] == typed.replace("communnitty", "community")
    assert client.get(SEARCH, params={"q": found["did_you_mean"]}).json()["total"] > found["total"] > 0


def test_a_right_question_is_left_alone(client: TestClient) -> None:
    found = client.get(SEARCH, params={"q": "learning villages"}).json()
    assert (found["corrected"], found["did_you_mean"]) == (None, None)


def test_nothing_of_a_link_document_is_suggested_or_offered(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    for name in "abc":
        text = f"---\ntitle: Classes {name}\ndisplay: link\n---\n\nZanzibar night school for bakers.\n"
        box.ingest(write(f"{name}.md", text))
    client = serve()
    for typed in ("zanz", "zanzibarr", "zanzibat", "night", "bakers"):
        assert suggestions(client, q=typed) == []
        answer = client.get(SEARCH, params={"q": typed}).json()
        assert (answer["corrected"], answer["did_you_mean"]) == (None, None)
    assert len(suggestions(client, q="class")) >= 3
