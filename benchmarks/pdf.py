"""Every PDF of a folder ends in a verdict: a tally of them, the pages, and the seconds of one core for 100 pages.

Each file is parsed in the sandbox, as `learncities ingest` does it. Speed is that of parsing in one process, without
OCR, over files of 50 pages and more; small files say nothing of it.

Run: python benchmarks/pdf.py FOLDER [--ocr eng]
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.pdf import parse_pdf
from ingest.formats.raw import RawSource, Reading
from ingest.sandbox import Sandbox

_LARGE = 50


def verdict_on(sandbox: Sandbox, raw: RawSource) -> tuple[str, Document | None]:
    try:
        document = sandbox.parse(raw).documents[0]
    except SourceError as error:
        return "refused: " + re.split(r" ?[:(;]", str(error))[0], None
    empty = sum(page.start == page.end for page in document.pages)
    read = "read by OCR" if document.trust else "read"
    return read + (", some pages without text" if empty else ""), document


def seconds_of(raw: RawSource) -> float:
    """The best of three, so that what else the machine does counts less."""
    times = []
    for _ in range(3):
        started = time.process_time()
        parse_pdf(raw)
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--ocr", help="languages of pages that are images; without it they stay unread")
    given = arguments.parse_args()
    tally: Counter[str] = Counter()
    pages, large = Counter[str](), []
    with Sandbox() as sandbox:
        for path in sorted(given.folder.glob("*.pdf")):
            raw = RawSource(path.name, path.read_bytes(), Reading(ocr=given.ocr))
            verdict, document = verdict_on(sandbox, raw)
            tally[verdict] += 1
            if document:
                pages["all"] += len(document.pages)
                pages["without text"] += sum(page.start == page.end for page in document.pages)
                if len(document.pages) >= _LARGE and not document.trust:
                    large.append((raw, len(document.pages)))
    print(f"{tally.total()} files, each with a verdict")
    for verdict, count in tally.most_common():
        print(f"{count:5}  {verdict}")
    print(f"{pages['all']:5}  pages in files that were read, {pages['without text']} of them without text")
    for raw, count in large:
        plain = RawSource(raw.source, raw.data)
        print(f"{seconds_of(plain) * 100 / count:5.2f}  seconds of one core for 100 pages of {raw.source} ({count})")


if __name__ == "__main__":
    main()
