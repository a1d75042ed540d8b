"""What the operator sees: each request by its route, without what was asked and by whom, unless they say otherwise."""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api import logs
from api.app import create_app
from corpus.settings import Settings
from tests.api.serving import free_port

SECRET = "eviction"
ASKED = (f"/api/v1/search?q={SECRET}", f"/api/v1/cities/{SECRET}", f"/{SECRET}", f"/api/v1/search?limit={SECRET}")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The loggers of other tests are left as they were."""
    root, ours = logging.getLogger(), logging.getLogger("learncities")
    handlers, level, own = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:], root.level = handlers, level
    ours.setLevel(own)


def served(starter_data: Path, **settings: object) -> TestClient:
    """A client of the application over the starter corpus, which writes events."""
    made = Settings(data=starter_data, log_format="json", **settings)  # type: ignore[arg-type]  # pydantic checks it
    logs.configure(made)
    return TestClient(create_app(made))


def events(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_names_the_route_and_neither_the_question_nor_who_asked(
    starter_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = served(starter_data)
    for url in ASKED:
        client.get(url, headers={"user-agent": "Reader/1", "referer": "https://example.org/secret"})
    written = events(capsys)
    assert [(event["route"], event["status"]) for event in written] == [
        ("/api/v1/search", 200),
        ("/api/v1/cities/{city_id}", 404),
        ("none", 404),
        ("/api/v1/search", 422),
    ]
    assert set(written[0]) == {"event", "level", "timestamp", "method", "route", "status", "ms"}
    assert not any(word in str(written) for word in (SECRET, "testclient", "Reader", "example.org"))


def test_an_operator_may_ask_for_more(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    served(starter_data, log_queries=True, log_addresses=True).get(f"/api/v1/search?q={SECRET}")
    (event,) = events(capsys)
    assert (event["path"], event["query"], event["client"]) == ("/api/v1/search", f"q={SECRET}", "testclient")


class Broken:
    """A library whose fault quotes what somebody asked."""

    def current_id(self) -> str:
        return "0"

    def get(self, snapshot_id: str | None = None) -> None:
        try:
            raise KeyError(SECRET)
        except KeyError:
            raise RuntimeError(f"nothing for {SECRET}") from None


@pytest.mark.parametrize(("log_queries", "quoted"), [(False, False), (True, True)])
def test_a_fault_is_logged_with_its_place_and_quotes_nobody(
    starter_data: Path, capsys: pytest.CaptureFixture[str], log_queries: bool, quoted: bool
) -> None:
    client = served(starter_data, log_queries=log_queries)
    client.app.state.library = Broken()  # type: ignore[attr-defined]  # the client types its application as bare ASGI
    assert client.get("/api/v1/search").status_code == 500
    fault, request = events(capsys)
    assert (fault["level"], fault["event"]) == ("error", "unexpected error")
    assert "RuntimeError" in str(fault["exception"])
    assert "test_observe.py" in str(fault["exception"])
    assert (SECRET in str(fault)) is quoted
    assert request["status"] == 500


def test_text_is_a_line_an_event(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data=starter_data)
    logs.configure(settings)
    TestClient(create_app(settings)).head("/livez")
    line = capsys.readouterr().err
    assert "level='info' event='request' method='HEAD' route='/livez' status=200" in line
    assert line.count("\n") == 1


def test_metrics_are_served_on_their_own_port_by_route(starter_data: Path) -> None:
    port = free_port()
    with TestClient(create_app(Settings(data=starter_data, metrics_port=port))) as client:
        for url in ASKED:
            client.get(url)
        client.request("BREW", "/livez")
        assert client.get("/metrics").status_code == 404
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            text = answer.read().decode()
    assert 'learncities_requests_total{method="GET",route="/api/v1/search",status="200"} 1.0' in text
    assert 'learncities_requests_total{method="GET",route="none",status="404"} 2.0' in text
    assert 'learncities_requests_total{method="other",route="/livez",status="405"} 1.0' in text
    assert 'learncities_request_seconds_count{route="/api/v1/cities/{city_id}"} 1.0' in text
    assert "learncities_requests_working 0.0" in text
    assert "learncities_requests_waiting 0.0" in text
    assert SECRET not in text
