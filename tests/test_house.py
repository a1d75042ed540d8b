"""The house itself: five rooms with a docstring each, commands with help, and nothing heavy before it is needed."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import learncities

ROOT = Path(learncities.__file__).parent
ROOMS = ("api", "corpus", "index", "ingest", "search")
HEAVY = (
    "faiss",
    "fastapi",
    "mcp",
    "onnxruntime",
    "pydantic_settings",
    "sentence_transformers",
    "torch",
    "transformers",
)


def flat(group: Any, above: str = "") -> dict[str, Any]:
    """Every command by its full name; a group of commands is none itself."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found |= flat(command, f"{above}{name} ") if hasattr(command, "commands") else {above + name: command}
    return found


COMMANDS = flat(typer.main.get_command(learncities.app))


def modules_after(code: str) -> set[str]:
    """The names of all modules that a fresh Python holds after running `code` in the repository."""
    report = "import json, sys\nsys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_the_repository_is_where_the_tests_are() -> None:
    assert Path(__file__).parents[1] == ROOT


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_resolves_to_its_own_folder(room: str) -> None:
    spec = importlib.util.find_spec(room)
    assert spec is not None
    assert spec.origin == str(ROOT / room / "__init__.py")


@pytest.mark.parametrize("room", [*ROOMS, "ingest/formats"])
def test_each_room_says_what_comes_in_what_goes_out_and_what_is_next(room: str) -> None:
    docstring = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert "In come " in docstring
    assert "out go" in docstring
    assert "Next: " in docstring


@pytest.mark.parametrize(
    "package", [p for room in ROOMS for p in (ROOT / room).rglob("__init__.py")], ids=lambda path: path.parent.name
)
def test_a_package_file_holds_a_docstring_and_nothing_else(package: Path) -> None:
    body = ast.parse(package.read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert ast.get_docstring(ast.Module(body, []))


def test_the_tests_have_no_packages_that_would_shadow_the_rooms() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_after("import learncities\ntry:\n learncities.main(['--help'])\nexcept SystemExit:\n pass")
    assert loaded.isdisjoint(HEAVY)


def test_a_search_in_the_terminal_does_not_load_torch(starter_data: Path) -> None:
    arguments = ["search", "libraries in every village", "--data", str(starter_data)]
    loaded = modules_after(f"import learncities\nassert learncities._run({arguments!r}) == 0")
    assert "onnxruntime" in loaded
    assert loaded.isdisjoint({"torch", "sentence_transformers", "transformers", "fastapi"})


def test_the_served_application_does_not_load_torch() -> None:
    loaded = modules_after("import api.app")
    assert "fastapi" in loaded
    assert loaded.isdisjoint({"torch", "sentence_transformers", "transformers", "bs4", "pypdf"})
    # Only where the operator wants them.
    assert loaded.isdisjoint({"mcp", "prometheus_client"})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    text = COMMANDS[name].help or ""
    assert len(text.splitlines()[0]) > 20
    assert f"Example: learncities {name}" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_explained(name: str) -> None:
    unexplained = [p.name for p in COMMANDS[name].params if p.name != "help" and not getattr(p, "help", None)]
    assert unexplained == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("serve", "mcp")])
def test_every_command_that_prints_data_can_print_json(name: str) -> None:
    assert "--json" in [option for parameter in COMMANDS[name].params for option in parameter.opts]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("check", "embed", "new practice")])
def test_every_command_that_needs_a_knowledge_base_takes_its_folder(name: str) -> None:
    assert "--data" in [option for parameter in COMMANDS[name].params for option in parameter.opts]


def test_the_commands_of_all_rooms_come_under_one_name() -> None:
    assert {"ingest", "search", "similar", "document", "evaluate", "serve"} <= set(COMMANDS)


def test_no_page_of_ours_holds_a_placeholder_or_a_picture_that_is_not_there() -> None:
    pages = ("README.md", "CONTRIBUTING.md", "benchmarks/README.md", "corpus/README.md", "docs/editors.md")
    for page in (ROOT / name for name in pages):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"\b[A-Z]+_TABLE\b|\bTODO\b|\bFIXME\b", text)
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_that_the_readme_or_its_pages_name_exists() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    command = re.compile(r"(?:^|[`/]|\$ )learncities ([a-z]+)", re.MULTILINE)
    named = {name for page in pages for name in command.findall(page.read_text(encoding="utf-8"))}
    known = {command.callback.__name__ for command in learncities.app.registered_commands if command.callback}
    assert named - known - {group.name for group in learncities.app.registered_groups} == set()
    assert known - named == set(), "a command that neither the README nor a page of docs/ mentions"
