"""ZIP archives of documents: walked member by member, never out of themselves, within limits."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.formats import archive
from ingest.sources import walk
from tests.conftest import Box
from tests.ingest.published import verdicts

Write = Callable[..., Path]


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return made.getvalue()


def rooms(name: str) -> bytes:
    return f"# Room {name}\n\nRoom {name} is open.".encode()


@pytest.fixture
def fault(box: Box, write: Write) -> Callable[[bytes], str]:
    """Why an archive is refused."""

    def to(data: bytes) -> str:
        (outcome,) = box.ingest(write("all.zip", data)).outcomes
        assert outcome.verdict == "failed"
        return outcome.note

    return to


def test_the_usable_members_of_an_archive_are_sources(box: Box, write: Write) -> None:
    members = {"b.md": rooms("b"), "deep/a.md": rooms("a"), "x.png": b"x", ".hidden.md": b"x", "__MACOSX/a.md": b"x"}
    path = write("all.zip", packed(members))
    assert [file.source for file in walk([path]).files] == ["all.zip#b.md", "all.zip#deep/a.md"]
    assert verdicts(box.ingest(path)) == ["new", "new"]
    assert verdicts(box.ingest(path)) == ["unchanged", "unchanged"]


def test_an_archive_in_a_folder_is_walked_too_and_follows_its_members(box: Box, write: Write) -> None:
    path = write("in/all.zip", packed({"a.md": rooms("a"), "b.md": rooms("b")}))
    write("in/c.md", rooms("c"))
    assert verdicts(box.ingest(path.parent)) == ["new"] * 3
    write("in/all.zip", packed({"a.md": rooms("a"), "b.md": rooms("another")}))
    assert verdicts(box.ingest(path.parent)) == ["unchanged", "changed", "unchanged"]
    write("in/all.zip", packed({"a.md": rooms("a")}))
    assert verdicts(box.ingest(path.parent)) == ["unchanged", "unchanged", "vanished"]


def test_rows_of_a_table_in_a_broken_archive_have_not_vanished(box: Box, write: Write) -> None:
    table = b"title,description\nA,The first row is open.\nB,The second is.\n"
    path = write("all.zip", packed({"rows.csv": table, "a.md": rooms("a")}))
    assert verdicts(box.ingest(path)) == ["new"] * 3
    path.write_bytes(b"PK\x03\x04 broken")
    assert verdicts(box.ingest(path)) == ["failed"]


@pytest.mark.parametrize("name", ["../out.md", "/etc/out.md", "a/../../out.md", "C:/out.md", "..\\out.md"])
def test_a_path_outside_of_the_archive_is_refused(fault: Callable[[bytes], str], name: str) -> None:
    assert "a path outside of itself" in fault(packed({"a.md": rooms("a"), name: rooms("out")}))


def test_count_size_and_ratio_have_limits(fault: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "as a ZIP bomb does" in fault(packed({"a.md": b"\0" * (20 * 2**20)}))
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert "more than 3 files" in fault(packed({f"{n}.md": rooms("a") for n in range(4)}))
    monkeypatch.setattr(archive, "MAX_TOTAL", 2)
    assert "unpacks to more than" in fault(packed({"a.md": rooms("a")}))


def test_links_in_an_archive_are_passed_over(box: Box, write: Write) -> None:
    made = io.BytesIO(packed({"a.md": rooms("a")}))
    with zipfile.ZipFile(made, "a") as file:
        link = zipfile.ZipInfo("passwords.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    path = write("all.zip", made.getvalue())
    assert [file.source for file in walk([path]).files] == ["all.zip#a.md"]


def test_what_holds_nothing_usable_or_is_no_archive_is_told(fault: Callable[[bytes], str]) -> None:
    assert "no usable file in it" in fault(packed({"x.png": b"x"}))
    assert "not a readable ZIP file" in fault(b"no archive")
