"""`create_app()`: the whole wiring of the HTTP edge."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from api import errors, headers
from api.routes import brief, cities, documents, export, health, overview, peers, search, suggest, themes
from api.schemas import Problem
from api.site import PAGES
from corpus.errors import SnapshotError
from corpus.settings import Settings, load_settings
from index.build import release
from search.library import Library
from search.suggest import suggester_of

STATIC = Path(__file__).parent / "web" / "static"
_PROBLEMS = {status: {"model": Problem} for status in (400, 404, 410, 422, 503)}


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # The first visitor should not wait for the encoder; without a snapshot /readyz says what to do.
    with suppress(SnapshotError):
        base = app.state.library.get()
        # Nor for the first suggestions; but nobody who only searches should wait for those.
        Thread(target=suggester_of, args=(base,), daemon=True).start()
    yield


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over the newest snapshot of the settings' data folder; it only reads."""
    settings = settings or load_settings()
    app = FastAPI(
        title="learncities",
        version=release(),
        summary="Good practice of learning cities: thematic search and comparable cities.",
        description="Read-only and public: GET only, no keys, no cookies. Errors are problem+json (RFC 9457).",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.settings = settings
    app.state.library = Library(settings.data)
    app.add_middleware(headers.HeadAsGet)
    app.add_middleware(headers.SecurityHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET"])
    errors.add_handlers(app)
    for module in (search, suggest, export, documents, brief, themes, cities, peers, overview):
        app.include_router(module.router, prefix="/api/v1", responses=_PROBLEMS)  # type: ignore[arg-type]
    app.include_router(health.router)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
