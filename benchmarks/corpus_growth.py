"""What it costs to keep a growing corpus: `python -m benchmarks.corpus_growth DIR --sizes 1000 5000 20000`.

DIR holds `policy-passages.jsonl` ({"text"}) and `retrieval/`, folders with a `corpus.jsonl` ({"title", "text"}), as
BEIR has them. Each generated document is an abstract, begun at another sentence each time it is used, with one policy
passage.

Each size goes, in a process of its own, through ingestion of all, an update of 1 %, a removal of 1 % and an update of
one document, each ended by a published snapshot. VECTORS ARE MADE UP ON THE SPOT: encoding 20,000 documents takes hours
on two cores and is measured by `benchmarks.ingest`; this shows all the rest. Files are walked and read again in every
run. With `--keep FOLDER` the stores stay, and a later run changes those that are there.

Seconds are of the wall clock; `busy` is the processor time of this process and the parsers, which another program at
work stretches less. The parts are seconds by the clock and busy ones of this process, nested parts indented.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import wraps
from pathlib import Path
from typing import Any

from benchmarks.ingest import Instant, abstracts, spent
from corpus import snapshots, store
from corpus.console import silent
from corpus.settings import Settings
from corpus.snapshots import open_snapshot
from index import assigned, build, columns, labels, postings, vocabulary
from index.vectors import VectorIndex
from ingest.pipeline import Pipeline
from ingest.report import IngestReport
from ingest.run import open_pipeline
from ingest.sources import walk

# What publishing consists of, by the modules that call it; indented: within the one above.
PARTS: list[tuple[str, Any, str]] = [
    ("walk, read and compare files", Pipeline, "_take_in"),
    ("publish", Pipeline, "publish"),
    ("  unused vectors", store, "delete_unused_embeddings"),
    ("  assigned labels", assigned, "assign"),
    ("  derived labels", labels, "derive"),
    ("  snapshot id", build, "snapshot_id"),
    ("  files", snapshots, "publish"),
    ("    note the words of what changed", vocabulary, "note"),
    ("    strip the copy", build, "_strip"),
    ("      vocabulary", vocabulary, "write"),
    ("      postings", postings, "write"),
    ("      columns", columns, "write"),
    ("    load vectors", build, "load_vectors"),
    ("    index of vectors", VectorIndex, "build"),
    ("    query encoder", build, "_encoder_into"),
    ("    verify", build, "_verify"),
]
wall: dict[str, float] = defaultdict(float)
busy: dict[str, float] = defaultdict(float)


def timed(name: str, owner: Any, attribute: str) -> None:
    """Have the calls of a function counted under a name."""
    raw = owner.__dict__[attribute]
    work: Callable[..., Any] = raw.__func__ if isinstance(raw, classmethod) else raw

    @wraps(work)
    def counting(*arguments: Any, **named: Any) -> Any:
        started, before = time.perf_counter(), time.process_time()
        try:
            return work(*arguments, **named)
        finally:
            wall[name] += time.perf_counter() - started
            busy[name] += time.process_time() - before

    setattr(owner, attribute, classmethod(counting) if isinstance(raw, classmethod) else counting)


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Titles and texts without end, no two the same."""
    policies = [json.loads(line)["text"] for line in (folder / "policy-passages.jsonl").open(encoding="utf-8")]
    policies = [text for text in policies if len(text) > 200]
    found = abstracts(folder / "retrieval", 50)
    for number, (title, text) in enumerate(found):
        yield f"{title} ({number})", f"{text}\n\n{policies[number * 7 % len(policies)]}"


def write(folder: Path, number: int, title: str, text: str) -> None:
    path = folder / f"{number % 100:02}" / f"{number:06}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# {title}\n\n{text}\n", encoding="utf-8")


def run(data: Path, files: Path, drop: bool = False) -> tuple[IngestReport, float, float]:
    """One ingestion with made-up vectors: its report, seconds and processor seconds."""
    wall.clear()
    busy.clear()
    started, before = time.perf_counter(), spent()
    with open_pipeline(Settings(data=data)) as pipeline:
        dimension = pipeline.embedder.dimension
        pipeline.writer.embedder.bulk = lambda _exported: nullcontext(Instant(dimension))  # type: ignore[method-assign]
        report = pipeline.run(walk([files]), silent, drop_vanished=drop)
    return report, time.perf_counter() - started, spent() - before


def grow(folder: Path, size: int, kept: Path | None) -> None:
    """Print the table of one size; where a store of this size was kept, without making it again."""
    for part in PARTS:
        timed(*part)
    made_up = list(itertools.islice(documents(folder), size))
    with tempfile.TemporaryDirectory() if kept is None else nullcontext(str(kept / str(size))) as place:
        data, files = Path(place, "data"), Path(place, "files")
        if not (data / "current").exists():
            fill(data, files, made_up)
        change(data, files, made_up)


def fill(data: Path, files: Path, made_up: list[tuple[str, str]]) -> None:
    """Ingest all documents."""
    write(files, 0, *made_up[0])
    run(data, files)  # exports the query encoder, which is done once
    for number, (title, text) in enumerate(made_up):
        write(files, number, title, text)
    whole = run(data, files)
    head(data)
    line("ingest", len(made_up), *whole)
    parts()


def change(data: Path, files: Path, made_up: list[tuple[str, str]]) -> None:
    """Update and remove a hundredth of the documents, then update one."""
    few = max(1, len(made_up) // 100)
    for number in range(0, few * 100, 100):
        write(files, number, made_up[number][0], f"{made_up[number][1]}\n\nRevised in {number}.")
    updated = run(data, files)
    head(data)
    line("update of 1 %", few, *updated)
    for number in range(50, few * 100, 100):
        (files / f"{number % 100:02}" / f"{number:06}.md").unlink(missing_ok=True)
    line("removal of 1 %", few, *run(data, files, drop=True))
    write(files, 1, made_up[1][0], f"{made_up[1][1]}\n\nRevised.")
    line("update of one", 1, *run(data, files))
    parts()


def head(data: Path) -> None:
    """What is held, and the head of the table."""
    found = open_snapshot(data).manifest
    stored = (data / "knowledge.db").stat().st_size / 2**20
    print(f"\n{found['documents']:,} documents, {found['passages']:,} passages, store {stored:,.0f} MB")
    columns = f"{'documents':>10}{'seconds':>9}{'busy':>9}{'publish':>9}{'busy':>9}{'docs/busy s':>12}{'peak MB':>9}"
    print(f"{'':24}{columns}", flush=True)


def parts() -> None:
    """What the last run consisted of."""
    for name, *_ in PARTS:
        print(f"    {name:<36}{wall[name]:>9.2f}{busy[name]:>9.2f}", flush=True)


def line(what: str, number: int, report: IngestReport, seconds: float, processor: float) -> None:
    del report
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:24}{number:>10,}{seconds:>9.1f}{processor:>9.1f}{wall['publish']:>9.1f}{busy['publish']:>9.1f}"
        f"{number / processor:>12.1f}{peak:>9.0f}",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000])
    parser.add_argument("--keep", type=Path, help="folder for the stores, which a later run goes on with")
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        grow(given.folder, given.one, given.keep)
    for size in [] if given.one else given.sizes:
        child = [sys.executable, "-m", "benchmarks.corpus_growth", str(given.folder), "--one", str(size)]
        subprocess.run([*child, *(["--keep", str(given.keep)] if given.keep else [])], check=True)
