"""A template of a practice: every field with what it is for, ready to be filled in and checked."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import InvalidInput
from corpus.identity import RESERVED, slug
from corpus.places import load_gazetteer
from corpus.practice import SECTIONS
from corpus.taxonomy import load_taxonomy

_HINTS = (
    "What was done, by whom, since when. Keep hedges; plans stay plans, claims stay claims.",
    "The partners and what each brings.",
    "What came of it; every figure with what it counts.",
    "Conditions of success, obstacles, cost.",
)


def write_practice(folder: Path, identity: str, city: str | None) -> Path:
    """A new practice file in a folder. Raises InvalidInput for a bad id, an unknown city or a file that is there."""
    if not identity or slug(identity) != identity or identity in RESERVED:
        better = slug(identity)
        hint = f"; try {better!r}" if better and better not in RESERVED else ""
        raise InvalidInput(f"{identity[:80]!r} cannot be an id: a-z, 0-9 and hyphens, and no word of the API{hint}.")
    path = folder / f"{identity}.md"
    text = practice_template(identity, city)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InvalidInput(f"{str(path)!r} is there already; choose another id or folder.") from None
    return path


def practice_template(identity: str, city: str | None) -> str:
    """The text of a practice file that lacks its content; `city` is a name or an id of `cities.csv`."""
    known = load_gazetteer().city(city) if city else None
    taxonomy = load_taxonomy()
    year = datetime.now(UTC).year
    sections = "\n".join(
        f"## {heading}\n\n<!-- {hint} -->\n" for heading, hint in zip(SECTIONS, _HINTS, strict=True)
    )  # fmt: skip
    return f"""---
id: {identity}  # the file's name
title: TITLE  # what was done, in one line
city: {known.id if known else "CITY"}  # an id of corpus/cities.csv
country: {known.country if known else "XX"}  # its ISO code, as in corpus/countries.csv
# One or more of: {_wrapped(taxonomy.themes.terms)}
themes:
  - THEME
# None ([]) or some of: {_wrapped(taxonomy.target_groups.terms)}
target_groups: []
years:
  start: null  # when it began; null is unknown, never guess
  source: {year}  # when the newest source was written
organisations: []
# Every number that the text states, hedge included, with what it counts:
#   - value: more than 300
#     what: courses a year
figures: []
dates: []  # every year and date in the text, quoted: ['2019', 23 to 29 March 2015]
disagreement: null  # where sources contradict each other, in a sentence
sources:
  - address: https://ADDRESS
    title: TITLE OF THE PAGE
    publisher: PUBLISHER
    language: en
    nature: official  # official, independent, copy, staging, or saved (then address: null)
basis: documents  # or excerpts, if only extracts of the sources were read
---

{sections}"""


def _wrapped(names: object) -> str:
    """Ids in comment lines."""
    text = ", ".join(names) if isinstance(names, dict) else str(names)
    return re.sub(r"(.{80,100}?,) ", r"\1\n#   ", text)
