"""Headers: a page keeps to its own resources, any website may read the API, and nobody is followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

if TYPE_CHECKING:
    from tests.conftest import Box

EVERYTHING = ("/", "/api/v1/search?q=festival", "/static/style.css", "/nothing", "/api/v1/search?limit=0", "/livez")


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("url", EVERYTHING)
def test_every_answer_keeps_to_its_own_resources(client: TestClient, url: str) -> None:
    headers = client.get(url).headers
    policy = directives(headers["content-security-policy"])
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("url", ["/api/v1/search", "/"])
def test_even_a_fault_of_ours_has_the_headers(box: Box, serve: Callable[[], TestClient], url: str) -> None:
    client = serve()
    client.app.state.library = None  # type: ignore[attr-defined]  # the client types its application as bare ASGI
    answer = client.get(url, headers={"accept": "text/html", "origin": "https://elsewhere.example"})
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("url", ["/api/v1/search?q=festival", "/api/v1/cities", "/api/v1/documents/nothing"])
def test_any_website_may_read_the_api_without_credentials(client: TestClient, url: str) -> None:
    headers = client.get(url, headers={"origin": "https://elsewhere.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("POST", 400), ("DELETE", 400)])
def test_a_browser_that_asks_first_is_told_that_reading_is_all(client: TestClient, method: str, status: int) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": method}
    answer = client.options("/api/v1/search", headers=asked)
    assert answer.status_code == status
    assert answer.headers["access-control-allow-methods"] == "GET"


@pytest.mark.parametrize("url", EVERYTHING)
def test_no_cookie_is_ever_set(client: TestClient, url: str) -> None:
    assert "set-cookie" not in client.get(url).headers


def test_long_answers_are_compressed_for_those_who_can_read_it(client: TestClient) -> None:
    assert client.get("/api/v1/cities", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/api/v1/cities", headers={"accept-encoding": "identity"}).headers
