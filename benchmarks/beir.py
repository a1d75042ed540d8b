"""Whether the pipeline loses anything: `python -m benchmarks.beir FOLDER [--split train] [--kept DIR] [--txtai]`.

FOLDER is a collection in the form of BEIR. Its abstracts are a user's own table here: cut, embedded and indexed as any
source is, and asked through the knowledge base. First whole abstracts, encoded and scanned with nothing of ours in
between; then each half without any cut-off; then what a user is given. `--txtai` adds txtai's hybrid over the same
passages and vectors: `pip install txtai`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.judged import KEPT, Collection, Scores, interval, names_of, opened, read_collection, scores, scores_of
from corpus.settings import Settings
from index.embedder import Vectors
from index.transformer import SentenceTransformerEmbedder
from search.engine import KnowledgeBase
from search.fusion import meaning, words


def whole(collection: Collection, kept: Path) -> Scores:
    """The scores of a plain scan over whole abstracts, title first, cut where the model stops reading."""
    embedder = SentenceTransformerEmbedder(precision=Settings().precision)
    texts = [f"{row['title']} {row['text']}".strip() for row in collection.documents.values()]
    vectors, names = _vectors(embedder, texts, kept / collection.name / "whole.npy"), list(collection.documents)
    run = {}
    for key, question in collection.questions.items():
        found = vectors @ embedder.encode_query(question)
        run[key] = {names[n]: float(found[n]) for n in np.argsort(-found)[:100]}
    return scores_of(run, collection)


def _vectors(embedder: SentenceTransformerEmbedder, texts: list[str], kept: Path) -> Vectors:
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, embedder.encode(texts).astype(np.float16))
    return np.asarray(np.load(kept), dtype=np.float32)


def rows(base: KnowledgeBase, collection: Collection) -> dict[str, Scores]:
    """The scores of each way of searching the passages."""
    names = names_of(base)
    return {
        "meaning, our passages": scores(lambda q: base.ranking(q, meaning), collection, names),
        "words, our passages": scores(lambda q: base.ranking(q, words), collection, names),
        "as served": scores(base.ranking, collection, names),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--kept", type=Path, default=KEPT)
    parser.add_argument("--passages", action="store_true", help="leave out whole abstracts, which takes as long again")
    parser.add_argument("--txtai", action="store_true")
    given = parser.parse_args()
    collection = read_collection(given.folder, given.split)
    base = opened(collection, given.kept)
    passages, documents = len(base.index), base.manifest.documents
    print(f"{collection.name}: {documents:,} documents, {passages:,} passages, {len(collection.judged)} questions")
    print(f"{'':26}{'nDCG@10':>8} [95 % interval]   R@100   served minus this, nDCG@10")
    table = rows(base, collection)
    if not given.passages:
        table = {"meaning, whole abstracts": whole(collection, given.kept), **table}
    if given.txtai:
        from benchmarks.search_peers import txtai_ranking

        table["txtai, hybrid"] = scores(txtai_ranking(base), collection, names_of(base))
    served = table["as served"]
    for name, found in table.items():
        less = interval(served[:, 0] - found[:, 0]) if found is not served else ""
        print(f"{name:26} {interval(found[:, 0])}  {found[:, 1].mean():.4f}  {less}")


if __name__ == "__main__":
    main()
