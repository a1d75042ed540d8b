"""A few requests are worked on at a time, some may wait, and nobody waits longer than they were told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import answer

# What costs next to nothing, and what tells whether the rest works, never waits.
FREE = ("/livez", "/readyz", "/static/")
# How many times the time limit a file may take that is on its way to a slow reader.
_SENDING = 12


class Turns:
    """How many requests are worked on and how many wait, and the right to be one of the first."""

    def __init__(self, working: int, waiting: int) -> None:
        self._slots = asyncio.Semaphore(working)
        self._room = waiting
        self.working = self.waiting = 0

    @property
    def full(self) -> bool:
        """Whether a request that came now would find no turn and no room to wait for one."""
        return self._slots.locked() and self.waiting >= self._room

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and hold it."""
        self.waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self.waiting -= 1
        self.working += 1
        try:
            yield
        finally:
            self.working -= 1
            self._slots.release()


class _Answer:
    """Where a piece of work sends its answer to; once it is `closed`, nothing goes on."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = self.started = self.closed = False

    async def __call__(self, message: Message) -> None:
        if not self.closed:
            self.started = True
            await self._send(message)


class Queue:
    """Answers 503 with Retry-After to those for whom there is no room, and to those whose time is over."""

    def __init__(self, app: ASGIApp, turns: Turns, timeout: float) -> None:
        self.app, self.turns, self.timeout = app, turns, timeout
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the request worked on when its turn comes."""
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
            return
        if self.turns.full:
            detail = "More is asked here than can be answered at the moment; ask again in a few seconds."
            await answer(Request(scope), 503, detail)(scope, receive, send)
            return
        sent = _Answer(send)
        task = asyncio.ensure_future(self._work(scope, receive, sent))
        try:
            await asyncio.wait({task}, timeout=self.timeout)
            if not task.done() and sent.started:
                await asyncio.wait({task}, timeout=self.timeout * _SENDING)
            if task.done():
                task.result()
            elif not sent.started:
                sent.closed = True
                detail = f"This took longer than {self.timeout:g} s, the limit here; ask again, or for less."
                await answer(Request(scope), 503, detail)(scope, receive, send)
        finally:
            if not task.done():
                self._let_go(task, sent)

    async def _work(self, scope: Scope, receive: Receive, sent: _Answer) -> None:
        async with self.turns.turn():
            sent.begun = True
            await self.app(scope, receive, sent)

    def _let_go(self, task: asyncio.Task[None], sent: _Answer) -> None:
        """End what nobody waits for; a thread in the middle of a search cannot be ended, so it keeps its turn."""
        sent.closed = True
        if sent.started or not sent.begun:
            task.cancel()
        self._late.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logging.getLogger("learncities.api").error("unexpected error", exc_info=error)
