"""What machines read: feeds, sitemap, search description and notes, all below the site's public address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from starlette.testclient import TestClient

from api.app import create_app
from corpus.settings import Settings
from tests.api.soup import page

if TYPE_CHECKING:
    from tests.conftest import Box

ATOM = "{http://www.w3.org/2005/Atom}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PUBLIC = "https://centre.example/learn"
HOSTILE = "<script>alert(1)</script> ]]> & \" ' {{7*7}}"


@pytest.fixture(scope="module")
def public(starter_data: Path) -> Iterator[TestClient]:
    """A client that speaks to another host than the public one, as behind a proxy."""
    with TestClient(create_app(Settings(data=starter_data, public_url=f"{PUBLIC}/"))) as client:
        yield client


def xml(client: TestClient, url: str, media_type: str) -> etree._Element:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    return etree.fromstring(answer.content)


def test_a_browser_learns_how_to_search_here(public: TestClient) -> None:
    root = xml(public, "/opensearch.xml?lang=fr", "application/opensearchdescription+xml")
    templates = {url.get("type"): str(url.get("template")) for url in root.iter(f"{SEARCH}Url")}
    assert templates["text/html"] == f"{PUBLIC}/?q={{searchTerms}}&lang=fr"
    assert len(str(root.findtext(f"{SEARCH}ShortName"))) <= 16
    link = page(public, "/").select_one("link[rel=search]")
    assert link is not None
    assert link["href"] == "/opensearch.xml"


def test_the_newest_practices_and_every_search_can_be_followed(public: TestClient) -> None:
    newest = xml(public, "/feed.atom", "application/atom+xml")
    found = xml(public, "/feed.atom?q=festival&theme=youth", "application/atom+xml")
    assert found.findtext(f"{ATOM}title") == "Search: festival"
    for root in (newest, found):
        entries = root.findall(f"{ATOM}entry")
        assert entries
        ids = [str(entry.findtext(f"{ATOM}id")) for entry in entries]
        assert len(set(ids)) == len(ids)
        assert all(identity.startswith(f"{PUBLIC}/documents/") for identity in ids)
        for element in (root, *entries):
            assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    self_link = next(link for link in found.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert self_link.get("href") == f"{PUBLIC}/feed.atom?q=festival&theme=youth"


def test_a_feed_of_a_name_that_is_not_known_is_a_problem(public: TestClient) -> None:
    assert public.get("/feed.atom?theme=literracy").status_code == 400


def test_the_sitemap_lists_every_page_once(public: TestClient) -> None:
    found = [str(loc.text) for loc in xml(public, "/sitemap.xml", "application/xml").iter(f"{MAP}loc")]
    assert len(found) == len(set(found))
    assert all(address.startswith(f"{PUBLIC}/") for address in found)
    for path in ("/", "/cities/cork", "/themes/literacy", "/documents/gwanak-library-lunchbox"):
        assert PUBLIC + path in found


def test_crawlers_and_assistants_are_told_what_to_read(public: TestClient) -> None:
    robots = public.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {PUBLIC}/sitemap.xml" in robots
    assert "Disallow: /?" in robots
    notes = public.get("/llms.txt").text
    assert notes.startswith("# Learning Cities Resource Centre\n")
    assert f"({PUBLIC}/how-it-works)" in notes


@pytest.mark.parametrize("url", ["/", "/feed.atom", "/sitemap.xml", "/opensearch.xml", "/robots.txt", "/llms.txt"])
def test_the_host_that_a_request_names_is_never_believed(public: TestClient, url: str) -> None:
    answer = public.get(url, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


def test_search_engines_and_reference_managers_read_a_practice(public: TestClient) -> None:
    soup = page(public, "/documents/gwanak-library-lunchbox")
    tags = {str(tag["name"]): str(tag["content"]) for tag in soup.select("meta[name^=citation_]")}
    assert tags["citation_title"] == "Small libraries near every home, linked by a book delivery service"
    assert tags["citation_publication_date"] == "2021"
    assert tags["citation_public_url"] == f"{PUBLIC}/documents/gwanak-library-lunchbox"
    data = soup.select_one("script[type='application/ld+json']")
    assert data is not None
    known = json.loads(data.get_text())
    assert known["name"] == tags["citation_title"]
    assert known["spatialCoverage"][0]["containedInPlace"]["name"] == "Republic of Korea"
    assert len(known["isBasedOn"]) == 3


@pytest.mark.parametrize(("form", "sign"), [("ris", "TY  - RPRT"), ("bib", "@techreport{"), ("json", '"title"')])
def test_a_citation_comes_as_a_file(public: TestClient, form: str, sign: str) -> None:
    answer = public.get(f"/documents/gwanak-library-lunchbox/cite.{form}")
    assert answer.status_code == 200
    assert sign in answer.text
    assert answer.headers["content-disposition"].startswith('attachment; filename="gwanak-library-lunchbox.')
    assert public.get("/documents/gwanak-library-lunchbox/cite.exe").status_code == 404


def test_what_was_ingested_or_asked_breaks_no_feed(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    source = {"address": "https://example.org/?a=1&b=<", "title": HOSTILE, "publisher": HOSTILE, "language": "en"}
    box.ingest(practice("one", f"A night school. {HOSTILE}", title=HOSTILE, sources=[{**source, "nature": "official"}]))
    client = serve()
    for url in ("/feed.atom", f"/feed.atom?q={'night school <b>&]]>'}", "/sitemap.xml", "/opensearch.xml"):
        etree.fromstring(client.get(url).content)
    entry = etree.fromstring(client.get("/feed.atom").content).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == HOSTILE
