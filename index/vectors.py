"""The FAISS index over all passages of a snapshot; the only door to faiss.

Up to some hundreds of thousands of vectors a question is compared with each; beyond, with those of the nearest of many
lists (an inverted file). Both keep the same float16 numbers, so a cosine is the same whichever gave it.
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

# Where comparing with each begins to take too long, and how many of the lists are looked through beyond it:
# `python -m benchmarks.vectors`, "Vectors by number" in benchmarks/README.md.
EXACT_UP_TO = 300_000
PROBED = 128
# k-means over so many vectors a list, so many times: more changed no recall there.
_SAMPLE, _ROUNDS = 64, 10


class VectorIndex:
    """Inner-product search over float16 vectors, by position; `rowids` maps positions to passages."""

    def __init__(self, index: Any, rowids: RowIds) -> None:
        self._index, self.rowids, self.probed = index, rowids, PROBED

    def __len__(self) -> int:
        return len(self.rowids)

    @classmethod
    def build(cls, rowids: RowIds, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """An index of unit `vectors`, shape (n, dimension), exact up to that many; `rowids` must rise."""
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        index = _exact(vectors.shape[1]) if len(vectors) <= exact_up_to else _lists(vectors)
        if len(vectors):
            index.add(vectors)
        return cls(index, rowids)

    @property
    def lists(self) -> int:
        """How many lists the vectors lie in; 0 where a question is compared with each."""
        return int(getattr(self._index, "nlist", 0))

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

        left = len(self.rowids) if allowed is None else int(np.count_nonzero(allowed))
        k = min(k, left)
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        given: dict[str, Any] = {}
        if allowed is not None:
            mask = np.packbits(allowed, bitorder="little")
            given["sel"] = faiss.IDSelectorBitmap(mask)  # type: ignore[call-arg, arg-type]  # faiss wraps its constructors
        if self.lists:  # the fewer passages a filter leaves, the more lists must be looked through for as many
            given["nprobe"] = min(self.lists, self.probed * len(self.rowids) // left)
        kind = faiss.SearchParametersIVF if self.lists else faiss.SearchParameters
        scores, positions = self._index.search(query[None, :], k, params=kind(**given))
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


def _exact(dimension: int) -> Any:
    import faiss

    return faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _lists(vectors: Vectors) -> Any:
    """An inverted file trained on `vectors`, with about four times as many lists as the root of their number."""
    import faiss

    number, dimension = vectors.shape
    index: Any = faiss.index_factory(
        dimension, f"IVF{max(1, round(4 * number**0.5))},SQfp16", faiss.METRIC_INNER_PRODUCT
    )
    index.by_residual = False  # the numbers themselves, as the exact index has them
    index.cp.niter, index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = _ROUNDS, _SAMPLE, 1
    index.train(vectors)
    index.make_direct_map()  # passages are asked for by position, too
    return index
