"""How long a table of practices takes to parse in its sandbox, as CSV, JSONL and XLSX, and how much memory.

Run: python -m benchmarks.tables [--rows N] [--characters N]
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import resource
import time

import openpyxl

from ingest.formats.raw import RawSource
from ingest.sandbox import Sandbox

HEADINGS = (
    *("ID", "Title", "Problem", "Activities", "Results", "City", "Year", "Language", "Themes", "Target groups"),
    *("Organisation", "Link", "Budget", "Contact"),
)
WORDS = ("the", "city", "opened", "learning", "rooms", "for", "adults", "families", "with", "libraries", "museums")


def prose(chance: random.Random, characters: int) -> str:
    sentences: list[str] = []
    while sum(map(len, sentences)) + len(sentences) < characters:
        sentences.append(" ".join(chance.choices(WORDS, k=12)).capitalize() + ".")
    return " ".join(sentences)


def rows(count: int, characters: int) -> list[list[str]]:
    chance = random.Random(1)
    made = []
    for number in range(count):
        texts = [prose(chance, characters // 3) for _ in range(3)]
        city = chance.choice(["Cork", "Amman", f"Village {number % 500}"])
        year = str(chance.randint(2000, 2024))
        labels = ["English", "literacy; Youth", "adults; older people", "A partner"]
        more = [f"https://example.org/{number}", "1,000", "the town hall"]
        made.append([f"P{number}", f"Practice {number}", *texts, city, year, *labels, *more])
    return made


def as_csv(table: list[list[str]]) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows([HEADINGS, *table])
    return made.getvalue().encode()


def as_jsonl(table: list[list[str]]) -> bytes:
    return "\n".join(json.dumps(dict(zip(HEADINGS, row, strict=True))) for row in table).encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    book, made = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in (HEADINGS, *table):
        sheet.append(row)
    book.save(made)
    return made.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--characters", type=int, default=1500)
    given = arguments.parse_args()
    table = rows(given.rows, given.characters)
    print(f"{given.rows:,} rows of {len(HEADINGS)} columns, {given.characters:,} characters of text each")
    print(f"{'':8}     MB  seconds  documents  faults  peak MB so far")
    for ending, written in (("csv", as_csv), ("jsonl", as_jsonl), ("xlsx", as_xlsx)):
        data = written(table)
        with Sandbox() as sandbox:
            started = time.perf_counter()
            parsed = sandbox.parse(RawSource(f"table.{ending}", data))
            seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        found = f"{len(parsed.documents):10,} {len(parsed.faults):7,} {peak:15,}"
        print(f"{ending:8} {len(data) / 2**20:6.1f} {seconds:8.1f} {found}")


if __name__ == "__main__":
    main()
