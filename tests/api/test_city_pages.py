"""Pages of cities: a visitor finds a city, what it does, and cities like it, with what is unknown said."""

from __future__ import annotations

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

HTML = {"accept": "text/html"}


def test_all_cities_are_listed_with_their_practices(client: TestClient) -> None:
    page = client.get("/cities", headers=HTML)
    assert page.status_code == 200
    assert 'href="/cities/cork"' in page.text
    assert "Arab States" in page.text
    names = [name.get_text() for name in BeautifulSoup(page.text, "html.parser").select(".places bdi")]
    assert (
        names.index("Câmara de Lobos") < names.index("Cork") < names.index("Évry-Courcouronnes") < names.index("Fermo")
    )


def test_a_city_shows_what_is_known_its_practices_and_comparable_cities(client: TestClient) -> None:
    page = client.get("/cities/cork", headers=HTML).text
    assert "224,004" in page
    assert 'href="/documents/cork-learning-neighbourhoods"' in page
    assert "Comparable cities" in page
    assert page.count('<article class="card">') == 5
    assert "<dt>Alike</dt>" in page
    assert "unknown" in page


def test_a_city_without_practices_is_compared_by_context_and_says_so(client: TestClient) -> None:
    page = client.get("/cities/lusaka", headers=HTML).text
    assert "No practice of Lusaka is in this corpus yet" in page
    assert page.count('<article class="card">') == 5


def test_an_unknown_city_suggests_the_nearest(client: TestClient) -> None:
    page = client.get("/cities/corck", headers=HTML)
    assert page.status_code == 404
    assert "Did you mean: Cork?" in page.text
    assert "`" not in client.get("/cities/nowhere-at-all", headers=HTML).text  # a command is of no use to a visitor
