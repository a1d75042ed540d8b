"""A question answered as it was meant: misspelt words put right, or offered so, and never without saying it."""

from __future__ import annotations

from dataclasses import replace

from corpus.wording import Many, Said, say
from search.engine import KnowledgeBase
from search.filters import Filters
from search.rank import SORTS
from search.results import SearchResult
from search.spelling import Correction, correction


def ask(
    base: KnowledgeBase,
    typed: str,
    chosen: Filters | None = None,
    *,
    limit: int = 10,
    cursor: str | None = None,
    with_facets: bool = True,
    as_typed: bool = False,
    sort: str = SORTS[0],
) -> SearchResult:
    """The answer to a question, with `corrected` or `did_you_mean` where it is misspelt.

    The corrected question is answered where it is sure to be what was meant and finds something; else it is offered
    if it would find more. `as_typed` leaves the question alone.
    """

    def search(text: str) -> SearchResult:
        return base.search(text, chosen, limit=limit, cursor=cursor, with_facets=with_facets, sort=sort)

    better = None if as_typed else correction(base, typed)
    if better is None:
        return search(typed)
    if better.sure and (found := search(better.text)).total:
        notices = (_notice(better), *found.notices)
        return replace(found, query=typed, corrected=better.text, notices=notices)
    found = search(typed)
    more = base.search(better.text, chosen, limit=1, with_facets=False).total
    return replace(found, did_you_mean=better.text) if more > found.total else found


def _notice(better: Correction) -> Said:
    words = tuple(dict.fromkeys(say("quoted", text=typed) for typed, _ in better.changed))
    return say("notice.corrected", words=Many(words, "or"), text=better.text)
