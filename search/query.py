"""What a user typed, understood: free words, prefixes*, "quoted phrases" and -excluded words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from corpus.errors import InvalidInput
from corpus.text import clean, fold, squeeze
from corpus.wording import say
from index.analyzer import Token, terms, tokens
from index.stopwords import is_stop_word
from search.expand import Expansion

MAX_LENGTH = 1000
# The index holds every text by its own language's analysis and by this one: a question always has terms of it.
COMMON_LANGUAGE = "en"
_PHRASE = regex.compile(r'[-−]?["“«]([^"”»]*)["”»]')
_EXCLUDED = regex.compile(r'(?:^|\s)[-−](?:["“«]([^"”»]+)["”»]|([^\s"“”«»-][^\s"“”«»]*))')
_PREFIX = regex.compile(r"([\p{L}\p{N}\p{M}]{2,})\*(?![^\s.,;:!?)])")
_CONTROL = regex.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question: where it stands, and the terms that stand for it in the index, any of which will do."""

    start: int
    end: int
    terms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)  # without slots: what is derived from it is worked out once
class Query:
    """A question: `text` is what its meaning is taken from, `words` what is looked up."""

    text: str
    words: tuple[Word, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    language: str | None = None
    expansions: tuple[Expansion, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was asked: then everything is listed."""
        return not self.text

    def completed(self, beginning: Callable[[str], list[str]]) -> Query:
        """The same question with each prefix as the terms that begin so; what begins nothing is a word as it stands."""
        words = (
            replace(word, terms=tuple(beginning(word.terms[0])) or tuple(terms(word.terms[0], COMMON_LANGUAGE)))
            if word.prefix
            else word
            for word in self.words
        )
        return replace(self, words=tuple(words)) if any(word.prefix for word in self.words) else self

    @cached_property
    def widened(self) -> tuple[Expansion, ...]:
        """The expansions that add wordings: what the question was also searched for."""
        return tuple(expansion for expansion in self.expansions if expansion.terms)

    @cached_property
    def added_terms(self) -> tuple[str, ...]:
        """The terms of those wordings that are none of the user's own."""
        found = (term for expansion in self.widened for wording in expansion.terms for term in wording)
        return tuple(dict.fromkeys(term for term in found if term not in self.terms))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """All terms that stand for the words, each once."""
        return tuple(dict.fromkeys(term for word in self.words for term in word.terms))


def parse(typed: str, language: str | None = None) -> Query:
    """The query in `typed`; `language` adds the stems of its words. Raises InvalidInput for what holds no word."""
    if len(typed) > MAX_LENGTH:
        raise InvalidInput(say("error.query.long", length=len(typed), most=MAX_LENGTH))
    cleaned = squeeze(clean(_CONTROL.sub(" ", typed)))
    excluded = [found[0] or found[1] for found in _EXCLUDED.findall(cleaned)]
    kept = squeeze(_EXCLUDED.sub(" ", cleaned))
    prefixes = {fold(word) for word in _PREFIX.findall(kept)}
    text = squeeze(_PREFIX.sub(r"\1", kept).translate(str.maketrans('"“”«»', "     ")))
    if cleaned and not terms(text, COMMON_LANGUAGE):
        raise InvalidInput(say("error.query.wordless", query=repr(cleaned[:60])))
    return Query(
        text=text,
        words=tuple(_words(text, language or COMMON_LANGUAGE, prefixes)),
        phrases=_term_lists(_PHRASE.findall(kept)),
        excluded=_term_lists(excluded),
        language=language,
    )


def _words(text: str, language: str, prefixes: set[str]) -> Iterator[Word]:
    """The words that carry a topic, each once."""
    seen: set[str] = set()
    for token in content_tokens(text, language):
        if token.term not in seen:
            seen.add(token.term)
            folded = fold(text[token.start : token.end])
            if folded in prefixes:
                yield Word(token.start, token.end, (folded,), prefix=True)
            else:
                own = terms(text[token.start : token.end], language) if language != COMMON_LANGUAGE else []
                yield Word(token.start, token.end, tuple(dict.fromkeys((token.term, *own))))


def content_tokens(text: str, language: str) -> list[Token]:
    """The tokens of `text` without function words of its language; all of them where nothing else would be left."""
    found = list(tokens(text, COMMON_LANGUAGE))
    content = [t for t in found if not is_stop_word(fold(text[t.start : t.end]), language)]
    return content or found


def content_terms(text: str, language: str) -> list[str]:
    """The terms of a text's topic words, by the analysis that questions get."""
    return [token.term for token in content_tokens(text, language)]


def _term_lists(texts: list[str]) -> tuple[tuple[str, ...], ...]:
    lists = (tuple(terms(text, COMMON_LANGUAGE)) for text in texts)
    return tuple(found for found in lists if found)
