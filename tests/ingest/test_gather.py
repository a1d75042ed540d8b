"""Addresses, sitemaps, feeds and catalogues: what they give, what is followed, what is gone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import snapshots
from corpus.errors import InvalidInput
from corpus.models import Document
from corpus.rows import document_from
from ingest import gather as gathering
from ingest.patterns import Patterns
from tests.conftest import Box
from tests.ingest.following import follow, told
from tests.ingest.site import Site, page, redirect, reply, serving

Write = Callable[..., Path]
ROOMS = page("The library of Cork opened its rooms in the evening. Everyone came, and stayed until nine.")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def catalogue(write: Write) -> Callable[..., Path]:
    """Write list.toml with these entries; JSON values are TOML values here."""

    def to(*entries: dict[str, Any]) -> Path:
        lines = [
            "[[source]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in e.items()) for e in entries
        ]
        return write("list.toml", "\n".join(lines))

    return to


def published(box: Box) -> dict[str, Document]:
    db = snapshots.open_snapshot(box.data).database()
    rows = db.execute("SELECT * FROM documents").fetchall()
    found = {row["source"]: document_from(db, row) for row in rows}
    db.close()
    return found


def test_an_address_is_a_document_known_by_where_it_is(box: Box, site: Site) -> None:
    site.pages["/rooms"] = ROOMS
    _, report = follow(box, site.at("/rooms#part"))
    assert told(report) == {"rooms": "new"}
    (document,) = published(box).values()
    assert (document.source, document.address) == (site.at("/rooms"), site.at("/rooms"))
    assert document.retrieved is not None


def test_an_address_that_was_fetched_is_not_asked_for_again_by_ingest(box: Box, site: Site) -> None:
    site.pages["/rooms"] = ROOMS
    follow(box, site.at("/rooms"), fresh=None)
    _, again = follow(box, site.at("/rooms"), fresh=None)
    assert told(again) == {"rooms": "unchanged"}
    assert site.count("/rooms") == 1


def test_a_declared_canonical_address_counts_on_its_own_site_alone(box: Box, site: Site) -> None:
    head = "<link rel=canonical href='{}'>"
    site.pages["/a"] = ROOMS.replace(b"<main>", head.format(site.at("/canonical")).encode() + b"<main>")
    site.pages["/b"] = ROOMS.replace(b"<main>", head.format("https://elsewhere.example/x").encode() + b"<main>")
    follow(box, site.at("/a"), site.at("/b"))
    addresses = {source.rsplit("/", 1)[-1]: document.address for source, document in published(box).items()}
    assert addresses == {"a": site.at("/canonical"), "b": site.at("/b")}


def test_a_catalogue_says_what_is_known_and_wins_over_what_is_found(
    box: Box, site: Site, catalogue: Callable[..., Path]
) -> None:
    site.pages["/rooms"] = ROOMS
    said: dict[str, Any] = {"title": "Rooms of Cork", "year": 2019, "language": "fr", "kind": "case-study"}
    said |= {"id": "rooms", "licence": "CC BY 4.0", "publisher": "A town hall", "themes": ["literacy"]}
    said |= {"cities": ["limerick"], "official": "https://example.org/rooms"}
    follow(box, catalogue({"address": site.at("/rooms"), **said}))
    (document,) = published(box).values()
    assert (document.title, document.year, document.language, document.kind) == (
        "Rooms of Cork",
        2019,
        "fr",
        "case-study",
    )
    assert (document.id, document.publisher, document.address) == ("rooms", "A town hall", "https://example.org/rooms")
    assert (document.display, document.themes, document.cities) == ("full", ("literacy",), ("limerick",))
    assert document.countries == ("IE",)


def test_facts_that_change_change_the_document_and_others_cost_nothing(
    box: Box, site: Site, catalogue: Callable[..., Path]
) -> None:
    site.pages["/rooms"] = ROOMS
    entry = {"address": site.at("/rooms"), "year": 2019}
    _, first = follow(box, catalogue(entry))
    _, same = follow(box, catalogue({**entry, "note": "for editors alone"}))
    _, changed = follow(box, catalogue({**entry, "year": 2020}))
    assert [told(report)["rooms"] for report in (first, same, changed)] == ["new", "unchanged", "changed"]
    assert (same.snapshot == first.snapshot, changed.snapshot == first.snapshot) == (True, False)
    assert changed.embedded == 0


def test_what_is_not_to_be_fetched_is_not_asked_for(box: Box, site: Site, catalogue: Callable[..., Path]) -> None:
    site.pages |= {"/rooms": ROOMS, "/copy": ROOMS}
    found, report = follow(
        box, catalogue({"address": site.at("/rooms")}, {"address": site.at("/copy"), "fetch": False})
    )
    assert (told(report), found.left_out, site.count("/copy")) == ({"rooms": "new"}, 1, 0)


def test_a_page_that_is_gone_or_no_longer_listed_has_vanished_and_goes_on_request(
    box: Box, site: Site, catalogue: Callable[..., Path]
) -> None:
    site.pages |= {f"/{name}": page(f"Room {name} is open.", f"Room {name}") for name in "abc"}
    entries = [{"address": site.at(f"/{name}")} for name in "abc"]
    follow(box, catalogue(*entries))
    del site.pages["/a"]
    found, report = follow(box, catalogue(*entries[:2]))
    assert told(report) == {"a": "vanished", "b": "unchanged", "c": "vanished"}
    assert found.gone == (site.at("/a"),)
    assert len(published(box)) == 3
    _, dropped = follow(box, catalogue(*entries[:2]), drop_vanished=True)
    assert "taken out" in next(outcome.note for outcome in dropped.outcomes if outcome.verdict == "vanished")
    assert list(published(box)) == [site.at("/b")]


def test_a_page_that_cannot_be_had_for_now_stays_as_it_was(
    box: Box, site: Site, catalogue: Callable[..., Path]
) -> None:
    site.pages["/rooms"] = ROOMS
    listed = catalogue({"address": site.at("/rooms")}, {"address": site.at("/never")})
    follow(box, listed)
    site.pages["/rooms"] = site.pages["/never"] = lambda request: reply(request, b"", status=503)
    _, report = follow(box, listed, drop_vanished=True)
    assert [(o.source[-5:], o.verdict.value) for o in report.outcomes] == [
        ("rooms", "failed"),
        ("rooms", "unchanged"),
        ("never", "failed"),
    ]
    assert "What was fetched before stays" in report.outcomes[0].note
    assert list(published(box)) == [site.at("/rooms")]


def test_a_page_that_moved_for_good_is_told(box: Box, site: Site, catalogue: Callable[..., Path]) -> None:
    site.pages |= {"/old": redirect("/rooms", 301), "/rooms": ROOMS}
    found, _ = follow(box, catalogue({"address": site.at("/old")}))
    assert found.moved == ((site.at("/old"), site.at("/rooms")),)
    assert list(published(box)) == [site.at("/old")]


def sitemap(*addresses: str, inside: str = "url") -> bytes:
    root = "urlset" if inside == "url" else "sitemapindex"
    listed = "".join(f"<{inside}><loc>{address}</loc></{inside}>" for address in addresses)
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'.encode()
    )


def test_a_sitemap_is_followed_through_its_parts_within_its_site_and_patterns(
    box: Box, site: Site, catalogue: Callable[..., Path]
) -> None:
    names = ("/cases/a", "/cases/b", "/news/c", "/cases/drafts/d")
    site.pages |= {name: page(f"Room {name} is open.", f"Room {name}") for name in names}
    site.pages["/sitemap.xml"] = sitemap(site.at("/part.xml"), inside="sitemap")
    site.pages["/part.xml"] = sitemap(*map(site.at, names), "https://elsewhere.example/cases/x")
    entry = {"sitemap": site.at("/sitemap.xml"), "only": ["/cases/"], "skip": ["drafts/"], "kind": "case-study"}
    _, report = follow(box, catalogue(entry))
    assert told(report) == {"a": "new", "b": "new"}
    assert {document.kind for document in published(box).values()} == {"case-study"}
    site.pages["/part.xml"] = sitemap(site.at("/cases/a"))
    assert told(follow(box, catalogue(entry))[1]) == {"a": "unchanged", "b": "vanished"}


def test_what_a_feed_no_longer_lists_is_merely_older(box: Box, site: Site, catalogue: Callable[..., Path]) -> None:
    site.pages |= {f"/{name}": page(f"Room {name} is open.", f"Room {name}") for name in "ab"}
    rss = "<rss version='2.0'><channel><link>{0}</link><item><link>{0}/{1}</link></item></channel></rss>"
    site.pages["/feed"] = rss.format(site.root, "a").encode()
    listed = catalogue({"feed": site.at("/feed")})
    assert told(follow(box, listed)[1]) == {"a": "new"}
    site.pages["/feed"] = rss.format(site.root, "b").encode()
    assert told(follow(box, listed)[1]) == {"b": "new"}
    assert len(published(box)) == 2


def test_a_feed_or_a_sitemap_given_by_address_is_recognised(box: Box, site: Site) -> None:
    site.pages["/a"] = ROOMS
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{}"/></entry></feed>'
    site.pages["/feed"] = atom.format(site.at("/a")).encode()
    assert told(follow(box, site.at("/feed"))[1]) == {"a": "new"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<urlset><url><loc>http://a</loc>", "not well-formed XML"),
        (ROOMS, "neither a sitemap nor a feed"),
        (b"\x1f\x8b broken", "a damaged gzip file"),
        (sitemap(*(f"http://a/{n}" for n in range(9))), "choose among them with only and skip"),
    ],
)
def test_a_listing_that_cannot_be_followed_is_told_and_nothing_counts_as_vanished(
    box: Box, site: Site, catalogue: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, body: bytes, said: str
) -> None:
    monkeypatch.setattr(gathering, "MOST_PAGES", 8)
    site.pages |= {"/a": ROOMS, "/sitemap.xml": sitemap(site.at("/a"))}
    listed = catalogue({"sitemap": site.at("/sitemap.xml")})
    follow(box, listed)
    site.pages["/sitemap.xml"] = body.replace(b"http://a/", site.at("/").encode())
    _, report = follow(box, listed)
    assert told(report) == {"sitemap.xml": "failed"}
    assert said in report.outcomes[0].note


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), data)
    return made.getvalue()


def test_a_zip_archive_from_an_address_is_walked(box: Box, site: Site) -> None:
    data = archive(reports__a_md=b"# A\n\nRoom a is open.", reports__b_html=ROOMS, picture_png=b"x")
    site.pages["/all.zip"] = lambda request: reply(request, data, Content_Type="application/zip")
    follow(box, site.at("/all.zip"))
    assert list(published(box)) == [site.at("/all.zip#reports/a.md"), site.at("/all.zip#reports/b.html")]


def test_a_catalogue_names_folders_beside_it_with_patterns(
    box: Box, write: Write, catalogue: Callable[..., Path]
) -> None:
    for name in ("reports/a.md", "reports/drafts/b.md", "reports/c.txt"):
        write(name, f"# {name}\n\nRoom {name} is open.")
    _, report = follow(box, catalogue({"path": "reports", "only": ["*.md"], "skip": ["drafts/"], "year": 2001}))
    assert told(report) == {"a.md": "new"}
    assert [document.year for document in published(box).values()] == [2001]


def test_patterns_of_one_run_make_nothing_vanish(box: Box, write: Write) -> None:
    folder = write("a.md", "# A\n\nRoom a is open.").parent
    write("b.txt", "Room b is open.")
    follow(box, folder)
    assert told(follow(box, folder, patterns=Patterns(only=("*.md",)))[1]) == {"a.md": "unchanged"}


def test_a_catalogue_that_does_not_hold_together_is_refused_by_line(box: Box, catalogue: Callable[..., Path]) -> None:
    with pytest.raises(InvalidInput, match=r"list\.toml:2: addres: no such field"):
        follow(box, catalogue({"addres": "https://example.org/"}))


def test_bytes_that_no_address_gives_any_more_are_dropped(box: Box, site: Site) -> None:
    site.pages["/rooms"] = ROOMS
    follow(box, site.at("/rooms"))
    site.pages["/rooms"] = page("It closed them again.")
    follow(box, site.at("/rooms"))
    assert len(list((box.data / "fetched").glob("objects/*/*"))) == 1
