"""The commands that ask: search, like, suggest, export, document, and those of the modules beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, SnapshotOption, counted, note, print_json, print_line
from search import cities_cli
from search.brief_cli import brief, overview
from search.calibrate_cli import calibrate
from search.evaluate_cli import evaluate
from search.options import (
    CityOption,
    CitySizeOption,
    CountryOption,
    EvidenceOption,
    IncomeOption,
    KindOption,
    LanguageOption,
    QueryArgument,
    RegionOption,
    SdgOption,
    TargetGroupOption,
    ThemeOption,
    YearFromOption,
    YearToOption,
    chosen_filters,
)

if TYPE_CHECKING:
    from search.engine import KnowledgeBase


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (search, like, suggest, export, themes, overview, document, brief, evaluate, calibrate):
        app.command()(command)
    cities_cli.register(app)


def _open(data: Path | None, snapshot: str | None = None) -> KnowledgeBase:
    from corpus.settings import load_settings
    from search.engine import KnowledgeBase

    return KnowledgeBase.open(load_settings(data=data).data, snapshot)


def search(
    query: QueryArgument = "",
    theme: ThemeOption = None,
    sdg: SdgOption = None,
    region: RegionOption = None,
    country: CountryOption = None,
    city: CityOption = None,
    city_size: CitySizeOption = None,
    income: IncomeOption = None,
    target_group: TargetGroupOption = None,
    evidence: EvidenceOption = None,
    language: LanguageOption = None,
    kind: KindOption = None,
    year_from: YearFromOption = None,
    year_to: YearToOption = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many documents.")] = 5,
    cursor: Annotated[str | None, typer.Option(help="Go on where an earlier answer said.")] = None,
    sort: Annotated[str, typer.Option(help="relevance, year or added (newest first), or title.")] = "relevance",
    as_typed: Annotated[bool, typer.Option("--as-typed", help="Correct no misspelt word.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the parts of each passage's score.")] = False,
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find practices by meaning and by words, with citations and the reason for each.

    Example: learncities search "empty rooms as classrooms" --region "Asia and the Pacific"
    """
    from search.ask import ask
    from search.cursors import snapshot_of
    from search.show import show_result

    groups = {
        "theme": theme, "sdg": sdg, "region": region, "country": country, "city": city, "city_size": city_size,
        "income": income, "target_group": target_group, "evidence": evidence, "language": language, "kind": kind,
    }  # fmt: skip
    chosen = chosen_filters(groups, year_from, year_to)
    base = _open(data, snapshot or snapshot_of(cursor))
    result = ask(base, query, chosen, limit=limit, cursor=cursor, with_facets=as_json, as_typed=as_typed, sort=sort)
    if as_json:
        from search.serialise import result_json

        print_json(result_json(result, explain))
    else:
        show_result(result, explain)


def export(
    query: QueryArgument = "",
    theme: ThemeOption = None,
    sdg: SdgOption = None,
    region: RegionOption = None,
    country: CountryOption = None,
    city: CityOption = None,
    city_size: CitySizeOption = None,
    income: IncomeOption = None,
    target_group: TargetGroupOption = None,
    evidence: EvidenceOption = None,
    language: LanguageOption = None,
    kind: KindOption = None,
    year_from: YearFromOption = None,
    year_to: YearToOption = None,
    form: Annotated[str, typer.Option("--format", help="csv, jsonl, ris, bibtex or csl.")] = "csv",
    output: Annotated[Path | None, typer.Option(help="File to write; printed without one.")] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin the CSV with a byte order mark, for Excel.")] = False,
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a report on the --output file as JSON.")] = False,
) -> None:
    """Everything a search finds as a file, for a spreadsheet, a program or a reference manager.

    Example: learncities export "empty rooms as classrooms" --format ris --output rooms.ris
    """
    from corpus.errors import InvalidInput
    from search.exports import export as export_of
    from search.exports import format_named, save

    if as_json and output is None:
        raise InvalidInput("--json reports on a file: give --output FILE. For documents as JSON, give --format jsonl.")
    groups = {
        "theme": theme, "sdg": sdg, "region": region, "country": country, "city": city, "city_size": city_size,
        "income": income, "target_group": target_group, "evidence": evidence, "language": language, "kind": kind,
    }  # fmt: skip
    wanted, chosen = format_named(form, bom), chosen_filters(groups, year_from, year_to)
    exported = export_of(_open(data, snapshot), query, chosen)
    save(exported.pieces(wanted, bom), output)
    if as_json:
        print_json({**exported.report(), "format": wanted.name, "file": str(output)})
        return
    for notice in exported.notices:
        note(notice)
    if output is not None:
        documents = counted(len(exported.ranked), "document")
        print_line(f"{documents} exported to {output}; snapshot {exported.found.snapshot}")


def like(
    document_id: Annotated[str, typer.Argument(metavar="ID", help="A document id, as search shows it.")],
    passage: Annotated[int | None, typer.Option(min=0, help="Only this passage of it, by its number from 0.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many documents.")] = 5,
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """More like this: the documents nearest in meaning to a document, or to one passage of it.

    Example: learncities like osan-stepping-stone-classrooms
    """
    from search.show import show_result

    result = _open(data, snapshot).similar(document_id, passage=passage, limit=limit)
    if as_json:
        from search.serialise import result_json

        print_json(result_json(result))
    else:
        show_result(result)


def suggest(
    text: Annotated[str, typer.Argument(help="The beginning of any word or name. Empty lists popular themes.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many suggestions.")] = 8,
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Complete what is being typed: themes, places, titles and terms by any of their names.

    Example: learncities suggest liter
    """
    from search.suggest import suggester_of

    found = suggester_of(_open(data, snapshot)).suggest(text, limit)
    if as_json:
        from dataclasses import asdict

        print_json([asdict(suggestion) for suggestion in found])
    else:
        from search.show import show_suggestions

        show_suggestions(text, found)


def themes(
    theme: Annotated[str | None, typer.Argument(metavar="[ID]", help="A theme, by id or name.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """The themes with how many documents carry each; of one theme what the corpus holds on it, and what it lacks.

    Example: learncities themes "healthy ageing"
    """
    from search.show_themes import show_theme, show_themes
    from search.themes import page_json, theme_page, theme_tree, tree_json

    base = _open(data)
    if theme is None:
        tree = theme_tree(base.db)
        print_json(tree_json(tree)) if as_json else show_themes(tree)
    else:
        page = theme_page(base.db, theme)
        print_json(page_json(base, page)) if as_json else show_theme(base, page)


def document(
    document_id: Annotated[str, typer.Argument(metavar="ID", help="A document id, as search shows it.")],
    snapshot: SnapshotOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """One document with its text, figures and sources, as far as its rights allow.

    Example: learncities document cork-learning-neighbourhoods
    """
    found, passages, citation = _open(data, snapshot).document(document_id)
    if as_json:
        from search.serialise import full_document_json

        print_json(full_document_json(found, passages, citation))
    else:
        from search.show import show_document

        show_document(found, passages, citation)
