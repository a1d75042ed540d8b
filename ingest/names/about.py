"""Which of the places that a document names it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

# It is about the place that it names most often, and those named more than half as often; of places named but once the
# first. On the starter corpus this found a practice's own city with precision 0.98 and recall 0.99, where "all those
# named as often" had 0.91 and 0.99 (benchmarks/enrichment.py).
_OFTEN = 0.5
# One place in a long text is an example: so large a share of its passages must name it. National plans name their own
# country in 13 to 33 of 100 blocks.
_SHARE = 0.1
# A name in the title counts for this many in the text.
_TITLE = 2
# A chapter on a place: so many passages stand under a heading that names it.
_CHAPTER = 2


def about(title: Sequence[str], headings: Iterable[Sequence[str]], passages: Sequence[Sequence[str]]) -> list[str]:
    """The places that a document is about, in the order they are named: by its title, a chapter, or how often.

    `headings` and `passages` hold the places of each passage: in the headings above it, and in its text as often as
    they stand there.
    """
    named = Counter([*[*title] * _TITLE, *(place for places in passages for place in places)])
    spread = Counter(place for places in passages for place in set(places))
    chapters = Counter(place for places in headings for place in set(places))
    most = max(named.values(), default=0)
    often = [
        place for place, times in named.items() if times > _OFTEN * most and spread[place] >= _SHARE * len(passages)
    ]
    chosen = {*title, *(often if most > 1 else often[:1])}
    chosen.update(place for place, times in chapters.items() if times >= _CHAPTER)
    return [place for place in dict.fromkeys([*named, *chapters]) if place in chosen]
