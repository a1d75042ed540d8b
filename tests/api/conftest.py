"""Clients of the application, over the starter corpus or over a box made with the tiny embedder; and a real browser."""

from __future__ import annotations

import os
import shutil
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
    from playwright.sync_api import Browser, Page, Request

    from tests.conftest import Box


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one the test is skipped, unless it is required."""
    chromium = shutil.which("chromium")
    if chromium is None and os.environ.get("LEARNCITIES_REQUIRE_BROWSER") != "1":
        pytest.skip("needs Chromium")
    assert chromium is not None, "LEARNCITIES_REQUIRE_BROWSER=1, and there is no chromium"
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complained about, blocked resources included."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    page = browser.new_page()
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page itself has given it up
            complaints.append(f"{request.url} {request.failure}")

    page.on("requestfailed", failed)
    yield page
    page.close()
