"""What may be shown of a document is obeyed on every page and in every answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from corpus.store import CorpusStore
from index import build

if TYPE_CHECKING:
    from tests.conftest import Box

SECRET = "Zanzibar"
TEXT = f"{SECRET} night school for bakers. " * 200
URLS = (
    "/?q=night+school",
    "/?q=zeppelin",
    "/?kind=publication",
    "/documents/classes",
    "/api/v1/search?q=night+school",
    "/api/v1/search?q=zanzibar",
    "/api/v1/search?q=zeppelin",
    "/api/v1/search",
    "/api/v1/documents/classes",
)


def document(display: str, address: str = "https://example.org/classes") -> str:
    return f"---\ntitle: Classes\ndisplay: {display}\naddress: {address}\npublisher: A town hall\n---\n\n{TEXT}\n"


def shown(text: str) -> int:
    """How often the text of the document was given out, highlighted or not."""
    return len(re.findall(SECRET, text))


@pytest.mark.parametrize("url", URLS)
def test_nothing_of_a_link_document_is_shown_but_its_link(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient], url: str
) -> None:
    box.ingest(write("classes.md", document("link")))
    text = serve().get(url).text
    assert "Classes" in text
    assert "https://example.org/classes" in text
    assert shown(text) == 0


def test_the_page_of_a_link_document_says_why_it_is_empty(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    box.ingest(write("classes.md", document("link")))
    assert "The rights of this document allow a link only" in serve().get("/documents/classes").text


@pytest.mark.parametrize("url", URLS)
def test_of_an_extract_at_most_three_hundred_words_are_shown(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient], url: str
) -> None:
    box.ingest(write("classes.md", document("extract")))
    assert 0 < shown(serve().get(url).text) <= 300 / 5


def test_of_a_full_document_everything_is_shown(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    box.ingest(write("classes.md", document("full")))
    client = serve()
    assert shown(client.get("/documents/classes").text) == 200
    # what earned a label is quoted once more
    assert shown(client.get("/api/v1/documents/classes").text) >= 200


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,hello", "file:///etc/passwd"])
def test_an_address_that_is_not_of_the_web_is_never_a_link(
    box: Box, write: Callable[..., Path], serve: Callable[[], TestClient], address: str
) -> None:
    box.ingest(write("classes.md", document("full")))
    with CorpusStore(box.data) as store:
        # Ingestion refuses such an address; here one got into the store all the same.
        store.db.execute("UPDATE documents SET address = ?", (address,))
        build.publish(store, box.data, box.embedder, "tiny", "another chunker", keep=3)
    client = serve()
    for url in ("/?q=night+school", "/documents/classes"):
        answer = client.get(url)
        assert shown(answer.text) > 0
        assert f'href="{address}' not in answer.text
    assert client.get("/api/v1/documents/classes").json()["citation"]["url"] is None


def test_a_copy_that_readers_must_not_be_sent_to_has_no_link(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    page = {"title": "A page", "publisher": "A town hall", "language": "en"}
    sources = [
        {**page, "address": "https://proper.example/page", "nature": "official"},
        {**page, "address": "https://copy.example/page", "nature": "copy"},
    ]
    box.ingest(practice("one", "Night school.", sources=sources))
    client = serve()
    for url in ("/documents/one", "/api/v1/documents/one", "/?q=night+school"):
        text = client.get(url).text
        assert "https://proper.example/page" in text
        assert "copy.example" not in text
