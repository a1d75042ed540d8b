"""What the three `cli.py` share: results on stdout, progress and errors on stderr, quiet when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Protocol

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


class Progress(Protocol):
    """Shows how far a stage is: done of a total, where it is known, and the item at hand."""

    def __call__(self, stage: str, done: int, total: int | None, item: str = "") -> None:
        """Show it."""
        ...


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


def silent(stage: str, done: int, total: int | None, item: str = "") -> None:
    """Progress that nobody watches."""
    del stage, done, total, item


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """One line a stage on stderr: done, rate, time left, the item at hand; nothing when quiet or piped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield silent
        return
    columns = (
        TextColumn("{task.description:<10}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[count]:>15}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[item]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        stages: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int | None, item: str = "") -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=total, count="", item="")
            task = bars.tasks[stages[stage]]
            rate = f"{done / task.elapsed:.0f}/s" if task.elapsed and task.elapsed > 1 else ""
            count = f"{done:,}{f' of {total:,}' if total else ''} {rate}"
            bars.update(stages[stage], completed=done, total=total, count=count, item=item[-50:])

        yield show
