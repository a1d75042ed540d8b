"""Why a hit was offered, in words, and where in its passages the question's terms stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.models import Document
from index.analyzer import tokens
from index.calibration import Calibration
from search.filters import label_of
from search.query import COMMON_LANGUAGE, Query, content_terms
from search.rank import Evidence

Span = tuple[int, int]
_CLOSENESS = {
    "strong": "Close to your question in meaning.",
    "fair": "Fairly close to your question in meaning.",
    "weak": "Loosely related in meaning.",
}


def highlights(text: str, wanted: Iterable[str], language: str | None) -> list[Span]:
    """Code-point spans of the words of `text` that are among the wanted terms; touching spans are joined."""
    terms = frozenset(wanted)
    if not terms:
        return []
    # Words of another language are found as they stand, by the analysis that questions get (index.fulltext).
    marked = {t for analysed in {language, COMMON_LANGUAGE} for t in tokens(text, analysed) if t.term in terms}
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


def why(
    document: Document,
    evidence: Sequence[Evidence],
    texts: Sequence[str],
    section: Sequence[str],
    query: Query,
    calibration: Calibration | None,
) -> list[str]:
    """The reasons for a hit as short sentences: words found, closeness in meaning, section and theme asked for."""
    if query.empty:
        return list(filter(None, [_closeness(evidence, calibration)]))
    reasons = []
    if words := found_words(texts, query.terms, document.language):
        reasons.append(f"Words found: {', '.join(words[:6])}.")
    if words := found_words(texts, query.added_terms, document.language):
        reasons.append(f"Also found, by another name: {', '.join(words[:6])}.")
    if words := found_words([document.title], query.terms, document.language):
        reasons.append(f"In the title: {', '.join(words[:6])}.")
    if words := found_words([" ".join(section)], query.terms, document.language):
        reasons.append(f"In the section “{section[-1]}”: {', '.join(words[:6])}.")
    if closeness := _closeness(evidence, calibration):
        reasons.append(closeness)
    asked = set(query.terms)
    for theme in document.themes:
        label = label_of("theme", theme)
        if asked & set(content_terms(label, COMMON_LANGUAGE)):
            reasons.append(f"Theme: {label}.")
    return reasons


def _closeness(evidence: Sequence[Evidence], calibration: Calibration | None) -> str:
    """How close the best passage is, by the model's bands; nothing where the model has none."""
    if calibration is None or not evidence:
        return ""
    return _CLOSENESS[calibration.band(max(one.cosine for one in evidence))]
