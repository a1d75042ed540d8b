"""Everyday questions and the first three practices for each: `python -m benchmarks.everyday QUESTIONS [--data DIR]`.

QUESTIONS is a JSONL file of `{"q", "lang"}`. Nothing is judged: a person reads it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from search.ask import ask
from search.engine import KnowledgeBase
from search.evaluate import read_asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"))
    given = parser.parse_args()
    base = KnowledgeBase.open(given.data)
    for asked in read_asked(given.questions):
        query = base.understand(asked.q)
        found = ask(base, asked.q, limit=3, with_facets=False)
        words = " ".join(dict.fromkeys(e.meant for e in query.expansions if e.bridge))
        print(f"{asked.lang} ({query.language or 'en'}) {asked.q} | {words} | {found.total} found")
        for hit in found.hits:
            print(f"    {hit.score:.3f} {hit.document.id}")


if __name__ == "__main__":
    main()
