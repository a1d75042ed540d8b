"""Files and folders are known by name and place; what vanished goes on request only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import LearnCitiesError
from corpus.settings import Settings
from corpus.store import CorpusStore
from ingest import run
from ingest.pipeline import Pipeline
from ingest.report import Verdict
from ingest.sources import walk
from tests.conftest import Box
from tests.ingest.published import ROOMS, documents, found_by_word, vectors_and_passages, verdicts

Write = Callable[..., Path]


def test_a_file_that_vanished_is_reported_and_stays(box: Box, write: Write) -> None:
    gone = write("rooms.md", ROOMS)
    stays = write("hours.md", "# Opening hours\n\nThe rooms open at six.")
    box.ingest(stays.parent)
    gone.unlink()
    report = box.ingest(stays.parent)
    assert [(o.source, o.verdict) for o in report.outcomes] == [
        ("files/hours.md", Verdict.UNCHANGED),
        ("files/rooms.md", Verdict.VANISHED),
    ]
    assert report.published is False
    assert set(documents(box)) == {"evening-rooms", "opening-hours"}


def test_the_last_file_of_a_folder_is_reported_too_when_it_vanishes(box: Box, write: Write) -> None:
    gone = write("rooms.md", ROOMS)
    box.ingest(gone.parent)
    gone.unlink()
    report = box.ingest(gone.parent)
    assert [o.source for o in report.outcomes if o.verdict is Verdict.VANISHED] == ["files/rooms.md"]


def test_a_file_given_alone_does_not_make_the_rest_of_its_folder_vanish(box: Box, write: Write) -> None:
    box.ingest(write("hours.md", "# Opening hours\n\nThe rooms open at six.").parent)
    assert verdicts(box.ingest(write("rooms.md", ROOMS))) == ["new"]


def test_two_files_of_one_name_are_never_taken_for_one_another_unnoticed(box: Box, write: Write) -> None:
    report = box.ingest(write("one/rooms.md", ROOMS), write("two/rooms.md", ROOMS.replace("Everyone", "Nobody")))
    assert sorted(verdicts(report)) in (["failed", "new"], ["new", "new"])
    assert len(documents(box)) == report.count(Verdict.NEW)
    assert documents(box)["evening-rooms"].endswith("Everyone came.")


def test_a_folder_of_a_known_name_in_another_place_is_refused_until_it_is_named(box: Box, write: Write) -> None:
    one = write("one/reports/a.md", ROOMS).parent
    two = write("two/reports/a.md", "# Opening hours\n\nThe rooms open at six.").parent
    box.ingest(one)
    refused = box.ingest(two)
    assert verdicts(refused) == ["failed"]
    assert "--root" in refused.outcomes[0].note
    assert list(documents(box)) == ["evening-rooms"]
    with CorpusStore(box.data) as store:
        Pipeline(store, box.embedder, "tiny", box.data, 3).run(walk([two], "hours"), lambda *_: None)
    assert set(documents(box)) == {"evening-rooms", "opening-hours"}
    assert verdicts(box.ingest(one)) == ["unchanged"]


def test_a_folder_that_moved_is_the_same_when_it_is_named_so(box: Box, write: Write) -> None:
    box.ingest(write("here/reports/a.md", ROOMS).parent)
    moved = write("there/reports/a.md", ROOMS).parent
    with CorpusStore(box.data) as store:
        report = Pipeline(store, box.embedder, "tiny", box.data, 3).run(walk([moved], "reports"), lambda *_: None)
    assert verdicts(report) == ["unchanged"]
    assert verdicts(box.ingest(moved)) == ["unchanged"]


@pytest.fixture
def removing(box: Box, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Remove what vanished from these sources, with the box's own embedder; returns the ids removed."""
    monkeypatch.setattr(run, "SentenceTransformerEmbedder", lambda *_: box.embedder)
    return lambda *given: run.remove_vanished(Settings(data=box.data), walk(list(given)))[0]


def test_removing_takes_out_what_vanished_and_nothing_else(
    box: Box, write: Write, removing: Callable[..., list[str]]
) -> None:
    gone, stays = write("reports/a.md", ROOMS), write("reports/b.md", "# Opening hours\n\nThe rooms open at six.")
    box.ingest(gone.parent, write("other.md", "# Other rooms\n\nElsewhere."))
    gone.unlink()
    assert removing(stays.parent) == ["evening-rooms"]
    assert set(documents(box)) == {"opening-hours", "other-rooms"}
    assert found_by_word(box, "librari") + found_by_word(box, "library") == []
    assert vectors_and_passages(box)[0] == vectors_and_passages(box)[1]


def test_removing_with_another_folder_of_the_same_name_takes_nothing_out(
    box: Box, write: Write, removing: Callable[..., list[str]]
) -> None:
    box.ingest(write("one/reports/a.md", ROOMS).parent)
    with suppress(LearnCitiesError):
        removing(write("two/reports/b.md", "# Opening hours\n\nThe rooms open at six.").parent)
    assert list(documents(box)) == ["evening-rooms"]


def test_removing_with_a_folder_that_is_not_there_is_refused(
    box: Box, write: Write, tmp_path: Path, removing: Callable[..., list[str]]
) -> None:
    box.ingest(write("reports/a.md", ROOMS).parent)
    with pytest.raises(LearnCitiesError, match="report"):
        removing(tmp_path / "files" / "report")
