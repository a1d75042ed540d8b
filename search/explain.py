"""Why a hit was offered, in words, and where in its passages the query's terms stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.models import Document
from index.analyzer import tokens
from search.filters import label_of
from search.query import Query, content_terms
from search.retrieve import MEANING_CUTOFF, Candidate

Span = tuple[int, int]
# With the bundled model no question from another field came this close to the starter corpus (60 scientific claims).
CLOSE = 0.40


def highlights(text: str, wanted: Iterable[str], language: str | None) -> list[Span]:
    """Code-point spans of the words of `text` that are among the wanted terms; touching spans are joined."""
    terms = frozenset(wanted)
    # Words of another language are found as they stand, by the analysis that questions get (index.fulltext).
    marked = {token for language in {language, "en"} for token in tokens(text, language) if token.term in terms}
    spans: list[Span] = []
    for token in sorted(marked, key=lambda token: (token.start, token.end)):
        if spans and token.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
    return spans


def found_words(texts: Iterable[str], wanted: Iterable[str], language: str | None) -> list[str]:
    """The wanted words as they are written in the texts, each once, in order of appearance."""
    found: dict[str, str] = {}
    wanted = tuple(wanted)
    for text in texts:
        for start, end in highlights(text, wanted, language):
            word = text[start:end]
            found.setdefault(word.casefold(), word)
    return list(found.values())


def why(document: Document, passages: Sequence[Candidate], texts: Sequence[str], query: Query) -> list[str]:
    """The reasons for a hit as short sentences: words found, closeness in meaning, a theme that was asked for."""
    reasons = []
    if words := found_words(texts, query.terms, document.language):
        reasons.append(f"Words found: {', '.join(words[:6])}.")
    if words := found_words([document.title], query.terms, document.language):
        reasons.append(f"In the title: {', '.join(words[:6])}.")
    if passages and (cosine := max(candidate.cosine for candidate in passages)) >= MEANING_CUTOFF:
        reasons.append("Close to your question in meaning." if cosine >= CLOSE else "Loosely related in meaning.")
    asked = set(query.terms)
    for theme in document.themes:
        label = label_of("theme", theme)
        if asked & set(content_terms(label, document.language or "en")):
            reasons.append(f"Theme: {label}.")
    return reasons
