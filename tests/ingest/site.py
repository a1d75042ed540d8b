"""A real web server on this machine that does as a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

# What answers a request for a path: bytes (as a page), or what is to be done with the request.
Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """The pages of a server by their paths."""

    root: str
    pages: dict[str, bytes | Answering] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    closing: threading.Event = field(default_factory=threading.Event)

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"{self.root}{path}"

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return self.asked.count(path)


@contextmanager
def serving(secure: SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port, for the time of the block; over TLS where there is a context for it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the name that http.server calls
            site.asked.append(self.path)
            site.agents.add(self.headers.get("User-Agent", ""))
            page = site.pages.get(self.path)
            if page is None:
                reply(self, b"nothing here", status=404)
            elif isinstance(page, bytes):
                reply(self, page)
            else:
                page(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass  # who asked has hung up: that is what the tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if secure:
        server.socket = secure.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = Site(f"{'https' if secure else 'http'}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def reply(request: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Answer with these bytes; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request.send_response(status)
    for name, value in ({"Content-Type": "text/html", "Content-Length": str(len(body))} | named).items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def redirect(to: str, status: int = 302) -> Answering:
    """Lead to another address."""
    return lambda request: reply(request, b"", status=status, Location=to)


def page(text: str, title: str = "Evening rooms") -> bytes:
    """A web page with a paragraph long enough to be its main text."""
    text = f"{text} It is run by the library and its neighbours, costs nothing, and asks nobody for a card."
    return f"<!doctype html><html lang=en><title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>".encode()
