"""The brief and the overview over HTTP: shape, errors, and no question stored without consent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.schemas_brief import BriefOut, OverviewOut
from corpus import snapshots
from corpus.settings import Settings
from search.empty_searches import FILE
from search.engine import KnowledgeBase
from search.library import Library

if TYPE_CHECKING:
    from tests.conftest import Box

BRIEF = "/api/v1/documents/osan-ai-coding-edu-lab/brief"
IN_VAIN = '"no such phrase anywhere"'


def test_a_brief_has_the_shape_that_is_declared(client: TestClient) -> None:
    answer = client.get(BRIEF, params={"city": "Cork"})
    assert answer.status_code == 200, answer.text
    assert BriefOut.model_validate(answer.json()).model_dump(mode="json") == answer.json()
    assert answer.json()["asking"] == {"id": "cork", "name": "Cork", "country": "Ireland"}


def test_an_overview_has_the_shape_that_is_declared(client: TestClient) -> None:
    answer = client.get("/api/v1/overview")
    assert answer.status_code == 200, answer.text
    assert OverviewOut.model_validate(answer.json()).model_dump(mode="json") == answer.json()


def test_a_cell_carries_a_search_that_the_api_answers(client: TestClient) -> None:
    cells = client.get("/api/v1/overview").json()["cells"]
    cell = max((cell for cell in cells if cell["theme"] and cell["city_size"]), key=lambda cell: cell["count"])
    assert client.get(f"/api/v1/search?{cell['search']}").json()["total"] == cell["count"] > 0


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/api/v1/documents/no-such-thing/brief?city=cork", 404, "no-such-thing"),
        (f"{BRIEF}?city=Limmerick", 400, "Limerick"),
        (f"{BRIEF}?city=Springfield", 400, "Springfield (Missouri"),
        (f"{BRIEF}?city=", 422, "city"),
        (BRIEF, 422, "city"),
        (f"{BRIEF}?city=cork&snapshot=0000", 410, "0000"),
    ],
)
def test_bad_input_is_answered_with_what_is_wrong(client: TestClient, url: str, status: int, words: str) -> None:
    answer = client.get(url)
    assert answer.status_code == status
    assert words in answer.json()["detail"]


@pytest.fixture
def counting(box: Box, practice: Callable[..., Path]) -> Callable[[bool], TestClient]:
    box.ingest(practice("evening-rooms", "Rooms are open in the evening."))

    def opener(data: Path, snapshot_id: str | None) -> KnowledgeBase:
        return KnowledgeBase(snapshots.open_snapshot(data, snapshot_id), box.embedder)

    def served(opted_in: bool) -> TestClient:
        app = create_app(Settings(data=box.data, log_empty_searches=opted_in))
        app.state.library = Library(box.data, opener)
        return TestClient(app, raise_server_exceptions=False)

    return served


def test_without_consent_no_question_is_stored(counting: Callable[[bool], TestClient], box: Box) -> None:
    client = counting(False)
    for _ in range(6):
        assert client.get("/api/v1/search", params={"q": IN_VAIN}).json()["total"] == 0
    assert not (box.data / FILE).exists()
    assert client.get("/api/v1/overview").json()["empty_searches"] is None


def test_with_consent_questions_in_vain_are_shown_from_five_up(counting: Callable[[bool], TestClient]) -> None:
    client = counting(True)
    for _ in range(4):
        client.get("/api/v1/search", params={"q": IN_VAIN})
    assert client.get("/api/v1/overview").json()["empty_searches"] == []
    client.get("/api/v1/search", params={"q": IN_VAIN})
    client.get("/api/v1/search", params={"q": "rooms"})
    assert client.get("/api/v1/overview").json()["empty_searches"] == [{"query": IN_VAIN, "count": 5}]
