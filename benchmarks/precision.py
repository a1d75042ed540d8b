"""Whether encoding passages in bfloat16 loses anything: `python -m benchmarks.precision SCIFACT QUESTIONS.jsonl`.

SCIFACT is a folder in the form of BEIR, encoded unchunked and scanned; the questions are asked of the starter corpus,
meaning alone and as served. Questions are always encoded in float32.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import nDCG

from corpus.console import silent
from corpus.settings import Settings
from index.transformer import SentenceTransformerEmbedder
from ingest.run import open_pipeline
from ingest.sources import walk
from search.engine import KnowledgeBase
from search.evaluate import measures, read_questions
from search.fusion import meaning


def records(file: Path) -> dict[str, str]:
    """Title and text by id."""
    rows = map(json.loads, file.open(encoding="utf-8"))
    return {row["_id"]: f"{row.get('title', '')} {row['text']}".strip() for row in rows}


def dense(folder: Path, precision: str) -> tuple[float, float]:
    """nDCG@10 of a plain scan over whole documents, and documents encoded a second."""
    embedder = SentenceTransformerEmbedder(precision=precision)
    documents, queries = records(folder / "corpus.jsonl"), records(folder / "queries.jsonl")
    judged = list(ir_measures.read_trec_qrels(str(_trec(folder / "qrels" / "test.tsv"))))
    embedder.encode(list(documents.values())[:64])
    started = time.perf_counter()
    vectors = embedder.encode(list(documents.values())).astype(np.float16).astype(np.float32)
    rate = len(documents) / (time.perf_counter() - started)
    names, run = list(documents), {}
    for query in {judgement.query_id for judgement in judged}:
        scores = vectors @ embedder.encode_query(queries[query])
        run[query] = {names[i]: float(scores[i]) for i in np.argsort(-scores)[:100]}
    return float(ir_measures.calc_aggregate([nDCG @ 10], judged, run)[nDCG @ 10]), rate


def _trec(tsv: Path) -> Path:
    """BEIR's judgements as a TREC file."""
    rows = [line.split() for line in tsv.read_text().splitlines()[1:]]
    to = Path(tempfile.mkstemp(suffix=".qrels")[1])
    to.write_text("".join(f"{query} 0 {document} {grade}\n" for query, document, grade in rows))
    return to


def starter(questions: Path, precision: str) -> tuple[float, float]:
    """nDCG@10 of the English questions over the starter corpus: meaning alone, and as served."""
    asked = [question for question in read_questions(questions) if question.lang == "en"]
    with tempfile.TemporaryDirectory() as data:
        with open_pipeline(Settings.model_validate({"data": data, "precision": precision})) as pipeline:
            pipeline.run(walk([]), silent)
        base = KnowledgeBase.open(Path(data))
        alone, served = (measures(r, asked)[0].mean for r in (lambda q: base.ranking(q, meaning), base.ranking))
    return alone, served


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scifact", type=Path)
    parser.add_argument("questions", type=Path)
    given = parser.parse_args()
    print(f"{'':10}{'scifact dense':>15}{'starter dense':>15}{'starter served':>16}{'documents/s':>13}")
    for name in ("float32", "bfloat16"):
        plain, speed = dense(given.scifact, name)
        only, whole = starter(given.questions, name)
        print(f"{name:10}{plain:>15.4f}{only:>15.4f}{whole:>16.4f}{speed:>13.0f}", flush=True)
