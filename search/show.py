"""Results as a terminal shows them: plain lines, marks in bold where the terminal can."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from corpus.console import counted, print_line, print_table
from corpus.models import Document
from corpus.text import clean, squeeze
from search.filters import label_of
from search.results import Citation, Hit, PassageHit, SearchResult
from search.suggestible import Suggestion

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def show_result(result: SearchResult, explain: bool = False) -> None:
    """The hits of a search, with passages, citations and reasons."""
    for notice in result.notices:
        print_line(notice)
    if result.corrected:
        print_line("Ask again with --as-typed to search for the words as you typed them.")
    if result.did_you_mean:
        print_line(f"Did you mean “{result.did_you_mean}”? It finds more.")
    if result.expansions:
        also = "; ".join(f"{', '.join(e.also[:3])} (for {e.asked})" for e in result.expansions)
        print_line(f"Searched also for: {also}.{f' {result.attribution}' if result.attribution else ''}")
    if result.total:
        relation = "at least " if result.total_relation == "at_least" else ""
        print_line(f"{relation}{counted(result.total, 'document')}; snapshot {result.snapshot}\n")
    for number, hit in enumerate(result.hits or result.nearest, start=1):
        show_hit(number, hit, explain)
    if result.next_cursor:
        print_line(f"More: ask again with --cursor {result.next_cursor}")


def show_suggestions(typed: str, found: Sequence[Suggestion]) -> None:
    """Suggestions, each with what it is and how to search for it."""
    if not found:
        print_line(f"Nothing here begins with “{typed[:60]}”.")
    rows = []
    for entry in found:
        chosen = " ".join(f'--{group.replace("_", "-")} "{value}"' for group, value in entry.filters.items())
        rows.append((entry.text, entry.explanation, chosen or "the text itself", entry.documents))
    print_table(("suggestion", "what it is", "search with", "documents"), rows)


def show_hit(number: int, hit: Hit, explain: bool = False) -> None:
    """One hit; `explain` adds the parts of its passages' scores."""
    document = hit.document
    print_line(f"{number}. {document.title}  [{document.id}]")
    if place := _place(document):
        print_line(f"   {place}")
    for passage in hit.passages:
        where = " › ".join((*passage.section, *([f"p. {passage.page_label}"] if passage.page_label else [])))
        if where:
            print_line(f"   {where}:")
        _print_marked(passage)
        if explain and (parts := passage.evidence):
            print_line(f"     score {parts.score:.3f}: meaning {parts.cosine:.3f}, words {parts.words:.3f}")
    if not hit.passages:
        print_line("   (its rights allow the link only)")
    for reason in hit.why:
        print_line(f"   {reason}")
    print_line(f"   Cite: {hit.citation.text}")
    for other in hit.also:
        print_line(f"   Also, nearly the same: {other.title}  [{other.id}]")
    for note in document.trust:
        print_line(f"   Note: {note}")
    print_line()


def _place(document: Document) -> str:
    cities = ", ".join(label_of("city", city) for city in document.cities)
    countries = ", ".join(label_of("country", country) for country in document.countries)
    year = str(document.year) if document.year else ""
    return " · ".join(part for part in (cities, countries, year, document.publisher) if part)


def _print_marked(passage: PassageHit) -> None:
    """The passage with its highlights in bold; the text itself can hold no terminal codes."""
    if not sys.stdout.isatty():
        print_line(f"     {squeeze(passage.text)}")
        return
    pieces, position = [], 0
    for start, end in passage.highlights:
        pieces += [_clean(passage.text[position:start]), _BOLD, _clean(passage.text[start:end]), _PLAIN]
        position = end
    sys.stdout.write("     " + "".join(pieces) + _clean(passage.text[position:]) + "\n")


def _clean(text: str) -> str:
    """`text` on one line without what a terminal would obey; as many code points as before."""
    return "".join(" " if clean(char) != char or char in "\n\t" else char for char in text)


def show_document(document: Document, passages: Sequence[PassageHit], citation: Citation) -> None:
    """A document with all of its text that may be shown."""
    print_line(document.title)
    print_line(_place(document) + "\n")
    section: tuple[str, ...] | None = None
    for passage in passages:
        if passage.section != section:
            section = passage.section
            print_line("## " + " › ".join(section) if section else "")
        print_line(passage.text + "\n")
    for figure in document.figures:
        print_line(f"  {figure.value}: {figure.what}")
    for reference in document.references:
        print_line(
            f"  Source: {reference.title}. {reference.publisher}. {reference.link or f'({reference.nature}, no link)'}"
        )
    for note in document.trust:
        print_line(f"  Note: {note}")
    print_line(f"Cite: {citation.text}")
