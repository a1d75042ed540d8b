"""`create_app()`: the whole wiring of the HTTP edge."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import errors, headers
from api.caching import Conditional
from api.dependencies import only_known
from api.limits import RateLimit, RequestSize
from api.observe import API, Observe
from api.openapi import PROBLEMS, TAGS, Described, operation_id
from api.queue import Queue, Turns
from api.routes import (
    brief,
    cities,
    documents,
    embed,
    export,
    health,
    overview,
    peers,
    search,
    suggest,
    themes,
)
from api.site import PAGES
from corpus.errors import SnapshotError
from corpus.settings import Settings, load_settings
from index.build import release
from search.library import Library
from search.suggest import suggester_of

if TYPE_CHECKING:
    from api.metrics import Metrics

STATIC = Path(__file__).parent / "web" / "static"
# What scripts of other websites may read beside the usual few.
_SHOWN = (
    "Content-Disposition", "ETag", "RateLimit", "RateLimit-Policy", "Retry-After",
    "X-Notice", "X-Snapshot", "X-Total-Count",
)  # fmt: skip


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    # The first visitor should not wait for the encoder; without a snapshot /readyz says what to do.
    with suppress(SnapshotError):
        base = app.state.library.get()
        # Nor for the first suggestions; but nobody who only searches should wait for those.
        Thread(target=suggester_of, args=(base,), daemon=True).start()
    if app.state.metrics:
        app.state.metrics.serve(settings.metrics_host, settings.metrics_port)
    async with app.state.assistants.session_manager.run() if app.state.assistants else nullcontext():
        yield


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over the newest snapshot of the settings' data folder; it only reads."""
    settings = settings or load_settings()
    app = Described(
        title="learncities",
        version=release(),
        summary="Good practice of learning cities: thematic search and comparable cities.",
        description="Read-only and public: GET only, no keys, no cookies. Errors are problem+json (RFC 9457).",
        openapi_tags=TAGS,
        generate_unique_id_function=operation_id,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.library = Library(settings.data)
    _add_layers(app, settings)
    errors.add_handlers(app)
    for module in (search, suggest, export, documents, brief, themes, cities, peers, overview):
        app.include_router(module.router, prefix=API, responses=PROBLEMS, dependencies=[Depends(only_known)])
    app.include_router(health.router, responses={status: PROBLEMS[status] for status in (500, 503)})
    for router in (*PAGES, embed.router):
        app.include_router(router, include_in_schema=False)
    _add_assistants(app, settings)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _add_layers(app: FastAPI, settings: Settings) -> None:
    """What stands around the routes, from the innermost outwards."""
    turns = Turns(settings.concurrency, settings.queue)
    app.state.metrics = _metrics(turns) if settings.metrics_port else None
    app.add_middleware(Queue, turns=turns, timeout=settings.timeout)
    app.add_middleware(Conditional, settings=settings)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    if settings.rate_limit != "off":
        app.add_middleware(RateLimit, rate=settings.rate_limit)
    app.add_middleware(RequestSize)
    app.add_middleware(headers.HeadAsGet)
    app.add_middleware(errors.Faults)
    app.add_middleware(
        CORSMiddleware, allow_origins=_listed(settings.origins), allow_methods=["GET"], expose_headers=_SHOWN
    )
    app.add_middleware(headers.SecurityHeaders)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=_listed(settings.trusted_proxies))
    app.add_middleware(Observe, settings=settings, metrics=app.state.metrics)


def _metrics(turns: Turns) -> Metrics:
    from api.metrics import Metrics  # only where the operator wants them

    return Metrics(turns)


def _add_assistants(app: FastAPI, settings: Settings) -> None:
    app.state.assistants = None
    if settings.mcp:
        from api import mcp  # half a second that nobody else should wait for

        app.state.assistants = mcp.make_server(app.state.library)
        app.router.routes.append(mcp.route(app.state.assistants, settings))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
