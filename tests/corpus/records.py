"""A practice and a fact of the network that are right in every way, for tests that break them in one."""

from __future__ import annotations

PRACTICE = """\
---
id: cork-evening-rooms
title: Evening rooms for learners of every age
city: cork
country: IE
themes:
  - family-and-community-learning
target_groups:
  - adults
years:
  start: 2015
  source: 2024
organisations:
  - Cork City Council
figures:
  - value: over 200
    what: rooms opened in the evening
dates:
  - '2015'
disagreement: null
sources:
  - address: https://example.org/cork/evening-rooms
    title: Evening rooms
    publisher: Cork City Council
    language: en
    nature: official
basis: excerpts
---

## What was done

Cork opened over 200 rooms in the evening.
The first opened its doors in 2015.

## Results

Learners of every age came back to school.
"""

NETWORK = """\
---
id: network-evening-award
title: The award for evening rooms
kind: network
years:
  start: 2015
  source: 2024
organisations: []
figures:
  - value: over 200
    what: cities that applied
dates:
  - '2015'
disagreement: null
sources:
  - address: https://example.org/network/evening-award
    title: The award
    publisher: A network
    language: en
    nature: official
basis: excerpts
---

Over 200 cities applied for the award of 2015.
It went to Cork in Ireland, for reading and writing in the evening.
"""

COPY = """\
  - address: https://example.net/copies/evening-rooms
    title: Evening rooms, a copy
    publisher: A library of copies
    language: en
    nature: copy
"""


def changed(old: str, new: str, text: str = PRACTICE) -> str:
    """The practice with one thing replaced, once."""
    assert old in text
    return text.replace(old, new, 1)


def line_with(mark: str, text: str) -> int:
    """The 1-based number of the first line that holds `mark`."""
    return next(number for number, line in enumerate(text.split("\n"), start=1) if mark in line)
