"""What the tests share: a tiny deterministic embedder, a small corpus made with it, and the real starter corpus."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings as hypothesis_settings

import corpus
import index
import ingest
from corpus import snapshots
from corpus.console import silent
from corpus.settings import Settings
from corpus.store import CorpusStore
from index import calibration
from index.calibration import Calibration
from index.embedder import QueryEncoder, Vectors
from ingest.formats.raw import Reading
from ingest.pipeline import Pipeline
from ingest.report import IngestReport
from ingest.run import open_pipeline
from ingest.sources import walk
from search.engine import KnowledgeBase

DIMENSION = 64
# A busy machine is no fault of the code.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


class TinyEmbedder:
    """Words hashed into a few dimensions: texts that share words are close. Fast, and the same everywhere."""

    model_id = "tiny@1"
    precision = "float32"
    dimension = DIMENSION
    max_tokens = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return np.array([self.encode_query(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSION)

    @contextmanager
    def bulk(self) -> Iterator[TinyEmbedder]:
        yield self

    def submit(self, texts: Sequence[str]) -> Future[Vectors]:
        promise: Future[Vectors] = Future()
        promise.set_result(self.encode(texts))
        return promise

    def encode_query(self, text: str) -> Vectors:
        vector = np.zeros(DIMENSION, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[blake2b(word.encode(), digest_size=2).digest()[0] % DIMENSION] += 1
        norm = float(np.linalg.norm(vector))
        return (vector / norm if norm else np.full(DIMENSION, DIMENSION**-0.5)).astype(np.float32)

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]

    def overhead(self) -> int:
        return 2

    def export_query_encoder(self, folder: Path) -> QueryEncoder | None:
        return None


class Box:
    """A knowledge base in a temporary folder, made with the tiny embedder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.embedder = TinyEmbedder()
        # What the cosines of the tiny embedder mean from the next ingestion on.
        self.calibration: Calibration | None = Calibration(answer=0.37, cutoff=0.3, fair=0.35, strong=0.5)

    def ingest(self, *sources: Path, reading: Reading = Reading(), dry_run: bool = False) -> IngestReport:
        with CorpusStore(self.data) as store:
            if self.calibration:
                calibration.write(self.data / calibration.FILE, self.embedder.model_id, self.calibration)
            pipeline = Pipeline(store, self.embedder, "tiny", self.data, keep=3)
            return pipeline.run(walk(list(sources)), silent, reading, dry_run)

    def open(self) -> KnowledgeBase:
        return KnowledgeBase(snapshots.open_snapshot(self.data), self.embedder)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "data")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file below tmp_path/files and return its path."""

    def to(name: str, content: str | bytes) -> Path:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to


@pytest.fixture
def practice(write: Callable[..., Path]) -> Callable[..., Path]:
    """Write a practice file in records/: an id, its prose, and whatever of the front matter a test is about."""

    def to(identity: str, text: str, **front: object) -> Path:
        source = {"title": "A page", "publisher": "A town hall", "language": "en", "nature": "official"}
        record: dict[str, object] = {
            "id": identity,
            "title": identity.replace("-", " ").capitalize(),
            "city": "cork",
            "country": "IE",
            "themes": ["literacy"],
            "target_groups": ["adults"],
            "years": {"start": None, "source": 2020},
            "organisations": [],
            "figures": [],
            "sources": [{**source, "address": f"https://example.org/{identity}"}],
            "basis": "excerpts",
        }
        # JSON is YAML, and needs no thought about quoting.
        matter = json.dumps({**record, **front}, ensure_ascii=False, indent=1)
        return write(f"records/{identity}.md", f"---\n{matter}\n---\n\n## What was done\n\n{text}\n")

    return to


def _made_of() -> str:
    """A hash of the code and the texts that make the starter corpus's data folder."""
    rooms = (Path(room.__path__[0]) for room in (corpus, index, ingest))
    files = sorted(file for room in rooms for file in room.rglob("*.*") if "__pycache__" not in file.parts)
    return blake2b(b"".join(blake2b(file.read_bytes()).digest() for file in files), digest_size=8).hexdigest()


@pytest.fixture(scope="session")
def starter_data(pytestconfig: pytest.Config) -> Path:
    """A data folder with the starter corpus, embedded by the real bundled model; read-only for tests.

    That of the last run, as long as nothing has changed that makes it.
    """
    assert pytestconfig.cache
    data = pytestconfig.cache.mkdir(f"starter-{_made_of()}")
    for old in set(data.parent.glob("starter-*")) - {data}:
        shutil.rmtree(old)
    with open_pipeline(Settings(data=data)) as pipeline:
        pipeline.run(walk([]), silent)
    return data


@pytest.fixture(scope="session")
def starter(starter_data: Path) -> KnowledgeBase:
    return KnowledgeBase.open(starter_data)
