"""Names that stay: content hashes, slugs, and the id of a document from its source."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable

from anyascii import anyascii

# What the sources of the starter corpus begin with: no folder is known by a name with a colon.
STARTER = "starter:"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# Words that are routes below /documents or /cities, or commands: an id is never one of them.
RESERVED = frozenset({"similar", "brief", "export", "search", "suggest", "compare", "themes", "cities", "documents"})


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of(parts: object) -> str:
    """The SHA-256 of any JSON-like value, the same for equal values whatever the order of their keys."""
    return digest(json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str).encode())


def slug(text: str, limit: int = 80) -> str:
    """`text` as `[a-z0-9-]+`, transliterated from any script; empty text gives an empty slug."""
    return _NOT_SLUG.sub("-", anyascii(text).lower()).strip("-")[:limit].rstrip("-")


def document_id(title: str, source: str, taken: Iterable[str] = ()) -> str:
    """An id made from the title, with a piece of the source's hash where the title alone is empty or taken."""
    base, held = slug(title), RESERVED.union(taken)
    if base and base not in held:
        return base
    hashed = digest(source.encode())
    candidates = (f"{base or 'document'}-{hashed[:length]}" for length in range(8, len(hashed) + 1))
    return next(candidate for candidate in candidates if candidate not in held)
