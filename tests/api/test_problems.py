"""Every failure is a problem as RFC 9457 describes it: right status, one sentence that helps, nothing of the inside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.schemas import Problem
from corpus.settings import Settings

if TYPE_CHECKING:
    from tests.conftest import Box

PROBLEMS: dict[str, tuple[int, str]] = {
    "/api/v1/search?q=%3F%21": (400, "no word to search for"),
    "/api/v1/search?year_from=2021&year_to=2020": (400, "swap the two"),
    "/api/v1/search?cursor=zzz": (400, "is not a cursor"),
    "/api/v1/search?q=a&cursor=YTowOmI": (400, "is not a cursor"),
    "/api/v1/search?theme=literracy": (400, "Did you mean: literacy"),
    "/api/v1/search?kind=publicaton": (400, "publicaton"),
    "/api/v1/search?language=English": (400, "two-letter code"),
    "/api/v1/search?year_from=99999999999999999999": (400, "is not a year"),
    "/api/v1/search?city=Atlantis": (400, "Unknown city: 'Atlantis'"),
    "/api/v1/search?city=api": (400, "Unknown city: 'api'"),
    "/api/v1/search?theme=search": (400, "Unknown theme: 'search'"),
    "/api/v1/search?snapshot=0123456789abcdef": (410, "is not kept here"),
    "/api/v1/search?snapshot=..": (404, "is not kept here"),
    "/api/v1/documents/nothing": (404, "no document 'nothing'"),
    "/api/v1/documents/cork-lifelong-learning-festival?snapshot=0123456789abcdef": (410, "is not kept here"),
    "/api/v1/cities/Medelin": (404, "Did you mean: Medellín"),
    "/api/v1/cities/New%20Atlant%C3%ADs/similar": (404, "Unknown city: 'New Atlantís'"),
    "/api/v1/nothing": (404, "Not Found"),
    "/nothing": (404, "Not Found"),
    "/static/nothing.css": (404, "Not Found"),
    "/static/..%2fapp.py": (404, "Not Found"),
    "/api/v1/search?limit=0": (422, "limit: "),
    "/api/v1/search?limit=101": (422, "limit: "),
    "/api/v1/search?limit=ten": (422, "limit: "),
    "/api/v1/search?year_from=x": (422, "year_from: "),
    f"/api/v1/search?q={'a' * 1001}": (422, "q: "),
    f"/api/v1/search?{'&'.join(['theme=literacy'] * 51)}": (422, "theme: "),
    "/api/v1/search?colour=red": (422, "colour: there is no such parameter"),
    "/api/v1/cities/cork/similar?limit=51": (422, "limit: "),
    "/api/v1/cities/cork/similar?context=-1": (422, "context: "),
    "/api/v1/cities/cork/similar?context=nan": (422, "context: "),
    "/api/v1/cities/cork/similar?context=0&practice=0": (400, "All weights are 0"),
    "/api/v1/cities/cork/similar?weights=population=nan": (400, "The weight of population is nan"),
    "/api/v1/cities/cork/similar?weights=population=-1": (400, "from 0 to 100"),
    "/api/v1/cities/cork/similar?weights=population=much": (400, "is no weight"),
    "/api/v1/cities/cork/similar?weights=popularity=1": (400, "Unknown indicator"),
    "/api/v1/cities/cork/similar?preset=best": (400, "balanced, size-and-income"),
    "/api/v1/cities/cork/similar?theme=literracy": (400, "Did you mean: literacy"),
    "/api/v1/cities/dublin/similar?context=1&practice=0&preset=region&weights=region=0,country=0,distance=0,population=1":
        (400, "nothing is known of Dublin"),
    "/api/v1/cities/Springfield/similar": (400, "Springfield (Missouri, United States of America)"),
    "/api/v1/peers": (400, "Name a city or describe one"),
    "/api/v1/peers?city=Cork&profile=a+town": (400, "Name a city or describe one"),
    "/api/v1/peers?city=Gothenbrug": (400, "Did you mean: Gothenburg (Sweden)"),
    "/api/v1/peers?profile=qwerty": (400, "Nothing in 'qwerty' names"),
    "/api/v1/peers?town=Cork": (422, "town: there is no such parameter"),
    "/api/v1/compare?city=cork": (400, "1 name of cities: name 2 to 5"),
    "/api/v1/compare?city=cork&city=Cork&city=corcaigh&city=cork&city=CORK": (400, "Cork is named 5 times"),
    "/api/v1/compare?city=cork&city=osan&format=pdf": (400, "Unknown format"),
    "/api/v1/compare": (422, "city: "),
}  # fmt: skip


def problem(answer: Any) -> dict[str, Any]:
    """The problem that was answered, checked against its declared shape."""
    assert answer.headers["content-type"] == "application/problem+json"
    values: dict[str, Any] = answer.json()
    assert Problem.model_validate(values).status == answer.status_code
    assert "Traceback" not in answer.text
    return values


@pytest.mark.parametrize("url", PROBLEMS, ids=lambda url: url[:60])
def test_a_request_that_cannot_be_answered_says_why(client: TestClient, url: str) -> None:
    status, detail = PROBLEMS[url]
    answer = client.get(url)
    assert answer.status_code == status
    assert detail in problem(answer)["detail"]


def test_a_misspelt_name_comes_with_suggestions_for_scripts(client: TestClient) -> None:
    assert problem(client.get("/api/v1/search?theme=literracy"))["suggestions"][0] == "literacy"
    assert problem(client.get("/api/v1/cities/Medelinn/similar"))["suggestions"][0] == "Medellín"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("url", ["/", "/api/v1/search", "/api/v1/documents/cork-lifelong-learning-festival", "/livez"])
def test_nothing_can_be_written(client: TestClient, method: str, url: str) -> None:
    answer = client.request(method, url)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    problem(answer)


@pytest.mark.parametrize("url", ["/", "/livez", "/readyz", "/api/v1/search?q=festival", "/api/v1/themes"])
def test_the_head_of_an_answer_can_be_asked_alone(client: TestClient, url: str) -> None:
    answer = client.head(url)
    assert answer.status_code == 200
    assert answer.content == b""


def test_before_anything_is_published_it_is_alive_but_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data=tmp_path / "none"))) as client:
        assert client.get("/livez").status_code == 200
        for url in ("/readyz", "/api/v1/search?q=festival", "/api/v1/cities", "/"):
            answer = client.get(url)
            assert answer.status_code == 503
            assert "Run `learncities ingest` first" in problem(answer)["detail"]
            assert str(tmp_path) not in answer.text


@pytest.mark.parametrize("name", ["vectors.faiss", "knowledge.db", "manifest.json"])
def test_a_damaged_snapshot_is_not_served(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient], name: str, tmp_path: Path
) -> None:
    snapshot = box.ingest(practice("one", "Night school.")).snapshot
    file = box.data / "snapshots" / str(snapshot) / name
    file.write_bytes(file.read_bytes()[:-20])
    answer = serve().get("/readyz")
    assert answer.status_code == 503
    assert "learncities rebuild" in problem(answer)["detail"]
    assert str(tmp_path) not in answer.text


class Broken:
    """A library with a fault of ours."""

    def get(self, snapshot_id: str | None = None) -> None:
        raise RuntimeError("/home/operator/secret is broken")


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize("url", ["/api/v1/search", "/readyz", "/"])
def test_a_fault_of_ours_shows_nothing_of_the_inside(
    box: Box, serve: Callable[[], TestClient], url: str, accept: str
) -> None:
    client = serve()
    client.app.state.library = Broken()  # type: ignore[attr-defined]  # the client types its application as bare ASGI
    answer = client.get(url, headers={"accept": accept})
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_browser_gets_a_page_and_a_script_a_problem(client: TestClient) -> None:
    page = client.get("/documents/nothing", headers={"accept": "text/html,application/xhtml+xml"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "There is no document" in page.text
    problem(client.get("/documents/nothing", headers={"accept": "application/json"}))
    problem(client.get("/api/v1/documents/nothing", headers={"accept": "text/html"}))
