"""The commands that serve: site and API on one port, and an assistant over a pipe."""

from __future__ import annotations

import math
import signal
import sys
from typing import Annotated

import typer

from api.embed_cli import embed
from corpus.console import DataOption, note


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(serve)
    app.command()(embed)
    app.command()(mcp)


def serve(
    data: DataOption = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on [default: 127.0.0.1].", show_default=False)
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on [default: 8000].", show_default=False)] = None,
) -> None:
    """Serve the search page and the API; read-only. Ctrl-C ends it.

    Example: learncities serve --port 8080
    """
    from contextlib import suppress

    import uvicorn

    from api import logs
    from api.app import create_app
    from corpus.settings import load_settings
    from corpus.snapshots import current_id

    settings = load_settings(data=data, host=host, port=port)
    _check_free(settings.host, settings.port)
    if settings.metrics_port:
        _check_free(settings.metrics_host, settings.metrics_port)
    logs.configure(settings)
    if current_id(settings.data) is None:
        note("Nothing has been published here yet: run `learncities ingest`; this server will pick it up.")
    note(f"Serving http://{settings.host}:{settings.port}/ and /api/v1/search; Ctrl-C ends it.")
    # When it has answered those who asked, uvicorn passes the signal on to us: a clean end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        uvicorn.run(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            http="h11",
            ws="none",
            proxy_headers=False,  # create_app trusts those of the settings, and nobody else
            server_header=False,
            access_log=False,  # it would print what people search for
            log_config=None,
            timeout_graceful_shutdown=math.ceil(settings.timeout) + 5,
        )


def mcp(data: DataOption = None) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol); read-only.

    Example: learncities mcp --data data
    """
    from api.mcp import make_server
    from corpus.settings import load_settings
    from search.library import Library

    make_server(Library(load_settings(data=data).data)).run("stdio")


def _check_free(host: str, port: int) -> None:
    """Raise LearnCitiesError where somebody listens already."""
    import socket

    from corpus.errors import LearnCitiesError

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            where = f"{host}:{port}"
            raise LearnCitiesError(f"Cannot listen on {where} ({error.strerror}); give another port.") from None
