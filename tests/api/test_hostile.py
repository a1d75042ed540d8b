"""Whatever is asked, the answer is a result or a problem: never a fault, never anything of the inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

ROOT = str(Path(__file__).parents[2])
texts = st.text(st.characters(codec="utf-8"), max_size=60)
syntax = st.lists(
    st.sampled_from(["AND", "NOT", "NEAR(", '"', "*", "'", "-", "%00", "\0", "../", "<b>", "{{7*7}}"])
).map(" ".join)
numbers = st.integers().map(str) | texts
parameters = st.fixed_dictionaries(
    {},
    optional={
        "q": texts | syntax,
        "theme": texts | st.just("literacy"),
        "sdg": texts | st.integers().map(str),
        "country": texts | st.just("IE"),
        "city": texts | st.sampled_from(["cork", "api", "search"]),
        "language": texts,
        "kind": texts,
        "year_from": numbers,
        "year_to": numbers,
        "limit": numbers,
        "cursor": texts,
        "snapshot": texts | st.sampled_from(["..", "../..", ".", "/", "abc"]),
    },
)
hostile = settings(deadline=None, max_examples=40)


def harmless(answer: Any, *statuses: int) -> None:
    """The answer has one of the statuses and shows no trace and no path of this machine."""
    assert answer.status_code in statuses, answer.text[:300]
    assert "Traceback" not in answer.text
    assert ROOT not in answer.text


@hostile
@given(parameters)
@example({"year_from": str(10**20)})
@example({"city": "api"})
@example({"q": "\u0301"})
def test_any_search_is_answered_or_refused(client: TestClient, params: dict[str, str]) -> None:
    harmless(client.get("/api/v1/search", params=params), 200, 400, 404, 410, 422)


@hostile
@given(parameters)
@example({"year_to": str(-(10**20))})
@example({"q": "a" * 1001})
def test_any_page_is_shown_or_refused(client: TestClient, params: dict[str, str]) -> None:
    harmless(client.get("/", params=params, headers={"accept": "text/html"}), 200, 400, 422)


@hostile
@given(texts | syntax)
def test_any_document_or_city_is_found_or_not(client: TestClient, name: str) -> None:
    for path in ("/api/v1/documents/{}", "/documents/{}", "/api/v1/cities/{}", "/api/v1/cities/{}/similar"):
        url = path.format(quote(name, safe=""))
        # An empty name, or one of dots or with a slash, is another route; a name that several bear is a bad request.
        harmless(client.get(url, follow_redirects=False), 200, 307, 400, 404)


@hostile
@given(st.binary(max_size=40))
def test_bytes_that_are_no_text_are_answered_or_refused(client: TestClient, raw: bytes) -> None:
    harmless(client.get(f"/api/v1/search?q={quote(raw)}"), 200, 400)


@pytest.mark.parametrize("name", ["accept", "accept-encoding", "origin", "if-none-match", "range", "x-forwarded-for"])
@pytest.mark.parametrize("value", ["", "\xff", "a" * 5000, "text/html\x7f", "*/*;q=x", "bytes=0-999999"])
def test_odd_headers_do_no_harm(client: TestClient, name: str, value: str) -> None:
    harmless(client.get("/api/v1/themes", headers={name.encode(): value.encode("latin-1")}), 200)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/..%5capp.py",
        "/documents/..%2f..%2fetc",
    ],
)
def test_no_path_leads_out_of_the_served_folder(client: TestClient, path: str) -> None:
    answer = client.get(path)
    harmless(answer, 404)
    assert "create_app" not in answer.text
