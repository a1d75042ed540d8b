"""Walking files and folders: what can be read is found, what cannot is told, no local path is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.identity import STARTER
from ingest import sources
from ingest.formats.raw import Reading
from ingest.patterns import Patterns
from ingest.sources import NETWORK, PRACTICES, walk

Write = Callable[..., Path]


def names(*given: Path) -> list[str]:
    return [file.source for file in walk(list(given)).files]


def test_nothing_given_means_the_starter_corpus() -> None:
    found = walk([])
    assert {file.path.parent for file in found.files} == {PRACTICES, NETWORK}
    assert len({file.source for file in found.files}) == len(found.files) == 230
    assert {file.root for file in found.files} == {STARTER}
    assert found.failures == ()


def test_a_folder_of_the_starter_corpus_is_the_starter_corpus() -> None:
    assert walk([PRACTICES]) == walk([NETWORK]) == walk([PRACTICES, NETWORK]) == walk([])


def test_usable_files_of_a_folder_are_found_in_order_below_its_name(write: Write) -> None:
    for name in ("b.md", "a.HTML", "deep/er/c.pdf", "d.odt", "e.png", "README"):
        write(name, "text")
    folder = write("f.txt", "text").parent
    assert names(folder) == ["files/a.HTML", "files/b.md", "files/deep/er/c.pdf", "files/f.txt"]
    assert {file.root for file in walk([folder]).files} == {"files"}


def test_hidden_files_and_folders_are_passed_over(write: Write) -> None:
    for name in (".hidden.md", ".git/notes.md", "seen/.cache/page.html"):
        write(name, "text")
    assert names(write("seen.md", "text").parent) == ["files/seen.md"]


def test_a_single_file_is_taken_whatever_its_ending(write: Write) -> None:
    assert names(write("README", "text")) == ["README"]


def test_what_is_missing_and_what_is_empty_are_told_by_name(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    found = walk([tmp_path / "missing.html", empty])
    assert found.files == ()
    assert [name for name, _ in found.failures] == ["missing.html", "empty"]
    assert "no such file" in found.failures[0][1]
    assert "no usable file" in found.failures[1][1]


def test_one_missing_source_does_not_keep_the_others_out(write: Write, tmp_path: Path) -> None:
    found = walk([tmp_path / "missing.md", write("here.md", "text")])
    assert [file.source for file in found.files] == ["here.md"]
    assert len(found.failures) == 1


def test_no_local_path_is_in_a_name_a_root_or_a_reason(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write("deep/a.md", "text").parent.parent
    monkeypatch.chdir(folder / "deep")
    given = [folder, folder / "deep" / "a.md", Path(), Path("../deep"), Path(".."), tmp_path / "no", Path("../no")]
    for one in given:
        found = walk([one])
        for text in (*(text for file in found.files for text in (file.source, file.root)), *sum(found.failures, ())):
            assert tmp_path.name not in text
            assert not text.startswith(("/", "."))


def test_a_file_given_twice_is_taken_once(write: Write) -> None:
    file = write("a.md", "text")
    assert names(file.parent, file, file.parent) == ["files/a.md"]


def test_a_folder_that_is_called_starter_is_not_taken_for_the_starter_corpus(write: Write) -> None:
    (file,) = walk([write("starter/rooms.md", "text").parent]).files
    assert file.root != STARTER


def test_a_file_that_is_too_large_or_gone_is_refused_when_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    (large, gone) = walk([write("a.md", "text " * 9), write("b.md", "text")]).files
    monkeypatch.setattr(sources, "MAX_BYTES", 8)
    with pytest.raises(SourceError, match="larger than"):
        large.read()
    gone.path.unlink()
    with pytest.raises(SourceError):
        gone.read()


def test_reading_gives_the_bytes_and_the_name_alone(write: Write) -> None:
    (file,) = walk([write("a.md", b"\xfftext")]).files
    raw = file.read(Reading("secret"))
    assert (raw.source, raw.data, raw.reading.password) == ("a.md", b"\xfftext", "secret")


def test_an_ignore_file_and_patterns_choose_among_the_files_of_a_folder(write: Write) -> None:
    for name in ("a.md", "b.txt", "drafts/c.md", "kept/d.md", "kept/e.md"):
        write(name, "text")
    folder = write(".learncitiesignore", "drafts/\n# a comment\nkept/*\n!kept/d.md\n").parent
    assert names(folder) == ["files/a.md", "files/b.txt", "files/kept/d.md"]
    only = walk([folder], patterns=Patterns(only=("*.md",), skip=("a.md",)))
    assert [file.source for file in only.files] == ["files/kept/d.md"]
    assert (walk([folder]).roots[0].complete, only.roots[0].complete) == (True, False)


@pytest.mark.parametrize("name", ["غرف المساء.md", "夜校.md", "soir — l'été.md"])
def test_a_name_in_any_script_is_a_name(write: Write, name: str) -> None:
    folder = write(f"in/{name}", "x").parent
    assert [file.source for file in walk([folder]).files] == [f"in/{name}"]


@pytest.mark.parametrize("name", ["a\nnew: b.md", "a\x1b[2J.md", "a\u2028b.md"])
def test_a_name_that_would_break_a_line_is_told_and_never_shown_as_it_is(write: Write, name: str) -> None:
    path = write(f"in/{name}", "x")
    ((shown, said),) = walk([path.parent]).failures[:1]
    assert said == "its name is not in UTF-8 or holds control characters; rename it."
    (alone,) = walk([path]).files
    assert all(text.isprintable() for text in (shown, alone.source, alone.root))


def test_a_link_out_of_a_folder_is_told_and_not_followed_and_one_inside_is(write: Write) -> None:
    folder = write("in/deep/a.md", "x").parent.parent
    (folder / "inside.md").symlink_to(folder / "deep" / "a.md")
    (folder / "outside.md").symlink_to(write("secret.md", "x"))
    (folder / "nowhere.md").symlink_to(folder / "gone.md")
    found = walk([folder])
    assert [file.source for file in found.files] == ["in/deep/a.md", "in/inside.md", "in/nowhere.md"]
    assert [source for source, _ in found.failures] == ["in/outside.md"]
    assert "leads out of the folder" in found.failures[0][1]
