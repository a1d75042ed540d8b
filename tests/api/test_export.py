"""The export route: a file that a browser saves, the same bytes as the command writes, and problems as everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bibtexparser.entrypoint
import pytest
import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

import learncities
from api.schemas import Problem

if TYPE_CHECKING:
    from tests.conftest import Box

URL = "/api/v1/export"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/x-ndjson",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bibtex": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
READ: dict[str, Callable[[str], int]] = {
    "csv": lambda text: len(list(csv.DictReader(io.StringIO(text, newline=""), strict=True))),
    "jsonl": lambda text: len([json.loads(line) for line in text.split("\n") if line]),
    "ris": lambda text: len(rispy.loads(text)),
    "bibtex": lambda text: len(bibtexparser.entrypoint.parse_string(text).entries),
    "csl": lambda text: len(json.loads(text)),
}
texts = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_a_file_comes_with_its_type_its_name_and_all_that_was_found(client: TestClient, name: str) -> None:
    answer = client.get(URL, params={"q": "Library cards!", "year_from": "2010", "format": name})
    assert answer.status_code == 200
    headers = answer.headers
    assert headers["content-type"] == MEDIA_TYPES[name]
    ending = {"bibtex": "bib", "csl": "csl.json"}.get(name, name)
    snapshot = headers["x-snapshot"]
    assert headers["content-disposition"] == (
        f'attachment; filename="learncities-library-cards-{snapshot[:8]}.{ending}"'
    )
    total = client.get("/api/v1/search", params={"q": "Library cards!", "year_from": "2010"}).json()["total"]
    assert READ[name](answer.text) == int(headers["x-total-count"]) == total > 0
    assert "x-notice" not in headers


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_the_bytes_are_those_of_the_command(client: TestClient, starter_data: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "found"
    asked = ["export", "night school", "--theme", "literacy", "--theme", "health-and-well-being", "--year-from", "2015"]
    learncities._run([*asked, "--format", name, "--data", str(starter_data), "--output", str(file)])
    params: dict[str, str | list[str]] = {
        "q": "night school",
        "theme": ["health-and-well-being", "literacy"],
        "year_from": "2015",
        "format": name,
    }
    assert client.get(URL, params=params).content == file.read_bytes() != b""
    assert client.get(URL, params=params, headers={"accept-encoding": "identity"}).content == file.read_bytes()


def test_everything_can_be_exported_as_csv_with_a_mark_for_excel(client: TestClient) -> None:
    marked, plain = client.get(f"{URL}?bom=true").content, client.get(URL).content
    assert marked == b"\xef\xbb\xbf" + plain
    assert READ["csv"](plain.decode()) == client.get("/api/v1/search").json()["total"]


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_nothing_found_is_an_empty_file_with_a_notice(client: TestClient, name: str) -> None:
    answer = client.get(URL, params={"q": '"no such phrase in any practice"', "format": name})
    assert answer.status_code == 200
    assert READ[name](answer.text) == 0
    assert answer.headers["x-notice"] == "Nothing was found; the export holds no document."
    assert answer.headers["x-total-count"] == "0"


def test_a_website_may_read_what_the_headers_say(client: TestClient) -> None:
    headers = client.get(URL, headers={"origin": "https://elsewhere.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert {"X-Snapshot", "X-Notice"} <= set(headers["access-control-expose-headers"].split(", "))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"]


def test_the_head_alone_and_an_older_snapshot_can_be_asked(client: TestClient) -> None:
    head = client.head(f"{URL}?q=festival&format=ris")
    assert (head.status_code, head.content) == (200, b"")
    again = client.get(URL, params={"q": "festival", "snapshot": head.headers["x-snapshot"]})
    assert again.headers["x-total-count"] == head.headers["x-total-count"]


PROBLEMS = {
    "format=xls": (400, "Unknown export format: 'xls'. Did you mean: csv, jsonl, ris, bibtex, csl?"),
    "format=": (400, "Unknown export format: ''"),
    "format=ris&bom=true": (400, "ask for ris without it"),
    "bom=perhaps": (422, "bom: "),
    "q=%3F%21": (400, "no word to search for"),
    "theme=literracy": (400, "Did you mean: literacy"),
    "year_from=2021&year_to=2020": (400, "swap the two"),
    "snapshot=0123456789abcdef": (410, "is not kept here"),
    "limit=5": (422, "limit: there is no such parameter"),
    "cursor=abc": (422, "cursor: there is no such parameter"),
    "colour=red": (422, "colour: there is no such parameter"),
    f"q={'a' * 1001}": (422, "q: "),
}


@pytest.mark.parametrize("asked", PROBLEMS, ids=lambda asked: asked[:40])
def test_an_export_that_cannot_be_made_says_why(client: TestClient, asked: str) -> None:
    status, detail = PROBLEMS[asked]
    answer = client.get(f"{URL}?{asked}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "content-disposition" not in answer.headers
    assert detail in Problem.model_validate(answer.json()).detail


def test_the_description_names_the_formats_and_the_types_of_their_files(client: TestClient) -> None:
    operation = client.get("/api/v1/openapi.json").json()["paths"][URL]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert parameters["format"]["schema"]["enum"] == list(MEDIA_TYPES)
    assert {"q", "theme", "city", "year_to", "snapshot", "bom"} <= set(parameters)
    assert set(operation["responses"]["200"]["content"]) >= set(MEDIA_TYPES.values())


@settings(deadline=None, max_examples=40)
@given(
    st.fixed_dictionaries(
        {"format": st.sampled_from([*MEDIA_TYPES, "xls"]) | texts},
        optional={"q": texts, "theme": texts | st.just("literacy"), "language": texts, "bom": texts, "snapshot": texts},
    )
)
@example({"format": "csv", "q": '"; filename=../../etc/passwd\r\nSet-Cookie: a=b'})
@example({"format": "bibtex", "q": "учёба \u202e } @book{x,"})
def test_any_export_is_answered_or_refused(client: TestClient, params: dict[str, str]) -> None:
    answer = client.get(URL, params=params)
    assert answer.status_code in (200, 400, 404, 410, 422), answer.text[:300]
    assert "set-cookie" not in answer.headers
    assert "Traceback" not in answer.text
    if answer.status_code == 200:
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]+(\.[a-z]+)+"', answer.headers["content-disposition"])
        name = params["format"].strip().lower()
        assert READ[name](answer.content.decode("utf-8-sig")) == int(answer.headers["x-total-count"])


@pytest.mark.parametrize("name", MEDIA_TYPES)
@pytest.mark.parametrize(("display", "most"), [("link", 0), ("extract", 60), ("full", 200)])
@pytest.mark.parametrize("q", ["", "night school"])
def test_no_more_is_exported_than_may_be_shown(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient], name: str, display: str, most: int, q: str
) -> None:
    text = "Zanzibar night school for bakers. " * 200
    box.ingest(write("classes.md", f"---\ntitle: Classes\ndisplay: {display}\n---\n\n{text}\n"))
    answer: Any = serve().get(URL, params={"q": q, "format": name})
    assert "Classes" in answer.text
    assert answer.text.count("Zanzibar") <= most
    assert (answer.text.count("Zanzibar") == 0) == (display == "link")
