"""How fast a search is over 100,000 passages, each part apart: `python -m benchmarks.search EVAL [--passages N]`.

EVAL holds folders of `corpus.jsonl` and `queries.jsonl`, as BEIR has them, and `policy-passages.jsonl`. Passages are
distinct windows of two and of three sentences; questions those of up to `--words`. `--encode N` encodes so many
passages; the others take a vector near one of those, with noise (texts stay their own): what is measured is time, and
that does not depend on which vectors are stored. `--peers` runs chromadb and txtai beside it on the same passages and
vectors: `pip install chromadb txtai`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks import search_peers, search_server
from corpus import store as tables
from corpus.identity import digest_of
from corpus.models import Document, Passage, PassageKind, Section
from corpus.settings import Settings
from corpus.text import sentences
from index import build
from index.embedder import Vectors
from ingest.pipeline import Pipeline
from ingest.run import open_pipeline
from ingest.writer import Prepared
from search import hits
from search.ask import ask
from search.engine import KnowledgeBase
from search.facets import facets
from search.filters import Filters
from search.fusion import hybrid
from search.query import Query
from search.rank import Ranking, rank
from search.spelling import correction

_WIDTHS = (2, 3)  # sentences of a passage
_NOISE = 0.4  # length of the noise beside a unit vector: the cosine to the one it is near is about 0.93


def texts(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Id, title and text of each abstract and of each policy."""
    for file in sorted(folder.rglob("corpus.jsonl")):
        for record in map(json.loads, file.open(encoding="utf-8")):
            yield f"{file.parent.name}-{record['_id']}".lower(), record.get("title", ""), record["text"]
    for file in folder.glob("policy-passages.jsonl"):
        blocks = map(json.loads, file.open(encoding="utf-8"))
        for identity, own in itertools.groupby(blocks, lambda block: block["document_id"]):
            title, *text = (block["text"] for block in own)
            yield f"policy-{identity}".lower(), title, "\n".join(text)


