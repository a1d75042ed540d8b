"""Words that the model's tokenizer holds whole: whatever the corpus says, nobody misspelt those."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from corpus.text import fold
from index.onnx_encoder import TOKENIZER_FILE

# How the families of tokenizers mark a piece that goes on with a word (WordPiece) or begins one (Unigram, BPE).
_GOES_ON, _BEGINS = "##", ("▁", "Ġ")


def whole_words(folder: Path) -> frozenset[str]:
    """The folded words in the vocabulary of a snapshot's tokenizer; none where it has no tokenizer of its own."""
    try:
        model = json.loads((folder / TOKENIZER_FILE).read_text(encoding="utf-8"))["model"]
        pieces: Iterable[str] = [piece if isinstance(piece, str) else piece[0] for piece in model["vocab"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return frozenset()
    marked = [piece[1:] for piece in pieces if piece.startswith(_BEGINS)]
    # A tokenizer that marks beginnings has parts of words among the rest; one that marks the others has words.
    words = marked or [piece for piece in pieces if not piece.startswith(_GOES_ON)]
    return frozenset(fold(word) for word in words if len(word) > 1)
