"""A few are worked on, some wait, the rest is told when to ask again; nobody waits longer than they were told."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import anyio.to_thread
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.queue import Queue, Turns


class Desk:
    """An application that is busy, in threads as our routes are, until it is let go."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.begun = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.begun += 1
        await anyio.to_thread.run_sync(self.go_on.wait, 10)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})


async def ask(app: Any, path: str = "/api/v1/search") -> tuple[int, dict[str, str]]:
    """The status and the headers of an answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http", "path": path, "method": "GET", "headers": [], "query_string": b""}, receive, send)
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


async def until(condition: Any) -> None:
    """Let others work until something is so."""
    while not condition():
        await asyncio.sleep(0.001)


def test_who_finds_no_room_is_told_when_to_ask_again() -> None:
    async def crowd() -> None:
        desk, turns = Desk(), Turns(working=2, waiting=3)
        queue = Queue(desk, turns, timeout=10)
        asked = [asyncio.create_task(ask(queue)) for _ in range(5)]
        await until(lambda: turns.working == 2 and turns.waiting == 3)
        status, headers = await ask(queue)
        assert status == 503
        assert int(headers["retry-after"]) > 0
        assert headers["content-type"] == "application/problem+json"
        assert desk.begun == 2, "no more than two at once"
        desk.go_on.set()
        assert [status for status, _ in await asyncio.gather(*asked)] == [200] * 5
        assert (turns.working, turns.waiting) == (0, 0)

    asyncio.run(crowd())


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/static/style.css"])
def test_what_tells_whether_the_rest_works_never_waits(path: str) -> None:
    async def crowd() -> None:
        desk, turns = Desk(), Turns(working=1, waiting=0)
        queue = Queue(desk, turns, timeout=10)
        busy = asyncio.create_task(ask(queue))
        await until(lambda: turns.working == 1)
        free = asyncio.create_task(ask(queue, path))
        await until(lambda: desk.begun == 2)
        desk.go_on.set()
        assert [status for status, _ in await asyncio.gather(busy, free)] == [200, 200]

    asyncio.run(crowd())


def test_whose_time_is_over_is_answered_while_the_work_keeps_its_turn() -> None:
    async def late() -> None:
        desk, turns = Desk(), Turns(working=1, waiting=5)
        queue = Queue(desk, turns, timeout=0.05)
        working, waiting = await asyncio.gather(ask(queue), ask(queue))
        assert working[0] == waiting[0] == 503
        assert working[1]["retry-after"]
        await until(lambda: turns.waiting == 0)
        assert turns.working == 1, "a thread cannot be ended"
        assert desk.begun == 1, "what nobody waits for is not begun"
        desk.go_on.set()
        await until(lambda: turns.working == 0)
        assert (await ask(queue))[0] == 200

    asyncio.run(late())


def test_a_fault_in_time_is_the_callers_and_a_late_one_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.05 if scope["path"] == "/late" else 0)
        raise RuntimeError("broken")

    async def asked() -> None:
        turns = Turns(working=1, waiting=1)
        with pytest.raises(RuntimeError, match="broken"):
            await ask(Queue(broken, turns, timeout=10))
        assert (await ask(Queue(broken, turns, timeout=0.01), "/late"))[0] == 503
        await until(lambda: caplog.records)
        assert turns.working == 0

    asyncio.run(asked())
    assert "unexpected error" in caplog.text
