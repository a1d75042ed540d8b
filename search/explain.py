"""Why a hit was offered, in words, and where in its passages the question's terms stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.models import Document
from corpus.wording import Many, Named, Said, say
from index.analyzer import places
from index.calibration import Calibration
from search.filters import label_of
from search.query import COMMON_LANGUAGE, Query, content_terms
from search.rank import Evidence

Span = tuple[int, int]
_WORDS_NAMED = 6


def highlights(text: str, wanted: Iterable[str], language: str | None) -> list[Span]:
    """Code-point spans of the words of `text` that are among the wanted terms; touching spans are joined."""
    terms = frozenset(wanted)
    if not terms:
        return []
    # Words of another language are found as they stand, by the analysis that questions get (index.fulltext).
    marked = {span for analysed in {language, COMMON_LANGUAGE} for span in places(text, analysed, terms)}
    spans: list[Span] = []
    for start, end in sorted(marked):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
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
) -> list[Said]:
    """The reasons for a hit as short sentences: words found, closeness in meaning, section and theme asked for."""
    if query.empty:
        return _closeness(evidence, calibration)

    def found(code: str, where: Sequence[str], wanted: Sequence[str], **values: object) -> list[Said]:
        words = found_words(where, wanted, document.language)[:_WORDS_NAMED]
        return [say(code, words=Many(tuple(words)), **values)] if words else []

    asked = set(query.terms)
    themes = (theme for theme in document.themes if asked & set(_terms_of(theme)))
    return [
        *found("why.words", texts, query.terms),
        *found("why.added", texts, query.added_terms),
        *found("why.title", [document.title], query.terms),
        *found("why.section", [" ".join(section)], query.terms, section=section[-1] if section else ""),
        *_closeness(evidence, calibration),
        *(say("why.theme", theme=Named("theme", theme)) for theme in themes),
    ]


def _terms_of(theme: str) -> list[str]:
    return content_terms(label_of("theme", theme), COMMON_LANGUAGE)


def _closeness(evidence: Sequence[Evidence], calibration: Calibration | None) -> list[Said]:
    """How close the best passage is, by the model's bands; nothing where the model has none."""
    if calibration is None or not evidence:
        return []
    return [say(f"why.{calibration.band(max(one.cosine for one in evidence))}")]
