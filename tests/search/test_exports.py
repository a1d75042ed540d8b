"""Exports hold all of a result set in ranking order, no more than may be shown of it, and the same every time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import InvalidInput, UnknownName
from corpus.rows import HEAD
from search.engine import KnowledgeBase
from search.exports import FORMATS, export, format_named, save
from search.filters import Filters

if TYPE_CHECKING:
    from tests.conftest import Box


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def exported(base: KnowledgeBase, name: str, typed: str = "", chosen: Filters | None = None) -> str:
    return b"".join(export(base, typed, chosen or Filters()).pieces(format_named(name))).decode()


def test_an_export_holds_what_the_search_counts_in_ranking_order(box: Box, practice: Callable[..., Path]) -> None:
    for number in range(8):
        practice(f"cork-{number}", "Night school for bakers.")
    other = {"city": "montpellier", "country": "FR"}
    path = practice("elsewhere", "Night school, dance, theatre, gardening and cooking in all districts.", **other)
    box.ingest(path.parent)
    base = box.open()
    result = base.search("night school", limit=100)
    by_score = sorted(result.hits, key=lambda hit: (-round(hit.score, 6), hit.document.id))
    ranking = [hit.document.id for hit in by_score]
    exported_ids = [row["id"] for row in rows(exported(base, "csv", "night school"))]
    assert exported_ids == ranking
    assert sorted(exported_ids) == sorted(hit.document.id for hit in result.hits)
    assert exported_ids != [hit.document.id for hit in result.hits], "the first page is spread over cities"


def test_an_export_without_a_question_lists_everything_in_the_order_of_browsing(
    box: Box, practice: Callable[..., Path]
) -> None:
    for number in (3, 1, 2):
        path = practice(f"one-{number}", "Night school.", years={"start": None, "source": 2020 + number % 2})
    box.ingest(path.parent)
    base = box.open()
    shown = [hit.document.id for hit in base.search("", limit=100).hits]
    assert [row["id"] for row in rows(exported(base, "csv"))] == shown


SECRET = "Zanzibar"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("typed", ["", "night school"])
@pytest.mark.parametrize(("display", "least", "most"), [("link", 0, 0), ("extract", 1, 60), ("full", 1, 200)])
def test_no_more_is_exported_than_may_be_shown(
    box: Box, write: Callable[..., Path], name: str, typed: str, display: str, least: int, most: int
) -> None:
    text = f"{SECRET} night school for bakers. " * 200
    box.ingest(write("classes.md", f"---\ntitle: Classes\ndisplay: {display}\n---\n\n{text}\n"))
    written = exported(box.open(), name, typed)
    assert "Classes" in written
    assert least <= written.count(SECRET) <= most


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_question_gives_the_same_bytes(box: Box, practice: Callable[..., Path], name: str) -> None:
    box.ingest(practice("one", "Night school.").parent, practice("two", "Night school, again.").parent)
    both, same = Filters({"theme": ("literacy",), "country": ("IE", "FR")}), Filters({"country": ("FR", "IE")})
    first = exported(box.open(), name, "night school", both)
    assert exported(box.open(), name, "night school", Filters({**same.groups, "theme": ("literacy",)})) == first
    assert not re.search(r"\d\d:\d\d", first), "a time of day"


def test_documents_are_read_one_after_the_other(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(*[practice(f"one-{number}", "Night school.") for number in range(4)])
    base = box.open()
    read: list[str] = []
    base.db.set_trace_callback(lambda sql: read.append(sql) if sql.startswith(HEAD) else None)
    records = export(base, "night school", Filters()).records(reasons=False)
    assert len(read) == 0
    next(records)
    assert len(read) == 1


def test_a_search_that_found_nothing_is_noticed(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."))
    assert "Nothing was found" in export(box.open(), '"zeppelin museum"', Filters()).notices[0]
    assert export(box.open(), "night school", Filters()).notices == ()


def test_a_search_that_was_cut_at_its_limit_is_noticed(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."))
    whole = export(box.open(), "night school", Filters())
    full = replace(whole.ranked, found=replace(whole.ranked.found, at_least=True))
    assert "cut at 1 document; narrow it" in replace(whole, ranked=full).notices[0]


def test_a_file_name_is_safe_whatever_was_asked(box: Box, practice: Callable[..., Path]) -> None:
    box.ingest(practice("one", "Night school."))
    base = box.open()
    for typed in ('a"; x=../../etc\\passwd', "ночная школа\r\nSet-Cookie: a=b", "", "夜校 👩‍🏫"):
        name = export(base, typed, Filters()).file_name(FORMATS["bibtex"])
        assert re.fullmatch(r"learncities(-[a-z0-9]+)*-[a-f0-9]{8}\.bib", name)


def test_a_format_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnknownName, match=r"'xls'\. Did you mean: csv, jsonl, ris, bibtex, csl"):
        format_named("xls")
    with pytest.raises(InvalidInput, match="byte order mark is for csv alone"):
        format_named("ris", bom=True)


def test_an_export_that_fails_leaves_the_old_file_and_no_half_of_a_new_one(tmp_path: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise OSError("the disk is full")

    file = tmp_path / "a.csv"
    save(iter([b"old"]), file)
    with pytest.raises(OSError, match="full"):
        save(failing(), file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
