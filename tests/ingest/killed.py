"""Runs that end at a chosen moment by SIGKILL: their statements and renames are counted, and one of these is the last.

Each run is a process of its own, forked from a server that has everything loaded.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from corpus.console import silent
from corpus.store import CorpusStore
from ingest.gather import gather
from ingest.pipeline import Pipeline
from ingest.web import Web
from ingest.writer import Writer
from tests.conftest import TinyEmbedder
from tests.ingest.following import MANNERS

# What changes files beside the databases.
_EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
# What makes a change in a database lasting; outside of a transaction every statement does.
_LASTING = ("COMMIT", "RELEASE", "VACUUM")
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.ingest.killed", "tests.ingest.warm", "faiss", "datasketch"])


@dataclass(frozen=True)
class Ended:
    """How a run ended: killed or with a snapshot, what it embedded, and its steps (those that last, marked)."""

    killed: bool
    snapshot: str = ""
    encoded: tuple[str, ...] = ()
    lasting: tuple[bool, ...] = ()


def run(given: list[str], data: Path, kill_at: int | None = None) -> Ended:
    """Gather and ingest into `data`, killed before the step of this number, if there is one."""
    out = data.with_suffix(".json")
    out.unlink(missing_ok=True)
    child = _context.Process(target=_run, args=(given, str(data), kill_at, str(out)))
    child.start()
    child.join()
    if child.exitcode == -signal.SIGKILL:
        return Ended(killed=True)
    assert child.exitcode == 0
    said = json.loads(out.read_text())
    return Ended(False, said["snapshot"], tuple(said["encoded"]), tuple(said["lasting"]))


def embedded(data: Path) -> set[str]:
    """The keys of the vectors that a store holds by now."""
    if not (data / "knowledge.db").exists():
        return set()
    db = sqlite3.connect(data / "knowledge.db")
    try:
        return {key for (key,) in db.execute("SELECT key FROM embeddings")}
    except sqlite3.OperationalError:  # killed before there was a table
        return set()
    finally:
        db.close()


def _run(given: list[str], data: str, kill_at: int | None, out: str) -> None:
    Writer.batch, Writer.slice = 6, 3  # several batches out of few passages
    lasting: list[bool] = []

    def step(lasts: bool) -> None:
        if len(lasting) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        lasting.append(lasts)

    _watch(step)
    embedder = TinyEmbedder()
    with Web(Path(data), MANNERS, timedelta(0), silent) as web:
        walk = gather(given, web).walk
        with CorpusStore(Path(data)) as store:
            report = Pipeline(store, embedder, "tiny", Path(data), keep=3).run(walk, silent)
    Path(out).write_text(json.dumps({"snapshot": report.snapshot, "encoded": embedder.encoded, "lasting": lasting}))


def _watch(step: Any) -> None:
    """Have every statement of every database, and every change of a file's name, counted as a step."""
    connect = sqlite3.connect

    def counting(*arguments: Any, **named: Any) -> sqlite3.Connection:
        db: sqlite3.Connection = connect(*arguments, **named)
        db.set_trace_callback(lambda sql: step(sql.lstrip().upper().startswith(_LASTING) or not db.in_transaction))
        return db

    sqlite3.connect = counting  # type: ignore[assignment]  # in this process alone, which is about to die
    sys.addaudithook(lambda event, _: step(True) if event in _EVENTS else None)
