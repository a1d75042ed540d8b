"""The commands of corpus editors: sync, new practice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, note, print_json, print_line, progress
from corpus.errors import InvalidInput
from ingest.report_show import print_report

if TYPE_CHECKING:
    from ingest.follow import Followed

new = typer.Typer(
    help="Templates for what editors write.\n\nExample: learncities new practice cork-reading-rooms",
    no_args_is_help=True,
    rich_markup_mode=None,
)
CatalogueArgument = Annotated[Path, typer.Argument(help="A catalogue, such as corpus/sources.toml.")]


def sync(
    catalogue: CatalogueArgument,
    data: DataOption = None,
    max_age: Annotated[
        float, typer.Option(metavar="HOURS", help="Addresses asked less than this ago are not asked again.")
    ] = 1.0,
    remove_vanished: Annotated[
        bool, typer.Option(help="Take out what is no longer there, or no longer listed.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Follow a catalogue: fetch what changed, tell what vanished, publish. Made to be run again and again by a timer.

    Example: learncities sync corpus/sources.toml
    """
    from datetime import timedelta

    from corpus.settings import load_settings
    from ingest.follow import follow_catalogue

    try:
        fresh = timedelta(hours=max_age)
    except (OverflowError, ValueError):
        raise InvalidInput(f"--max-age {max_age:g} is no number of hours; 0 asks for everything now.") from None
    settings = load_settings(data=data)
    with progress(quiet=as_json) as show:
        done = follow_catalogue(settings, catalogue, fresh, show, remove_vanished)
    if as_json:
        print_json(done.to_json())
    else:
        _print(done)
    if done.report.failures:
        note("Some sources failed; what was held of them stays.")
        raise typer.Exit(3)


def _print(done: Followed) -> None:
    for line in done.lines():
        print_line(line)
    print_report(done.report, as_json=False, remarks=False)


@new.command()
def practice(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Its id and file name: a-z, 0-9 and hyphens.")],
    folder: Annotated[Path, typer.Option(help="Where to write the file.")] = Path(),
    city: Annotated[str | None, typer.Option(help="The city that it is about.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a template of a practice, with what each field is for; `learncities check` tells what it still lacks.

    Example: learncities new practice cork-reading-rooms --city Cork
    """
    from ingest.template import write_practice

    path = write_practice(folder, identity, city)
    if as_json:
        print_json({"file": str(path)})
    else:
        print_line(f"Written: {path}. Fill it in, then: learncities check {path}")
