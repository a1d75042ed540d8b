"""Function words that carry no topic: they never make a match. Content words are left to their IDF."""

from __future__ import annotations

from functools import cache

from corpus.text import fold

# Articles, pronouns, prepositions, conjunctions, auxiliaries and the words that only make a sentence a question.
_ENGLISH = """
a about after again against all also am an and any anyone are as at be because been before being between both but
by can cannot could did do does doing done down during each either else ever every few for from further get give
given gives had has have having he her here hers herself him himself his how i if in into is it its itself just let
like made make makes many may me might more most much must my myself neither no nor not now of off on once one only
or other others our ours ourselves out over own please really same say shall she should show so some someone such
take tell than that the their theirs them themselves then there these they thing things this those through to too
try under until up upon us use used using very want wants was we well were what when where whether which while who
whom whose why will with within without would yes yet you your yours yourself
anything everything happen happens kind kinds way ways know find found look looking example examples
"""


def is_stop_word(folded: str, language: str | None) -> bool:
    """Whether a folded word of that language is a function word; False for languages without a list."""
    return folded in _function_words(language or "")


@cache
def _function_words(language: str) -> frozenset[str]:
    """Ours for English, those of the `stop-words` lists for the others."""
    from stop_words import StopWordError, get_stop_words

    if language == "en":
        return frozenset(_ENGLISH.split())
    try:
        return frozenset(fold(word) for word in get_stop_words(language))
    except StopWordError:
        return frozenset()
