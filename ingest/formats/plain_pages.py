"""Pages of a plain text, parted by form feeds as programs that print do, without what stands on most of them."""

from __future__ import annotations

import re
from collections import Counter

# A header or footer has two lines at most, and comes on half of the pages; on fewer than three nothing recurs.
_EDGE, _SHARE, _LEAST = 2, 0.5, 3


def pages_of(text: str) -> list[str]:
    """The pages that hold text, each without the first and last lines that most pages share, numbers aside."""
    pages = [page.split("\n") for page in text.split("\f") if page.strip()]
    keys = Counter(key for page in pages for key in {_key(page[place]) for place in _edges(page)})
    least = max(_LEAST, _SHARE * len(pages))
    for page in pages:
        for place in _edges(page):
            if keys[_key(page[place])] >= least:
                page[place] = ""
    return ["\n".join(page) for page in pages]


def _edges(page: list[str]) -> list[int]:
    """Where the first and last lines of a page are that hold anything."""
    filled = [place for place, line in enumerate(page) if line.strip()]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
