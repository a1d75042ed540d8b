"""Suggestions for what was typed so far: prefixes of any word of titles, places, themes and terms, from memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt
import regex

from corpus.errors import InvalidInput
from corpus.text import clean, fold
from index.analyzer import terms
from index.spelling import plain
from search.engine import KnowledgeBase
from search.query import MAX_LENGTH
from search.spelling import QUERY_LANGUAGE, Spelling, spelling_of, vocabulary_of
from search.suggestible import KINDS, Entry, Suggestion, entries

LIMIT, MOST = 8, 50
_WORDS = regex.compile(r"[\p{L}\p{N}\p{M}]+")
# A name is found from the start of any of its words; without spaces, from any character.
# In Arabic also without what is written onto it, article and "and".
_START = regex.compile(
    r"(?<!\S)\S|(?<=(?<!\S)[وبلكف]?)ال(?=\p{Arabic}{2})|(?<=(?<!\S)[وبلكف]?ال)\p{Arabic}|[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)
# How many of the best matches are looked at: enough to leave room for every kind.
_LOOKED_AT = 200
# How many kinds later another name comes: a theme's after the themes, places and groups that are called so themselves.
_OTHER_NAME = 3
# What stands at the end of a prefix beyond every character that a name can hold.
_LAST = "\U0010ffff"
Ranks = npt.NDArray[np.int64]
_making = Lock()


class Suggester:
    """The names of a snapshot, ready to be found by their beginnings."""

    def __init__(self, found: Sequence[Entry], spelling: Spelling | None = None) -> None:
        self._spelling = spelling
        # In this order ties are broken: the same prefix always gives the same suggestions.
        self._entries = sorted(found, key=lambda e: (KINDS.index(e.kind), -e.documents, e.text, e.document or ""))
        self._names = [(number, name) for number, e in enumerate(self._entries) for name in (e.text, *e.also)]
        starts = sorted(_starts(self._names))
        self._keys = [key for key, _, _ in starts]
        self._starts = np.array([name for _, name, _ in starts], dtype=np.int64)
        later = np.array([position > 0 for _, _, position in starts], dtype=bool)
        classes = np.array([_class(self._entries[number], name) for number, name in self._names], dtype=np.int64)
        order = np.lexsort((self._starts, classes[self._starts], later))
        self._ranks: Ranks = np.empty(len(order), dtype=np.int64)
        self._ranks[order] = np.arange(len(order))
        # A term that is what was typed tells nothing; a theme or a place of that name comes first.
        filters = np.array([bool(self._entries[number].filters) for number, _ in self._names], dtype=bool)
        self._telling = ~later & filters[self._starts]

    def suggest(self, typed: str, limit: int = LIMIT) -> list[Suggestion]:
        """The best suggestions for what was typed; popular themes where nothing was. Raises InvalidInput."""
        if len(typed) > MAX_LENGTH:
            raise InvalidInput(f"{len(typed):,} characters were typed; at most {MAX_LENGTH:,} can be completed.")
        words = _words(typed)
        if not words:
            popular = (number for number, entry in enumerate(self._entries) if entry.kind == "theme")
            return self._shown(((number, self._entries[number].text) for number in popular), limit)
        return self._matching(words, limit) or self._matching(self._put_right(words), limit)

    def _matching(self, words: list[str], limit: int) -> list[Suggestion]:
        if not words:
            return []
        prefix = " ".join(words)
        exact, after, end = self._range(prefix)
        whole = np.arange(exact, after)
        found = [*self._best(whole[self._telling[exact:after]]), *self._best(np.arange(exact, end))]
        if len(found) < limit and len(words) > 1:
            found += self._best(self._scattered(words))
        return self._shown((self._names[name] for name in found), limit)

    def _range(self, prefix: str) -> tuple[int, int, int]:
        """Where the keys begin that are the prefix, that go on from it, and that are past it."""
        low = bisect_left(self._keys, prefix)
        return low, bisect_right(self._keys, prefix, low), bisect_left(self._keys, prefix + _LAST, low)

    def _best(self, positions: Ranks) -> list[int]:
        """The names at the best of these positions, best first."""
        ranks = self._ranks[positions]
        if len(ranks) > _LOOKED_AT:
            nearest = np.argpartition(ranks, _LOOKED_AT)[:_LOOKED_AT]
            positions, ranks = positions[nearest], ranks[nearest]
        return [int(name) for name in self._starts[positions[np.argsort(ranks)]]]

    def _scattered(self, words: list[str]) -> Ranks:
        """Positions of names that hold all the words, in any order."""
        ranges = [(low, end) for low, _, end in map(self._range, words)]
        low, end = min(ranges, key=lambda found: found[1] - found[0])
        holding = self._starts[low:end]
        for other_low, other_end in ranges:
            holding = np.intersect1d(holding, self._starts[other_low:other_end])
        within = np.arange(low, end)
        return within[np.isin(self._starts[low:end], holding)]

    def _put_right(self, words: list[str]) -> list[str]:
        """The words with the misspelt ones put right; none where none was."""
        if self._spelling is None:
            return []
        fixes = [self._spelling.fix(word) for word in words]
        right = [fix.word if fix else word for fix, word in zip(fixes, words, strict=True)]
        return _words(" ".join(right)) if any(fixes) else []

    def _shown(self, found: Iterable[tuple[int, str]], limit: int) -> list[Suggestion]:
        """Each entry once, and no kind more than half while there are others."""
        first: list[Suggestion] = []
        held: list[Suggestion] = []
        seen: set[int | str] = set()
        kinds: Counter[str] = Counter()
        for number, name in found:
            entry = self._entries[number]
            same: set[int | str] = {number, *_same(entry)}
            if seen & same:
                continue
            seen |= same
            kinds[entry.kind] += 1
            (first if kinds[entry.kind] <= (limit + 1) // 2 else held).append(entry.suggested(name))
        return (first[:limit] + held)[:limit]


def _class(entry: Entry, name: str) -> int:
    """The order of names that begin alike: by kind, another name some kinds later than the one that is shown."""
    return 2 * KINDS.index(entry.kind) + (0 if name == entry.text else 2 * _OTHER_NAME + 1)


def _same(entry: Entry) -> set[str]:
    """What entries share that would read as one suggestion: a text, and the stems of a term."""
    stems = {" ".join(terms(entry.text, QUERY_LANGUAGE))} if entry.kind == "term" else set()
    return stems | {fold(entry.text)}


def _words(text: str) -> list[str]:
    found: list[str] = _WORDS.findall(plain(fold(clean(text))))
    return found


def _starts(names: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """(the rest of a name from a start, the name's number, where the start is)."""
    for number, (_, name) in enumerate(names):
        key = " ".join(_words(name))
        for match in _START.finditer(key):
            yield key[match.start() :], number, match.start()


def suggester_of(base: KnowledgeBase) -> Suggester:
    """The suggestions of a snapshot; made at the first call, which others wait for."""
    with _making:
        return _made(base)


@lru_cache(maxsize=2)  # a snapshot never changes; two, because an old one may still be asked while a new one opens
def _made(base: KnowledgeBase) -> Suggester:
    return Suggester(entries(base.db, vocabulary_of(base)), spelling_of(base))
