"""The search page is complete without JavaScript: results, filters, pages and what to do when nothing came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from search.engine import KnowledgeBase
from tests.api.soup import PAGES, hrefs, page, titles

if TYPE_CHECKING:
    from tests.conftest import Box


def test_the_results_of_a_question_are_those_of_the_search(client: TestClient, starter: KnowledgeBase) -> None:
    soup = page(client, "/?q=library+cards+for+newborn+children")
    assert titles(soup) == [hit.document.title for hit in starter.search("library cards for newborn children").hits]
    assert "Why this is offered" in soup.select("article")[0].get_text()
    assert "Source" in soup.select("article")[0].get_text()
    field = soup.select_one("input[name=q]")
    assert field is not None
    assert field["value"] == "library cards for newborn children"


@pytest.mark.parametrize("url", PAGES)
def test_a_page_can_be_read_by_everyone(client: TestClient, url: str) -> None:
    soup = BeautifulSoup(client.get(url, headers={"accept": "text/html"}).text, "html.parser")
    assert soup.select_one("html[lang]")
    assert len(soup.select("h1")) == 1
    assert soup.select_one("main#main")
    assert soup.title is not None
    assert soup.title.get_text(strip=True)
    for field in soup.select("form :is(input:not([type=hidden]), select)"):
        assert soup.select_one(f"label[for={field['id']}]")
    assert all(image.has_attr("alt") for image in soup.select("img"))


def test_every_page_says_what_it_rests_on(client: TestClient) -> None:
    for url in PAGES:
        assert (
            "Not affiliated with or endorsed by the United Nations"
            in client.get(url, headers={"accept": "text/html"}).text
        )
    assert "check the source before you rely on it" in client.get("/?q=festival").text


def test_the_operator_is_named_in_the_footer(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    box.ingest(practice("one", "Night school."))
    soup = page(serve(), "/")
    footer = soup.select_one("footer")
    assert footer is not None
    assert "A & B <centre>" in footer.get_text()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("/?theme=literracy", "Did you mean: literacy"),
        ("/?city=Atlantis", "There is no city called Atlantis"),
        ("/?year_from=2021&year_to=2020", "swap the two"),
        ("/?q=%3F%21", "no word to search for"),
        ("/?q=festival&cursor=zzz", "is not a cursor"),
        (f"/?q={'a' * 1001}", "at most 1,000"),
    ],
    ids=lambda value: value[:30],
)
def test_a_question_that_cannot_be_answered_says_why_on_the_page(client: TestClient, url: str, message: str) -> None:
    soup = page(client, url, status=400)
    alert = soup.select_one("[role=alert]")
    assert alert is not None
    assert message in alert.get_text()
    assert soup.select_one("form[role=search] input[name=q]")
    assert titles(soup) == []


def test_the_pager_leads_through_all_results_without_javascript(client: TestClient, starter: KnowledgeBase) -> None:
    url, found = "/?q=festival&region=europe-and-north-america", []
    while True:
        soup = page(client, url)
        found += titles(soup)
        following = hrefs(soup, ".pager a[rel=next]")
        if not following:
            break
        assert parse_qs(urlsplit(following[0]).query)["q"] == ["festival"]
        url = following[0]
    facets = starter.search("festival").facets["region"]
    assert len(found) == len(set(found)) == next(f.count for f in facets if f.value == "europe-and-north-america")


def test_filters_are_links_that_hold_what_they_promise(client: TestClient) -> None:
    soup = page(client, "/?q=festival")
    links = soup.select(".aside li a")
    assert len(links) > 10
    for link in links[:6]:
        count = link.select_one(".n")
        status = page(client, str(link["href"])).select_one(".status [role=status]")
        assert count is not None
        assert status is not None
        assert status.get_text(strip=True).startswith(f"{count.get_text(strip=True)} document")


def test_a_filter_in_use_can_be_taken_away_again(client: TestClient) -> None:
    soup = page(client, "/?q=festival&theme=youth&year_from=2020")
    chips = soup.select("ul.active a.chip")
    assert len(chips) == 2
    without = [parse_qs(urlsplit(str(chip["href"])).query) for chip in chips]
    assert without == [{"q": ["festival"], "year_from": ["2020"]}, {"q": ["festival"], "theme": ["youth"]}]
    assert hrefs(soup, "ul.active a.clear") == ["/?q=festival"]


def test_a_new_question_keeps_the_filters(client: TestClient) -> None:
    hidden = page(client, "/?q=festival&theme=youth&country=IE").select("form[role=search] input[type=hidden]")
    assert [(field["name"], field["value"]) for field in hidden] == [("theme", "youth"), ("country", "IE")]


def test_nothing_found_says_so_and_labels_the_nearest(client: TestClient) -> None:
    soup = page(client, "/?q=%22no+such+phrase+anywhere%22")
    notices = [notice.get_text() for notice in soup.select(".notice")]
    assert notices[0].startswith("Nothing comparable was found")
    assert "they may not answer the question" in notices[1]
    assert titles(soup)
    assert not soup.select(".jump, #filters")  # there are none to lead to


def test_the_first_page_invites_to_browse(client: TestClient, starter: KnowledgeBase) -> None:
    soup = page(client, "/")
    assert "What other learning cities have tried" in soup.get_text()
    assert all(client.get(href).status_code == 200 for href in hrefs(soup, "ul.chips a"))
    assert f"{starter.manifest.documents} documents" in soup.get_text()
    for href in hrefs(soup, ".examples a"):
        assert titles(page(client, href))


def test_a_document_has_a_page_with_its_text_sources_and_citation(client: TestClient, starter: KnowledgeBase) -> None:
    document, _, citation = starter.document("gwanak-library-lunchbox")
    soup = page(client, "/documents/gwanak-library-lunchbox")
    text = soup.get_text()
    assert document.title in text
    assert citation.text in text
    assert [h.get_text() for h in soup.select("section h2")][:3] == ["What was done", "With whom", "Results"]
    assert set(hrefs(soup, "ul.sources a")) == {r.link for r in document.references if r.link}
