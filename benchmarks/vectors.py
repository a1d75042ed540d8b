"""Which vector index for how many passages: `python -m benchmarks.vectors RETRIEVAL DATA... [--number N...]`.

RETRIEVAL holds folders of `queries.jsonl`, as BEIR has them; DATA are knowledge bases whose vectors are taken. Beyond
their number vectors are synthetic: one of theirs, moved towards a neighbour in its document and by noise. Every index
holds the same float16 numbers; recall, of the 10 and of the 2,000 nearest, is against comparing with each. One thread.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from benchmarks.search import questions
from index.embedder import Vectors
from index.vectors import Mask, Positions, VectorIndex
from search.engine import KnowledgeBase

_SHARES = (1.0, 0.5, 0.1, 0.01, 0.001)
_WIDTHS = (64, 256)  # of HNSW's search
Search = Callable[[Vectors, Mask | None], Positions]


def widened(known: Vectors, number: int) -> Vectors:
    """`number` unit vectors: the known ones, and synthetic ones near them."""
    random, made = np.random.default_rng(0), [known[:number]]
    while (missing := number - sum(map(len, made))) > 0:
        one = random.integers(len(known), size=min(missing, 100_000))
        other = np.clip(one + random.integers(-20, 21, size=len(one)), 0, len(known) - 1)
        share = random.uniform(0.2, 0.8, size=(len(one), 1))
        noise = random.normal(size=(len(one), known.shape[1])) * 0.3 / known.shape[1] ** 0.5
        new = known[one] * (1 - share) + known[other] * share + noise
        made.append((new / np.linalg.norm(new, axis=1, keepdims=True)).astype(np.float32))
    return np.concatenate(made)


def row(name: str, search: Search, asked: Vectors, masks: Sequence[Mask | None], exact: list[Any] | None) -> list[Any]:
    """Print a line of milliseconds and recall by filter; returns what was found."""
    found, cells = [], []
    for number, mask in enumerate(masks):
        search(asked[0], mask)
        answers, taken = [], []
        for vector in asked:
            started = time.perf_counter()
            answers.append(set(search(vector, mask).tolist()))
            taken.append((time.perf_counter() - started) * 1000)
        found.append(answers)
        wanted = exact[number] if exact else answers
        recall = np.mean([len(a & b) / max(len(b), 1) for a, b in zip(answers, wanted, strict=True)])
        cells.append(f"{np.median(taken):8.2f} {recall:6.3f}")
    print(f"{name:32}" + "".join(cells), flush=True)
    return found


def built(name: str, make: Callable[[], VectorIndex]) -> VectorIndex:
    """The index as a reader has it: written and opened again; prints what that took."""
    started = time.perf_counter()
    index = make()
    seconds, folder = time.perf_counter() - started, Path(tempfile.mkdtemp())
    index.save(folder)
    del index
    started = time.perf_counter()
    opened = VectorIndex.load(folder)
    milliseconds = (time.perf_counter() - started) * 1000
    size = sum(file.stat().st_size for file in folder.glob("*.faiss")) / 2**20
    print(f"  {name}: built in {seconds:.0f} s, {size:,.0f} MB, opened in {milliseconds:.0f} ms", flush=True)
    return opened


def timed(name: str, make: Callable[[], Any]) -> Any:
    """A peer's index, with what building it took."""
    faiss.omp_set_num_threads(2)
    started = time.perf_counter()
    index = make()
    print(f"  {name}: built in {time.perf_counter() - started:.0f} s by two threads", flush=True)
    faiss.omp_set_num_threads(1)
    return index


def inverted(vectors: Vectors) -> Any:
    """An inverted file over the same float16 numbers; its lists are about four times the root of their number."""
    number, dimension = vectors.shape
    index: Any = faiss.index_factory(dimension, f"IVF{round(4 * number**0.5)},SQfp16", faiss.METRIC_INNER_PRODUCT)
    index.by_residual = False
    index.cp.niter, index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = 10, 64, 1
    index.train(vectors)
    index.add(vectors)
    return index


def graph(vectors: Vectors) -> Any:
    """A graph of neighbours over the same float16 numbers."""
    index = faiss.IndexHNSWSQ(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 100
    index.train(vectors[:1000])
    index.add(vectors)
    return index


def ours(index: VectorIndex, number: int) -> Search:
    """A search as the engine makes it."""
    return lambda vector, mask: index.search(vector, number, mask)[0]


def walked(index: Any, width: int, number: int) -> Search:
    """A search of the graph that keeps so many at once."""
    return lambda vector, mask: reached(
        index, vector, number, faiss.SearchParametersHNSW(efSearch=max(width, number), **chosen(mask))
    )


def probing(index: Any, lists: int, number: int) -> Search:
    """A search of the inverted file through so many lists, more under a filter."""

    def search(vector: Vectors, mask: Mask | None) -> Positions:
        left = index.ntotal if mask is None else np.count_nonzero(mask)
        probed = min(index.nlist, lists * index.ntotal // int(left))
        return reached(index, vector, number, faiss.SearchParametersIVF(nprobe=probed, **chosen(mask)))

    return search


def chosen(mask: Mask | None) -> dict[str, Any]:
    """What a filter is to faiss."""
    return {} if mask is None else {"sel": faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))}


def reached(index: Any, vector: Vectors, number: int, parameters: Any) -> Positions:
    """What an index finds, without the places that it could not fill."""
    positions = index.search(vector[None, :], number, params=parameters)[1][0]
    return np.asarray(positions[positions >= 0])


def table(vectors: Vectors, asked: Vectors, with_peers: bool) -> None:
    """Print the rows for this many vectors."""
    random = np.random.default_rng(1)
    masks = [None if share == 1 else random.random(len(vectors)) < share for share in _SHARES]
    rowids = np.arange(len(vectors), dtype=np.int64)
    print(f"\n{len(vectors):,} vectors")
    flat = built("exact", lambda: VectorIndex.build(rowids, vectors, exact_up_to=len(vectors)))
    sketched = built("with a sketch", lambda: VectorIndex.build(rowids, vectors, exact_up_to=0))
    lists = timed("inverted file", lambda: inverted(vectors)) if with_peers else None
    walks = timed("graph", lambda: graph(vectors)) if with_peers else None
    for number, some in ((10, asked), (2000, asked[:50])):
        print(f"{f'ms and recall@{number}, passages left':32}" + "".join(f"{share:>15.1%}" for share in _SHARES))
        exact = row("exact", ours(flat, number), some, masks, None)
        row("exact after a sketch", ours(sketched, number), some, masks, exact)
        for probed in (64, 128, 256) if lists else ():
            row(f"{lists.nlist} lists, {probed} looked through", probing(lists, probed, number), some, masks, exact)
        for width in _WIDTHS if walks else ():
            row(f"graph, width {max(width, number)}", walked(walks, width, number), some, masks, exact)
            if width < number:
                break


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("retrieval", type=Path)
    arguments.add_argument("data", type=Path, nargs="+")
    arguments.add_argument("--number", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    arguments.add_argument("--peers", action="store_true", help="an inverted file and HNSW, too, which takes minutes")
    given = arguments.parse_args()
    bases = [KnowledgeBase.open(data) for data in given.data]
    known = np.concatenate([base.index.vectors_of(base.index.rowids) for base in bases])
    asked = np.stack([bases[0].encoder.encode_query(text) for text in questions(given.retrieval)[:200]])
    print(f"{len(known):,} vectors of real passages, the others synthetic; {len(asked)} real questions")
    for number in given.number:
        table(widened(known, number), asked, given.peers)


if __name__ == "__main__":
    main()
