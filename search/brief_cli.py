"""The commands for planners who decide: brief, overview."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus.console import DataOption, JsonOption, SnapshotOption, print_json, print_line


def brief(
    document_id: Annotated[str, typer.Argument(metavar="ID", help="A document id, as search shows it.")],
    city: Annotated[str, typer.Option("--for", help="The member city that asks, by name or id.")],
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Would it work here: quoted sentences on problem, cost, partners and more, and how the cities differ.

    Example: learncities brief osan-stepping-stone-classrooms --for Cork > brief.md
    """
    from corpus.settings import load_settings
    from search.asked import find_city
    from search.brief import brief as brief_of
    from search.brief_views import brief_json, brief_markdown
    from search.engine import KnowledgeBase

    asking = find_city(city).context
    found = brief_of(KnowledgeBase.open(load_settings(data=data).data, snapshot), document_id, asking)
    if as_json:
        print_json(brief_json(found))
        return
    for line in brief_markdown(found):
        print_line(line)


def overview(snapshot: SnapshotOption = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """Where the corpus is thick and where it is thin: documents by theme, region and size of city, and the gaps.

    Example: learncities overview
    """
    from corpus.settings import load_settings
    from search.empty_searches import shown
    from search.engine import KnowledgeBase
    from search.overview import overview as overview_of
    from search.overview_views import overview_json, show_overview

    settings = load_settings(data=data)
    found, empty = overview_of(KnowledgeBase.open(settings.data, snapshot)), shown(settings)
    if as_json:
        print_json(overview_json(found, empty))
    else:
        show_overview(found, empty)
