"""Encoding in processes of its own, beside which the main one goes on reading and writing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from index.embedder import Vectors
from index.multilingual import routed

# Each process holds the model (0.2 GB exported, 0.5 GB else); beyond a few, cores are better used as threads of each.
_MOST = 4
_encoder: Callable[[Sequence[str]], Vectors] | None = None


class BulkProcesses:
    """A few encoders side by side, each with its share of the cores; use as a context manager."""

    def __init__(self, model: str, precision: str, exported: Path | None = None) -> None:
        cores = os.cpu_count() or 1
        workers = min(cores, _MOST)
        self._pool = ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_load, initargs=(model, precision, exported, cores // workers)
        )

    def submit(self, texts: Sequence[str]) -> Future[Vectors]:
        """The promise of the unit vectors of `texts`."""
        return self._pool.submit(_encode, list(texts))

    def __enter__(self) -> BulkProcesses:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)


def _load(model: str, precision: str, exported: Path | None, threads: int) -> None:
    """Make a process an encoder; an interruption is the main process's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _encoder  # a process of the pool is nothing but this encoder
    if exported:
        from index.onnx_encoder import OnnxEncoder
        from index.transformer import BUNDLED

        english = OnnxEncoder(exported, threads).encode
        _encoder = partial(routed, english=english) if model == BUNDLED else english
        return
    import torch

    from index.transformer import SentenceTransformerEmbedder

    torch.set_num_threads(threads)
    _encoder = SentenceTransformerEmbedder(model, precision).encode


def _encode(texts: list[str]) -> Vectors:
    if _encoder is None:
        raise RuntimeError("this process was not made an encoder")
    return _encoder(texts)
