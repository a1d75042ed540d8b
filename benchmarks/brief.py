"""How often a sentence of a brief is rightly placed: precision and recall by role, over sentences labelled by hand.

`tests/search/roles.jsonl` holds the labels of 40 documents, half practices of the starter corpus and half publications
of FOLDER (its `eval/` and `sources/`), given before any rule was written, and of 24 further practices to develop on. Of
a sentence it keeps a hash, not the text. Intervals: bootstrap over documents, 95 %.

Run: python -m benchmarks.brief FOLDER   (--split develop for the documents that the rules were written on)
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.models import Section
from corpus.text import sentences
from index.transformer import SentenceTransformerEmbedder
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from search.role_signs import Role
from search.roles import Sentence, roles_of

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "search" / "roles.jsonl"
_SAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Judged:
    """A document's sentences: the roles they were given by hand, and by the rules."""

    practice: bool
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]


def key(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a sentence's letters and digits."""
    return sha256("".join(filter(str.isalnum, text.casefold())).encode()).hexdigest()[:16]


def document_sentences(name: str, folder: Path) -> Iterator[Sentence]:
    """The sentences of a labelled document, each with its headings."""
    text, sections = _text(name, folder)
    for section in sections:
        for start, end in sentences(text[section.start : section.end]):
            yield Sentence(text[section.start + start : section.start + end], section.path)


def _text(name: str, folder: Path) -> tuple[str, Sequence[Section]]:
    if name.startswith("practice:"):
        path = ROOT / "corpus" / "practices" / f"{name.removeprefix('practice:')}.md"
    elif "#" in name:
        file, document = name.split("#")
        rows = (json.loads(line) for line in (folder / file).read_text(encoding="utf-8").splitlines())
        text = "\n\n".join(row["text"] for row in rows if row["document_id"] == document and row["type"] == "Text")
        return text, (Section((), 0, len(text)),)
    else:
        path = folder / name
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    document = parse(RawSource(path.name.removesuffix(".gz"), data))
    return document.text, document.sections


def judge(folder: Path, split: str) -> list[Judged]:
    encoder = SentenceTransformerEmbedder()
    judged = []
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        labels = json.loads(line)
        if labels["split"] != split:
            continue
        by_key = {key(sentence.text): sentence for sentence in document_sentences(labels["document"], folder)}
        known = [(by_key[s["key"]], s["roles"]) for s in labels["sentences"] if s["key"] in by_key]
        if len(known) < len(labels["sentences"]):
            print(
                f"{labels['document'][:60]}: {len(labels['sentences']) - len(known)} sentences are not there any more"
            )
        found = roles_of([sentence for sentence, _ in known], encoder)
        pairs = [(frozenset(by_hand), frozenset(roles)) for (_, by_hand), roles in zip(known, found, strict=True)]
        judged.append(Judged(labels["document"].startswith("practice:"), tuple(pairs)))
    return judged


def rates(judged: Sequence[Judged], roles: Sequence[str]) -> tuple[int, int, int]:
    """How many roles are right, how many were found, how many were labelled."""
    pairs = [(role in hand, role in rules) for one in judged for hand, rules in one.pairs for role in roles]
    return sum(h and r for h, r in pairs), sum(r for _, r in pairs), sum(h for h, _ in pairs)


def interval(judged: Sequence[Judged], roles: Sequence[str], of: int) -> str:
    """The 95 % interval of precision (`of` 1) or recall (`of` 2) when other documents of the kind had been drawn."""
    rng = random.Random(1)
    samples = []
    counts = [rates([one], roles) for one in judged]
    for _ in range(_SAMPLES):
        drawn = rng.choices(counts, k=len(counts))
        right, whole = sum(c[0] for c in drawn), sum(c[of] for c in drawn)
        if whole:
            samples.append(right / whole)
    samples.sort()
    return f"[{samples[int(0.025 * len(samples))]:.2f}, {samples[int(0.975 * len(samples))]:.2f}]" if samples else ""


def row(name: str, judged: Sequence[Judged], roles: Sequence[str]) -> None:
    right, found, labelled = rates(judged, roles)
    precision = f"{right / found:.3f}" if found else "-"
    recall = f"{right / labelled:.3f}" if labelled else "-"
    print(
        f"{name:16} {labelled:9} {found:6} {precision:>10} {interval(judged, roles, 1):14}"
        f" {recall:>7} {interval(judged, roles, 2)}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--split", choices=("measure", "develop"), default="measure")
    given = arguments.parse_args()
    judged = judge(given.folder, given.split)
    roles = [role.value for role in Role]
    print(f"{len(judged)} documents, {sum(len(one.pairs) for one in judged)} sentences")
    print(f"{'role':16} {'labelled':>9} {'found':>6} {'precision':>10} {'':14} {'recall':>7}")
    for role in roles:
        row(role, judged, [role])
    row("all roles", judged, roles)
    row("  practices", [one for one in judged if one.practice], roles)
    row("  publications", [one for one in judged if not one.practice], roles)


if __name__ == "__main__":
    main()
