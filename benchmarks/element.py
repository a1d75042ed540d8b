"""What a visitor loads for the element on another website: the script, and the words of one language.

Run: python -m benchmarks.element
"""

from __future__ import annotations

import gzip
from pathlib import Path

from api.embed import LANGUAGES, STATIC, script

BUDGET = 15 * 1024


def sizes(name: str, body: bytes, beside: int = 0) -> int:
    """Print a row, and return what goes over the wire."""
    packed = len(gzip.compress(body))
    total = f"{beside + packed:>10,}" if beside else ""
    print(f"{name:<28}{len(body):>10,}{packed:>10,}{total}")
    return packed


def main() -> None:
    print(f"{'bytes':<28}{'raw':>10}{'gzip':>10}{'together':>10}")
    element = sizes("learncities-search.js", script().body)
    words = {code: Path(STATIC, "learncities-search", f"{code}.json").read_bytes() for code in LANGUAGES}
    most = max(sizes(f"{code}.json", body, element) for code, body in words.items())
    print(f"at most {element + most:,} of {BUDGET:,}")
    print()
    for name in ("embed.css",):
        sizes(f"{name} (the frame)", Path(STATIC, name).read_bytes())


if __name__ == "__main__":
    main()
