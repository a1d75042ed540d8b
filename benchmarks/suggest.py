"""How long suggestions and corrections take: on the corpus as it is, and with 20,000 titles made from its words.

Every beginning of up to 12 letters of a sample of names is typed, as a visitor would, letter by letter; so are the
same with one letter wrong.

Run: python benchmarks/suggest.py [--data DIR] [--titles N]
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index import vocabulary
from search.engine import KnowledgeBase
from search.spelling import Spelling, correction, spelling_of, vocabulary_of
from search.suggest import Suggester
from search.suggestible import Entry, entries

_SAMPLE, _LONGEST = 300, 12
_SEED = 20_000


def synthetic(found: Sequence[Entry], number: int) -> list[Entry]:
    """Titles of five to ten words drawn from those of the corpus, as often as they stand there."""
    draw = random.Random(_SEED)
    words = [word for entry in found if entry.kind == "title" for word in entry.text.split()]
    titles = (" ".join(draw.choices(words, k=draw.randint(5, 10))) for _ in range(number))
    return [Entry("title", title, "", query=title, document=str(n)) for n, title in enumerate(titles)]


def made_words(number: int) -> list[vocabulary.Written]:
    """Words of six to twelve letters, as alike as syllables make them: a hard case for a spelling."""
    draw = random.Random(_SEED)
    syllables = [a + b + c for a in "bcdfglmnprst" for b in "aeiou" for c in ("", "n", "r", "s")]
    words = {"".join(draw.choices(syllables, k=draw.randint(3, 5))) for _ in range(2 * number)}
    return [vocabulary.Written(word, word, 1) for word in sorted(words)[:number]]


def beginnings(found: Sequence[Entry]) -> list[str]:
    draw = random.Random(_SEED)
    names = [name for entry in found for name in (entry.text, *entry.also)]
    return [name[:n] for name in draw.sample(names, min(_SAMPLE, len(names))) for n in range(1, _LONGEST + 1)]


def misspelt(typed: Sequence[str]) -> list[str]:
    draw = random.Random(_SEED)
    places = [(text, draw.randrange(len(text))) for text in typed if len(text) > 6]
    return [text[:at] + draw.choice("abcdefghijklmnopqrstuvwxyz") + text[at + 1 :] for text, at in places]


def row(name: str, ask: Callable[[str], object], typed: Sequence[str]) -> None:
    for text in typed[:20]:
        ask(text)
    taken = []
    for text in typed:
        started = time.perf_counter()
        ask(text)
        taken.append((time.perf_counter() - started) * 1000)
    p50, p99 = np.percentile(taken, [50, 99])
    print(f"{name:52} {len(typed):6,} {p50:8.3f} {p99:8.3f} {max(taken):8.3f}")


def made(name: str, make: Callable[[], object]) -> None:
    started = time.perf_counter()
    make()
    print(f"{name:52} {(time.perf_counter() - started) * 1000:8.0f} ms")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path("data"))
    arguments.add_argument("--titles", type=int, default=20_000)
    given = arguments.parse_args()
    base = KnowledgeBase.open(given.data)
    words = vocabulary_of(base)
    real = entries(base.db, words)
    many = [*real, *synthetic(real, given.titles)]
    spelling = spelling_of(base)
    print(f"snapshot {base.snapshot.id}: {base.manifest.documents} documents, {len(words):,} words and pairs")
    made("count the vocabulary", lambda: vocabulary.count(base.db))
    made("its names, ready to be completed", lambda: Suggester(entries(base.db, words), spelling))
    made(f"the same with {given.titles:,} titles more", lambda: Suggester(many, spelling))
    tracemalloc.start()
    large = Suggester(many, spelling)
    print(f"{'memory of these':52} {tracemalloc.get_traced_memory()[0] / 2**20:8.0f} MB")
    tracemalloc.stop()
    small = Suggester(real, spelling)
    print(f"\n{'(milliseconds)':52} {'typed':>6} {'p50':>8} {'p99':>8} {'most':>8}")
    for name, suggester, found in (("the corpus", small, real), (f"{given.titles:,} titles more", large, many)):
        typed = beginnings(found)
        row(f"suggest, {name}", suggester.suggest, typed)
        row(f"suggest, {name}, one letter wrong", suggester.suggest, misspelt(typed))
    titles = [entry.query for entry in real if entry.kind == "title"]
    row("is a question misspelt? titles", lambda text: correction(base, text), titles)
    row("is a question misspelt? one letter wrong", lambda text: correction(base, text), misspelt(titles))
    many_words = made_words(100_000)
    large_spelling = Spelling(many_words)
    row("a word among 100,000", large_spelling.fix, misspelt([entry.term for entry in many_words[:1000]]))


if __name__ == "__main__":
    main()
