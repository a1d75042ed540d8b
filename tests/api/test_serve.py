"""The server as it is run: it ends when told to, after it has answered, and moves to new snapshots under load."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import learncities
from api.app import create_app
from corpus import snapshots
from corpus.settings import Settings
from search.engine import KnowledgeBase
from search.library import Library
from tests.api.serving import free_port, served

if TYPE_CHECKING:
    from tests.conftest import Box

ROOT = Path(learncities.__file__).parent
SECRET = "eviction"
LAST = 5


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, once it is ready."""
    command = [sys.executable, "learncities.py", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz").close()
                break
            except OSError:
                time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def test_told_to_end_it_answers_those_who_asked_and_leaves_no_question_behind(starter_data: Path) -> None:
    port = free_port()
    with (
        serving(starter_data, port) as process,
        closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection,
    ):
        connection.request("GET", f"/api/v1/export?format=jsonl&q={SECRET}+or+any+learning")
        with connection.getresponse() as answer:
            process.send_signal(signal.SIGTERM)
            lines = answer.read().splitlines()
        assert answer.status == 200
        assert len(lines) == int(answer.headers["X-Total-Count"]) > 20
        assert json.loads(lines[-1])
        _, written = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "route='/api/v1/export'" in written
    assert SECRET not in written
    assert "Traceback" not in written
    assert "server" not in answer.headers


def test_a_new_snapshot_is_served_under_load_without_a_failed_request(box: Box, practice: Callable[..., Path]) -> None:
    def opener(data: Path, snapshot_id: str | None) -> KnowledgeBase:
        time.sleep(0.2)  # as long as opening takes with a real model
        return KnowledgeBase(snapshots.open_snapshot(data, snapshot_id), box.embedder)

    answered: Counter[tuple[int, str]] = Counter()
    newest = threading.Event()
    wanted = {0: str(box.ingest(practice("practice-0", "Night school.")).snapshot)}

    def visitor(port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not newest.is_set():
            connection.request("GET", "/api/v1/search?q=school")
            answer = connection.getresponse()
            values = json.loads(answer.read())
            answered[answer.status, values.get("snapshot", values)] += 1
            if LAST in wanted and values.get("snapshot") == wanted[LAST]:
                newest.set()
        connection.close()

    app, port = create_app(Settings(data=box.data)), free_port()
    app.state.library = Library(box.data, opener)
    with served(app, port):
        visitors = [threading.Thread(target=visitor, args=(port,)) for _ in range(8)]
        for thread in visitors:
            thread.start()
        # More than are kept: what the first visitors were answered from is gone before the last come.
        for number in range(1, LAST + 1):
            wanted[number] = str(box.ingest(practice(f"practice-{number}", "Night school.")).snapshot)
        newest.wait(30)
        newest.set()
        for thread in visitors:
            thread.join()
    assert {status for status, _ in answered} == {200}
    assert (200, wanted[0]) in answered
    assert (200, wanted[LAST]) in answered
