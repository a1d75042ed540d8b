"""Servers that mean harm: what they list, lead to and send costs little and reaches nothing inside."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import SourceError
from ingest import connect, listing
from ingest.listing import read_listing
from tests.conftest import Box
from tests.ingest.following import follow, told
from tests.ingest.site import Site, page, redirect, serving

Write = Callable[..., Path]
NAME = "site.test"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that counts as public by its name; whatever else leads to this machine is private."""
    real = connect.checked

    def checked(host: str, port: int, private: bool) -> list[str]:
        del private
        return ["127.0.0.1"] if host == NAME else real(host, port, False)

    monkeypatch.setattr(connect, "checked", checked)
    with serving() as made:
        made.root = made.root.replace("127.0.0.1", NAME)
        yield made


def sitemap(*addresses: str, inside: str = "url") -> bytes:
    root = "urlset" if inside == "url" else "sitemapindex"
    listed = "".join(f"<{inside}><loc>{address}</loc></{inside}>" for address in addresses)
    return f"<{root}>{listed}</{root}>".encode()


def catalogue(write: Write, site: Site, kind: str = "sitemap") -> Path:
    return write("list.toml", f'[[source]]\n{kind} = "{site.at("/list")}"\n')


def inner(site: Site) -> str:
    """The address by which this machine would reach its own server."""
    return site.root.replace(NAME, "127.0.0.1")


def test_a_listing_leads_to_no_private_address_and_to_no_file(box: Box, site: Site, write: Write) -> None:
    site.pages |= {"/a": page("Room a is open.", "Room a"), "/inside": page("A secret.", "Secret")}
    places = [site.at("/a"), f"{inner(site)}/inside", "http://[::1]:1/x", "file:///etc/passwd", "gopher://x/"]
    items = "".join(f"<item><link>{place}</link></item>" for place in places)
    site.pages["/list"] = f"<rss><channel>{items}</channel></rss>".encode()
    _, report = follow(box, catalogue(write, site, "feed"))
    assert told(report) == {"a": "new", "inside": "failed", "x": "failed"}
    assert site.count("/inside") == 0
    site.pages["/list"] = sitemap(*places)
    _, report = follow(box, catalogue(write, site))
    assert told(report) == {"a": "unchanged"}
    assert site.count("/inside") == 0


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("file:///etc/passwd", "'file:///etc/passwd' is no address that begins with https://"),
        ("//127.0.0.1:9/x", "127.0.0.1 leads to 127.0.0.1, an address of a private network"),
        ("http://0x7f.1/", "leads to 127.0.0.1, an address of a private network"),
        ("http://localhost:9/", "an address of a private network"),
        ("http://[::ffff:127.0.0.1]/", "an address of a private network"),
        ("http://user:secret@site.test/", "is no address that begins with https://"),
    ],
)
def test_a_redirect_leads_to_nothing_inside(box: Box, site: Site, target: str, said: str) -> None:
    site.pages["/a"] = redirect(target)
    _, report = follow(box, site.at("/a"))
    assert [outcome.verdict for outcome in report.outcomes] == ["failed"]
    assert said in report.outcomes[0].note


def test_sitemaps_of_sitemaps_come_to_an_end(box: Box, site: Site, write: Write) -> None:
    for number in range(100):
        site.pages[f"/{number}"] = sitemap(site.at(f"/{number + 1}"), site.at("/list"), inside="sitemap")
    site.pages["/list"] = sitemap(site.at("/0"), inside="sitemap")
    _, report = follow(box, catalogue(write, site))
    assert "consists of more than 50 parts" in report.outcomes[0].note
    assert len(site.asked) <= 51 + 1  # and robots.txt


def test_of_a_sitemap_of_too_many_parts_none_is_asked_for(box: Box, site: Site, write: Write) -> None:
    site.pages["/list"] = sitemap(*(site.at(f"/{number}") for number in range(10_000)), inside="sitemap")
    _, report = follow(box, catalogue(write, site))
    assert "consists of more than 50 parts" in report.outcomes[0].note
    assert site.asked == ["/robots.txt", "/list"]


def test_sitemaps_that_name_each_other_are_read_once(box: Box, site: Site, write: Write) -> None:
    site.pages |= {
        "/list": sitemap(site.at("/other"), site.at("/pages"), inside="sitemap"),
        "/other": sitemap(site.at("/list"), inside="sitemap"),
        "/pages": sitemap(site.at("/a")),
        "/a": page("Room a is open.", "Room a"),
    }
    assert told(follow(box, catalogue(write, site))[1]) == {"a": "new"}
    assert (site.count("/list"), site.count("/other")) == (1, 1)


def test_a_sitemap_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_MOST_BYTES", 10_000)
    with pytest.raises(SourceError, match="unpacks to more than"):
        read_listing(gzip.compress(b"<urlset>" + b" " * 10_000_000))


BOMB = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 50}'>" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    "body",
    [
        f"{BOMB}]><rss><channel><item><link>http://site.test/&h;</link></item></channel></rss>",
        f"{BOMB}]><feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='http://site.test/&h;'/></entry></feed>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><item><link>&a;</link></item></rss>",
    ],
)
def test_entities_are_never_unfolded(box: Box, site: Site, write: Write, body: str) -> None:
    site.pages["/list"] = body.encode()
    _, report = follow(box, catalogue(write, site, "feed"))
    assert "neither a sitemap nor a feed" in report.outcomes[0].note


def test_a_page_of_comments_is_looked_through_once() -> None:
    """A pattern that tries every way to take such a page apart would be at it for ages."""
    assert read_listing(b"<!---->" * 500 + b"<html>") is None


def test_two_entries_of_one_id_do_not_replace_each_other(box: Box, site: Site, write: Write) -> None:
    site.pages |= {f"/{name}": page(f"Room {name} is open.", f"Room {name}") for name in "ab"}
    entries = [f'[[source]]\naddress = "{site.at(f"/{name}")}"\nid = "rooms"\n' for name in "ab"]
    _, report = follow(box, write("list.toml", "\n".join(entries)))
    assert told(report) == {"a": "new", "b": "failed"}
    assert f"its id 'rooms' is already taken by {site.at('/a')}" in report.outcomes[1].note
