"""What the house asks of an embedding model, behind narrow interfaces.

Encoding text for the index (bulk) and encoding one question are two jobs: the first wants throughput and torch,
the second must be ready in half a second, so it runs on the exported model without torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


def unit(vector: Vectors) -> Vectors:
    """`vector` at length 1."""
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)


class QueryEncoder(Protocol):
    """Turns one question into one vector."""

    def encode_query(self, text: str) -> Vectors:
        """The unit vector of `text`, shape (dimension,)."""
        ...


class BulkEncoder(Protocol):
    """Encodes texts while its caller goes on with something else."""

    def submit(self, texts: Sequence[str]) -> Future[Vectors]:
        """The promise of `Embedder.encode(texts)`."""
        ...


class Embedder(Protocol):
    """Turns passages into vectors, and counts tokens as the model does."""

    @property
    def model_id(self) -> str:
        """Name and revision of the model: vectors of different ids must never be mixed."""
        ...

    @property
    def precision(self) -> str:
        """The number format that passages are encoded in: `float32` or `bfloat16`."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """What the model reads of one text, its special tokens included."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), dimension), in the order given."""
        ...

    def bulk(self, exported: Path | None) -> AbstractContextManager[BulkEncoder]:
        """What encodes many texts beside other work; open while there is something to encode.

        `exported` is where `export` wrote the model, if it could.
        """
        ...

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Code-point spans of the tokens of `text`, special tokens left out, nothing truncated."""
        ...

    def overhead(self) -> int:
        """Tokens that the model adds to every text: special tokens and the document prompt."""
        ...

    def export(self, folder: Path) -> QueryEncoder | None:
        """Write what encodes without torch; None where the model does not export."""
        ...
