"""The teacher: what the bundled English model says of the English sides, kept so that it is asked once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from index.embedder import Vectors
from index.onnx_encoder import FILES, MODEL_FILE, TOKENIZER_FILE
from index.transformer import BUNDLED_DIMENSION, BUNDLED_TOKENS, SentenceTransformerEmbedder

# Texts of one file of the cache, and tokens of one batch: texts of one length share it, so nothing is padding.
_SLICE, _BATCH_TOKENS = 8192, 512


def vectors_of(texts: Sequence[str], cache: Path, workers: int) -> Vectors:
    """The unit vector of each text; what `cache` does not hold yet is made by `workers` processes and added to it."""
    known = _kept(cache)
    missing = [text for text in dict.fromkeys(texts) if _key(text) not in known]
    if missing:
        model = _exported(cache)
        slices = [missing[at : at + _SLICE] for at in range(0, len(missing), _SLICE)]
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            for done, part in enumerate(
                pool.map(_encode_into, [cache] * len(slices), [model] * len(slices), slices), 1
            ):
                print(f"encoded {done}/{len(slices)}: {part}", flush=True)
        known = _kept(cache)
    table = np.concatenate([vectors for _, vectors in _files(cache)])
    return table[[known[_key(text)] for text in texts]].astype(np.float32)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _files(cache: Path) -> Iterator[tuple[list[bytes], Vectors]]:
    for path in sorted(cache.glob("*.npz")):
        with np.load(path) as kept:
            yield [bytes(key) for key in kept["keys"]], kept["vectors"]


def _kept(cache: Path) -> dict[bytes, int]:
    """Where each text's vector stands among all that are kept."""
    cache.mkdir(parents=True, exist_ok=True)
    return {key: at for at, key in enumerate(key for keys, _ in _files(cache) for key in keys)}


def _exported(cache: Path) -> Path:
    folder = cache / "model"
    if not all((folder / name).is_file() for name in FILES):
        SentenceTransformerEmbedder(precision="float32").export(folder)
    return folder


def _encode_into(cache: Path, model: Path, texts: Sequence[str]) -> str:
    keys = np.array([np.frombuffer(_key(text), dtype=np.uint8) for text in texts])
    name = hashlib.blake2b(keys.tobytes(), digest_size=8).hexdigest()
    beside = cache / f"{name}.part"
    with beside.open("wb") as file:
        np.savez(file, keys=keys, vectors=encode(model, texts).astype(np.float16))
    beside.replace(cache / f"{name}.npz")
    return name


def encode(model: Path, texts: Sequence[str]) -> Vectors:
    """The unit vectors of texts by an exported model, on one core."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model / MODEL_FILE), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(model / TOKENIZER_FILE))
    tokenizer.no_padding()
    tokenizer.enable_truncation(BUNDLED_TOKENS)
    tokens = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    found = np.zeros((len(texts), BUNDLED_DIMENSION), dtype=np.float32)
    for batch in _batches([len(ids) for ids in tokens]):
        ids = np.array([tokens[at] for at in batch], dtype=np.int64)
        found[batch] = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of texts of one length, as many as make a batch."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (lengths[at] != lengths[batch[0]] or (len(batch) + 1) * lengths[at] > _BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
