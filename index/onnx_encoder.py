"""The whole model as one ONNX file, run without torch; exported once when an index is built.

It encodes questions for readers and, where full precision is wanted, passages: on one core 1.3 times as fast as torch.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import SnapshotError
from corpus.snapshots import REBUILD
from index.embedder import Vectors, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE = "encoder.onnx", "tokenizer.json", "encoder.json"
FILES = (MODEL_FILE, TOKENIZER_FILE, CONFIG_FILE)
# Below this the exported model is not the original; exports of MiniLM agree to 1.00000.
_AGREEMENT = 0.9999
_PROBES = (
    "learning",
    "Who reopened empty rooms as classrooms with little money?",
    "lifelong learning for all " * 300,
)
# An operator set old enough for every onnxruntime of the last three years.
_OPSET = 17


class OnnxEncoder:
    """Encodes with onnxruntime and tokenizers; ready in a fraction of a second."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
            self._query_prompt: str = config["query_prompt"]
            self._document_prompt: str = config["document_prompt"]
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._tokenizer.enable_truncation(config["max_tokens"])
            self._tokenizer.no_padding()
            self._session = self._open(onnxruntime, folder, threads)
        except Exception as error:  # both libraries raise their own types for a file that is not what it was
            reason = str(error).split("\n")[0][:120]
            raise SnapshotError(f"The query encoder of {folder.name} is damaged ({reason}). {REBUILD}") from None

    def _open(self, onnxruntime: Any, folder: Path, threads: int) -> Any:
        options = onnxruntime.SessionOptions()
        # For a single short text two threads were slower than one and far noisier.
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"])

    def encode_query(self, text: str) -> Vectors:
        """The unit vector of the question, shape (dimension,)."""
        return self._encode(self._query_prompt + text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (len(texts), dimension); one by one, which leaves out all padding."""
        return np.stack([self._encode(self._document_prompt + text) for text in texts])

    def _encode(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        inputs = {"input_ids": [encoding.ids], "attention_mask": [encoding.attention_mask]}
        vector = self._session.run(None, {k: np.asarray(v, dtype=np.int64) for k, v in inputs.items()})[0][0]
        return unit(vector)


def export(model: SentenceTransformer, folder: Path) -> OnnxEncoder | None:
    """Write the encoder's files into `folder` and prove them equal to `model`; None where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _write(model, folder)
        encoder = OnnxEncoder(folder)
        asked = model.encode_query(list(_PROBES), normalize_embeddings=True)
        held = model.encode_document(list(_PROBES), normalize_embeddings=True)
        for probe, question in zip(_PROBES, asked, strict=True):
            if float(question @ encoder.encode_query(probe)) < _AGREEMENT:
                raise ValueError("the exported model reads questions differently")
        if float(np.min(np.sum(held * encoder.encode(_PROBES), axis=1))) < _AGREEMENT:
            raise ValueError("the exported model reads passages differently")
    except Exception:  # whatever the exporter stumbles on, readers fall back to the model itself
        logging.getLogger(__name__).info("query encoder not exported", exc_info=True)
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        return None
    return encoder


def _write(model: SentenceTransformer, folder: Path) -> None:
    import torch

    class Pipeline(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.steps = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            for step in self.steps:
                features = step(features)
            return features["sentence_embedding"]

    sample = model.tokenizer(["a short text", "a somewhat longer text"], padding=True, return_tensors="pt")
    axes = {0: "batch", 1: "tokens"}
    # The exporter talks on both streams and warns about its own age.
    with (
        warnings.catch_warnings(),
        Path(os.devnull).open("w") as void,
        redirect_stdout(void),
        redirect_stderr(void),
    ):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Pipeline().eval(),
            (sample["input_ids"], sample["attention_mask"]),
            str(folder / MODEL_FILE),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    (folder / TOKENIZER_FILE).write_text(model.tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    prompts = {f"{kind}_prompt": (model.prompts or {}).get(kind) or "" for kind in ("query", "document")}
    config = {"max_tokens": int(model.max_seq_length or 512), **prompts}
    (folder / CONFIG_FILE).write_text(json.dumps(config), encoding="utf-8")
