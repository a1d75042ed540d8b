"""Pages speak six languages: the one asked for, else the one that the browser prefers, from right to left in Arabic."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.pages import TEMPLATES
from corpus.languages import LANGUAGES
from tests.api.soup import PAGES, hrefs, page

if TYPE_CHECKING:
    from tests.conftest import Box

# Pages for other websites have strings of their own; files for machines are read by machines.
OURS = sorted(path.name for path in TEMPLATES.glob("*.html") if path.name not in ("embed.html", "demo.html"))
OURS = [name for name in OURS if not name.startswith("tags_")]
# What is written alike in every language.
NAMES = {"RIS", "BibTeX", "CSL-JSON", "N", "S", "p"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de-DE,de;q=0.9,es;q=0.5,ar;q=0.7", "ar"),
        ("zh-Hans-CN", "zh"),
        ("de", "en"),
        ("en;q=0.1,ru;q=x,es;q=0.2", "es"),
        ("", "en"),
    ],
)
def test_a_page_speaks_the_language_that_the_browser_prefers(client: TestClient, header: str, language: str) -> None:
    answer = client.get("/how-it-works", headers={"accept": "text/html", "accept-language": header})
    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]


def test_a_language_that_was_chosen_wins_and_is_kept_in_every_link(client: TestClient) -> None:
    soup = page(client, "/?q=festival&lang=es")
    assert soup.html is not None
    assert (soup.html["lang"], soup.html["dir"]) == ("es", "ltr")
    inside = [href for href in hrefs(soup, "a[href^='/']") if not href.startswith("/api/")]
    assert [href for href in inside if "lang=es" not in href and "lang=" not in href] == []
    assert soup.select_one("form[role=search] input[name=lang][value=es]")


def test_the_switch_leads_to_the_same_page_in_every_language(client: TestClient) -> None:
    soup = page(client, "/?q=festival&theme=youth")
    switch = {str(link["lang"]): str(link["href"]) for link in soup.select("ul.languages a")}
    assert set(switch) == set(LANGUAGES)
    french = page(client, switch["fr"])
    assert french.html is not None
    assert french.html["lang"] == "fr"
    field = french.select_one("input[name=q]")
    assert field is not None
    assert field["value"] == "festival"
    assert "Jeunesse" in french.select("ul.active")[0].get_text()


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_there_in_arabic_from_right_to_left(client: TestClient, url: str) -> None:
    english = client.get(url, headers={"accept": "text/html"})
    soup = page(client, f"{url}{'&' if '?' in url else '?'}lang=ar", english.status_code)
    assert soup.html is not None
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
    heading = soup.select_one("h1")
    assert heading is not None
    in_arabic = re.search(r"[\u0600-\u06ff]", heading.get_text())
    # A city and a practice keep the name that they have.
    assert in_arabic or heading.select_one("bdi") or heading.has_attr("lang")


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en", "ar"}))
@pytest.mark.parametrize("url", ["/?q=festival", "/cities/cork", "/overview", "/themes"])
def test_labels_reasons_and_counts_are_said_in_the_language(client: TestClient, url: str, language: str) -> None:
    text = page(client, f"{url}{'&' if '?' in url else '?'}lang={language}").get_text()
    for english in ("Words found", "Literacy", "Europe and North America", " of the context known", "not known of"):
        assert english not in text


def test_what_goes_wrong_is_said_in_the_language(client: TestClient) -> None:
    french = page(client, "/?theme=literracy&lang=fr", 400).select_one("[role=alert]")
    assert french is not None
    assert french.get_text().startswith("Il n’y a pas de thème du nom de literracy. Vouliez-vous dire : literacy")
    russian = page(client, "/documents/nothing?lang=ru", 404)
    assert "Здесь нет документа" in russian.get_text()
    spanish = page(client, "/cities/corck?lang=es", 404)
    assert "Cork" in [chip.get_text() for chip in spanish.select("a.chip")]


@pytest.mark.parametrize("name", OURS)
def test_no_template_holds_words_outside_the_catalogues(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    attributes = re.findall(r'(?:aria-label|title|placeholder|alt|content)="([^"]*)"', text)
    told = [value.strip() for value in attributes if value.strip() and not value.startswith((" /", "width="))]
    assert set(told) - {"light dark", "noindex"} == set()
    # A macro may write attributes alone.
    words = re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>|&\w+;|[a-z-]+=\"[^\"]*\"", " ", text))
    assert set(words) - NAMES == set()


def test_what_a_document_rests_on_is_said_in_the_language(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    box.ingest(practice("one", "Night school.", disagreement="12 or 13 rooms"))
    text = page(serve(), "/documents/one?lang=fr").get_text()
    assert "Repose sur une seule source." in text
    assert "Les sources divergent : 12 or 13 rooms" in text
