"""The commands about cities: similar, compare, cities."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, SnapshotOption, note, print_json

if TYPE_CHECKING:
    from search.engine import KnowledgeBase

_Weight = float | None


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (similar, compare, cities):
        app.command()(command)


def _open(data: Path | None, snapshot: str | None = None) -> KnowledgeBase:
    from corpus.settings import load_settings
    from search.engine import KnowledgeBase

    return KnowledgeBase.open(load_settings(data=data).data, snapshot)


def similar(
    city: Annotated[
        str, typer.Argument(help="A city by name, in any script, of the corpus or not; `Name, Country` is understood.")
    ] = "",
    profile: Annotated[str, typer.Option(help='A city described in words: "a town of 80,000, little money".')] = "",
    theme: Annotated[str | None, typer.Option(help="Compare by this theme alone.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many cities.")] = 5,
    preset: Annotated[
        str, typer.Option(help="balanced, size-and-income, region or practice-only; the options below change it.")
    ] = "balanced",
    context: Annotated[_Weight, typer.Option(min=0, max=100, help="Weight of size, income and the like.")] = None,
    practice: Annotated[_Weight, typer.Option(min=0, max=100, help="Weight of what the cities do.")] = None,
    weights: Annotated[str, typer.Option(help="Weights of single indicators: population=3,income=0.")] = "",
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cities comparable to a city, with reasons, what is unknown, and practices worth a call.

    Example: learncities similar Cork --theme health
    """
    from corpus.taxonomy import load_taxonomy
    from search.cities import asked_for, similar_cities
    from search.weights import chosen_weights

    counted = chosen_weights(preset, context, practice, weights)
    wanted = load_taxonomy().themes.find(theme).id if theme else None
    asked = asked_for(city, profile)
    base = _open(data, snapshot)
    found = similar_cities(base, asked, limit, counted, wanted)
    if as_json:
        from search.cities_json import peers_json

        print_json(peers_json(asked, found, counted, wanted, base.snapshot.id))
    else:
        from search.show_cities import show_peers

        show_peers(asked, found)


def compare(
    cities: Annotated[list[str], typer.Argument(metavar="CITY...", help="Two to five cities, by name.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV for a spreadsheet.")] = False,
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Two to five cities side by side: what is known of each with its source, themes and practices.

    Example: learncities compare Cork Limerick "London, Canada"
    """
    from search.compare import compare as compare_cities
    from search.compare import csv_of

    base = _open(data, snapshot)
    comparison = compare_cities(base, cities)
    if as_json:
        from search.cities_json import comparison_json

        print_json(comparison_json(comparison, base.snapshot.id))
    elif as_csv:
        for said in comparison.notes:
            note(said)
        sys.stdout.write(csv_of(comparison))
    else:
        from search.show_cities import show_comparison

        show_comparison(comparison)


def cities(
    country: Annotated[str | None, typer.Option(help="Only cities of this country.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """The cities of the network that are known here, with how many practices there are of each.

    Example: learncities cities --country Ireland
    """
    from corpus.places import load_gazetteer
    from search.cities import practice_counts
    from search.serialise import city_json

    gazetteer = load_gazetteer()
    wanted = gazetteer.country(country).iso2 if country else None
    counts = practice_counts(_open(data))
    found = [c for c in gazetteer.cities.values() if wanted in (None, c.country)]
    found.sort(key=lambda c: (-counts.get(c.id, 0), c.name))
    if as_json:
        print_json([city_json(c, counts.get(c.id, 0)) for c in found])
        return
    from search.show_cities import show_cities

    show_cities(found, counts)
