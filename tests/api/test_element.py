"""The element on a website in a real browser: under a strict policy, by keyboard, in Arabic, among hostile styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.embedding import Host

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INPUT, BUTTON, RESULT, OPTION = (
    f"learncities-search {inner}" for inner in ("input[role]", ".button", ".result", "[role=option]")
)
# What a host's style sheet could change by inheritance or by a rule for everything.
STYLES = """color font-family font-size font-style letter-spacing text-transform text-align text-indent display opacity
            direction"""


def ask(page: Page, question: str) -> None:
    page.locator(INPUT).fill(question)
    page.keyboard.press("Enter")
    page.locator(RESULT).first.wait_for()


def styles(page: Page, selector: str) -> dict[str, str]:
    script = "(node, names) => Object.fromEntries(names.map((n) => [n, getComputedStyle(node).getPropertyValue(n)]))"
    values: dict[str, str] = page.locator(selector).first.evaluate(script, STYLES.split())
    return values


def test_the_printed_line_is_all_that_a_strict_website_adds(page: Page, host: Host, complaints: list[str]) -> None:
    page.goto(host.page(host.tag(filters=[("theme", "literacy")], limit=3).element))
    ask(page, "libraries")
    assert page.locator(RESULT).count() == 3
    assert page.locator("learncities-search mark").count() > 0
    hrefs = page.locator("learncities-search .title a").evaluate_all("links => links.map((link) => link.href)")
    assert all(href.startswith(f"{host.centre}/documents/") for href in hrefs)
    more = urlsplit(str(page.locator("learncities-search .more a").get_attribute("href")))
    assert parse_qs(more.query) == {"q": ["libraries"], "theme": ["literacy"], "lang": ["en"]}
    assert re.fullmatch(r"\d+ results", page.locator("learncities-search [role=status]").inner_text())
    assert complaints == []


def test_the_keyboard_is_enough(page: Page, host: Host) -> None:
    page.goto(host.element())
    page.locator(INPUT).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("liter")
    page.locator(OPTION).first.wait_for()
    box = page.locator(INPUT)
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert page.locator(OPTION).last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator(OPTION).first.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == page.locator(OPTION).first.get_attribute("id")
    page.keyboard.press("End")  # back in the text
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{OPTION} span").first.inner_text()
    page.keyboard.press("Enter")
    page.locator(RESULT).first.wait_for()
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.ariaLabel") == f"Remove the filter {chosen}"
    page.keyboard.press("Enter")
    assert page.locator("learncities-search .chip").count() == 0
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "q"


def test_escape_closes_the_list_and_then_empties_the_box(page: Page, host: Host) -> None:
    page.goto(host.element())
    page.locator(INPUT).press("ArrowDown")  # nothing typed: popular themes
    page.locator(OPTION).first.wait_for()
    page.locator(INPUT).press_sequentially("lib")
    page.keyboard.press("Escape")
    assert page.locator(OPTION).count() == 0
    assert page.locator(INPUT).input_value() == "lib"
    page.keyboard.press("Escape")
    assert page.locator(INPUT).input_value() == ""


def test_a_suggestion_can_be_clicked(page: Page, host: Host) -> None:
    page.goto(host.element('country="KR"'))
    page.locator(INPUT).press_sequentially("liter")
    page.locator(OPTION).first.click()
    page.locator(RESULT).first.wait_for()
    assert page.locator("learncities-search .chip").count() == 1
    assert all("Korea" in place for place in page.locator("learncities-search .place").all_inner_texts())


def test_hostile_styles_change_nothing(page: Page, host: Host, complaints: list[str]) -> None:
    seen: list[list[Any]] = []
    for hostile in ("false", "true"):
        page.goto(f"{host.centre}/demo?hostile={hostile}")
        assert (page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 255, 0)") == (hostile == "true")
        ask(page, "library cards for newborn children")
        names = (INPUT, BUTTON, ".root", ".label", ".title", ".place", ".why", "mark", ".credit")
        seen.append([styles(page, name if "learn" in name else f"learncities-search {name}") for name in names])
        height = page.locator(BUTTON).evaluate("node => node.offsetHeight")
        seen[-1].append(height)
        page.locator("iframe").scroll_into_view_if_needed()
        frame = page.frame_locator("iframe")
        frame.locator(".result").first.wait_for()
        assert frame.locator(".result").count() == 2
        assert frame.locator("body").evaluate("node => getComputedStyle(node).fontSize") == "16px"
    assert seen[0] == seen[1]
    assert complaints == []


def test_a_line_through_the_page_does_not_go_through_it(page: Page, host: Host) -> None:
    drawn = []
    for css in (
        "",
        "html, body, learncities-search { text-decoration: line-through } learncities-search { display: flex }",
    ):
        page.goto(host.element(css=css))
        page.locator(INPUT).wait_for()
        drawn.append(page.locator("learncities-search .label").screenshot())
    assert drawn[0] == drawn[1]


def test_arabic_reads_from_the_right(page: Page, host: Host) -> None:
    page.goto(host.element('lang="ar" q="library"'))
    page.locator(RESULT).first.wait_for()
    assert page.locator("learncities-search .root").get_attribute("dir") == "rtl"
    assert page.locator(BUTTON).inner_text() == "بحث"
    assert "نتيجة" in page.locator("learncities-search [role=status]").inner_text()
    for name, words in (("place", "إندونيسيا"), ("why", "كلمات وُجدت"), ("note", "ملخص")):
        assert words in page.locator(f"learncities-search .{name}").first.inner_text()
    assert styles(page, "learncities-search .passage")["direction"] == "ltr"  # the quotation is in English
    button, box = page.locator(BUTTON).bounding_box(), page.locator(INPUT).bounding_box()
    assert button is not None
    assert box is not None
    assert button["x"] < box["x"]


def test_the_language_is_the_pages_and_follows_it(page: Page, host: Host) -> None:
    page.goto(host.element())
    page.locator(INPUT).wait_for()
    assert page.locator(BUTTON).inner_text() == "Search"
    page.locator("learncities-search").evaluate("node => node.setAttribute('lang', 'ru-RU')")
    page.locator("learncities-search .button", has_text="Найти").wait_for()
    page.locator("learncities-search").evaluate("node => node.setAttribute('lang', 'tlh')")
    page.locator("learncities-search .button", has_text="Search").wait_for()


def test_what_the_page_sets_is_kept_to(page: Page, host: Host) -> None:
    attributes = 'theme="literacy" limit="2" q="" placeholder="Ask us" label="Our search" heading-level="2"'
    page.goto(host.element(attributes))
    page.locator(RESULT).first.wait_for()
    assert page.locator(RESULT).count() == 2
    assert page.locator(INPUT).get_attribute("placeholder") == "Ask us"
    assert page.locator("learncities-search .label").inner_text() == "Our search"
    assert page.locator("learncities-search h2.title").count() == 2
    first = page.locator("learncities-search [role=status]").inner_text()
    with page.expect_response(lambda response: "country=IE" in response.url):
        page.locator("learncities-search").evaluate("node => node.setAttribute('country', 'IE')")
    page.locator("learncities-search [role=status]", has_not_text=first).wait_for()
    assert all("Ireland" in place for place in page.locator("learncities-search .place").all_inner_texts())


def test_the_page_s_own_form_gives_its_words_and_comes_back_if_ours_cannot(page: Page, host: Host) -> None:
    box = '<input name="q" value="school meals" placeholder="Of our own">'
    form = f'<form action="/elsewhere">{box}<button>Go</button></form>'
    url = host.page(f"{host.tag().element.splitlines()[0]}<learncities-search>{form}</learncities-search>")
    page.goto(url)
    page.locator(INPUT).wait_for()
    assert page.locator(INPUT).input_value() == "school meals"
    assert page.locator(INPUT).get_attribute("placeholder") == "Of our own"
    assert not page.locator("form[action='/elsewhere']").is_visible()
    page.route("**/learncities-search/en.json", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(url)
    assert page.locator("form[action='/elsewhere']").is_visible()


@pytest.mark.parametrize("without", ["scripts", "the right hash"])
def test_without_the_script_the_form_leads_to_the_search_page(browser: Browser, host: Host, without: str) -> None:
    page = browser.new_page(java_script_enabled=without != "scripts")
    tag = host.tag(filters=[("theme", "literacy")])
    page.goto(host.page(tag.element.replace(tag.integrity, f"sha384-{'A' * 64}")))
    page.locator("input[type=search]").fill("library")
    page.locator("button").click()
    page.wait_for_url(f"{host.centre}/?q=library&theme=literacy&lang=en")
    assert page.locator("article").count() > 0
    page.close()


def test_the_page_decides_on_dark(page: Page, host: Host) -> None:
    page.emulate_media(color_scheme="dark")
    seen = {}
    for css in ("", "html { color-scheme: light dark }"):
        page.goto(host.element(css=css))
        page.locator(INPUT).wait_for()
        seen[css] = page.locator(INPUT).evaluate("node => getComputedStyle(node).backgroundColor")
    assert list(seen.values()) == ["rgb(255, 255, 255)", "rgb(24, 35, 42)"]


def test_a_page_gives_it_colours_and_styles_its_parts(page: Page, host: Host) -> None:
    css = "learncities-search { --lc-accent: rgb(120, 0, 60); } learncities-search::part(title) { font-style: italic; }"
    page.goto(host.element('q="library"', css=css))
    page.locator(RESULT).first.wait_for()
    assert page.locator(BUTTON).evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(120, 0, 60)"
    assert styles(page, "learncities-search .title")["font-style"] == "italic"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_a_telephone(page: Page, host: Host, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(host.element(f'lang="{language}" q="library"'))
    page.locator(RESULT).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_can_be_moved_and_there_may_be_two(page: Page, host: Host, complaints: list[str]) -> None:
    page.goto(host.page(f"<main></main>{host.tag().element}{host.tag('fr').element}"))
    page.locator(INPUT).nth(1).wait_for()
    page.evaluate("document.querySelector('main').append(document.querySelector('learncities-search'))")
    page.locator(f"main {BUTTON}").wait_for()
    page.locator(INPUT).first.fill("library")
    page.locator(INPUT).first.press("Enter")
    page.locator(f"main {RESULT}").first.wait_for()
    assert page.locator(BUTTON).all_inner_texts() == ["Search", "Chercher"]
    assert page.locator("learncities-search[lang=fr] .result").count() == 0
    assert complaints == []


def test_axe_finds_nothing_wrong(page: Page, host: Host) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.goto(f"{host.centre}/demo?hostile=false")
    page.evaluate("document.querySelector('iframe').remove()")
    for language in ("en", "ar"):
        page.locator("learncities-search").evaluate("(node, lang) => node.setAttribute('lang', lang)", language)
        page.locator("learncities-search .button", has_text="بحث" if language == "ar" else "Search").wait_for()
        ask(page, "library")
        page.locator(INPUT).press("Backspace")
        page.locator(OPTION).first.wait_for()
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
    page.goto(f"{host.centre}/embed?q=library")
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
