"""Main text of real web pages: token-shingle F1 against the article text, beside plain BeautifulSoup text.

The method is that of the article-extraction-benchmark: 4-token shingles as multisets, true and false positives and
negatives normalised by page, precision and recall averaged over pages.

Run: python -m benchmarks.extraction DIR   (DIR holds ground-truth.json and pages/*.html.gz)
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

from bs4 import BeautifulSoup

from corpus.errors import SourceError
from ingest.formats.html import parse_html
from ingest.formats.raw import RawSource


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    if len(tokens) < n:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def precision_and_recall(true: str, found: str) -> tuple[float, float]:
    expected, got = shingles(true), shingles(found)
    hits, wrong, missed = (expected & got).total(), (got - expected).total(), (expected - got).total()
    if not wrong and not missed:
        return 1.0, 1.0
    return (hits / (hits + wrong), hits / (hits + missed)) if hits else (0.0, 0.0)


def ours(page: bytes) -> str:
    try:
        return parse_html(RawSource("page.html", page)).text
    except SourceError:
        return ""


def plain(page: bytes) -> str:
    return BeautifulSoup(page, "lxml").get_text(" ")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {key: gzip.decompress((folder / "pages" / f"{key}.html.gz").read_bytes()) for key in truth}
    systems: dict[str, Callable[[bytes], str]] = {"learncities": ours, "BeautifulSoup text": plain}
    print(f"{len(pages)} pages            F1     precision  recall   seconds")
    for name, system in systems.items():
        started = time.process_time()
        scores = [precision_and_recall(truth[key]["articleBody"], system(page)) for key, page in pages.items()]
        precision, recall = fmean(p for p, _ in scores), fmean(r for _, r in scores)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:20} {f1:8.3f} {precision:9.3f} {recall:8.3f} {time.process_time() - started:9.1f}")


if __name__ == "__main__":
    main()
