"""The words and word pairs of a corpus as they are written, with how many documents hold each.

Counted over what readers may see: of a document that may only be linked to, its title alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.models import JUNK, Display
from corpus.text import fold, squeeze
from index import analyzer
from index.analyzer import Token, tokens
from index.stopwords import is_stop_word

# Two letters are rarely a word to suggest or to correct to, and all bigrams of CJK and Thai have two.
_SHORTEST = 3
# What stands between the words of a pair.
_GAPS = frozenset({" ", "-", "\n"})
# What is kept: a word in one document may be what was meant, a pair in one is chance.
_WORDS_KEPT, _PAIRS_KEPT, _PAIR_DOCUMENTS = 200_000, 50_000, 2
# The titles and passages that are counted: more would only hold up whoever publishes a large corpus, and take memory.
SAMPLE = 20_000
# How forms are found in a text; raised when a change here finds others.
VERSION = f"1.{analyzer.VERSION}"

# The documents of the sample. Their hashes put them into an order that neither their age nor their names decide: a
# corpus that grew document by document is counted like one that came at once.
_SAMPLED = """
SELECT document FROM (
    SELECT d.rowid AS document, count(p.rowid) + 1 AS texts,
        sum(count(p.rowid) + 1) OVER (ORDER BY d.content_hash, d.source) AS upto
    FROM documents d LEFT JOIN passages p ON p.document = d.rowid GROUP BY d.rowid
) WHERE upto - texts < ?
"""
_TEXTS = f"""
SELECT title AS text, language FROM documents WHERE rowid = :document
UNION ALL
SELECT p.text, d.language FROM passages p JOIN documents d ON d.rowid = p.document
WHERE d.rowid = :document AND d.display != '{Display.LINK}'
AND p.kind NOT IN ({", ".join(f"'{kind}'" for kind in sorted(JUNK))})
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A word, or two with a space between: folded, as it is mostly written, and how many documents hold it."""

    term: str
    written: str
    documents: int

    @property
    def pair(self) -> bool:
        """Whether these are two words."""
        return " " in self.term


def note(db: sqlite3.Connection, limit: int = SAMPLE) -> int:
    """Note the forms of those documents of the sample that have none of this version; returns how many there were."""
    lacking = f"SELECT document FROM ({_SAMPLED}) EXCEPT SELECT document FROM forms WHERE version = ?"
    documents = [row[0] for row in db.execute(lacking, (limit, VERSION))]
    for document in documents:
        texts = db.execute(_TEXTS, {"document": document})
        found = "\n".join(form for text, language in texts for form in _forms(text, language))
        db.execute("INSERT OR REPLACE INTO forms VALUES (?, ?, ?)", (document, VERSION, found))
    return len(documents)


def count(db: sqlite3.Connection, limit: int = SAMPLE) -> list[Written]:
    """The words and pairs that were noted of the sample, the commonest first."""
    terms: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    keys = _Keys()
    for (noted,) in db.execute(f"SELECT forms FROM forms WHERE document IN ({_SAMPLED})", (limit,)):
        found = noted.split("\n") if noted else []
        forms.update(found)
        terms.update({*map(keys.__getitem__, found)})
    pairs = {term: n for term, n in terms.items() if " " in term and n >= _PAIR_DOCUMENTS}
    words = {term: n for term, n in terms.items() if " " not in term}
    chosen = dict(_commonest(words, _WORDS_KEPT) + _commonest(pairs, _PAIRS_KEPT))
    usual = _usual_forms(forms, keys, chosen)
    return [Written(term, usual[term], n) for term, n in _commonest(chosen, len(chosen))]


def write(db: sqlite3.Connection) -> None:
    """Keep the vocabulary in the database, for readers to open with."""
    db.execute("DROP TABLE IF EXISTS vocabulary")
    db.execute("CREATE TABLE vocabulary (term TEXT NOT NULL, written TEXT NOT NULL, documents INTEGER NOT NULL)")
    rows = ((entry.term, entry.written, entry.documents) for entry in count(db))
    db.executemany("INSERT INTO vocabulary VALUES (?, ?, ?)", rows)


def read(db: sqlite3.Connection) -> list[Written]:
    """The vocabulary that was kept."""
    return [Written(*row) for row in db.execute("SELECT term, written, documents FROM vocabulary ORDER BY rowid")]


def held(db: sqlite3.Connection, terms: Iterable[str]) -> set[str]:
    """Those of the analysed terms that any passage holds."""
    sql = "SELECT term FROM postings WHERE term IN (SELECT value FROM json_each(?))"
    return {row[0] for row in db.execute(sql, (json.dumps(list(terms)),))}


def _forms(text: str, language: str | None) -> Iterator[str]:
    """The words of a text that could be meant, and the pairs of such words, as they stand in it."""
    meant = [token for token in tokens(text, None) if _is_word(token, language)]
    for token in meant:
        yield text[token.start : token.end]
    for first, second in pairwise(meant):
        if text[first.end : second.start] in _GAPS:
            yield squeeze(text[first.start : second.end])


class _Keys(dict[str, str]):
    """What each form counts as: pairs with a hyphen count with those with a space."""

    def __missing__(self, form: str) -> str:
        self[form] = key = fold(form).replace("-", " ")
        return key


def _is_word(token: Token, language: str | None) -> bool:
    long = token.end - token.start >= _SHORTEST
    return long and not any(map(str.isdigit, token.term)) and not is_stop_word(token.term, language)


def _usual_forms(forms: Counter[str], keys: _Keys, chosen: Container[str]) -> dict[str, str]:
    """The commonest form of each chosen term; small letters where two are as common."""

    def rank(form: str) -> tuple[int, bool, str]:
        return -forms[form], form[:1].isupper(), form

    usual: dict[str, str] = {}
    for form in forms:
        key = keys[form]
        if key in chosen and (key not in usual or rank(form) < rank(usual[key])):
            usual[key] = form
    return usual


def _commonest(counted: dict[str, int], limit: int) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit]


def words_of(names: Iterable[str]) -> set[str]:
    """The folded words of these names."""
    return {token.term for name in names for token in tokens(name, None)}
