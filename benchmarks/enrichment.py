"""What enrichment finds in the starter corpus with its front matter hidden, and what it costs.

A practice is given as its title and text alone; what it is found to be about is held against the city and country of
its front matter. A practice on several cities has one of them there, so others that it is about count as wrong.

Run: python -m benchmarks.enrichment   (--errors also prints the practices that were taken for something else)
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.models import Document, Passage
from corpus.places import load_gazetteer
from corpus.practice import PracticeRecord, read_record, split_front_matter
from index.transformer import SentenceTransformerEmbedder
from ingest.chunk import chunk
from ingest.enrich import enrich
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from ingest.languages import passage_language
from ingest.names.finder import Finder
from ingest.names.meanings import named_places
from ingest.sources import PRACTICES
from ingest.years import years_in

# What the time is given for, about 200 tokens each; the practices are taken again and again.
TIMED, LENGTH = 5000, 1000


@dataclass(frozen=True, slots=True)
class Case:
    """A practice without its front matter, and what stood there."""

    record: PracticeRecord
    document: Document
    passages: list[Passage]


def cases() -> Iterator[Case]:
    embedder = SentenceTransformerEmbedder()
    for path in sorted(PRACTICES.glob("*.md")):
        front, body, _ = split_front_matter(path.read_text(encoding="utf-8"))
        record = read_record(front)
        assert isinstance(record, PracticeRecord)
        document = parse(RawSource(data=f"# {record.title}\n\n{body}".encode(), source=path.name))
        document = replace(document, language="en")
        yield Case(record, document, chunk(document, embedder))


def score(what: str, pairs: list[tuple[str, str, tuple[str, ...]]], errors: bool) -> None:
    right = sum(wanted in found for _, wanted, found in pairs)
    total = sum(len(found) for _, _, found in pairs)
    print(f"{what:10} {len(pairs):9} {total:6} {right / total:10.3f} {right / len(pairs):7.3f}")
    for name, wanted, found in pairs:
        if errors and found != (wanted,):
            print(f"    {name}: {wanted}, found {', '.join(found) or 'none'}")


def cost(given: list[Case]) -> None:
    text = " ".join(case.document.text for case in given)
    texts = [text[start : start + LENGTH] for start in range(0, len(text), LENGTH)]
    texts = (texts * (TIMED // len(texts) + 1))[:TIMED]
    started = time.process_time()
    finder = Finder(load_gazetteer())
    print(f"\n{TIMED:,} passages of {LENGTH:,} characters, seconds of one core")
    print(f"{'names, built once':28} {time.process_time() - started:6.2f} s")
    jobs: dict[str, Callable[[], object]] = {
        "places": lambda: named_places(texts, finder),
        "years": lambda: [years_in(text) for text in texts],
        "language, the document's": lambda: [passage_language(text, "en") for text in texts],
        "language, another": lambda: [passage_language(text, "es") for text in texts],
    }
    for name, job in jobs.items():
        started = time.process_time()
        job()
        print(f"{name:28} {time.process_time() - started:6.2f} s")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--errors", action="store_true", help="print what was taken for something else")
    given = arguments.parse_args()
    practices = list(cases())
    found = [enrich(case.document, case.passages) for case in practices]
    print("           practices  found  precision  recall")
    names = [case.record.id for case in practices]
    cities = [(case.record.city, document.found_cities) for case, (document, _) in zip(practices, found, strict=True)]
    places = [(case.record.country, d.found_countries) for case, (d, _) in zip(practices, found, strict=True)]
    score("city", [(name, *pair) for name, pair in zip(names, cities, strict=True)], given.errors)
    score("country", [(name, *pair) for name, pair in zip(names, places, strict=True)], given.errors)
    named = [
        any(c.record.city in p.cities for p in passages) for c, (_, passages) in zip(practices, found, strict=True)
    ]
    print(f"the text names its city in {sum(named)} of {len(named)} practices, as far as it was recognised")
    unclear = sum(passage.language != "en" for _, passages in found for passage in passages)
    print(f"passages not found to be in English: {unclear} of {sum(len(passages) for _, passages in found)}")
    cost(practices)


if __name__ == "__main__":
    main()
