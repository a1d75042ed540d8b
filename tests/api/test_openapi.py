"""The description of the API says what can be asked, with examples, and how failures look."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import compile_path
from starlette.testclient import TestClient

EXPORTED = Path(__file__).parents[2] / "docs" / "openapi.json"
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
    for status in ("400", "404", "422", "429", "503"):
        (media_type, content), *others = responses[status]["content"].items()
        assert (media_type, others) == ("application/problem+json", [])
        assert content["schema"]["$ref"].endswith("/Problem")
        assert content["example"]["status"] == int(status)
    assert "Retry-After" in responses["429"]["headers"]
    assert {"ETag", "RateLimit", "RateLimit-Policy"} <= set(responses["200"]["headers"])


@pytest.mark.parametrize("route", ROUTES)
def test_every_operation_has_an_example_that_works(client: TestClient, description: dict[str, Any], route: str) -> None:
    examples = re.findall(r"Example: `(\S+)`", description["paths"][route]["get"]["description"])
    assert examples
    for example in examples:
        path, _, _ = compile_path(route)
        assert path.match(example.partition("?")[0])
        assert client.get(example).status_code == 200


@pytest.mark.parametrize("route", ROUTES)
def test_every_parameter_is_explained(description: dict[str, Any], route: str) -> None:
    for parameter in description["paths"][route]["get"].get("parameters", []):
        assert parameter.get("description"), parameter["name"]


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("/api/")])
def test_no_route_takes_a_parameter_that_it_does_not_know(
    client: TestClient, description: dict[str, Any], route: str
) -> None:
    (example, *_) = re.findall(r"Example: `(\S+)`", description["paths"][route]["get"]["description"])
    answer = client.get(f"{example}{'&' if '?' in example else '?'}colour=red")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "colour: there is no such parameter"


def test_the_exported_description_is_what_is_served(description: dict[str, Any]) -> None:
    exported = json.loads(EXPORTED.read_text(encoding="utf-8"))
    assert exported == description, "run: make openapi"


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
