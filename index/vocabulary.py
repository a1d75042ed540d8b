"""The words and word pairs of a corpus as they are written, with how many documents hold each.

Counted over what readers may see: of a document that may only be linked to, its title alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.models import JUNK, Display
from corpus.text import fold, squeeze
from index.analyzer import Token, tokens
from index.stopwords import is_stop_word

# Two letters are rarely a word to suggest or to correct to, and all bigrams of CJK and Thai have two.
_SHORTEST = 3
# What stands between the words of a pair.
_GAPS = frozenset({" ", "-", "\n"})
# Pairs met once are forgotten beyond this many: a million take some 200 MB, and rare ones are not kept anyway.
_PAIRS_HELD = 1_000_000
# What is kept: a word in one document may be what was meant, a pair in one is chance.
_WORDS_KEPT, _PAIRS_KEPT, _PAIR_DOCUMENTS = 200_000, 50_000, 2
# Counting 20,000 passages takes some 4 s: more would only hold up whoever publishes a large corpus.
SAMPLE = 20_000

_TEXTS = f"""
SELECT rowid AS document, -1 AS ordinal, title AS text, language FROM documents
UNION ALL
SELECT p.document, p.ordinal, p.text, d.language FROM passages p JOIN documents d ON d.rowid = p.document
WHERE d.display != '{Display.LINK}' AND p.kind NOT IN ({", ".join(f"'{kind}'" for kind in sorted(JUNK))})
ORDER BY document, ordinal LIMIT ?
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


def count(db: sqlite3.Connection, limit: int = -1) -> list[Written]:
    """The words and pairs of the corpus, the commonest first; of its first `limit` texts where one is given."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    rows = db.execute(_TEXTS, (limit,))
    for _, texts in groupby(rows, key=lambda row: row[0]):
        found = [form for _, _, text, language in texts for form in _forms(text, language)]
        forms.update(found)
        held = set(map(_key, found))
        pairs.update(term for term in held if " " in term)
        words.update(term for term in held if " " not in term)
        if len(pairs) > _PAIRS_HELD:
            pairs = _without_chance(pairs)
            forms = _without_chance(forms)
    kept = {term: n for term, n in pairs.items() if n >= _PAIR_DOCUMENTS}
    chosen = dict(_commonest(words, _WORDS_KEPT) + _commonest(kept, _PAIRS_KEPT))
    usual = _usual_forms(forms)
    return [Written(term, usual.get(term, term), n) for term, n in _commonest(chosen, len(chosen))]


def write(db: sqlite3.Connection) -> None:
    """Keep the vocabulary in the database, for readers to open with."""
    db.execute("DROP TABLE IF EXISTS vocabulary")
    db.execute("CREATE TABLE vocabulary (term TEXT NOT NULL, written TEXT NOT NULL, documents INTEGER NOT NULL)")
    rows = ((entry.term, entry.written, entry.documents) for entry in count(db, SAMPLE))
    db.executemany("INSERT INTO vocabulary VALUES (?, ?, ?)", rows)


def read(db: sqlite3.Connection) -> list[Written]:
    """The vocabulary that was kept; where an earlier release kept none, that of a sample."""
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'vocabulary'").fetchone() is None:
        return count(db, SAMPLE)
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


def _key(form: str) -> str:
    """What a form counts as: pairs with a hyphen count with those with a space."""
    return fold(form).replace("-", " ")


def _is_word(token: Token, language: str | None) -> bool:
    long = token.end - token.start >= _SHORTEST
    return long and not any(map(str.isdigit, token.term)) and not is_stop_word(token.term, language)


def _usual_forms(forms: Counter[str]) -> dict[str, str]:
    """The commonest form of each folded term; small letters where two are as common."""
    usual: dict[str, str] = {}
    for form in sorted(forms, key=lambda form: (-forms[form], form.isupper() or form[:1].isupper(), form)):
        usual.setdefault(_key(form), form)
    return usual


def _without_chance(counted: Counter[str]) -> Counter[str]:
    return Counter({term: n for term, n in counted.items() if n > 1})


def _commonest(counted: dict[str, int], limit: int) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit]


def words_of(names: Iterable[str]) -> set[str]:
    """The folded words of these names."""
    return {token.term for name in names for token in tokens(name, None)}
