# ruff: noqa: E501
"""Word recall of OCR on a scanned publication against its text, and pages a second.

The pages are made a PDF of their own and parsed as any other file is (running lines left out, hyphens joined). Words
are runs of letters and digits, case and accents folded, counted as multisets: recall is the share of the gold words that
were found, precision the share of the found words that are gold. Headings count, each as often as a section begins with
it.

Run: python benchmarks/ocr.py PDF GOLD [--pages 2-18] [--languages eng]
"""

from __future__ import annotations

import argparse
import io
import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2

from corpus.models import Document
from corpus.text import fold
from ingest.formats.ocr import installed
from ingest.formats.pdf import parse_pdf
from ingest.formats.raw import RawSource, Reading


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(text)))


def text_of(document: Document) -> str:
    paths = [(), *(section.path for section in document.sections)]
    headings = [title for before, path in pairwise(paths) for title in path if title not in before]
    return "\n".join([document.text, *headings])


def extract(path: Path, first: int, last: int) -> bytes:
    with pypdfium2.PdfDocument(path) as whole, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole, list(range(first - 1, min(last, len(whole)))))
        made = io.BytesIO()
        part.save(made)
    return made.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pdf", type=Path)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--pages", default="2-18", help="first and last page of what the gold text covers")
    arguments.add_argument("--languages", default="eng")
    given = arguments.parse_args()
    first, last = map(int, given.pages.split("-"))
    data = extract(given.pdf, first, last)
    started = time.perf_counter()
    document = parse_pdf(RawSource(given.pdf.name, data, Reading(ocr=given.languages)))
    seconds = time.perf_counter() - started
    gold, found = words(given.gold.read_text(encoding="utf-8-sig")), words(text_of(document))
    hits = (gold & found).total()
    program = installed()
    print(f"tesseract {program.version if program else '?'}, {given.languages}, pages {given.pages}")
    print("gold words  found  recall  precision  pages  seconds  pages/s")
    print(
        f"{gold.total():10} {found.total():6} {hits / gold.total():7.3f} {hits / found.total():10.3f}"
        f" {len(document.pages):6} {seconds:8.1f} {len(document.pages) / seconds:8.2f}"
    )


if __name__ == "__main__":
    main()
