"""Answers of the API that may be kept: tagged by all that makes them, and not made again for who holds them."""

from __future__ import annotations

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.settings import Settings
from index.build import release

_VARY = "Accept-Language"


class Conditional:
    """Gives answers an ETag of snapshot, settings, release, address and language, and answers 304 to who has it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._made_with = f"{release()}\n{settings.model_dump_json()}"
        self._kept = f"public, max-age={settings.cache_seconds}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless its client holds the answer already."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        tag = self._tag(scope)
        known = Headers(scope=scope).get("if-none-match", "").replace("W/", "").split(",")
        # The tag names the address too: who has it was once given an answer, so there is nothing to check.
        if tag and tag.removeprefix("W/") in (one.strip() for one in known):
            headers = {"ETag": tag, "Cache-Control": self._kept, "Vary": _VARY}
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header(_VARY)
                # Published meanwhile: nobody can tell which of the two states was asked.
                if message["status"] == 200 and tag and tag == self._tag(scope) and "cache-control" not in headers:
                    headers["ETag"], headers["Cache-Control"] = tag, self._kept
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, tagged)

    def _tag(self, scope: Scope) -> str | None:
        """A weak tag, as the time taken and the compression differ; None before anything is published."""
        snapshot = scope["app"].state.library.current_id()
        if snapshot is None or scope["method"] != "GET":
            return None
        language = Headers(scope=scope).get("accept-language", "")
        made_of = "\n".join((self._made_with, snapshot, scope["path"], str(scope["query_string"]), language))
        return f'W/"{sha256(made_of.encode(errors="surrogatepass")).hexdigest()[:32]}"'