def documents(folder: Path, wanted: int) -> Iterator[tuple[Document, list[Passage]]]:
    """Documents with a passage for every two neighbouring sentences and every three, until there are enough."""
    made, known = 0, set[str]()
    for identity, title, text in texts(folder):
        spans = sentences(text, "en")
        ends = [(spans[i][0], spans[i + width - 1][1]) for width in _WIDTHS for i in range(len(spans) - width + 1)]
        fresh = {text[a:b]: (a, b) for a, b in ends or spans if text[a:b] not in known}
        known.update(fresh)
        passages = [
            Passage(i, window, a, b, (), PassageKind.BODY, max(1, len(window) // 5), language="en")
            for i, (window, (a, b)) in enumerate(itertools.islice(fresh.items(), wanted - made))
        ]
        yield (
            Document(
                identity, f"bench/{identity}", title or text[:60], text, (Section((), 0, len(text)),), "text/plain",
                identity, language="en", year=2000 + made % 25,
            ),
            passages,
        )  # fmt: skip
        made += len(passages)
        if made >= wanted:
            return


def fill(pipeline: Pipeline, folder: Path, wanted: int, encode: int) -> None:
    """Store the documents and publish them."""
    random, encoded = np.random.default_rng(0), np.empty((0, pipeline.embedder.dimension), dtype=np.float32)
    for document, passages in documents(folder, wanted):
        texts = [passage.text for passage in passages]
        fresh = texts[: max(0, encode - len(encoded))]
        vectors = pipeline.embedder.encode(fresh)
        encoded = np.concatenate([encoded, vectors])
        vectors = np.concatenate([vectors, _near(encoded, len(texts) - len(fresh), random)])
        keys = [digest_of(["bench", document.id, text])[:32] for text in texts]
        with pipeline.store.transaction() as db:
            tables.put_embeddings(db, zip(keys, build.pack(vectors), strict=True))
            pipeline.writer.replace(Prepared(document, "bench", passages, texts, keys))
    pipeline.writer.note_model()
    pipeline.publish()


def _near(known: Vectors, count: int, random: np.random.Generator) -> Vectors:
    """Unit vectors, each near a random one of those."""
    noise = random.normal(size=(count, known.shape[1])) * _NOISE / np.sqrt(known.shape[1])
    made = known[random.integers(len(known), size=count)] + noise
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def questions(folder: Path, words: int = 1000) -> list[str]:
    """The questions of all collections that have so many words, the first 1,000 characters of each."""
    files = sorted(folder.rglob("queries.jsonl"))
    asked = [json.loads(line)["text"][:1000] for file in files for line in file.open(encoding="utf-8")]
    asked = [text for text in asked if len(text.split()) <= words]
    return [text.translate(str.maketrans('"“”«»', "     ")).replace(" -", " ") for text in asked]


def row(name: str, seconds: Sequence[float], note: str = "") -> None:
    p50, p95, p99 = np.percentile(np.array(seconds) * 1000, [50, 95, 99])
    print(f"{name:34}{p50:>9.2f}{p95:>9.2f}{p99:>9.2f}{1 / np.mean(seconds):>10.0f}  {note}", flush=True)


def timed(work: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """The seconds that each question takes, after a few that are not counted."""
    for text in asked[:10]:
        work(text)
    taken = []
    for text in asked[10:]:
        started = time.perf_counter()
        work(text)
        taken.append(time.perf_counter() - started)
    return taken


def parts(base: KnowledgeBase, asked: Sequence[str]) -> None:
    """Print the time of a whole search with facets, and of each of its parts."""
    queries = {text: base.understand(text) for text in asked}
    vectors = {text: base.encoder.encode_query(queries[text].text) for text in asked}
    rankings = {text: base.whole(queries[text], Filters()) for text in asked}
    print(f"{'milliseconds':34}{'p50':>9}{'p95':>9}{'p99':>9}{'a second':>10}")
    row("spelling", timed(lambda text: correction(base, text), asked))
    row("understand: language, expansions", timed(base.understand, asked))
    row("encode the question", timed(lambda text: base.encoder.encode_query(queries[text].text), asked))
    row("dense scan, k = 2000", timed(lambda text: base.index.search(vectors[text], 2000), asked))
    row("words, all passages", timed(lambda text: base.scan(queries[text], vectors[text]).words, asked))
    row("rank and fold", timed(lambda text: rank(base.columns, rankings[text].found, hybrid), asked))
    row("facets", timed(lambda text: facets(base.columns, rankings[text], Filters(), lambda _: rankings[text]), asked))
    row("fetch ten hits", timed(lambda text: _fetch(base, rankings[text], queries[text]), asked))
    row("search, ten hits and facets", timed(lambda text: ask(base, text), asked), "one worker")
    theme = Filters({"theme": (base.columns.groups["theme"].values or ("unknown",))[:1]})
    row("the same under a filter", timed(lambda text: ask(base, text, theme), asked), f"{theme.groups['theme'][0]}")


def _fetch(base: KnowledgeBase, ranking: Ranking, query: Query) -> None:
    for entry in ranking.page(base.columns, 0, 10):
        hits.hit(base, entry, query)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--passages", type=int, default=100_000)
    arguments.add_argument("--encode", type=int, default=100_000)
    arguments.add_argument("--words", type=int, default=20, help="ask the questions of up to so many words")
    arguments.add_argument("--data", type=Path, help="keep the knowledge base here, and use the one that is there")
    arguments.add_argument("--peers", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as made:
        data = given.data or Path(made)
        if not (data / "current").is_file():
            with open_pipeline(Settings(data=data)) as pipeline:
                started = time.perf_counter()
                fill(pipeline, given.folder, given.passages, given.encode)
                print(f"filled and published in {time.perf_counter() - started:.0f} s")
        import faiss  # noqa: F401  # what a process loads once is no part of opening

        started = time.perf_counter()
        base = KnowledgeBase.open(data)
        opened = time.perf_counter() - started
        size = f"{base.manifest.passages:,} passages of {base.manifest.documents:,} documents"
        print(f"{size}, opened in {opened * 1000:.0f} ms")
        print(f"of these {min(given.encode, given.passages):,} were encoded, the others take vectors near them")
        base.warm()
        asked = questions(given.folder, given.words)
        asked = asked[:: max(1, len(asked) // 400)][:400]
        words = statistics.median(len(text.split()) for text in asked)
        print(f"{len(asked)} questions of {words:.0f} words at the median")
        parts(base, asked)
        print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most")
        search_server.measure(data, asked)
        if given.peers:
            search_peers.measure(base, asked)


if __name__ == "__main__":
    main()
