"""How often the kind of a passage is right: precision and recall by kind, over passages that are labelled.

A line of FILE is {"text", "section", "kind"}, labelled by hand, or {"text", "type"}, as a page parser names its blocks
(Title, Text, List, Table, Ambiguous). Block types are no gold labels: for those the table of both is printed.

Where FILE is the folder of the evaluation data, it is cut into units (benchmarks/kinds_units.py), and those taken for
contents or references, with the 45 others that have most marks of a bibliography for their length, are held against
labels by hand (kinds_labels.jsonl, which holds no text). Of other units nothing is known, so recall is among these.

Run: python -m benchmarks.kinds FILE   (--wrong also prints the passages that were taken for another kind)
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.kinds_units import units
from corpus.models import PassageKind
from ingest.kinds import kind_of

Pairs = Sequence[tuple[str, str]]


def by_kind(pairs: Pairs) -> None:
    hits = Counter(label for label, found in pairs if label == found)
    labelled, got = Counter(label for label, _ in pairs), Counter(found for _, found in pairs)
    print("kind          labelled  found  precision  recall")
    for kind in PassageKind:
        precision = f"{hits[kind] / got[kind]:9.3f}" if got[kind] else "        -"
        recall = f"{hits[kind] / labelled[kind]:6.3f}" if labelled[kind] else "     -"
        print(f"{kind:12} {labelled[kind]:9} {got[kind]:6} {precision} {recall:>8}")


def crossed(pairs: Pairs) -> None:
    counts = Counter(pairs)
    print(f"{'type':12}" + "".join(f"{kind:>13}" for kind in PassageKind))
    for block in sorted({label for label, _ in pairs}):
        print(f"{block:12}" + "".join(f"{counts[block, kind]:13}" for kind in PassageKind))


def of_folder(folder: Path) -> None:
    lines = (Path(__file__).parent / "kinds_labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = {row["key"]: row["kind"] for row in map(json.loads, lines)}
    found = {unit.key: str(kind_of(unit.text, unit.section)) for unit in units(folder)}
    print(f"{len(found)} units\nkind          labelled  found  right  not labelled")
    for kind in map(str, (PassageKind.CONTENTS, PassageKind.REFERENCES)):
        taken = [key for key in found if found[key] == kind]
        right = sum(labels.get(key) == kind for key in taken)
        labelled = sum(label == kind and key in found for key, label in labels.items())
        print(f"{kind:12} {labelled:9} {len(taken):6} {right:6} {sum(key not in labels for key in taken):13}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--wrong", action="store_true", help="print what was taken for another kind")
    given = arguments.parse_args()
    if given.file.is_dir():
        of_folder(given.file)
        return
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    started = time.process_time()
    found = [kind_of(row["text"], tuple(row.get("section", ()))) for row in rows]
    seconds = time.process_time() - started
    print(f"{given.file.name}: {len(rows)} passages, {1e6 * seconds / max(1, len(rows)):.0f} µs each")
    labelled = [(row["kind"], str(kind)) for row, kind in zip(rows, found, strict=True) if "kind" in row]
    typed = [(row["type"], str(kind)) for row, kind in zip(rows, found, strict=True) if "type" in row]
    if labelled:
        by_kind(labelled)
    if typed:
        crossed(typed)
    for row, kind in zip(rows, found, strict=True):
        if given.wrong and "kind" in row and row["kind"] != kind:
            print(f"{row['kind']} taken for {kind}: {row['text'][:160]!r}")


if __name__ == "__main__":
    main()
