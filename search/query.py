"""What a user typed, understood: free words, "quoted phrases" and -excluded words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import InvalidInput
from corpus.text import clean, fold, squeeze
from index.analyzer import terms, tokens
from index.stopwords import is_stop_word

MAX_LENGTH = 1000
_PHRASE = re.compile(r'[-−]?["“«]([^"”»]*)["”»]')
_EXCLUDED = re.compile(r'(?:^|\s)[-−](?:["“«]([^"”»]+)["”»]|([^\s"“”«»-][^\s"“”«»]*))')
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Query:
    """A question: `text` is what its meaning is taken from, `terms` what is looked up by words."""

    text: str
    terms: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked: then everything is listed."""
        return not self.text


def parse(typed: str, language: str = "en") -> Query:
    """The query in `typed`. Raises InvalidInput when it is too long or holds no word at all."""
    if len(typed) > MAX_LENGTH:
        raise InvalidInput(f"The query has {len(typed):,} characters; at most {MAX_LENGTH:,} can be searched.")
    cleaned = squeeze(clean(_CONTROL.sub(" ", typed)))
    excluded = [found[0] or found[1] for found in _EXCLUDED.findall(cleaned)]
    kept = squeeze(_EXCLUDED.sub(" ", cleaned))
    text = squeeze(kept.translate(str.maketrans('"“”«»', "     ")))
    if cleaned and not terms(text, language):
        raise InvalidInput(f"There is no word to search for in {cleaned[:60]!r}. Type a topic, a city or a question.")
    return Query(
        text=text,
        terms=tuple(dict.fromkeys(content_terms(text, language))),
        phrases=_term_lists(_PHRASE.findall(kept), language),
        excluded=_term_lists(excluded, language),
    )


def content_terms(text: str, language: str) -> list[str]:
    """The terms of `text` without function words; all of them where nothing else would be left."""
    found = list(tokens(text, language))
    content = [t.term for t in found if not is_stop_word(fold(text[t.start : t.end]), language)]
    return content or [token.term for token in found]


def _term_lists(texts: list[str], language: str) -> tuple[tuple[str, ...], ...]:
    lists = (tuple(terms(text, language)) for text in texts)
    return tuple(found for found in lists if found)
