"""The overview as plain values, and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from corpus.console import counted, print_line, print_table
from corpus.taxonomy import Term
from search.empty_searches import SHOWN_FROM, EmptySearch
from search.overview import Overview
from search.serialise import Json

_GAPS_SHOWN = 15


def overview_json(found: Overview, empty: Sequence[EmptySearch] | None) -> Json:
    """The one shape that `--json` prints and the API serves; `empty_searches` is null where they are not counted."""
    return {
        "snapshot": found.snapshot,
        "documents": found.documents,
        "themes": _labels(found.themes),
        "regions": _labels(found.regions),
        "city_sizes": _labels(found.city_sizes),
        "cells": [{key: value if value != "" else None for key, value in asdict(cell).items()} for cell in found.cells],
        "gaps": [{key: value if value != "" else None for key, value in asdict(gap).items()} for gap in found.gaps],
        "empty_searches": None if empty is None else [asdict(entry) for entry in empty],
    }


def show_overview(found: Overview, empty: Sequence[EmptySearch] | None) -> None:
    """Themes by region and by size of city, then what is missing."""
    print_line(f"{counted(found.documents, 'document')}; snapshot {found.snapshot}\n")
    rows = [
        (
            theme.label(),
            *(found.count(theme.id, region.id) for region in found.regions),
            *(found.count(theme.id, city_size=size.id) for size in found.city_sizes),
            found.count(theme.id),
        )
        for theme in found.themes
    ]
    columns = ["theme", *(term.label() for term in found.regions), *(term.id for term in found.city_sizes), "all"]
    print_table(columns, rows)
    print_line(
        "\nA document counts once in each cell that it belongs to; cities of unknown size count under no size.\n"
    )
    for gap in found.gaps[:_GAPS_SHOWN]:
        options = gap.search.replace("&", " --").replace("=", " ")
        print_line(f"{gap.words}  (search --{options})")
    if len(found.gaps) > _GAPS_SHOWN:
        print_line(f"… and {len(found.gaps) - _GAPS_SHOWN} more gaps (--json lists all).")
    if empty is not None:
        print_line(f"\nSearched for in vain, {SHOWN_FROM} times or more:" if empty else "\nNo search in vain to show.")
        print_table(("question", "times"), [(entry.query, entry.count) for entry in empty])


def _labels(terms: Sequence[Term]) -> list[Json]:
    return [{"id": term.id, "label": term.label()} for term in terms]
