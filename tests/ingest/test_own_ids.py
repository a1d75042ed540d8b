"""Every document has an id of its own that stays; declared ones come first and are never shared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Box
from tests.corpus.records import PRACTICE, changed
from tests.ingest.published import ROOMS, documents, verdicts

Write = Callable[..., Path]


def test_a_document_keeps_its_id_when_its_title_changes(box: Box, write: Write) -> None:
    box.ingest(write("rooms.md", ROOMS))
    box.ingest(write("rooms.md", ROOMS.replace("# Evening rooms", "# Morning rooms")))
    assert list(documents(box)) == ["evening-rooms"]


def test_a_practice_id_in_two_files_is_refused_with_who_holds_it(box: Box, write: Write) -> None:
    write("a.md", PRACTICE)
    report = box.ingest(write("b.md", changed("title: Evening", "title: Other evening")).parent)
    assert verdicts(report) == ["new", "failed"]
    assert report.outcomes[1].note.startswith("its id 'cork-evening-rooms' is already taken by files/a.md")


def test_an_id_declared_in_two_files_is_refused_with_who_holds_it(box: Box, write: Write) -> None:
    write("a.md", "---\nid: my-rooms\n---\n\n# One\n\nThe first.")
    report = box.ingest(write("b.md", "---\nid: my-rooms\n---\n\n# Two\n\nThe second.").parent)
    assert verdicts(report) == ["new", "failed"]
    assert "files/a.md" in report.outcomes[1].note


def test_a_declared_id_wins_over_one_that_was_only_made_from_a_title(box: Box, write: Write) -> None:
    write("a.md", ROOMS)
    report = box.ingest(write("b.md", "---\nid: evening-rooms\n---\n\n# Other\n\nThe declared one.").parent)
    assert verdicts(report) == ["new", "new"]
    assert documents(box)["evening-rooms"] == "The declared one."
    assert len(documents(box)) == 2


def test_an_id_that_is_declared_anew_is_taken(box: Box, write: Write) -> None:
    box.ingest(write("a.md", "---\nid: my-rooms\n---\n\n# One\n\nThe first."))
    box.ingest(write("a.md", "---\nid: our-rooms\n---\n\n# One\n\nThe first."))
    assert list(documents(box)) == ["our-rooms"]


def test_one_title_in_two_files_gets_two_ids_that_stay(box: Box, write: Write) -> None:
    folder = write("a.md", ROOMS).parent
    write("b.md", ROOMS.replace("Everyone", "Nobody"))
    box.ingest(folder)
    ids = set(documents(box))
    assert len(ids) == 2
    write("b.md", ROOMS.replace("Everyone", "Somebody"))
    box.ingest(folder)
    assert set(documents(box)) == ids
