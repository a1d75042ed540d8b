"""In a real browser: suggestions by keyboard, a list to compare, copying, the back button, Arabic, and downloads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from corpus.settings import Settings
from tests.api.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def site(starter_data: Path) -> Iterator[str]:
    with served(create_app(Settings(data=starter_data))) as address:
        yield address


def test_a_suggestion_is_chosen_by_keyboard_alone(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(f"{site}/?lang=fr")
    field = page.locator("#q")
    field.press_sequentially("alpha")
    page.wait_for_selector("[role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Home")  # back in the text
    assert (field.get_attribute("aria-activedescendant"), page.locator("[aria-selected]").count()) == (None, 0)
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**lang=fr*")
    page.wait_for_selector(".status [role=status]")
    assert complaints == []


def test_practices_are_gathered_and_compared(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(f"{site}/?q=festival")
    page.locator("a[data-compare]").nth(0).click()
    page.locator("a[data-compare]").nth(2).click()
    page.locator("a[data-compare]").nth(2).click()
    assert page.locator("#tray li").count() == 2
    assert page.url.endswith("/?q=festival")
    page.goto(f"{site}/cities")  # the list stays while the tab does
    assert page.locator("#tray li").count() == 2
    page.locator("#tray a.button").click()
    page.wait_for_url("**/compare?**")
    assert page.locator("table.compare thead th").count() == 3
    page.locator("#tray .remove").first.click()
    page.locator("#tray button.quiet-button").click()
    assert not page.locator("#tray").is_visible()
    assert complaints == []


def test_filters_stand_in_the_address_and_the_back_button_takes_them_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=festival")
    before = page.locator(".status [role=status]").inner_text()
    page.locator(".aside li a").first.click()
    page.wait_for_url("**theme=*")
    page.go_back()
    assert page.locator(".status [role=status]").inner_text() == before
    assert page.locator("ul.active").count() == 0


def test_a_citation_is_copied(browser: Browser, site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/documents/gwanak-library-lunchbox")
    page.locator("button[data-copy]").click()
    page.wait_for_function("document.querySelector('button[data-copy]').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()
    context.close()


def test_a_result_is_downloaded_whole(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=festival&region=africa")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) > 1


def test_arabic_runs_from_right_to_left_on_a_telephone(page: Page, site: str, complaints: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/?q=festival&lang=ar")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    brand = page.locator(".brand").bounding_box()
    assert brand is not None
    assert brand["x"] + brand["width"] > 350
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []


def test_the_deep_link_to_a_passage_leads_to_it(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=knowledge+lunch+box+libraries")
    page.locator("article .section a").first.click()
    page.wait_for_url("**/documents/**#p*")
    assert page.locator(":target").is_visible()


@pytest.mark.parametrize("path", ["/cities/cork", "/compare?city=Cork&city=Lusaka", "/overview", "/map", "/themes"])
def test_every_page_works_with_scripts_switched_off(browser: Browser, site: str, path: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}{path}")
    assert page.locator("main h1").is_visible()
    assert not page.locator("#tray").is_visible()
    page.close()


def test_everything_that_is_pressed_is_large_enough(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/?q=festival")
    small = page.evaluate(
        """[...document.querySelectorAll('button, nav a, .actions a, .chip, summary, input:not([type=hidden])')]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5).map((e) => e.outerHTML)"""
    )
    assert small == []
