"""An answer may be kept as long as what it was made of is the same, and is not made again for who holds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from corpus.settings import Settings

if TYPE_CHECKING:
    from tests.conftest import Box

URL = "/api/v1/search?q=night+school"
READ = (URL, "/api/v1/themes", "/api/v1/export?q=festival", "/api/v1/cities/cork", "/api/v1/openapi.json")


@pytest.mark.parametrize("url", READ)
def test_who_holds_the_answer_is_not_sent_it_again(client: TestClient, url: str) -> None:
    first = client.get(url)
    assert first.headers["cache-control"] == "public, max-age=60"
    assert {"Accept-Language", "Accept-Encoding"} <= {name.strip() for name in first.headers["vary"].split(",")}
    for known in (first.headers["etag"], f'"other", {first.headers["etag"]}'):
        again = client.get(url, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert "Accept-Language" in again.headers["vary"]


@pytest.mark.parametrize("other", ["/api/v1/search?q=day+school", "/api/v1/search?q=night+school&limit=3"])
def test_another_question_or_language_is_another_answer(client: TestClient, other: str) -> None:
    tag = client.get(URL).headers["etag"]
    assert client.get(other, headers={"if-none-match": tag}).status_code == 200
    assert client.get(URL, headers={"if-none-match": tag, "accept-language": "fr"}).status_code == 200


@pytest.mark.parametrize("tag", ["", "*", '"', "W/", '"0"', "a,b,,", "é"])
def test_a_tag_that_is_not_ours_is_no_reason_to_send_nothing(client: TestClient, tag: str) -> None:
    assert client.get(URL, headers={b"if-none-match": tag.encode()}).status_code == 200


@pytest.mark.parametrize(
    "url", ["/api/v1/search?limit=0", "/api/v1/nothing", "/api/v1/cities/nowhere", "/api/v1/search?x=1"]
)
def test_a_problem_is_not_kept(client: TestClient, url: str) -> None:
    headers = client.get(url, headers={"if-none-match": client.get(URL).headers["etag"]}).headers
    assert headers["cache-control"] == "no-store"
    assert "etag" not in headers


def test_a_new_snapshot_is_a_new_answer(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    box.ingest(practice("one", "Night school."))
    client = serve()
    first = client.get(URL)
    box.ingest(practice("two", "Night school by the sea."))
    second = client.get(URL, headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.headers["etag"] != first.headers["etag"]
    assert second.json()["total"] == 2


def test_other_settings_are_another_answer(client: TestClient, starter_data: Path) -> None:
    other = TestClient(create_app(Settings(data=starter_data, operator="Another")))
    assert other.get(URL).headers["etag"] != client.get(URL).headers["etag"]


def test_what_changes_with_every_question_is_not_kept(starter_data: Path) -> None:
    counting = TestClient(create_app(Settings(data=starter_data, log_empty_searches=True)))
    headers = counting.get("/api/v1/overview").headers
    assert headers["cache-control"] == "no-store"
    assert "etag" not in headers


def test_before_anything_is_published_nothing_is_kept(tmp_path: Path) -> None:
    answer = TestClient(create_app(Settings(data=tmp_path))).get("/api/v1/themes")
    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["retry-after"]) > 0
