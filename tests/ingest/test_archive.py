"""A ZIP-based file is opened under limits; a bomb, a false statement or a path outside ends in one reason."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from contextlib import suppress

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.formats import archive
from ingest.formats.archive import Archive
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return made.getvalue()


def test_members_are_read_by_name() -> None:
    file = Archive(zipped({"a.xml": b"<a/>", "b/c.txt": b"text"}))
    assert file.names == {"a.xml", "b/c.txt"}
    assert (file.read("b/c.txt"), file.xml("a.xml").tag) == (b"text", "a")


def test_a_missing_member_is_named() -> None:
    with pytest.raises(SourceError, match=r"its part 'b\.xml' is missing"):
        Archive(zipped({"a.xml": b"<a/>"})).read("b.xml")


def test_the_copy_holds_the_xml_and_empty_media() -> None:
    copy = zipfile.ZipFile(
        Archive(zipped({"a.xml": b"<a/>", "_rels/.rels": b"<r/>", "i.png": b"x" * 99})).copy_of_xml()
    )
    assert {name: copy.read(name) for name in copy.namelist()} == {
        "a.xml": b"<a/>",
        "_rels/.rels": b"<r/>",
        "i.png": b"",
    }


def test_a_bomb_is_refused_by_its_ratio() -> None:
    with pytest.raises(SourceError, match="more than 200 times its size"):
        Archive(zipped({"word/document.xml": bytes(20 * 2**20)}))


def test_a_bomb_is_refused_by_its_size() -> None:
    member = bytes(40 * 2**20)
    with pytest.raises(SourceError, match="unpacks to more than 512 MB"):
        Archive(zipped({f"{i}.xml": member for i in range(13)}))


def test_one_huge_part_is_refused_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_PART", 2**20)
    with pytest.raises(SourceError, match=r"'big\.xml' is larger than 1 MB"):
        Archive(zipped({"big.xml": bytes(2**20 + 1)})).read("big.xml")


def test_too_many_members_are_refused() -> None:
    with pytest.raises(SourceError, match="more than 10,000 files"):
        Archive(zipped({f"{i}": b"" for i in range(10_001)}))


def lying(stated: int, real: int) -> bytes:
    """A ZIP whose headers state another size, with the checksum of what they state."""
    data = zipped({"a.xml": bytes(real)})
    true = struct.pack("<I", zlib.crc32(bytes(real)))
    sizes = struct.pack("<I", real)
    data = data.replace(true, struct.pack("<I", zlib.crc32(bytes(stated))))
    return data.replace(sizes, struct.pack("<I", stated))


def test_a_false_size_unpacks_no_more_than_it_states() -> None:
    assert len(Archive(lying(100, 15 * 2**20)).read("a.xml")) == 100
    with pytest.raises(SourceError, match=r"'a\.xml' is damaged"):
        Archive(lying(2**20, 100)).read("a.xml")


@pytest.mark.parametrize("name", ["../evil.xml", "a/../../evil.xml", "/etc/evil", "C:/evil.xml", "..\\evil.xml"])
def test_a_path_outside_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="a path outside of itself"):
        Archive(zipped({name: b"x"}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_without_limits_is_refused(method: int) -> None:
    with pytest.raises(SourceError, match="packed in a way that is not read"):
        Archive(zipped({"a.xml": b"x"}, method))


def test_an_encrypted_member_is_refused() -> None:
    data = zipped({"a.xml": b"<a/>"}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    with pytest.raises(SourceError, match="protected by a password"):
        Archive(data)


def test_a_name_that_stands_twice_is_read_once() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.writestr("a.xml", "<one/>")
        file.writestr("a.xml", "<two/>")
    assert Archive(made.getvalue()).copy_of_xml().getvalue().count(b"PK\x01\x02") == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive", zipped({"a": b"x" * 999})[:-30]])
def test_a_broken_archive_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a readable ZIP file"):
        Archive(data)


def word_file() -> bytes:
    made = io.BytesIO()
    word = docx.Document()
    word.add_paragraph("The city opened rooms.")
    word.save(made)
    return made.getvalue()


WORD = word_file()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(WORD) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WORD)
    for position, value in changes:
        data[position] = value
    with suppress(SourceError):
        assert parse(RawSource("a.docx", bytes(data))).text.encode()
