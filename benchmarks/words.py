"""What each setting of the words is worth: `python -m benchmarks.words QUESTIONS.jsonl FOLDER... [--data DIR]`.

BM25F over the terms of our analyser, one thing changed at a time; each document counts by its best passage. The
arithmetic is written out here, so that settings can be changed without making an index anew.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.fusion import Array, Way, asked_of, ndcg, places_of
from benchmarks.judged import Collection, Judged, JudgedSet, arguments, read_collection, splits, starter_sets, table_of
from corpus.models import JUNK
from corpus.text import fold
from index.analyzer import terms
from index.stopwords import is_stop_word
from index.transformer import SentenceTransformerEmbedder
from ingest.chunk import chunk
from ingest.formats.raw import RawSource
from ingest.formats.tables.json_lines import parse_json
from search.engine import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Setting:
    """Saturation, the part that length plays, weights of title, section and body, stop words, stems."""

    k1: float = 1.5
    b: float = 0.5
    weights: tuple[float, float, float] = (2.0, 1.0, 1.0)
    stop: bool = True
    stem: bool = True


IN_USE = Setting()
SETTINGS = {
    "as recommended": IN_USE,
    "as published (flat, .9, .4)": Setting(0.9, 0.4, (1, 1, 1), stop=False),
    "the same without stop words": Setting(0.9, 0.4, (1, 1, 1)),
    "k1 1.2, b 0.75": replace(IN_USE, k1=1.2, b=0.75),
    "k1 1.2": replace(IN_USE, k1=1.2),
    "k1 2": replace(IN_USE, k1=2.0),
    "b 0.25": replace(IN_USE, b=0.25),
    "b 0.75": replace(IN_USE, b=0.75),
    "title 1": replace(IN_USE, weights=(1, 1, 1)),
    "title 3": replace(IN_USE, weights=(3, 1, 1)),
    "stop words count": replace(IN_USE, stop=False),
    "no stems": replace(IN_USE, stem=False),
}


@dataclass(slots=True)
class Postings:
    """The terms of a knowledge base's passages, field by field; passages in the order of their documents."""

    rowids: list[int] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    junk: list[bool] = field(default_factory=list)
    holders: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=lambda: defaultdict(list))
    lengths: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A passage: its document, and what of it is searched by words."""

    rowid: int
    document: str
    junk: bool
    texts: tuple[str, str, str]
    language: str | None


def rows_of(base: KnowledgeBase) -> Iterator[Row]:
    """The passages of a knowledge base, those of a document side by side."""
    places = places_of(base)
    rows = base.db.execute(
        "SELECT p.rowid, d.title, (SELECT group_concat(value, ' ') FROM json_each(p.section)), p.text, d.language"
        " FROM passages p JOIN documents d ON d.rowid = p.document ORDER BY d.id, p.ordinal"
    )
    for rowid, title, section, text, language in rows:
        yield Row(rowid, *places[rowid], (title, section or "", text), language)


def rows_in(collection: Collection) -> Iterator[Row]:
    """The passages that a collection's table is cut into; nothing is encoded for it."""
    embedder = SentenceTransformerEmbedder()
    table = RawSource(f"{collection.name}.jsonl", table_of(collection).encode())
    for document in parse_json(table).documents:
        own = document.source.rpartition("#")[2]
        for passage in chunk(document, embedder):
            texts = (document.title, " ".join(passage.section), passage.text)
            yield Row(0, own, passage.kind in JUNK, texts, document.language)


def postings(rows: Iterable[Row], stem: bool) -> Postings:
    """Every term with its passages and how often their title, section and body hold it."""
    found = Postings()
    for place, row in enumerate(rows):
        fields = [Counter(terms(text, row.language if stem else None)) for text in row.texts]
        for term in set().union(*fields):
            found.holders[term].append((place, *(own[term] for own in fields)))
        found.rowids.append(row.rowid)
        found.documents.append(row.document)
        found.junk.append(row.junk)
        found.lengths.append(sum(own.total() for own in fields))
    return found


def scores(found: Postings, query: list[str], setting: Setting) -> Array:
    """BM25F of every passage."""
    lengths, total = np.array(found.lengths), len(found.lengths)
    slowness = setting.k1 * (1 - setting.b + setting.b * lengths / lengths.mean())
    score = np.zeros(total)
    for term in query:
        if term in found.holders:
            held: npt.NDArray[Any] = np.array(found.holders[term])
            idf = math.log(1 + (total - len(held) + 0.5) / (len(held) + 0.5))
            often = held[:, 1:] @ np.array(setting.weights)
            score[held[:, 0]] += idf * often * (setting.k1 + 1) / (often + slowness[held[:, 0]])
    return score


def query_terms(question: str, setting: Setting) -> list[str]:
    """The question's terms, each once."""
    words = [word for word in question.split() if not (setting.stop and is_stop_word(fold(word.strip(".,?!;:")), "en"))]
    return list(dict.fromkeys(terms(" ".join(words or [question]), "en" if setting.stem else None)))


def mean_ndcg(judged: Judged, found: Postings, setting: Setting) -> float:
    """nDCG@10 over the questions."""
    way, values = Way("words", lambda one: one.words, share=1.0), []
    for question, gains in judged.items():
        words = scores(found, query_terms(question, setting), setting)
        values.append(ndcg(asked_of(found.documents, np.array(found.junk), words, words, gains), way))
    return float(np.mean(values))


def sets(folders: Iterable[Path], starter: Iterable[JudgedSet]) -> Iterator[tuple[str, Judged, list[Row]]]:
    """The name of each set, its questions, and the passages that they are asked of."""
    for folder in folders:
        rows: list[Row] = []
        for split in splits(folder):
            collection = read_collection(folder, split)
            rows = rows or list(rows_in(collection))
            judged = {collection.questions[query]: found for query, found in collection.judged.items()}
            yield f"{collection.name} {split}", judged, rows
    for one in starter:
        yield one.name, one.judged, list(rows_of(one.base))


def main() -> None:
    given = arguments(__doc__)
    asked, made = {}, {}
    for name, judged, rows in sets(given.folders, starter_sets(given.questions, given.data)):
        asked[name], corpus = judged, name.split()[0]
        for stem in (True, False):
            made[corpus, stem] = made.get((corpus, stem)) or postings(rows, stem)
    print(" " * 30 + "".join(f"{name:>15}" for name in asked))
    for label, setting in SETTINGS.items():
        values = (mean_ndcg(judged, made[name.split()[0], setting.stem], setting) for name, judged in asked.items())
        print(f"{label:30}" + "".join(f"{value:15.4f}" for value in values), flush=True)


if __name__ == "__main__":
    main()
