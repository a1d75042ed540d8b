"""A static multilingual encoder in the space of the bundled English model: a weighted mean of sub-word vectors.

Made by `training/`, which says from what; numpy alone, and tokenizers to cut words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from index.embedder import Vectors, unit
from index.spelling import FOLDER, spelt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS_FILE, PIECES_FILE = "encoder.safetensors", "pieces.json"
UNKNOWN, JOINT = "<unk>", "▁"


class StaticEncoder:
    """Encodes texts with the weights and the vocabulary in a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        from safetensors.numpy import load_file

        try:
            weights = load_file(folder / WEIGHTS_FILE)
            pieces = json.loads((folder / PIECES_FILE).read_text(encoding="utf-8"))
            self._cutter = cutter([(piece, score) for piece, score in pieces])
            # The unknown, and a beginning of a word of which nothing else is known.
            self._silent = {0, *(at for at, (piece, _) in enumerate(pieces) if piece == JOINT)}
            # Rows of int8, what each is multiplied by to be a vector, and what it weighs in the mean.
            self._table, self._scale = weights["table"], weights["scale"]
            self._weight, self._bias = weights["weight"], weights["bias"]
        except Exception as error:  # the libraries raise their own types for a file that is not what it was
            reason = str(error).split("\n")[0][:100]
            raise ModelError(f"The multilingual encoder is damaged ({reason}). Install learncities again.") from None

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return len(self._bias)

    def encode(self, text: str) -> Vectors:
        """The unit vector of a text; zeros where nothing of it is known."""
        ids = np.array([i for i in self._cutter.encode(spelt(text)).ids if i], dtype=np.int64)
        if self._silent.issuperset(ids.tolist()):
            return np.zeros_like(self._bias)
        weight = self._weight[ids]
        mean = (weight * self._scale[ids]) @ self._table[ids].astype(np.float32) / weight.sum()
        return unit(mean + self._bias)


def cutter(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """What cuts words into these pieces, by unigram likelihood; the first piece stands for the unknown."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=0, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=JOINT, prepend_scheme="always")
    return tokenizer


@cache
def static_encoder() -> StaticEncoder:
    """The encoder that comes with the house."""
    return StaticEncoder()
