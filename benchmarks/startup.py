"""How long a user waits before anything happens: help, a search from cold, the server until it is ready.

Run: python benchmarks/startup.py [--data DIR] [--runs N]
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

COMMAND = Path(sys.executable).with_name("learncities")


def timed(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([COMMAND, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def server_ready(data: str) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen([COMMAND, "serve", "--data", data, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - started < 30:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
                    return time.perf_counter() - started
            except (urllib.error.URLError, OSError):
                time.sleep(0.01)
        raise TimeoutError("the server was not ready within 30 s")
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", default="data")
    arguments.add_argument("--runs", type=int, default=7)
    given = arguments.parse_args()
    cases: dict[str, tuple[float, Callable[[], float]]] = {
        "learncities --help": (0.4, lambda: timed("--help")),
        "learncities search, cold": (2.0, lambda: timed("search", "learning festival", "--data", given.data)),
        "serve until /readyz": (1.5, lambda: server_ready(given.data)),
    }
    print(f"{'':28} median   min    max   budget (s), {given.runs} runs after one warm-up")
    for name, (budget, measure) in cases.items():
        measure()
        seconds = [measure() for _ in range(given.runs)]
        print(f"{name:28} {statistics.median(seconds):6.2f} {min(seconds):6.2f} {max(seconds):6.2f} {budget:6.1f}")


if __name__ == "__main__":
    main()
