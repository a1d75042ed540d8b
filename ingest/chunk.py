"""Sections become passages of one kind: whole sentences, never across a section, within the model's token limit.

Tokens are counted by the model's own tokenizer over what is really embedded: title and section, then the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.models import Document, Page, Passage, PassageKind, Section
from corpus.text import sentences
from index.embedder import Embedder
from ingest.kinds import kind_of
from ingest.stretches import stretches

VERSION = "3"
Span = tuple[int, int]
# A passage is what is quoted: past this many tokens a reader scrolls. Fewer where the model takes fewer.
TARGET_TOKENS = 200
# A tokenizer may count a "word" of a million letters as one unknown token; no passage grows beyond this.
MAX_CHARACTERS = 2000
# Of the model's limit, title and section may take this share at most; the rest is for the text.
_CONTEXT_SHARE = 0.25


def chunk(document: Document, embedder: Embedder) -> list[Passage]:
    """The passages of a document, in order; every one fits the model, nothing is truncated."""
    passages: list[Passage] = []
    for section in document.sections:
        context = len(embedder.token_spans(context_of(document.title, section.path, embedder)))
        # Two tokens in hand: the joint between context and text may be cut differently than its parts.
        limit = min(TARGET_TOKENS, embedder.max_tokens - embedder.overhead() - context - 2)
        for start, end, junk in stretches(document.text, section.start, section.end, section.path):
            pieces = _pieces(document.text, (start, end), document.language, embedder, limit)
            for span, tokens in _pack(pieces, limit):
                passages.append(_passage(document, section, len(passages), span, junk, tokens))
    return passages


def _passage(
    document: Document, section: Section, ordinal: int, span: Span, junk: PassageKind | None, tokens: int
) -> Passage:
    text = document.text[span[0] : span[1]]
    # A piece of a contents list may look like a heading: it is what its surroundings are.
    kind = junk or kind_of(text, section.path)
    index, label = _pages(document.pages, *span)
    return Passage(ordinal, text, *span, section.path, kind, tokens, index, label)


def context_of(title: str, section: tuple[str, ...], embedder: Embedder) -> str:
    """Title and headings as they are put before the text when it is embedded, cut to their share of the model."""
    context = " › ".join((title, *section))
    spans = embedder.token_spans(context)
    allowed = int(embedder.max_tokens * _CONTEXT_SHARE)
    return context if len(spans) <= allowed else context[: spans[allowed - 1][1]]


def embedded_text(title: str, passage: Passage, embedder: Embedder) -> str:
    """What is embedded for a passage."""
    return f"{context_of(title, passage.section, embedder)}\n{passage.text}"


def _pieces(
    text: str, section: Span, language: str | None, embedder: Embedder, limit: int
) -> Iterator[tuple[Span, int]]:
    """Sentences with their token counts; one that alone is too long is cut between words."""
    offset = section[0]
    for start, end in sentences(text[section[0] : section[1]], language):
        for first, last in _bounded(text, offset + start, offset + end):
            spans = embedder.token_spans(text[first:last])
            if len(spans) <= limit:
                yield (first, last), len(spans)
            else:
                yield from _cut(text, (first, last), spans, limit)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence in stretches of at most MAX_CHARACTERS, cut between words where it has any."""
    while end - start > MAX_CHARACTERS:
        space = text.rfind(" ", start + 1, start + MAX_CHARACTERS)
        stop = space + 1 if space > 0 else start + MAX_CHARACTERS
        yield start, stop if space < 0 else space
        start = stop
    if start < end:
        yield start, end


def _cut(text: str, sentence: Span, spans: list[Span], limit: int) -> Iterator[tuple[Span, int]]:
    start, end = sentence
    first = 0
    while first < len(spans):
        last = min(first + limit, len(spans))
        # Step back to a word's beginning, unless the whole stretch is one word.
        while last < len(spans) and last > first + 1 and not text[start + spans[last][0] - 1].isspace():
            last -= 1
        if last == first + 1 and limit > 1:
            last = min(first + limit, len(spans))
        stop = start + spans[last][0] if last < len(spans) else end
        piece = text[start + spans[first][0] : stop].rstrip()
        begin = start + spans[first][0]
        yield (begin, begin + len(piece)), last - first
        first = last


def _pack(pieces: Iterator[tuple[Span, int]], limit: int) -> Iterator[tuple[Span, int]]:
    """Neighbouring sentences put together while they fit."""
    current: Span | None = None
    total = 0
    for span, tokens in pieces:
        if current is not None and total + tokens <= limit and span[1] - current[0] <= MAX_CHARACTERS:
            current, total = (current[0], span[1]), total + tokens
            continue
        if current is not None:
            yield current, total
        current, total = span, tokens
    if current is not None:
        yield current, total


def _pages(pages: tuple[Page, ...], start: int, end: int) -> tuple[tuple[int, int] | None, tuple[str, str] | None]:
    """First and last page that the span touches, by index and by printed label."""
    touched = [page for page in pages if page.start < end and page.end > start]
    if not touched:
        return None, None
    first, last = touched[0], touched[-1]
    labels = (first.label or str(first.index), last.label or str(last.index))
    return (first.index, last.index), labels
