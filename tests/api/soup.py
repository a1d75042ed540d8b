"""Pages as a test reads them."""

from __future__ import annotations

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

PAGES = (
    "/",
    "/?q=festival",
    "/?kind=practice",
    "/?theme=nothing",
    "/?q=%3F%21",
    "/documents/cork-lifelong-learning-festival",
    "/documents/cork-lifelong-learning-festival/similar",
    "/documents/cork-lifelong-learning-festival/brief",
    "/documents/cork-lifelong-learning-festival/brief?city=Lusaka",
    "/cities",
    "/cities/cork",
    "/cities/lusaka?preset=region&w_population=3",
    "/peers?city=Springfield",
    "/peers?profile=coastal+town+of+80,000",
    "/compare",
    "/compare?city=Cork&city=Lusaka",
    "/compare?document=cork-lifelong-learning-festival&document=gwanak-library-lunchbox",
    "/themes",
    "/themes/literacy",
    "/overview",
    "/map",
    "/how-it-works",
    "/about-network",
    "/nothing",
)


def page(client: TestClient, url: str, status: int = 200) -> BeautifulSoup:
    """The page at `url`, which must come with that status."""
    answer = client.get(url, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    return BeautifulSoup(answer.text, "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    """The titles of the results."""
    return [heading.get_text(strip=True) for heading in soup.select("article .title")]


def hrefs(soup: BeautifulSoup, selector: str) -> list[str]:
    """Where the selected links lead."""
    return [str(link["href"]) for link in soup.select(selector)]
