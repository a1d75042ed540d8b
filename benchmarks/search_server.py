"""Requests a second of the served API under eight clients, for `benchmarks.search`."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

CLIENTS = 8


def measure(data: Path, asked: Sequence[str]) -> None:
    """Serve the folder on this machine, ask every question by eight clients at once, and print what came of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "learncities.py", "serve", "--data", str(data), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        _ask(port, asked[:8])
        taken: list[float] = []
        started = time.perf_counter()
        shares = [asked[n::CLIENTS] for n in range(CLIENTS)]
        threads = [threading.Thread(target=lambda share: taken.extend(_ask(port, share)), args=(s,)) for s in shares]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        whole = time.perf_counter() - started
        resident = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
        p50, p99 = np.percentile(np.array(taken) * 1000, [50, 99])
        print(
            f"served to {CLIENTS} clients: {len(taken) / whole:.0f} requests/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms, "
            f"{resident:,.0f} MB; the clients run on the same cores"
        )
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not get ready")


def _ask(port: int, asked: Sequence[str]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = []
    for text in asked:
        started = time.perf_counter()
        connection.request("GET", "/api/v1/search?" + urlencode({"q": text}))
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:200]
        assert "hits" in json.loads(body)
        taken.append(time.perf_counter() - started)
    return taken
