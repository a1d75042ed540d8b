"""Questions and passages in other languages against English ones: `python -m benchmarks.crosslingual FOLDER`.

FOLDER holds XQuAD as retrieval: `corpus_<language>.jsonl`, `queries_<language>.jsonl` and one `qrels.tsv`.
Meaning alone: no words, no cut-off. `--kept DIR` keeps the English model's vectors between runs.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.judged import KEPT, Scores, interval
from index import gloss, multilingual, spelling
from index.embedder import Vectors
from index.spoken import spoken
from index.static_encoder import static_encoder
from training.teacher import vectors_of

LANGUAGES = ("es", "ar", "zh", "ru")


def texts(file: Path) -> dict[str, str]:
    """The texts of a file by id."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {row["_id"]: f"{row.get('title', '')} {row['text']}".strip() for row in rows}


def ndcg(questions: Vectors, passages: Vectors, places: Sequence[int]) -> Scores:
    """nDCG@10 of each question, which one passage answers."""
    found = questions @ passages.T
    ranks = (found > found[np.arange(len(places)), places][:, None]).sum(axis=1)
    return np.asarray(np.where(ranks < 10, 1 / np.log2(ranks + 2), 0.0), dtype=np.float64)


def sizes() -> None:
    """Print what the files take, how long they load, how long a question takes and what memory grows by."""
    for file in sorted(spelling.FOLDER.iterdir()):
        print(f"{file.name:24}{file.stat().st_size / 1e6:8.2f} MB")
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    static_encoder().encode("learning")
    print(f"encoder ready after {(time.perf_counter() - started) * 1000:.0f} ms")
    started = time.perf_counter()
    for language in gloss.LANGUAGES:
        gloss.lexicon(language).reading("learning")
    print(f"six lexicons ready after {(time.perf_counter() - started) * 1000:.0f} ms")
    print(f"memory grew by {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB")


def timed(asked: Sequence[str], language: str) -> None:
    """Print how long the static vector and the reading of a question take."""
    for name, work in (("vector", static_encoder().encode), ("reading", gloss.lexicon(language).reading)):
        started = time.perf_counter()
        for text in asked:
            work(text)
        print(f"{language} {name}: {(time.perf_counter() - started) / len(asked) * 1000:.2f} ms a question")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kept", type=Path, default=KEPT.with_name("crosslingual"))
    parser.add_argument("--questions", action="store_true", help="leave out passages in other languages: they are long")
    given = parser.parse_args()
    sizes()
    english = partial(vectors_of, cache=given.kept, workers=1)
    with (given.folder / "qrels.tsv").open(encoding="utf-8") as lines:
        wanted = dict(row[:2] for row in list(csv.reader(lines, delimiter="\t"))[1:])
    passages = texts(given.folder / "corpus_en.jsonl")
    numbers = {key: at for at, key in enumerate(passages)}
    places = [numbers[answer] for answer in wanted.values()]
    index = english(list(passages.values()))
    asked_en = texts(given.folder / "queries_en.jsonl")
    questions_en = english([asked_en[key] for key in wanted])
    print(f"{'English':34}{interval(ndcg(questions_en, index, places))}")
    for language in LANGUAGES:
        asked = [texts(given.folder / f"queries_{language}.jsonl")[key] for key in wanted]
        timed(asked, language)
        readings = multilingual.readings(asked, language)
        # Other scripts it reads letter by letter, at great length, and finds next to nothing.
        rows = {"English model as it is": english(asked)} if language == "es" else {}
        rows |= {
            "static encoder": np.array([static_encoder().encode(text) for text in asked]),
            "reading": english([reading or "?" for reading in readings]),
            "all": multilingual.vectors(asked, readings, language, english),
            "all, language guessed": multilingual.routed(asked, english),
        }
        for name, vectors in rows.items():
            print(f"{language} {name:31}{interval(ndcg(vectors, index, places))}", flush=True)
        guesses = [spoken(text) for text in asked]
        print(f"{language} guessed right {np.mean([guess == language for guess in guesses]):.3f}")
    for language in () if given.questions else LANGUAGES:
        theirs = texts(given.folder / f"corpus_{language}.jsonl")
        those = [theirs[key] for key in passages]
        back = multilingual.vectors(those, multilingual.readings(those, language), language, english)
        print(f"{language} {'passages, English questions':31}{interval(ndcg(questions_en, back, places))}", flush=True)


if __name__ == "__main__":
    main()
