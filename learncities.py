"""The command `learncities`: the commands of ingest, search and api under one name."""

from __future__ import annotations

import io
import sqlite3
import sys

import typer

import api.cli
import ingest.cli
import search.cli
from corpus.errors import Interrupted, InvalidInput, LearnCitiesError

app = typer.Typer(
    name="learncities",
    help="An online resource centre in a box: good practice of learning cities, searched by meaning, cited by page.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_EXIT_CODES = {InvalidInput: 2, Interrupted: 130}
for module in (ingest.cli, search.cli, api.cli):
    module.register(app)


def main(arguments: list[str] | None = None) -> None:
    """Run a command; exit code 0 ok, 1 error, 2 usage, 3 some sources failed, 130 interrupted."""
    sys.exit(_run(arguments))


def _run(arguments: list[str] | None) -> int:
    # What the terminal cannot show is shown as an escape, never as a crash.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    if broken := [argument for argument in given if any("\ud800" <= char <= "\udfff" for char in argument)]:
        sys.stderr.write(f"error: {broken[0]!a} is not text in this terminal's encoding.\n")
        return 2
    try:
        return int(app(arguments, standalone_mode=False) or 0)
    except typer.TyperException as error:
        error.show()  # type: ignore[attr-defined]  # every usage error has it, the base class does not say so
        return error.exit_code
    except LearnCitiesError as error:
        sys.stderr.write(f"error: {error}\n")
        return next((code for kind, code in _EXIT_CODES.items() if isinstance(error, kind)), 1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left; nobody is there to be told
        return 0
    except sqlite3.Error as error:
        sys.stderr.write(f"error: the knowledge base cannot be read or written ({error}). Run `learncities doctor`.\n")
        return 1
    except OSError as error:
        name = f": {error.filename}" if error.filename else ""
        sys.stderr.write(f"error: {error.strerror or error}{name}. Check the folder's rights and the space left.\n")
        return 1


if __name__ == "__main__":
    main()
