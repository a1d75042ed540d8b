"""What assistants are given: the same answers, read-only, each with its citation and no more text than may be shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.server import MCPServer

import learncities
from api.app import create_app
from api.mcp import make_server
from corpus.settings import Settings
from search.engine import KnowledgeBase
from search.library import Library
from tests.api.serving import free_port, served

if TYPE_CHECKING:
    from tests.conftest import Box

ROOT = Path(learncities.__file__).parent
PRACTICE = "osan-stepping-stone-classrooms"
ASKED: dict[str, dict[str, Any]] = {
    "search": {"question": "empty rooms as classrooms", "country": ["KR"], "limit": 3},
    "practice": {"id": PRACTICE},
    "similar_cities": {"city": "Cork", "limit": 3},
    "brief": {"id": PRACTICE, "city": "Cork"},
}


@pytest.fixture(scope="module")
def server(starter_data: Path) -> MCPServer:
    return make_server(Library(starter_data))


def with_client(server: Any, use: Callable[[Client], Awaitable[Any]]) -> Any:
    """What `use` returns of a client that is connected to the server."""

    async def connected() -> Any:
        async with Client(server) as client:
            return await use(client)

    return anyio.run(connected)


def call(server: Any, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What a tool answers, which must not be an error."""
    answer = with_client(server, lambda client: client.call_tool(name, arguments))
    assert not answer.is_error, answer.content
    assert json.loads(answer.content[0].text) == answer.structured_content
    values: dict[str, Any] = answer.structured_content
    return values


def test_four_tools_are_offered_that_only_read(server: MCPServer) -> None:
    tools = with_client(server, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == set(ASKED)
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert len(tool.description) > 40


def citations(value: Any) -> list[dict[str, Any]]:
    """Every citation anywhere in an answer."""
    if isinstance(value, list):
        return [found for item in value for found in citations(item)]
    if not isinstance(value, dict):
        return []
    own = [value["citation"]] if "citation" in value else []
    return own + citations(list(value.values()))


@pytest.mark.parametrize("name", ASKED)
def test_every_answer_can_be_cited(server: MCPServer, name: str, starter: KnowledgeBase) -> None:
    values = call(server, name, ASKED[name])
    assert values["snapshot"] == starter.snapshot.id
    found = citations(values)
    assert found
    assert all(citation["text"] and citation["url"] for citation in found)


def test_a_search_finds_what_the_knowledge_base_does(server: MCPServer, starter: KnowledgeBase) -> None:
    question = "library cards for newborn children"
    values = call(server, "search", {"question": question})
    assert [hit["document"]["id"] for hit in values["hits"]] == [
        hit.document.id for hit in starter.search(question, limit=5).hits
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("practice", {"id": "nothing"}, "There is no document 'nothing'"),
        ("search", {"question": "x", "theme": ["literracy"]}, "Did you mean: literacy"),
        ("brief", {"id": PRACTICE, "city": "Gothenbrug"}, "Did you mean: Gothenburg"),
        ("similar_cities", {}, "Name a city or describe one"),
        ("search", {"question": "a" * 1001}, "at most 1000"),
        ("search", {"question": "x", "limit": 1000}, "less than or equal to 20"),
    ],
)
def test_what_cannot_be_answered_says_why(server: MCPServer, name: str, arguments: dict[str, Any], words: str) -> None:
    answer = with_client(server, lambda client: client.call_tool(name, arguments))
    assert answer.is_error
    assert words in answer.content[0].text


@pytest.mark.parametrize("name", ["search", "practice"])
def test_of_a_document_that_may_only_be_linked_no_text_is_given(
    box: Box, write: Callable[..., Path], name: str
) -> None:
    matter = "---\ntitle: Evening classes\ndisplay: link\naddress: https://example.org/classes\n---\n\n"
    box.ingest(write("classes.md", f"{matter}## What was done\n\nThe secret word is xylophone.\n"))
    served = make_server(Library(box.data, lambda data, snapshot: box.open()))
    (hit,) = call(served, "search", {"question": "secret word"})["hits"]
    values = hit if name == "search" else call(served, "practice", {"id": hit["document"]["id"]})
    assert "xylophone" not in json.dumps(values)
    assert "https://example.org/classes" in json.dumps(values)


def test_the_command_speaks_over_a_pipe(starter_data: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["learncities.py", "mcp", "--data", str(starter_data)], cwd=ROOT
    )
    assert call(command, "practice", ASKED["practice"])["id"] == PRACTICE


def test_the_site_answers_assistants_where_the_operator_wants_it(starter_data: Path) -> None:
    port = free_port()
    with served(create_app(Settings(data=starter_data, port=port, mcp=True)), port) as address:
        assert call(f"{address}/mcp", "search", ASKED["search"])["total"] > 0
        stream = httpx2.get(f"{address}/mcp", headers={"accept": "text/event-stream"})
        assert stream.status_code == 405, "nothing is streamed, so nobody holds a place in the queue"
        elsewhere = httpx2.post(f"{address}/mcp", json={}, headers={"host": "elsewhere.example"})
        assert elsewhere.status_code == 421, "a name that is not ours is another website's trick"
        assert httpx2.get(f"{address}/livez").status_code == 200


def test_otherwise_there_is_nothing_at_that_address(starter_data: Path) -> None:
    assert create_app(Settings(data=starter_data)).state.assistants is None
