"""Themes in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.console import print_line, print_table
from search.filters import label_of
from search.results import FacetValue, cite
from search.themes import Theme, ThemePage

if TYPE_CHECKING:
    from search.engine import KnowledgeBase


def show_themes(tree: Sequence[Theme]) -> None:
    """Print the themes with their counts."""
    rows = [(theme.term.label(), theme.count, theme.count - theme.editors, theme.term.id) for theme in tree]
    print_table(("theme", "documents", "of them assigned", "id"), rows)


def show_theme(base: KnowledgeBase, page: ThemePage) -> None:
    """Print what the corpus holds on a theme, and what it lacks."""
    term = page.theme.term
    print_line(f"{term.label()}: {page.theme.count} documents, {page.theme.editors} of them by the editors' choice")
    print_line(term.descriptions["en"])
    for rowid in page.practices:
        document = base.document_at(rowid)
        shown = ", ".join(label_of("evidence", e.value) for e in document.labels if e.kind == "evidence")
        print_line(f"\n{document.title} [{document.id}]")
        print_line(f"  evidence: {shown or 'none found'}")
        print_line(f"  {cite(document).text}")
    print_line("")
    for name, values in (("Cities", page.cities), ("Regions", page.regions), ("City sizes", page.city_sizes)):
        print_line(f"{name}: {_counted(values) or 'none'}")
    print_line(f"Often together with: {_counted(page.neighbours) or 'none'}")
    for gaps in page.missing.values():
        for gap in gaps:
            print_line(f"Nothing from: {gap.label} ({gap.documents} documents on other themes)")


def _counted(values: Sequence[FacetValue]) -> str:
    return ", ".join(f"{value.label} ({value.count})" for value in values)
