"""What expansion does to English questions of other collections, by words alone: gain in nDCG@10 by weight.

Run: python benchmarks/expansion_words.py [--thesaurus data/thesaurus.json] FOLDER... (each with corpus.jsonl,
queries.jsonl and qrels/test.tsv, as BEIR has them). An alternative counts where a document holds all its words.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
from pathlib import Path

import numpy as np

from corpus.taxonomy import load_taxonomy
from corpus.thesaurus import Thesaurus, load_thesaurus
from index import fulltext
from index.fulltext import Words
from search.expand import expand
from search.query import content_terms

TRIED = ((0.1, 0.0), (0.3, 0.0), (0.5, 0.0), (0.8, 0.0), (0.0, 0.15), (0.0, 0.3), (0.0, 0.5), (0.3, 0.15))
_DEPTH, _RESAMPLES = 5000, 2000
Scores = dict[int, float]


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judged(folder: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as rows:
        for query, document, grade in list(csv.reader(rows, delimiter="\t"))[1:]:
            if int(grade) > 0:
                found.setdefault(query, {})[document] = int(grade)
    return found


def ranked(db: sqlite3.Connection, query: tuple[str, ...], limit: int) -> list[tuple[int, float]]:
    """Rows that hold any of the terms, with the BM25 that FTS5 gives them, best first."""
    if not query:
        return []
    sql = "SELECT rowid, -bm25(words, 2.0, 1.0, 1.0, 1.0) FROM words WHERE words MATCH ? ORDER BY 2 DESC LIMIT ?"
    return db.execute(sql, (" OR ".join(map(fulltext.quoted, query)), limit)).fetchall()


def alternatives(db: sqlite3.Connection, wordings: tuple[tuple[str, ...], ...]) -> Scores:
    """The best BM25 of any wording, where a document holds it whole."""
    best: Scores = {}
    for wording in wordings:
        holders = set.intersection(*(fulltext.holding(db, term) for term in wording))
        for row, score in ranked(db, wording, -1) if holders else ():
            if row in holders:
                best[row] = max(best.get(row, 0.0), score)
    return best


def measure(folder: Path, thesaurus: Thesaurus | None) -> None:
    import ir_measures
    from ir_measures import nDCG

    documents, qrels = lines(folder / "corpus.jsonl"), judged(folder)
    db = sqlite3.connect(":memory:")
    fulltext.create(db)
    fulltext.add(db, (Words(i, d.get("title", ""), "", d["text"], "en") for i, d in enumerate(documents)))
    questions = {q["_id"]: q["text"] for q in lines(folder / "queries.jsonl") if q["_id"] in qrels}
    own, more = {}, {}
    for key, text in questions.items():
        own[key] = dict(ranked(db, tuple(dict.fromkeys(content_terms(text, "en"))), _DEPTH))
        found = expand(text, "en", load_taxonomy(), thesaurus)
        more[key] = [(entry.source, alternatives(db, entry.terms)) for entry in found]

    def ndcg(weights: dict[str, float]) -> np.ndarray:  # type: ignore[type-arg]
        run = {}
        for key, scores in own.items():
            total = dict(scores)
            for source, added in more[key]:
                for row, score in added.items():
                    total[row] = total.get(row, 0.0) + weights.get(source, 0.0) * score
            first = sorted(total.items(), key=lambda pair: -pair[1])[:10]
            run[key] = {documents[row]["_id"]: score for row, score in first}
        values = {m.query_id: m.value for m in ir_measures.iter_calc([nDCG @ 10], qrels, run)}
        return np.array([values.get(key, 0.0) for key in questions])

    before = ndcg({})
    touched = sum(any(entry for _, entry in found) for found in more.values())
    print(f"{folder.name}: {len(questions)} questions, {touched} expanded; words alone {before.mean():.4f}")
    for taxonomy, imported in TRIED:
        gain = ndcg({"taxonomy": taxonomy, "place": taxonomy, "thesaurus": imported}) - before
        samples = np.random.default_rng(0).choice(gain, size=(_RESAMPLES, len(gain))).mean(axis=1)
        low, high = np.percentile(samples, [2.5, 97.5])
        print(
            f"  taxonomy {taxonomy:.1f}  thesaurus {imported:.2f}  {gain.mean():+.4f} [{low:+.4f}, {high:+.4f}]",
            flush=True,
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", type=Path, nargs="+")
    arguments.add_argument("--thesaurus", type=Path)
    given = arguments.parse_args()
    thesaurus = load_thesaurus(given.thesaurus) if given.thesaurus else None
    for folder in given.folders:
        measure(folder, thesaurus)


if __name__ == "__main__":
    main()
