"""The commands of corpus editors as they run them: sync, new practice, check, ingest --preview."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import run as running
from tests.conftest import TinyEmbedder
from tests.ingest.conftest import Run
from tests.ingest.site import Site, page, serving

Write = Callable[..., Path]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A local site, commands that may ask it, and a model that is ready at once."""
    monkeypatch.setenv("LEARNCITIES_FETCH_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("LEARNCITIES_FETCH_DELAY", "0")
    monkeypatch.setenv("LEARNCITIES_CONTACT", "library@example.org")
    monkeypatch.setattr(running, "SentenceTransformerEmbedder", lambda *_: TinyEmbedder())
    with serving() as made:
        yield made


def listed(write: Write, site: Site, *paths: str) -> Path:
    return write("list.toml", "\n".join(f'[[source]]\naddress = "{site.at(path)}"\n' for path in paths))


def test_sync_tells_a_person_what_happened(run: Run, site: Site, write: Write, tmp_path: Path) -> None:
    site.pages |= {"/a": page("Room a is open.", "Room a"), "/b": page("Room b is open.", "Room b")}
    code, out, err = run("sync", listed(write, site, "/a", "/b", "/never"), "--data", tmp_path / "data")
    assert (code, "stays" in err) == (3, True)
    assert f"new: Room a ({site.at('/a')})" in out
    assert f"failed: {site.at('/never')}: there is nothing at this address." in out
    assert "Published snapshot" in out
    assert any(agent.startswith("learncities/") and "library@example.org" in agent for agent in site.agents)


def test_sync_again_asks_for_nothing_that_is_fresh_and_follows_when_it_is_not(
    run: Run, site: Site, write: Write, tmp_path: Path
) -> None:
    site.pages |= {"/a": page("Room a is open.", "Room a"), "/b": page("Room b is open.", "Room b")}
    catalogue, data = listed(write, site, "/a", "/b"), tmp_path / "data"
    first = json.loads(run("sync", catalogue, "--data", data, "--json")[1])
    del site.pages["/b"]
    again = json.loads(run("sync", catalogue, "--data", data, "--json")[1])
    assert (first["asked"], again["asked"], again["snapshot"]) == (2, 0, first["snapshot"])
    arguments = ("sync", catalogue, "--data", data, "--max-age", "0", "--remove-vanished", "--json")
    gone = json.loads(run(*arguments)[1])
    assert (gone["gone"], gone["documents"]["vanished"]) == ([site.at("/b")], 1)
    assert gone["snapshot"] != first["snapshot"]


def test_a_private_address_is_refused_unless_the_operator_allows_it(
    run: Run, site: Site, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEARNCITIES_FETCH_PRIVATE_ADDRESSES", "false")
    code, out, _ = run("sync", listed(write, site, "/a"), "--data", tmp_path / "data")
    assert (code, site.asked) == (3, [])
    assert "fetch_private_addresses" in out


def test_what_is_no_catalogue_is_a_usage_error(run: Run, write: Write, tmp_path: Path) -> None:
    code, _, err = run("sync", write("a.md", "text"), "--data", tmp_path / "data")
    assert code == 2
    assert "is no catalogue" in err


@pytest.mark.parametrize("hours", ["nan", "inf", "1e300"])
def test_an_age_that_is_no_number_of_hours_is_a_usage_error(run: Run, site: Site, write: Write, hours: str) -> None:
    code, _, err = run("sync", listed(write, site, "/a"), "--max-age", hours)
    assert code == 2
    assert f"--max-age {float(hours):g} is no number of hours" in err


def test_a_new_practice_is_a_template_that_check_explains(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("new", "practice", "cork-reading-rooms", "--folder", tmp_path, "--city", "Cork")
    path = tmp_path / "cork-reading-rooms.md"
    assert (code, f"learncities check {path}" in out) == (0, True)
    assert "city: cork" in path.read_text()
    code, out, _ = run("check", path)
    assert code == 1
    assert "themes.0: String should match pattern" in out
    path.write_text(path.read_text().replace("THEME", "literacy"))
    out = run("check", path)[1]
    for said in ("title: say in one line", "address: still as in the template", "'Results' is empty; leave it out"):
        assert said in out


@pytest.mark.parametrize(
    ("identity", "said"),
    [("Cork Rooms", "try 'cork-rooms'"), ("search", "no word of the API"), ("", "cannot be an id")],
)
def test_a_bad_id_is_refused_with_a_better_one(run: Run, tmp_path: Path, identity: str, said: str) -> None:
    code, _, err = run("new", "practice", identity, "--folder", tmp_path)
    assert code == 2
    assert said in err
    assert list(tmp_path.glob("*.md")) == []


def test_a_practice_that_is_there_is_never_written_over(run: Run, tmp_path: Path) -> None:
    run("new", "practice", "rooms", "--folder", tmp_path)
    (tmp_path / "rooms.md").write_text("mine")
    assert run("new", "practice", "rooms", "--folder", tmp_path)[0] == 2
    assert (tmp_path / "rooms.md").read_text() == "mine"


def test_check_takes_a_catalogue(run: Run, write: Write) -> None:
    code, out, _ = run("check", write("list.toml", '[[source]]\naddress = "https://example.org/"\nyear = 1\n'))
    assert code == 1
    assert out.startswith("list.toml:3: year: Input should be greater than")
    assert out.endswith("1 catalogue checked, 1 fault.\n")


def test_a_preview_shows_passages_labels_and_what_readers_see_and_stores_nothing(
    run: Run, site: Site, write: Write, tmp_path: Path
) -> None:
    text = "# Evening rooms\n\nThe city of Cork opened 12 rooms for adults who learn to read.\n\n## Who came\n\nAll.\n"
    data, given = tmp_path / "data", (write("rooms.md", text), write("empty.md", ""), "--preview")
    code, out, _ = run("ingest", *given, "--data", data)
    assert code == 0
    for said in ("Evening rooms", "Who came", "cork", "passages of up to 300 words", "the file is empty", "was stored"):
        assert said in out
    seen = json.loads(run("ingest", *given, "--json", "--data", data)[1])
    assert [one["verdict"] for one in seen] == ["new", "failed"]
    assert seen[0]["passages"][0]["text"].startswith("The city of Cork")
    assert not (data / "knowledge.db").exists()
