"""Does the server stand a crowd: 200 clients at once on this machine, each with an address of its own.

Run: python -m benchmarks.load FOLDER [--clients N] [--seconds N]

Serves FOLDER by the command itself with its default settings, in a process of its own. Each client asks one question
after the other without a pause, over one connection, and obeys Retry-After, up to a second. Prints how many answers had
each status, how many of 429 and 503 came without Retry-After, how many connections were reset, times and requests a
second.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import numpy as np

QUESTIONS = (
    "who reopened empty rooms as classrooms with little money?", "learning festival", "older people and smartphones",
    "libraries", "school meals", "second chance education for adults", "literacy of migrants", "green skills",
    "family learning", "flood warning", "open university", "teaching in prison",
)  # fmt: skip
# Mostly searches, as a search element asks; suggestions and documents beside them.
PATHS = (
    *(f"/api/v1/search?q={quote(question)}" for question in QUESTIONS),
    *(f"/api/v1/suggest?q={quote(question[:5])}" for question in QUESTIONS[:4]),
    "/api/v1/documents/osan-stepping-stone-classrooms", "/api/v1/themes", "/",
)  # fmt: skip


@dataclass
class Tally:
    """What came of the requests."""

    statuses: Counter[int] = field(default_factory=Counter)
    without_retry: int = 0
    resets: Counter[str] = field(default_factory=Counter)
    taken: dict[int, list[float]] = field(default_factory=dict)


async def client(number: int, port: int, until: float, tally: Tally) -> None:
    """Ask one request after the other until the time is over; the last one is answered, too."""
    paths = itertools.islice(itertools.cycle(PATHS), number % len(PATHS), None)
    address = f"127.0.{1 + number // 250}.{1 + number % 250}"
    reader = writer = None
    for path in paths:
        if time.monotonic() > until:
            break
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
            assert reader is not None
            started = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            status, headers = await answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            tally.resets[type(error).__name__] += 1
            writer = None
            continue
        tally.statuses[status] += 1
        tally.taken.setdefault(status, []).append(time.perf_counter() - started)
        if headers.get("connection") == "close":
            writer.close()
            writer = None
        if status in (429, 503):
            tally.without_retry += "retry-after" not in headers
            await asyncio.sleep(min(1.0, float(headers.get("retry-after", 0))))
    if writer is not None:
        writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """The status and the headers of an answer, once its body was read to the end."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    await reader.readexactly(int(headers["content-length"]))
    return int(first.split()[1]), headers


async def crowd(port: int, clients: int, seconds: float) -> tuple[Tally, float]:
    """What came of all clients together, and the seconds until the last was answered."""
    tally, started = Tally(), time.monotonic()
    await asyncio.gather(*(client(number, port, started + seconds, tally) for number in range(clients)))
    return tally, time.monotonic() - started


def wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not get ready")


def report(tally: Tally, seconds: float, clients: int, memory: float) -> None:
    total = sum(tally.statuses.values())
    print(f"{clients} clients for {seconds:.0f} s: {total:,} answers, {total / seconds:.0f} a second")
    print(f"{'status':8}{'answers':>9}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for status, count in sorted(tally.statuses.items()):
        p50, p99, most = np.percentile(np.array(tally.taken[status]) * 1000, [50, 99, 100])
        print(f"{status:<8}{count:>9,}{count / seconds:>10.1f}{p50:>9.0f}{p99:>9.0f}{most:>9.0f}")
    print(f"429 or 503 without Retry-After: {tally.without_retry}")
    print(f"reset, refused or cut off: {sum(tally.resets.values())} {dict(tally.resets) or ''}")
    print(f"memory of the server at the end: {memory:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "learncities.py", "serve", "--data", str(given.data), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait(port)
        tally, seconds = asyncio.run(crowd(port, given.clients, given.seconds))
        pages = int(Path(f"/proc/{server.pid}/statm").read_text(encoding="ascii").split()[1])
        report(tally, seconds, given.clients, pages * os.sysconf("SC_PAGESIZE") / 2**20)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
