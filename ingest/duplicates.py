"""Near-duplicate documents: MinHash over pairs of words, found through bands, linked where the signatures agree.

What is compared is the share of word pairs that two documents have in common (Jaccard). An extract of a long report
is not linked to it: it holds few of the report's pairs. Nor is a translation: it holds other words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np
import regex

from corpus import duplicates as tables
from corpus.models import Document
from corpus.text import fold

# Of 128 values, 0.6 has a standard error of 0.04.
_PERMUTATIONS = 128
# Measured (benchmarks/duplicates.py): with every tenth word changed 0.68 of the pairs are common, with every fifth
# 0.48, with another document at most 0.2. Between the two lies three quarters of the text in common.
THRESHOLD = 0.6
# 32 bands of 4 values let 99 of 100 pairs at the threshold meet, and hardly any two documents that differ.
_BAND = 4
# Fewer pairs of words are a heading or a form's frame, and say nothing of where they come from.
_LEAST = 20
# A thousand copies of one form are linked to its first ones: every pair of them would be a million rows.
_MOST = 50

# Words, or single characters of scripts that are written without spaces.
_DENSE = r"\p{Han}\p{Hiragana}\p{Katakana}\u30fc\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(rf"[{_DENSE}]|[\p{{L}}\p{{N}}\p{{M}}--[{_DENSE}]]+", regex.V1)
# Any odd number does: a pair must differ from the same words the other way round.
_ORDER = np.uint64(0x9E3779B97F4A7C15)
# So many pairs are permuted at once: a book would otherwise take 100 MB.
_SLICE = 8192


def remember(db: sqlite3.Connection, rowid: int, document: Document) -> None:
    """Keep the signature of a document just stored and link it to its near-duplicates, in the caller's transaction."""
    made = signature(document.text)
    if made is None:
        return
    keys = [*bands(made)]
    candidates = tables.sharing(db, keys)
    tables.put_signature(db, rowid, made, keys)
    alike = ((other, similarity(made, theirs)) for other, theirs in candidates)
    nearest = sorted(((other, value) for other, value in alike if value >= THRESHOLD), key=lambda pair: -pair[1])
    tables.link(db, rowid, nearest[:_MOST])


def signature(text: str) -> bytes | None:
    """What a text is compared by, the same on every machine; None where there is too little of it."""
    pairs = _pairs(text)
    if len(pairs) < _LEAST:
        return None
    from datasketch import MinHash  # loads scipy: 0.4 s

    sketch = MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
    for start in range(0, len(pairs), _SLICE):
        sketch.update_batch(pairs[start : start + _SLICE].tolist())
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def similarity(one: bytes, other: bytes) -> float:
    """The share of word pairs that the texts of two signatures have in common, 0 to 1, as estimated by MinHash."""
    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))


def _pairs(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """The distinct pairs of neighbouring words, each as a hash; case, accents and white space do not count."""
    words = _WORD.findall(text)
    hashes = {word: _hash(folded.encode()) for word in set(words) if (folded := fold(word))}
    each = np.array([hashes[word] for word in words if word in hashes], dtype=np.uint64)
    return np.unique(((each[:-1] * _ORDER + each[1:]) >> np.uint64(32)).astype(np.uint32))


def bands(made: bytes) -> Iterator[int]:
    """The hashes by which a signature is found: two documents are compared when they share one."""
    size = 4 * _BAND
    for start in range(0, len(made), size):
        # SQLite's integers are signed.
        yield _hash(start.to_bytes(2, "little") + made[start : start + size], signed=True)


def _hash(data: bytes, signed: bool = False) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=signed)
