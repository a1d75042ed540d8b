"""The FAISS index over all passages of a snapshot; the only door to faiss.

Up to some tens of thousands of vectors a question is compared with each. Beyond, a sketch of all of them (a product
quantiser of 4 bits for two numbers, scanned in registers) names three times as many as are wanted, and those are
compared: cosines and order are those of the float16 numbers either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import SnapshotError
from index.embedder import Vectors

RowIds = npt.NDArray[np.int64]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

VECTORS_FILE, SKETCH_FILE = "vectors.faiss", "sketch.faiss"

# Where comparing with each begins to take longer, and how much of the index a filter must leave for the sketch to be
# worth its scan: `python -m benchmarks.vectors`, "Vectors by number" in benchmarks/README.md.
EXACT_UP_TO = 30_000
_WORTH = 8
# How many times as many as are wanted the sketch names, at least so many, and how many must pass the filter.
_NAMED, _FEWEST, _PASSED = 3, 1000, 2
# What the quantisers are trained on: 256 for each of their 16 centroids; four times as many changed no recall.
_SAMPLE = 4096


class VectorIndex:
    """Inner-product search over float16 vectors, by position; `rowids` maps positions to passages."""

    def __init__(self, index: Any, rowids: RowIds, sketch: Any = None) -> None:
        self._index, self.rowids, self._sketch = index, rowids, sketch

    def __len__(self) -> int:
        return len(self.rowids)

    @property
    def sketched(self) -> bool:
        """Whether there is a sketch beside the numbers."""
        return self._sketch is not None

    @classmethod
    def build(cls, rowids: RowIds, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """An index of unit `vectors`, shape (n, dimension), with a sketch beyond that many; `rowids` must rise."""
        import faiss

        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        if len(vectors):
            index.add(vectors)
        return cls(index, rowids, _sketch(vectors) if len(vectors) > exact_up_to else None)

    def save(self, folder: Path) -> None:
        """Write `vectors.faiss`, the sketch and the row ids."""
        import faiss

        faiss.write_index(self._index, str(folder / VECTORS_FILE))
        if self._sketch is not None:
            faiss.write_index(self._sketch, str(folder / SKETCH_FILE))
        np.save(folder / "rowids.npy", self.rowids)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """The saved index, memory-mapped. Raises SnapshotError when its files do not belong together."""
        import faiss

        # Two threads were slower than one on a single query.
        faiss.omp_set_num_threads(1)
        file = folder / SKETCH_FILE
        try:
            index = faiss.read_index(str(folder / VECTORS_FILE), faiss.IO_FLAG_MMAP_IFC)
            sketch = faiss.read_index(str(file)) if file.exists() else None
            rowids = np.load(folder / "rowids.npy")
        except (RuntimeError, ValueError, OSError, EOFError) as error:
            raise SnapshotError(
                f"The vectors of snapshot {folder.name} cannot be read. Run `learncities rebuild`."
            ) from error
        if not index.ntotal == len(rowids) == (index if sketch is None else sketch).ntotal:
            raise SnapshotError(f"Snapshot {folder.name} mixes two indexes. Run `learncities rebuild`.")
        return cls(index, rowids, sketch)

    def search(self, query: Vectors, k: int, allowed: Mask | None = None) -> tuple[Positions, Vectors]:
        """Positions and cosines of the `k` nearest passages, best first; only allowed ones where a mask is given."""
        import faiss

        left = len(self.rowids) if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, left)
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        allowed = self._named(query, k, allowed, left)
        given: dict[str, Any] = {}
        if allowed is not None:
            mask = np.packbits(allowed, bitorder="little")
            given["sel"] = faiss.IDSelectorBitmap(mask)  # type: ignore[call-arg, arg-type]  # faiss wraps its constructors
        scores, positions = self._index.search(query[None, :], k, params=faiss.SearchParameters(**given))
        return positions[0], scores[0]

    def _named(self, query: Vectors, k: int, allowed: Mask | None, left: int) -> Mask | None:
        """The allowed passages that the sketch names; all allowed ones where it is not worth it, or names too few."""
        total = len(self.rowids)
        if self._sketch is None or left * _WORTH < total:
            return allowed
        wanted = max(_NAMED * k, _FEWEST) * total // left
        if wanted >= total:
            return allowed
        named = np.zeros(total, dtype=bool)
        named[self._sketch.search(query[None, :], wanted)[1][0]] = True
        if allowed is None:
            return named
        named &= allowed
        # What a filter leaves may lie far from the question, where the sketch did not look.
        return named if np.count_nonzero(named) >= min(_PASSED * k, left) else allowed

    def cosines(self, query: Vectors, positions: Positions) -> Vectors:
        """The cosines of the passages at these positions."""
        return np.asarray(self._at(positions) @ query, dtype=np.float32)

    def vectors_of(self, rowids: RowIds) -> Vectors:
        """The stored vectors of these passages, shape (len(rowids), dimension)."""
        return self._at(self.positions(rowids))

    def positions(self, rowids: Iterable[int]) -> Positions:
        """Where these passages stand."""
        return np.searchsorted(self.rowids, np.fromiter(rowids, dtype=np.int64))

    def _at(self, positions: Positions) -> Vectors:
        if not len(positions):
            return np.empty((0, self._index.d), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(np.asarray(positions, dtype=np.int64)), dtype=np.float32)


def _sketch(vectors: Vectors) -> Any:
    """A product quantiser over `vectors`: half a byte for every two numbers."""
    import faiss

    dimension = vectors.shape[1]
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    sketch = faiss.IndexPQFastScan(dimension, parts, 4, faiss.METRIC_INNER_PRODUCT)
    sketch.train(np.ascontiguousarray(vectors[:: max(1, len(vectors) // _SAMPLE)]))
    sketch.add(vectors)
    return sketch
