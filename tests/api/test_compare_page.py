"""Cities and practices side by side, the overview and the map: tables that anybody can read, and take away."""

from __future__ import annotations

import csv

import pytest
from starlette.testclient import TestClient

from search.engine import KnowledgeBase
from search.overview import overview
from tests.api.soup import hrefs, page

BOTH = "document=cork-lifelong-learning-festival&document=gwanak-library-lunchbox"


def test_cities_stand_side_by_side_with_their_sources(client: TestClient) -> None:
    soup = page(client, "/compare?city=Cork&city=Lusaka&city=")
    table = soup.select_one("table.compare")
    assert table is not None
    assert [cell.get_text() for cell in table.select("thead th")] == ["What", "Cork", "Lusaka"]
    assert hrefs(soup, "table.compare thead a") == ["/cities/cork", "/cities/lusaka"]
    assert "224,004" in table.get_text()
    practice = table.select_one("a[href^='/documents/']")
    assert practice is not None
    assert practice["href"].removeprefix("/documents/") not in practice.get_text()  # type: ignore[union-attr]
    answer = client.get(hrefs(soup, "a[download]")[0])
    rows = list(csv.reader(answer.text.splitlines()))
    assert rows[0][:4] == ["group", "what", "Cork", "Lusaka"]
    assert {len(row) for row in rows} == {6}


def test_practices_stand_side_by_side_in_their_own_words(client: TestClient, starter: KnowledgeBase) -> None:
    table = page(client, f"/compare?{BOTH}").select_one("table.compare")
    assert table is not None
    assert "620,000: books in the network" in table.get_text()
    quoted = [cell.get_text() for cell in table.select("tbody:last-of-type td") if cell.get_text().startswith("“")]
    assert quoted
    text = "".join(starter.document(name)[0].text for name in BOTH.replace("document=", "").split("&"))
    first = quoted[0].strip("“”").partition("” “")[0]
    assert " ".join(first.split()) in " ".join(text.split())


def test_the_words_of_a_practice_are_marked_with_their_language(client: TestClient) -> None:
    cells = page(client, f"/compare?{BOTH}&lang=fr").select("table.compare tbody:last-of-type td")
    assert {(cell.get_text().startswith("“"), cell.get("lang")) for cell in cells} == {(True, "en"), (False, None)}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("city=Cork&city=Cork", "named 2 times"),
        ("city=Cork&city=Nowhereville", "There is no city called Nowhereville"),
        ("city=Cork&document=gwanak-library-lunchbox", "compare one kind"),
        ("document=nothing&document=gwanak-library-lunchbox", "There is no document"),
        ("city=a&city=b&city=c&city=d&city=e&city=f", "name 2 to 5"),
    ],
)
def test_what_cannot_be_compared_says_why(client: TestClient, query: str, words: str) -> None:
    alert = page(client, f"/compare?{query}", 400).select_one("[role=alert]")
    assert alert is not None
    assert words in alert.get_text()


def test_one_practice_is_offered_others_to_stand_beside(client: TestClient) -> None:
    offered = hrefs(page(client, "/compare?document=gwanak-library-lunchbox"), "main .panel a[href*='document=']")
    assert offered
    assert page(client, offered[0]).select_one("table.compare")


def test_each_cell_of_the_overview_is_the_search_that_finds_as_many(client: TestClient, starter: KnowledgeBase) -> None:
    soup = page(client, "/overview")
    first, second = soup.select("table.matrix")
    found = overview(starter)
    assert len(first.select("tbody tr")) == len(second.select("tbody tr")) == len(found.themes)
    for link in first.select("tbody td a")[:4]:
        status = page(client, str(link["href"])).select_one(".status [role=status]")
        assert status is not None
        assert status.get_text(strip=True).split()[0] == link.get_text(strip=True)


def test_the_map_has_a_table_that_says_the_same(client: TestClient) -> None:
    soup = page(client, "/map")
    assert len(soup.select("svg circle")) == len(soup.select("table.list tbody tr")) > 100
    assert "no borders are drawn" in soup.get_text()
    assert soup.select("svg [style], svg script") == []


def test_weights_that_were_typed_are_kept_and_count(client: TestClient) -> None:
    usual = page(client, "/cities/cork")
    other = page(client, "/cities/cork?preset=region&w_country=9")
    names = [[a.get_text() for a in soup.select("#comparable ~ .results article .title a")] for soup in (usual, other)]
    assert names[0] != names[1]
    field = other.select_one("#w-country")
    assert field is not None
    assert field["value"] == "9"
    assert page(client, "/cities/cork?w_country=lots", 400).select_one("[role=alert]")
