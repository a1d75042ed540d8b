"""What one request may bring and how many a client may send: everyone is told, and nobody can pretend to be another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.limits import MAX_ADDRESS, MAX_BODY, MAX_HEADERS, client_of
from corpus.settings import Settings
from tests.api.test_problems import problem

LIMITED = "/api/v1/nothing"
PROXY = "testclient"  # what the test client gives as its own address


@pytest.fixture
def limited(tmp_path: Path) -> Callable[..., TestClient]:
    """A client of an empty application that counts."""

    def made(**settings: object) -> TestClient:
        values = {"data": tmp_path, "rate_limit": "3/hour", **settings}
        return TestClient(create_app(Settings(**values)))  # type: ignore[arg-type]  # pydantic checks each value

    return made


@pytest.mark.parametrize(
    ("status", "request_of", "detail"),
    [
        (414, {"url": f"/api/v1/search?q={'a' * MAX_ADDRESS}"}, "The address is longer than 16,384 bytes"),
        (431, {"url": "/api/v1/search", "headers": {"x-long": "a" * MAX_HEADERS}}, "The headers are longer"),
        (413, {"url": "/api/v1/search", "content": b"a" * (MAX_BODY + 1)}, "The body is longer than 65,536 bytes"),
        (411, {"url": "/api/v1/search", "content": iter([b"a"])}, "only with its Content-Length"),
    ],
    ids=["414", "431", "413", "411"],
)
def test_a_request_larger_than_any_answer_needs_is_refused(
    client: TestClient, status: int, request_of: dict[str, object], detail: str
) -> None:
    answer = client.request("GET", **request_of)  # type: ignore[arg-type]  # the parameters of a request
    assert answer.status_code == status
    assert detail in problem(answer)["detail"]
    assert answer.headers["content-security-policy"]


def test_the_longest_question_in_any_script_fits(client: TestClient) -> None:
    assert client.get("/api/v1/search", params={"q": "学" * 1000}).status_code == 200


def test_every_answer_tells_what_is_left_and_the_last_refusal_when_to_ask_again(
    limited: Callable[..., TestClient],
) -> None:
    client = limited()
    for left in (2, 1, 0):
        answer = client.get(LIMITED)
        assert answer.status_code == 404
        assert answer.headers["ratelimit-policy"] == '"client";q=3;w=3600'
        assert re.fullmatch(rf'"client";r={left};t=\d+', answer.headers["ratelimit"])
    refused = client.get(LIMITED, headers={"origin": "https://elsewhere.example"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 3600
    assert refused.headers["cache-control"] == "no-store"
    assert "One client may ask 3 times in 3600 s" in problem(refused)["detail"]
    assert "Retry-After" in refused.headers["access-control-expose-headers"]


def test_health_and_styles_are_not_counted(limited: Callable[..., TestClient]) -> None:
    client = limited(rate_limit="1/hour")
    for url in ("/livez", "/livez", "/static/style.css", "/static/style.css"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "ratelimit" not in answer.headers


def test_nobody_is_counted_where_the_operator_says_so(limited: Callable[..., TestClient]) -> None:
    client = limited(rate_limit="off")
    assert "ratelimit" not in client.get(LIMITED).headers


def statuses(client: TestClient) -> Iterator[int]:
    """What five requests get that claim to come from five addresses."""
    for number in range(5):
        yield client.get(LIMITED, headers={"x-forwarded-for": f"203.0.113.{number}"}).status_code


def test_an_address_that_a_visitor_claims_counts_only_from_our_own_proxy(limited: Callable[..., TestClient]) -> None:
    assert list(statuses(limited())) == [404, 404, 404, 429, 429]
    assert list(statuses(limited(trusted_proxies="192.0.2.1"))) == [404, 404, 404, 429, 429]
    assert list(statuses(limited(trusted_proxies=f"192.0.2.1, {PROXY}"))) == [404] * 5


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("a socket", "a socket"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_ipv6(host: str, client: str) -> None:
    assert client_of({"client": (host, 1)}) == client


def test_a_request_without_an_address_is_a_client_too() -> None:
    assert client_of({"client": None}) == ""
