"""The commands `learncities thesaurus import`, `show` and `remove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.console import DataOption, JsonOption, note, print_json, print_line, print_table, progress

if TYPE_CHECKING:
    from corpus.thesaurus import Thesaurus

app = typer.Typer(
    help="A SKOS thesaurus whose names widen questions and carry other languages across.\n\n"
    "Example: learncities thesaurus import unesco-thesaurus.ttl",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_PUBLISH = "Searches use it from the next snapshot on: run `learncities rebuild` (or `learncities ingest`)."


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A SKOS file: RDF/XML, Turtle, N-Triples or JSON-LD.")],
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read a SKOS thesaurus into the data folder, in the place of an older one.

    Example: learncities thesaurus import unesco-thesaurus.ttl
    """
    from corpus.thesaurus import load_thesaurus, save_thesaurus
    from ingest.thesaurus import read_skos

    path = _path(data)
    with progress(quiet=as_json) as show:
        found = read_skos(file, show)
    save_thesaurus(found, path)
    _print(load_thesaurus(path), as_json)
    note(_PUBLISH)


@app.command()
def show(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Show which thesaurus the data folder holds, its licence, and its concepts by language.

    Example: learncities thesaurus show
    """
    from corpus.errors import NotFound
    from corpus.thesaurus import load_thesaurus

    path = _path(data)
    if not path.is_file():
        raise NotFound("No thesaurus was imported. Run `learncities thesaurus import FILE`.")
    _print(load_thesaurus(path), as_json)


@app.command()
def remove(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Take the thesaurus out of the data folder.

    Example: learncities thesaurus remove
    """
    path = _path(data)
    held = path.is_file()
    path.unlink(missing_ok=True)
    if as_json:
        print_json({"removed": held})
    else:
        print_line("Removed." if held else "There was none.")
    if held:
        note("Published snapshots keep it: run `learncities rebuild` to publish without it.")


def _path(data: Path | None) -> Path:
    from corpus.settings import load_settings
    from corpus.thesaurus import THESAURUS_FILE

    return load_settings(data=data).data / THESAURUS_FILE


def _print(thesaurus: Thesaurus, as_json: bool) -> None:
    languages = sorted({code for concept in thesaurus.concepts for code in concept.preferred})
    counts = {code: sum(code in concept.preferred for concept in thesaurus.concepts) for code in languages}
    facts = {
        "title": thesaurus.title,
        "licence": thesaurus.licence,
        "attribution": thesaurus.attribution,
        "source": thesaurus.source,
        "concepts": len(thesaurus.concepts),
        "by_language": counts,
        "hash": thesaurus.hash,
    }
    if as_json:
        print_json(facts)
        return
    facts["by_language"] = ", ".join(f"{code} {count:,}" for code, count in counts.items())
    print_table(("what", "value"), [(name.replace("_", " "), value) for name, value in facts.items()])
