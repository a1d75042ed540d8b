"""Which altered copies of a document are linked to it, which other documents are, and what that costs.

FOLDER is the evaluation data; its policy passages are put together to texts of 300 and 1,500 words, its questions'
paragraphs to Arabic, Chinese and Russian articles. The 192 practices and the abstracts show false links.

Run: python -m benchmarks.duplicates FOLDER
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from corpus.identity import digest_of
from corpus.migrations import migrate
from corpus.models import Document
from ingest import duplicates
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource

Texts = dict[str, list[list[str]]]
Change = Callable[[list[str], list[str], random.Random], str]


def joined(words: Sequence[str]) -> str:
    # Chinese is cut into characters here, and other writing into words.
    return ("" if all(len(word) == 1 for word in words[:20]) else " ").join(words)


def words_changed(share: float) -> Change:
    def change(words: list[str], pool: list[str], rng: random.Random) -> str:
        return joined([rng.choice(pool) if rng.random() < share else word for word in words])

    return change


def stretches_changed(share: float) -> Change:
    """Another text for this share of the stretches of 20 words, as a new edition has it."""

    def change(words: list[str], pool: list[str], rng: random.Random) -> str:
        parts = [words[start : start + 20] for start in range(0, len(words), 20)]
        for number in rng.sample(range(len(parts)), round(share * len(parts))):
            parts[number] = rng.sample(pool, 20)
        return joined([word for part in parts for word in part])

    return change


def framed(words: list[str], pool: list[str], rng: random.Random) -> str:
    return joined([*rng.sample(pool, 15), *words, *rng.sample(pool, 15)])


def rewritten(words: list[str], _: list[str], rng: random.Random) -> str:
    """Capitals, decomposed accents, other white space: the same text as another program saves it."""
    return unicodedata.normalize("NFD", joined(words).upper().replace(" ", rng.choice(["\n", "\u00a0", "  \t"])))


def part(share: float) -> Change:
    return lambda words, _pool, _rng: joined(words[: round(share * len(words))])


CHANGES: dict[str, Change] = {
    "capitals, white space, NFD": rewritten,
    "30 words of header and footer": framed,
    **{f"{share:.0%} of the words changed": words_changed(share) for share in (0.05, 0.1, 0.2, 0.4)},
    **{f"{share:.0%} of the stretches changed": stretches_changed(share) for share in (0.1, 0.2, 0.3, 0.4)},
    "an extract: three quarters": part(0.75),
    "an extract: half": part(0.5),
}


def read(folder: Path) -> Texts:
    texts: Texts = {}
    by_document: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "policy-passages.jsonl"):
        by_document[row["document_id"]] += row["text"].split()
    for size in (300, 1500):
        texts[f"{size:,} words"] = [
            words[start : start + size]
            for words in by_document.values()
            for start in range(0, len(words) - size + 1, size)
        ][:100]
    for language in ("ar", "ru", "zh"):
        articles: dict[str, list[str]] = defaultdict(list)
        for row in rows(folder / "crosslingual" / f"corpus_{language}.jsonl"):
            articles[row["_id"].split("_")[0]] += row["text"] if language == "zh" else row["text"].split()
        texts[language] = [*articles.values()]
    return texts


def rows(file: Path) -> Iterable[dict[str, str]]:
    return (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())


def signed(texts: Iterable[str]) -> list[bytes]:
    return [made for text in texts if (made := duplicates.signature(text)) is not None]


def altered(texts: Texts) -> None:
    print(f"linked of copies, and the median share of common pairs (threshold {duplicates.THRESHOLD})")
    print(f"{'':32}" + "".join(f"{name:>15}" for name in texts))
    for name, change in CHANGES.items():
        print(f"{name:32}", end="")
        for group in texts.values():
            rng, pool = random.Random(1), [word for words in group for word in words]
            found = []
            for words in group:
                one, other = signed([joined(words), change(words, pool, rng)])
                meet = not {*duplicates.bands(one)}.isdisjoint(duplicates.bands(other))
                found.append((meet, duplicates.similarity(one, other)))
            linked = sum(meet and value >= duplicates.THRESHOLD for meet, value in found) / len(found)
            print(f"{linked:8.2f} ({statistics.median(value for _, value in found):.2f})", end="")
        print()


def different(groups: dict[str, list[str]]) -> None:
    print("\ndifferent documents       texts      pairs  linked  largest similarity")
    for name, texts in groups.items():
        made = signed(texts)
        values = np.array([np.frombuffer(one, "<u4") for one in made])
        alike = [float((values[i + 1 :] == row).mean(axis=1).max()) for i, row in enumerate(values[:-1])]
        pairs = len(made) * (len(made) - 1) // 2
        linked = sum(value >= duplicates.THRESHOLD for value in alike)
        print(f"{name:24} {len(made):6,} {pairs:10,} {linked:7} {max(alike):10.2f}")


def cost(words: list[str], abstracts: list[str]) -> None:
    duplicates.signature(joined(words[:1000]))
    text = " ".join((words * 3)[:100_000])
    seconds = min(timed(lambda: duplicates.signature(text)) for _ in range(5))
    print(f"\na document of 100,000 words: {seconds:.3f} s, {1e3 * seconds / (100_000 / 150):.2f} ms for 150 words")
    db = sqlite3.connect(":memory:")
    db.execute("PRAGMA foreign_keys = ON")
    migrate(db)
    count, stored = 20_000, []
    for number in range(count):
        text = f"{abstracts[number % len(abstracts)]} {' '.join(random.Random(number).sample(words, 100))}"
        stored.append(timed(lambda number=number, text=text: put(db, number, text)))
    ordered = sorted(stored[-1000:])
    print(f"{count:,} documents of 300 words: {1e3 * statistics.mean(stored):.2f} ms each; of the last thousand the")
    print(f"median is {1e3 * ordered[500]:.2f} ms, the slowest of a hundred {1e3 * ordered[990]:.2f} ms")
    replaced = [timed(lambda number=number: replace(db, number)) for number in range(0, count, 100)]
    size = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name IN ('bands', 'bands_by_document')").fetchone()[0]
    print(f"replacing one: {1e3 * statistics.median(replaced):.2f} ms; bands take {size / count:,.0f} bytes a document")


def put(db: sqlite3.Connection, number: int, text: str) -> None:
    document = Document(f"d{number}", f"s{number}", f"Document {number}", text, (), "text/plain", digest_of([text]))
    values = (number, document.id, document.source, document.title, text, document.content_hash)
    db.execute(
        "INSERT INTO documents (rowid, id, source, title, text, kind, display, media_type, content_hash, root, "
        "declares_id, details) VALUES (?, ?, ?, ?, ?, 'publication', 'full', 'text/plain', ?, '', 0, '{}')",
        values,
    )
    duplicates.remember(db, number, document)


def replace(db: sqlite3.Connection, number: int) -> None:
    text = db.execute("SELECT text FROM documents WHERE rowid = ?", (number,)).fetchone()[0]
    db.execute("DELETE FROM documents WHERE rowid = ?", (number,))
    put(db, number, text)


def timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    folder: Path = arguments.parse_args().folder
    texts = read(folder)
    altered(texts)
    practices = Path(__file__).parents[1] / "corpus" / "practices"
    abstracts = [f"{row['title']} {row['text']}" for row in rows(folder / "retrieval" / "scifact" / "corpus.jsonl")]
    different(
        {
            "starter practices": [
                parse(RawSource(f.name, f.read_bytes())).text for f in sorted(practices.glob("*.md"))
            ],
            "scientific abstracts": abstracts,
            **{name: [joined(words) for words in group] for name, group in texts.items()},
        }
    )
    cost([word for words in texts["1,500 words"] for word in words], abstracts)


if __name__ == "__main__":
    main()
