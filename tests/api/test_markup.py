"""Nothing that was typed or ingested becomes markup, and a page carries no script and no style of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from tests.api.soup import PAGES, hrefs, page

if TYPE_CHECKING:
    from tests.conftest import Box

SCRIPT = "<script>alert(1)</script>"


def test_the_words_of_the_question_are_marked(client: TestClient) -> None:
    marks = {mark.get_text().casefold() for mark in page(client, "/?q=newborn+library+card").select("blockquote mark")}
    assert {"newborn", "library", "card"} <= marks


@pytest.mark.parametrize("url", PAGES)
def test_a_page_holds_no_script_and_no_style_within_itself(client: TestClient, url: str) -> None:
    soup = BeautifulSoup(client.get(url, headers={"accept": "text/html"}).text, "html.parser")
    assert soup.select("style, iframe, object, [style]") == []
    # The one script is a file of ours; what search engines read is data, which no browser runs.
    runs = [script for script in soup.select("script") if script.get("type") != "application/ld+json"]
    assert [(script["src"], script.get_text()) for script in runs] == [("/static/app.js", "")]
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert not [link for link in hrefs(soup, "[href]") if link.lower().startswith(("javascript:", "data:"))]


@pytest.mark.parametrize(
    "typed", [SCRIPT, '" onfocus="alert(1)', "'><img src=x onerror=alert(1)>", "</title><b>x", "{{ 7 * 7 }} a"]
)
def test_what_was_typed_never_becomes_markup(client: TestClient, typed: str) -> None:
    answer = client.get("/", params={"q": typed})
    soup = BeautifulSoup(answer.text, "html.parser")
    assert soup.select("script:not([src]), main img, b > b") == []
    assert "49" not in (soup.title.get_text() if soup.title else "")
    field = soup.select_one("input[name=q]")
    assert field is not None
    assert field["value"] == typed
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]


@pytest.mark.parametrize("name", ["theme", "city", "language", "kind", "year_from", "cursor", "nothing"])
def test_what_was_given_as_a_parameter_never_becomes_markup(client: TestClient, name: str) -> None:
    answer = client.get("/", params={name: SCRIPT}, headers={"accept": "text/html"})
    assert answer.status_code in (200, 400, 422)
    assert SCRIPT not in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/?q=night+school", "/?kind=practice", "/", "/documents/one", "/documents/one/brief?city=Lusaka",
        "/cities/cork", "/cities/lusaka", "/themes/literacy",
        "/compare?document=one&document=two", "/documents/two/similar",
    ],
)  # fmt: skip
def test_what_was_ingested_never_becomes_markup(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient], url: str
) -> None:
    source = {"address": "https://example.org/?a=1&b=<", "title": SCRIPT, "publisher": f"A {SCRIPT}", "language": "en"}
    front = {"title": f"Night {SCRIPT} school", "organisations": [SCRIPT], "disagreement": SCRIPT}
    figures = [{"value": SCRIPT, "what": SCRIPT}]
    sources = [{**source, "nature": "official"}]
    practice("two", f"A night school {SCRIPT} & less.", **{**front, "title": f"Another {SCRIPT}"}, sources=sources)
    box.ingest(practice("one", f"A night school {SCRIPT} & more.", **front, figures=figures, sources=sources).parent)
    soup = page(serve(), url)
    assert soup.select("script:not([src], [type='application/ld+json'])") == []
    assert SCRIPT in soup.get_text()
    assert all(SCRIPT in str(json.loads(data.get_text())) for data in soup.select("[type='application/ld+json']"))


def test_highlights_are_marked_around_what_must_be_escaped(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    box.ingest(practice("one", "Bread & 'butter' at a <b>night</b> school."))
    quote = page(serve(), "/?q=night+butter").select_one("blockquote")
    assert quote is not None
    assert "<b>" in quote.get_text()
    assert [mark.get_text() for mark in quote.select("mark")] == ["butter", "night"]
