"""The command that serves: site and API on one port."""

from __future__ import annotations

from typing import Annotated

import typer

from api.embed_cli import embed
from corpus.console import DataOption, note


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(serve)
    app.command()(embed)


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
    import socket
    from contextlib import suppress

    import uvicorn

    from api.app import create_app
    from corpus.errors import LearnCitiesError
    from corpus.settings import load_settings
    from corpus.snapshots import current_id

    settings = load_settings(data=data, host=host, port=port)
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise LearnCitiesError(f"Cannot listen on {where} ({error.strerror}); give another --port.") from None
    if current_id(settings.data) is None:
        note("Nothing has been published here yet: run `learncities ingest`; this server will pick it up.")
    note(f"Serving http://{settings.host}:{settings.port}/ and /api/v1/search; Ctrl-C ends it.")
    with suppress(KeyboardInterrupt):  # uvicorn passes it on after it has closed everything: a clean end
        # Its access log would print what people search for.
        uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False, log_level="warning")
