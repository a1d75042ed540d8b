"""Clients of the application: one over the starter corpus, and one over a box made with the tiny embedder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from corpus import snapshots
from corpus.settings import Settings
from search.engine import KnowledgeBase
from search.library import Library

if TYPE_CHECKING:
    from tests.conftest import Box


@pytest.fixture(scope="session", autouse=True)
def unhurried() -> Iterator[None]:
    """Tests ask more often than a client may; those about limits set their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEARNCITIES_RATE_LIMIT", "off")
        yield


@pytest.fixture(scope="session")
def client(starter_data: Path) -> Iterator[TestClient]:
    """A client of the application over the starter corpus; a fault shows as status 500, as it would to a visitor."""
    with TestClient(create_app(Settings(data=starter_data)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def serve(box: Box) -> Callable[[], TestClient]:
    """A client of the application over what the box holds."""

    def opener(data: Path, snapshot_id: str | None) -> KnowledgeBase:
        return KnowledgeBase(snapshots.open_snapshot(data, snapshot_id), box.embedder)

    def served() -> TestClient:
        app = create_app(Settings(data=box.data, operator="A & B <centre>"))
        app.state.library = Library(box.data, opener)
        return TestClient(app, raise_server_exceptions=False)

    return served
