"""Makes `prototypes.npz`: `python -m index.build_prototypes`, whenever taxonomy or targets have changed."""

from __future__ import annotations

import numpy as np

from index.prototypes import KINDS, SHIPPED_FILE, encoded, prototypes
from index.transformer import SentenceTransformerEmbedder


def main() -> None:
    """Encode the texts of all prototypes with the bundled model, and keep them."""
    embedder = SentenceTransformerEmbedder(precision="float32")
    texts = sorted({text for kind in KINDS for prototype in prototypes(kind) for text in prototype.texts()})
    made = encoded(embedder, texts)
    vectors = np.array([made[text] for text in texts]).astype(np.float16)
    np.savez_compressed(SHIPPED_FILE, model=embedder.model_id, texts=np.array(texts), vectors=vectors)


if __name__ == "__main__":
    main()
