"""The description of the API says what can be asked, with examples, and how failures look."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

ROUTES = (
    "/api/v1/search",
    "/api/v1/export",
    "/api/v1/suggest",
    "/api/v1/export",
    "/api/v1/themes",
    "/api/v1/overview",
    "/api/v1/themes/{theme_id}",
    "/api/v1/documents/{document_id}",
    "/api/v1/documents/{document_id}/similar",
    "/api/v1/export",
    "/api/v1/documents/{document_id}/brief",
    "/api/v1/cities",
    "/api/v1/cities/{city_id}",
    "/api/v1/cities/{city_id}/similar",
    "/api/v1/peers",
    "/api/v1/compare",
    "/livez",
    "/readyz",
)


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    values: dict[str, Any] = answer.json()
    return values


def test_every_route_is_listed_and_pages_are_not(description: dict[str, Any]) -> None:
    assert set(description["paths"]) == set(ROUTES)


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_can_only_be_read_and_says_what_it_is_for(description: dict[str, Any], route: str) -> None:
    operations = description["paths"][route]
    assert set(operations) <= {"get", "head"}
    assert len(operations["get"]["description"]) > 20
    assert "200" in operations["get"]["responses"]


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("/api/")])
def test_a_route_declares_its_problems(description: dict[str, Any], route: str) -> None:
    responses = description["paths"][route]["get"]["responses"]
    for status in ("400", "404", "422", "503"):
        schema = next(iter(responses[status]["content"].values()))["schema"]
        assert schema["$ref"].endswith("/Problem")


def test_the_question_has_an_example_and_its_limits(description: dict[str, Any]) -> None:
    parameters = {p["name"]: p for p in description["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert parameters["q"]["schema"]["examples"]
    assert parameters["q"]["schema"]["maxLength"] == 1000
    assert parameters["limit"]["schema"]["maximum"] == 100
    groups = {"theme", "sdg", "region", "country", "city", "city_size", "income", "target_group", "language", "kind"}
    assert groups | {"year_from", "year_to", "cursor", "snapshot"} <= set(parameters)


def test_an_example_of_the_description_can_be_asked(client: TestClient, description: dict[str, Any]) -> None:
    parameters = {p["name"]: p for p in description["paths"]["/api/v1/search"]["get"]["parameters"]}
    for example in parameters["q"]["schema"]["examples"]:
        assert client.get("/api/v1/search", params={"q": example}).json()["total"] > 0


def test_highlights_say_what_their_offsets_count(description: dict[str, Any]) -> None:
    assert "code points" in description["components"]["schemas"]["PassageOut"]["description"]
