"""What ingestion costs beside the bare encoder, and whether its memory stays flat: `python -m benchmarks.ingest DIR`.

DIR holds folders with a `corpus.jsonl` of {"title", "text"}, as BEIR has them. Their abstracts become web pages,
Markdown and text files of twenty each. The ratio compares the whole run, from the first file to the published snapshot,
with sentence-transformers alone over the same passages: loaded, in as many processes, given slices of like length.
Processor seconds are those of all processes together, loading the model included.

`--memory` prints the peak memory of runs of several sizes. With `--instant` their vectors are made up on the spot:
that shows all but the encoders, processes of their own that hold the model and one slice of texts at any size.
"""

from __future__ import annotations

import argparse
import html
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from corpus.console import silent
from corpus.models import Document
from corpus.settings import Settings
from index.embedder import Embedder, Vectors
from ingest.run import open_pipeline
from ingest.sources import walk
from ingest.writer import Prepared

_PER_FILE = 20
_SLICE = 64
Abstract = tuple[str, str]


def abstracts(folder: Path, copies: int) -> Iterator[Abstract]:
    """Title and text of each abstract; copies after the first begin at another sentence, so that none is the same."""
    for copy in range(copies):
        for file in sorted(folder.glob("*/corpus.jsonl")):
            for line in file.open(encoding="utf-8"):
                record = json.loads(line)
                sentences = record["text"].split(". ")
                turned = sentences[copy % len(sentences) :] + sentences[: copy % len(sentences)]
                yield record["title"] or record["text"][:60], ". ".join(turned)


def write_files(folder: Path, source: Iterator[Abstract], number: int) -> None:
    """That many abstracts as files, twenty each, of three kinds by turns."""
    for index in range(0, number, _PER_FILE):
        part = list(itertools.islice(source, min(_PER_FILE, number - index)))
        kind = ("md", "html", "txt")[index // _PER_FILE % 3]
        (folder / f"{index:06}.{kind}").write_text(_as(kind, index, part), encoding="utf-8")


def _as(kind: str, index: int, part: list[Abstract]) -> str:
    if kind == "txt":
        return "\n\n".join(f"{title}\n\n{text}" for title, text in part)
    if kind == "md":
        return f"# Abstracts {index}\n\n" + "\n\n".join(f"## {title}\n\n{text}" for title, text in part)
    body = "".join(f"<h2>{html.escape(title)}</h2><p>{html.escape(text)}</p>" for title, text in part)
    return f"<html lang=en><title>Abstracts {index}</title><body><article><h1>Abstracts {index}</h1>{body}</article>"


def spent() -> float:
    """Processor seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def ratio(folder: Path, number: int) -> None:
    """Print the time of a run beside that of the encoder over the same passages."""
    with tempfile.TemporaryDirectory() as made:
        files, data = Path(made, "files"), Path(made, "data")
        files.mkdir()
        write_files(files, abstracts(folder, 1), number)
        with open_pipeline(Settings(data=data)) as first:
            first.run(walk([]), silent)  # exports the query encoder, which is done once
        encoded: list[str] = []
        with open_pipeline(Settings(data=data)) as pipeline:
            prepare = pipeline.writer.prepare

            def noting(document: Document, root: str) -> Prepared:
                prepared = prepare(document, root)
                encoded.extend(prepared.texts)
                return prepared

            pipeline.writer.prepare = noting  # type: ignore[method-assign]
            started, before = time.perf_counter(), spent()
            report = pipeline.run(walk([files]), silent)
            whole = time.perf_counter() - started, spent() - before
        bare = alone(pipeline.embedder, encoded)
    print(
        f"{report.passages:,} passages of {len(report.outcomes)} files in {pipeline.embedder.precision}, "
        f"{report.truncated} truncated"
    )
    print(f"{'':24}{'seconds':>9}{'passages/s':>12}{'ratio':>8}{'processor s':>13}{'ratio':>8}")
    for name, (wall, used) in (("encoder alone", bare), ("ingestion, published", whole)):
        speed = f"{wall:>9.1f}{len(encoded) / wall:>12.1f}{wall / bare[0]:>8.2f}"
        print(f"{name:24}{speed}{used:>13.1f}{used / bare[1]:>8.2f}")


def alone(embedder: Embedder, texts: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of encoding `texts` with all cores and nothing beside it, the loading left out."""
    texts = sorted(texts, key=len)
    slices = [texts[first : first + _SLICE] for first in range(0, len(texts), _SLICE)][::-1]
    loading = spent()
    with embedder.bulk(None) as encoders:
        for promise in [encoders.submit(texts[:1]) for _ in range(32)]:
            promise.result()  # every process has loaded the model
        started = time.perf_counter()
        for promise in [encoders.submit(part) for part in slices]:
            promise.result()
        wall = time.perf_counter() - started
    return wall, spent() - loading


class Instant:
    """In the place of the encoders: unit vectors of the right length, made of nothing."""

    def __init__(self, dimension: int) -> None:
        self.dimension, self.chance = dimension, np.random.default_rng(1)

    def submit(self, texts: Sequence[str]) -> Future[Vectors]:
        """Vectors for these texts, at once."""
        vectors = self.chance.standard_normal((len(texts), self.dimension), dtype=np.float32)
        promise: Future[Vectors] = Future()
        promise.set_result(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
        return promise


def memory(folder: Path, sizes: list[int], instant: bool) -> None:
    """Print the peak memory of a run in a process of its own, for each number of abstracts."""
    print(f"\n{'abstracts':>10}{'passages':>10}{'seconds':>9}{'peak MB':>9}{'largest child MB':>18}")
    for size in sizes:
        child = [sys.executable, "-m", "benchmarks.ingest", str(folder), "--one", str(size)]
        child += ["--instant"] if instant else []
        print(subprocess.run(child, check=True, capture_output=True, text=True).stdout, end="", flush=True)


def one(folder: Path, number: int, instant: bool) -> None:
    """One run of the memory table."""
    with tempfile.TemporaryDirectory() as made:
        files = Path(made, "files")
        files.mkdir()
        write_files(files, abstracts(folder, 1 + number // 10_000), number)
        with open_pipeline(Settings(data=Path(made, "data"))) as pipeline:
            if instant:
                dimension = pipeline.embedder.dimension
                pipeline.writer.embedder.bulk = lambda _: nullcontext(Instant(dimension))  # type: ignore[method-assign]
            report = pipeline.run(walk([files]), silent)
    peak, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{number:>10,}{report.passages:>10,}{report.seconds:>9.0f}{peak:>9.0f}{child:>18.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--abstracts", type=int, default=2500)
    parser.add_argument("--memory", type=int, nargs="*", default=[])
    parser.add_argument("--instant", action="store_true")
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        one(given.folder, given.one, given.instant)
    else:
        if given.abstracts:
            ratio(given.folder, given.abstracts)
        memory(given.folder, given.memory, given.instant)
