"""The FAISS index over all passages of a snapshot; the only door to faiss."""

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


class VectorIndex:
    """Exact inner-product search over float16 vectors, by position; `rowids` maps positions to passages."""

    def __init__(self, index: Any, rowids: RowIds) -> None:
        self._index, self.rowids = index, rowids

    def __len__(self) -> int:
        return len(self.rowids)

    @classmethod
    def build(cls, rowids: RowIds, vectors: Vectors) -> VectorIndex:
        """An index of unit `vectors`, shape (n, dimension); `rowids` must rise."""
        import faiss

        index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        if len(vectors):
            index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index, rowids)

    def save(self, folder: Path) -> None:
        """Write `vectors.faiss` and the row ids beside it."""
        import faiss

        faiss.write_index(self._index, str(folder / "vectors.faiss"))
        np.save(folder / "rowids.npy", self.rowids)

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """The saved index, memory-mapped. Raises SnapshotError when its two files do not belong together."""
        import faiss

        # Two threads were slower than one on a single query.
        faiss.omp_set_num_threads(1)
        try:
            index = faiss.read_index(str(folder / "vectors.faiss"), faiss.IO_FLAG_MMAP_IFC)
            rowids = np.load(folder / "rowids.npy")
        except (RuntimeError, ValueError, OSError, EOFError) as error:
            raise SnapshotError(
                f"The vectors of snapshot {folder.name} cannot be read. Run `learncities rebuild`."
            ) from error
        if index.ntotal != len(rowids):
            raise SnapshotError(f"Snapshot {folder.name} mixes two indexes. Run `learncities rebuild`.")
        return cls(index, rowids)

    def search(self, query: Vectors, k: int, allowed: Mask | None = None) -> tuple[Positions, Vectors]:
        """Positions and cosines of the `k` nearest passages, best first; only allowed ones where a mask is given."""
        import faiss

        k = min(k, len(self.rowids) if allowed is None else int(np.count_nonzero(allowed)))
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        parameters = None
        if allowed is not None:
            mask = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(mask)  # type: ignore[call-arg, arg-type]  # faiss wraps its own constructors
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, positions = self._index.search(query[None, :], k, params=parameters)
        found = positions[0] >= 0
        return positions[0][found], scores[0][found]

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
