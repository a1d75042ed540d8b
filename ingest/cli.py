"""The commands that write: ingest, remove, rebuild, check, status, doctor, thesaurus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, counted, note, print_json, print_line, print_table, progress
from ingest import follow_cli, thesaurus_cli
from ingest.report_show import print_report, shown

if TYPE_CHECKING:
    from corpus.settings import Settings

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="A sentence-transformers name or folder [default: the bundled English model].",
        show_default=False,
    ),
]
SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help="Files, folders or ZIP archives (HTML, PDF, DOCX, EPUB, Markdown, text, tables of practices), addresses "
        "of pages, sitemaps or feeds, catalogues (.toml). None: the starter corpus.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (ingest, follow_cli.sync, remove, rebuild, check, status, doctor):
        app.command()(command)
    app.add_typer(follow_cli.new, name="new")
    app.add_typer(thesaurus_cli.app, name="thesaurus")


def ingest(
    sources: SourcesArgument = None,
    data: DataOption = None,
    model: ModelOption = None,
    password: Annotated[str | None, typer.Option(help="Password for encrypted PDFs.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=HEADING", help="Which column of a table holds a field; repeatable."),
    ] = None,
    root: Annotated[str | None, typer.Option(help="A name for the one SOURCE given, instead of its own.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Files or pages that are wanted, as in .gitignore.")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="Files or pages to pass over, as in .gitignore.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what became of each source as FILE.json and FILE.html.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Read and cut everything, embed, store and publish nothing.")] = False,
    preview: Annotated[
        bool, typer.Option(help="Show how the sources will be cut, labelled and shown; store and publish nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read sources into the knowledge base and publish it. Unchanged sources cost nothing.

    Example: learncities ingest reports/ a-page.html --report outcome
    """
    from corpus.errors import InvalidInput
    from corpus.settings import load_settings
    from ingest.formats.raw import Reading
    from ingest.formats.tables.columns import given_columns
    from ingest.gather import gather
    from ingest.patterns import Patterns
    from ingest.run import ingest_walk, open_web

    settings = load_settings(data=data, model=model)
    if root is not None and len(sources or []) != 1:
        raise InvalidInput("--root names one source; give exactly one.")
    reading = Reading(password, given_columns(columns or []), settings.ocr_languages)
    with progress(quiet=as_json) as show, open_web(settings, None, show) as web:
        found = gather(sources or [], web, root, Patterns(tuple(only or ()), tuple(skip or ())))
        if preview:
            from ingest.preview import look_at

            previews = look_at(settings, found.walk, show, reading)
        else:
            done = ingest_walk(settings, found.walk, show, reading, dry_run)
    if preview:
        from ingest.preview_show import show_previews

        show_previews(previews, as_json)
        return
    print_report(done, as_json)
    if report is not None:
        from ingest.report_page import write_report

        note(f"Report written to {' and '.join(str(path) for path in write_report(done, report))}.")
    if done.failures:
        raise typer.Exit(3)


def remove(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Document ids, as search shows them.")
    ] = None,
    vanished: Annotated[bool, typer.Option(help="Remove what is no longer among the SOURCES given.")] = False,
    source: Annotated[
        list[Path] | None, typer.Option(help="With --vanished: the files or folders to compare with.")
    ] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take documents out of the knowledge base and publish it.

    Example: learncities remove cork-learning-neighbourhoods
    """
    from corpus.errors import InvalidInput
    from corpus.settings import load_settings
    from ingest.run import remove_documents, remove_vanished
    from ingest.sources import walk

    settings = load_settings(data=data)
    if bool(ids) == vanished or vanished != bool(source):
        raise InvalidInput("Give document ids, or --vanished with the --source it is about.")
    removed, snapshot = (
        remove_vanished(settings, walk(source or [])) if vanished else remove_documents(settings, ids or [])
    )
    if as_json:
        print_json({"removed": removed, "snapshot": snapshot})
    else:
        print_line(f"Removed {len(removed)}: {', '.join(removed) or 'nothing'}. Snapshot {snapshot}.")


def rebuild(data: DataOption = None, model: ModelOption = None, as_json: JsonOption = False) -> None:
    """Publish the knowledge base again from what is stored; with --model, embed it all with another model.

    Example: learncities rebuild
    """
    from corpus.settings import load_settings
    from ingest.run import rebuild_all

    with progress(quiet=as_json) as show:
        report = rebuild_all(load_settings(data=data, model=model), show)
    print_report(report, as_json)


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Files of the corpus or catalogues [default: the starter corpus]."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check practices, facts of the network, catalogues, places and taxonomy; each fault with its file and line.

    Example: learncities check corpus/practices/cork-learning-neighbourhoods.md
    """
    from corpus.catalogue import ENDING, FILE
    from corpus.check import check_all
    from corpus.errors import InvalidInput
    from ingest.sources import starter_files

    paths = files or [*starter_files(), FILE]
    if missing := [path for path in paths if not path.is_file()]:
        raise InvalidInput(f"There is no file {str(missing[0])!r}.")
    catalogues = [path for path in paths if path.suffix.lower() == ENDING]
    summaries = [path for path in paths if path not in catalogues]
    faults = check_all(summaries, catalogues)
    if as_json:
        print_json([{"file": fault.file, "line": fault.line, "reason": fault.reason} for fault in faults])
    else:
        for fault in faults:
            print_line(str(fault))
        kinds = ((summaries, "document"), (catalogues, "catalogue"))
        what = " and ".join(counted(len(some), noun) for some, noun in kinds if some)
        print_line(f"{what} checked, {counted(len(faults), 'fault')}.")
    if faults:
        raise typer.Exit(1)


def status(data: DataOption = None, as_json: JsonOption = False) -> None:
    """What the knowledge base holds and which snapshot is published.

    Example: learncities status
    """
    from corpus.settings import load_settings
    from ingest.run import describe

    facts = describe(load_settings(data=data))
    if as_json:
        print_json(facts)
    else:
        print_table(("what", "value"), [(key.replace("_", " "), shown(value)) for key, value in facts.items()])


def doctor(data: DataOption = None, model: ModelOption = None, as_json: JsonOption = False) -> None:
    """Check model, data folder and published snapshot thoroughly, and say what to do about each fault.

    Example: learncities doctor
    """
    from corpus.settings import load_settings
    from ingest.doctor import examine

    findings = examine(load_settings(data=data, model=model))
    if as_json:
        print_json([{"what": f.what, "ok": f.ok, "detail": f.detail} for f in findings])
    else:
        print_table(("", "what", "detail"), [("ok" if f.ok else "FAULT", f.what, f.detail) for f in findings])
    if not all(finding.ok for finding in findings):
        note("Some checks failed.")
        raise typer.Exit(1)


__all__ = ["Settings", "register"]
