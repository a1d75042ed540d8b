"""Make the multilingual encoder and the lexicons: `python -m training.make PAIRS CACHE`.

PAIRS is the folder of `<language>.tsv.xz` that training/README.md describes; CACHE keeps the teacher's vectors, so that
a second run is quick.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from index import gloss, spelling
from index.static_encoder import StaticEncoder
from training import lexicons, pairs, student, teacher, tune


def main() -> None:
    """Read the arguments and make everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, help="folder of the parallel text")
    parser.add_argument("cache", type=Path, help="folder that keeps the teacher's vectors")
    parser.add_argument("--out", type=Path, default=spelling.FOLDER, help="where the weights go")
    parser.add_argument("--workers", type=int, default=2, help="processes that encode")
    parser.add_argument("--research", action="store_true", help="learn from texts for research too: not to be shipped")
    given = parser.parse_args()
    started = time.monotonic()

    def say(what: str) -> None:
        used = os.times()
        spent = used.user + used.system + used.children_user + used.children_system
        print(f"{time.monotonic() - started:6.0f} s, {spent:6.0f} s of processors  {what}", flush=True)

    given.out.mkdir(parents=True, exist_ok=True)
    spelling.FOLDER.mkdir(exist_ok=True)
    han = (given.pairs / "traditional-to-simplified.json").read_text(encoding="utf-8")
    spelling.HAN_FILE.write_text(json.dumps(json.loads(han), ensure_ascii=False), encoding="utf-8")
    learned, held = pairs.chosen(given.pairs, given.research)
    say(", ".join(f"{language} {len(found):,}" for language, found in learned.items()) + " pairs")
    common = lexicons.english_counts(learned)
    lexicons.write(given.out / "en.tsv.gz", common, {})
    for language, found in learned.items():
        lexicons.write(given.out / f"{language}.tsv.gz", *lexicons.lexicon(found, language, common))
        say(f"lexicon of {language}")
    everything = pairs.encoded(learned)
    texts = list(dict.fromkeys(pair.english for pair in everything))
    targets = teacher.vectors_of(texts, given.cache, given.workers)
    say(f"{len(texts):,} targets")
    pieces = student.vocabulary([pair.other for pair in everything])
    say(f"{len(pieces):,} pieces")
    numbers = {text: number for number, text in enumerate(texts)}
    shown = student.examples(pieces, [p.other for p in everything], [numbers[p.english] for p in everything])
    student.write(given.out, student.train(shown, targets, len(pieces)), pieces)
    say("student trained")
    mix = {}
    for language, late in held.items():
        words = gloss.read_lexicon(language, given.out / f"{language}.tsv.gz")
        mix[language], values = tune.tuned(late, language, StaticEncoder(given.out), words, given.cache, given.workers)
        say(f"{language} {mix[language]} " + ", ".join(f"{name} {value:.3f}" for name, value in values.items()))
    (given.out / "mix.json").write_text(json.dumps(mix), encoding="utf-8")


if __name__ == "__main__":
    main()
