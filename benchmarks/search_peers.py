"""chromadb and txtai over the passages and vectors of a snapshot, for `benchmarks.search`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence

import numpy as np

from search.ask import ask
from search.engine import KnowledgeBase
from search.filters import Filters


def measure(base: KnowledgeBase, asked: Sequence[str]) -> None:
    """Print the time of each system's search: by meaning alone, and by meaning and words."""
    from benchmarks.search import row, timed

    rowids = base.index.rowids
    texts = dict(base.db.execute("SELECT rowid, text FROM passages").fetchall())
    vectors = base.index.vectors_of(rowids)
    encode = base.encoder.encode_query
    print("the question's encoding included:")
    row("ours, dense, ten passages", timed(lambda text: base.index.search(encode(text), 10), asked), "exact")
    row("ours, hybrid, documents alone", timed(lambda text: base.whole(base.understand(text), Filters()), asked))
    row("ours, hybrid, hits and facets", timed(lambda text: ask(base, text), asked))
    _chroma(rowids.tolist(), texts, vectors, encode, asked)
    _txtai(rowids.tolist(), texts, vectors, encode, asked)


def _chroma(rowids, texts, vectors, encode, asked) -> None:  # type: ignore[no-untyped-def]
    import chromadb
    from chromadb.config import Settings

    from benchmarks.search import row, timed

    with tempfile.TemporaryDirectory() as folder:
        client = chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False))
        collection = client.create_collection("passages", metadata={"hnsw:space": "cosine"}, embedding_function=None)
        for first in range(0, len(rowids), 5000):
            part = slice(first, first + 5000)
            ids = [str(rowid) for rowid in rowids[part]]
            collection.add(ids, embeddings=vectors[part], documents=[texts[rowid] for rowid in rowids[part]])

        def found(text: str) -> list[str]:
            return collection.query(query_embeddings=[encode(text)], n_results=10)["ids"][0]

        recall = _recall(found, vectors, rowids, encode, asked)
        row("chromadb, dense, ten passages", timed(found, asked), f"recall@10 {recall:.3f}")


def _txtai(rowids, texts, vectors, encode, asked) -> None:  # type: ignore[no-untyped-def]
    from benchmarks.search import row, timed

    for name, settings in (("dense", {}), ("hybrid", {"hybrid": True})):
        embeddings = txtai_index(rowids, texts, vectors, encode, settings)

        def found(text: str, embeddings=embeddings) -> list[str]:  # type: ignore[no-untyped-def]
            return [identity for identity, _ in embeddings.search(text, 10)]

        recall = f"recall@10 {_recall(found, vectors, rowids, encode, asked):.3f}" if name == "dense" else "no facets"
        row(f"txtai, {name}, ten passages", timed(found, asked), recall)


def txtai_index(rowids, texts, vectors, encode, settings):  # type: ignore[no-untyped-def]
    """The passages in txtai, with the vectors that they have here."""
    from txtai import Embeddings

    known = {texts[rowid]: vector for rowid, vector in zip(rowids, vectors, strict=True)}

    def transform(batch: Sequence[str]) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([known[text] if text in known else encode(text) for text in batch], dtype=np.float32)

    embeddings = Embeddings({"method": "external", "transform": transform, "backend": "faiss", **settings})
    embeddings.index((str(rowid), texts[rowid], None) for rowid in rowids)
    return embeddings


def txtai_ranking(base: KnowledgeBase) -> Callable[[str], list[str]]:
    """txtai's hybrid search over our passages and vectors: documents by their best passage, with its title."""
    rowids = base.index.rowids
    sql = "SELECT p.rowid, d.title || '. ' || p.text FROM passages p JOIN documents d ON d.rowid = p.document"
    texts = dict(base.db.execute(sql).fetchall())
    owners = dict(base.db.execute("SELECT p.rowid, d.id FROM passages p JOIN documents d ON d.rowid = p.document"))
    embeddings = txtai_index(
        rowids.tolist(), texts, base.index.vectors_of(rowids), base.encoder.encode_query, {"hybrid": True}
    )

    def ranking(question: str) -> list[str]:
        return list(dict.fromkeys(owners[int(identity)] for identity, _ in embeddings.search(question, 500)))

    return ranking


def _recall(found, vectors, rowids, encode, asked) -> float:  # type: ignore[no-untyped-def]
    shares = []
    for text in asked[:100]:
        best = {str(rowids[i]) for i in np.argsort(-(vectors @ encode(text)))[:10]}
        shares.append(len(best & set(found(text))) / 10)
    return float(np.mean(shares))
