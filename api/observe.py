"""What the operator sees of each request: an event and figures, by route, without what was asked and by whom."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.settings import Settings

if TYPE_CHECKING:
    from api.metrics import Metrics

API = "/api/v1"
_log = logging.getLogger("learncities.api")


class Observe:
    """Writes one event a request, and counts it where metrics are served."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics | None) -> None:
        self.app, self.settings, self.metrics = app, settings, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and look at what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, method = time.perf_counter(), 0, scope["method"]

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            seconds = time.perf_counter() - started
            route = _route(scope)
            if self.metrics:
                self.metrics.count(route, method, status, seconds)
            event = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            _log.info("request", extra=event | self._more(scope))

    def _more(self, scope: Scope) -> dict[str, object]:
        """What the operator has asked for beyond the default."""
        more: dict[str, object] = {}
        if self.settings.log_queries:
            more |= {"path": scope["path"], "query": scope["query_string"].decode("latin-1")}
        if self.settings.log_addresses:
            more["client"] = (scope.get("client") or ("",))[0]
        return more


def _route(scope: Scope) -> str:
    """The template of the address: a city or a question never stands in it."""
    template: str | None = getattr(scope.get("route"), "path", None)
    if template is None:
        return "none"
    # The framework leaves out the prefix that a router was included with.
    within = scope["path"].startswith(f"{API}/") and not template.startswith(API)
    return API + template if within else template
