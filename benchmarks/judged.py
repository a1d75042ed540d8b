"""A judged collection in the form of BEIR as a user's own table: ingested, opened, and asked its questions."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import Qrel, R, nDCG

from corpus.console import silent
from corpus.settings import Settings
from ingest.run import open_pipeline
from ingest.sources import walk
from search.engine import KnowledgeBase
from search.evaluate import read_questions
from search.query import MAX_LENGTH

MEASURES = (nDCG @ 10, R @ 100)
_RESAMPLES = 2000
# Kept between runs, so that nothing is encoded twice; git-ignored.
KEPT = Path("data") / "beir"
# In a collection's questions these are punctuation; typed here they would ask for phrases and exclude words.
_OPERATORS = str.maketrans('"“”«»', "     ")
# Grades by document, by question.
Judged = dict[str, dict[str, int]]
Ranking = Callable[[str], list[str]]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents and questions by id, and the judgements of one split."""

    name: str
    documents: dict[str, dict[str, str]]
    questions: dict[str, str]
    judged: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions that are asked of a knowledge base, with the grades of its documents."""

    name: str
    base: KnowledgeBase
    judged: Judged


def read_collection(folder: Path, split: str = "test") -> Collection:
    """The collection in a folder of `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv`."""
    judged: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / f"{split}.tsv").open(encoding="utf-8") as lines:
        for query, document, grade in list(csv.reader(lines, delimiter="\t"))[1:]:
            judged.setdefault(query, {})[document] = int(grade)
    texts = {row["_id"]: askable(row["text"]) for row in _rows(folder / "queries.jsonl")}
    documents = {row["_id"]: row for row in _rows(folder / "corpus.jsonl")}
    return Collection(folder.name, documents, {query: texts[query] for query in judged}, judged)


def _rows(file: Path) -> Iterable[dict[str, str]]:
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())


def askable(text: str) -> str:
    """A question without what would be read as operators, and no longer than can be asked."""
    plain = " ".join(word.lstrip("-") for word in text.translate(_OPERATORS).split())
    return plain if len(plain) <= MAX_LENGTH else plain[: MAX_LENGTH + 1].rpartition(" ")[0]


def table_of(collection: Collection) -> str:
    """The collection as a table, an object a line."""
    rows = (
        {"id": key, "title": row["title"], "text": row["text"], "language": "en"}
        for key, row in collection.documents.items()
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def opened(collection: Collection, kept: Path = KEPT) -> KnowledgeBase:
    """The collection as a knowledge base: one table, a document a row, through the real ingestion."""
    data = kept / collection.name
    data.mkdir(parents=True, exist_ok=True)
    table = data / f"{collection.name}.jsonl"
    table.write_text(table_of(collection), encoding="utf-8")
    with open_pipeline(Settings.model_validate({"data": data})) as pipeline:
        pipeline.run(walk([table]), silent)
    return KnowledgeBase.open(data)


def names_of(base: KnowledgeBase) -> dict[str, str]:
    """The collection's own ids by the documents' ids here."""
    return {key: source.rpartition("#")[2] for key, source in base.db.execute("SELECT id, source FROM documents")}


def splits(folder: Path) -> list[str]:
    """Which of the usual splits a collection has."""
    return [split for split in ("train", "test") if (folder / "qrels" / f"{split}.tsv").exists()]


def judged_sets(questions: Path, folders: Iterable[Path], data: Path, kept: Path) -> Iterator[JudgedSet]:
    """Each split of each collection, then the English starter questions by turns in two halves."""
    for folder in folders:
        base = opened(read_collection(folder, splits(folder)[0]), kept)
        ours = {name: key for key, name in names_of(base).items()}
        for split in splits(folder):
            collection = read_collection(folder, split)
            judged = {
                collection.questions[query]: {ours[name]: grade for name, grade in found.items()}
                for query, found in collection.judged.items()
            }
            yield JudgedSet(f"{collection.name} {split}", base, judged)
    yield from starter_sets(questions, data)


def starter_sets(questions: Path, data: Path) -> Iterator[JudgedSet]:
    """The English starter questions by turns in two halves."""
    base = KnowledgeBase.open(data)
    asked = [question for question in read_questions(questions) if question.lang == "en"]
    for half, start in (("odd", 0), ("even", 1)):
        judged = {question.q: dict.fromkeys(question.relevant, 1) for question in asked[start::2]}
        yield JudgedSet(f"starter {half}", base, judged)


def scores(ranking: Ranking, collection: Collection, names: dict[str, str]) -> Scores:
    """The MEASURES of each question, shape (questions, measures)."""
    run = {
        key: {names[d]: float(-n) for n, d in enumerate(ranking(q)[:100])} for key, q in collection.questions.items()
    }
    return scores_of(run, collection)


def scores_of(run: dict[str, dict[str, float]], collection: Collection) -> Scores:
    """The MEASURES of each question of a run of scored documents."""
    qrels = [Qrel(query, d, grade) for query, found in collection.judged.items() for d, grade in found.items()]
    places, table = {query: n for n, query in enumerate(collection.judged)}, np.zeros((len(collection.judged), 2))
    for value in ir_measures.iter_calc(MEASURES, qrels, run):
        table[places[value.query_id], MEASURES.index(value.measure)] = value.value
    return table


def interval(values: Scores) -> str:
    """Mean and percentile bootstrap interval, for a table; the seed is fixed, so a run can be repeated."""
    samples = np.random.default_rng(0).choice(values, (_RESAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(samples, [2.5, 97.5])
    return f"{values.mean():7.4f} [{low:6.3f}, {high:6.3f}]"


def arguments(about: str | None) -> argparse.Namespace:
    """What is asked of whom, from the command line."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("questions", type=Path)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--kept", type=Path, default=KEPT)
    return parser.parse_args()
