"""What the three `cli.py` share: results on stdout, progress and errors on stderr, quiet when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from corpus.text import clean

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of the knowledge base [default: data].", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
SnapshotOption = Annotated[
    str | None, typer.Option("--snapshot", help="Ask a published snapshot other than the newest, by its id.")
]
Progress = Callable[[str, int, int], None]


def counted(number: int, noun: str) -> str:
    """`1 document`, `2 documents`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_json(value: Any) -> None:
    """`value` as indented JSON on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_line(text: str = "") -> None:
    """One line on stdout; what a terminal would obey in it is taken out."""
    sys.stdout.write(clean(text) + "\n")


def note(text: str) -> None:
    """One line on stderr."""
    sys.stderr.write(clean(text) + "\n")


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None) -> None:
    """A table on stdout; an empty one prints nothing."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else clean(str(cell))) for cell in row))
    console = Console()
    # A pipe has no width of its own: lines stay whole for the program that reads them.
    (console if console.is_terminal else Console(width=200)).print(table)


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar on stderr with the item at hand and the time left; nothing when quiet or piped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _item, _done, _total: None
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(item: str, done: int, total: int) -> None:
            bar.update(task, description=item[-60:], completed=done, total=total)

        yield show
