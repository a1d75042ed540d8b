"""What one request may bring, and how many a client may send."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import answer
from api.queue import FREE

# 1,000 characters of a question are up to 12,000 bytes of an address; together these stay below what the server reads.
MAX_ADDRESS, MAX_HEADERS, MAX_BODY = 16 * 1024, 32 * 1024, 64 * 1024
# A household or an office has a network of this size, and may change addresses in it as it likes.
_IPV6_CLIENT = 64


class RequestSize:
    """Refuses requests that are larger than any that could be answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it is of a size that can be meant."""
        if scope["type"] == "http" and (refused := _too_large(scope)):
            await answer(Request(scope), *refused, headers={"Connection": "close"})(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _too_large(scope: Scope) -> tuple[int, str] | None:
    """The status and the reason of a refusal, if there is one."""
    headers = Headers(scope=scope)
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_ADDRESS:
        return 414, f"The address is longer than {MAX_ADDRESS:,} bytes; ask with fewer filters or a shorter question."
    if sum(len(name) + len(value) for name, value in headers.raw) > MAX_HEADERS:
        return 431, f"The headers are longer than {MAX_HEADERS:,} bytes; send fewer."
    if "transfer-encoding" in headers:
        return 411, "A body is taken only with its Content-Length."
    if int(headers.get("content-length") or 0) > MAX_BODY:
        return 413, f"The body is longer than {MAX_BODY:,} bytes."
    return None


class RateLimit:
    """Counts the requests of each client, tells each how many are left, and answers 429 when none is."""

    def __init__(self, app: ASGIApp, rate: str) -> None:
        self.app = app
        self._limit = parse(rate)
        self._counts = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its client has one left."""
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
            return
        client = client_of(scope)
        allowed = self._counts.hit(self._limit, client)
        until, left = self._counts.get_window_stats(self._limit, client)
        seconds = max(1, math.ceil(until - time.time()))
        # As in the IETF's draft-ietf-httpapi-ratelimit-headers-10.
        told = {
            "RateLimit-Policy": f'"client";q={self._limit.amount};w={self._limit.get_expiry()}',
            "RateLimit": f'"client";r={left};t={seconds}',
        }

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        if allowed:
            await self.app(scope, receive, telling)
            return
        detail = (
            f"One client may ask {self._limit.amount} times in {self._limit.get_expiry()} s; ask again in {seconds} s."
        )
        refusal = answer(Request(scope), 429, detail, headers={"Retry-After": str(seconds)})
        await refusal(scope, receive, telling)


def client_of(scope: Scope) -> str:
    """Who counts as one client: an IPv4 address, or a /64 network of IPv6."""
    host = str((scope.get("client") or ("", 0))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), _IPV6_CLIENT), strict=False))
    return host
