"""In a real browser: a search by keyboard, a page that fits a telephone, and a policy that nothing breaks."""

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

PAGES = (
    "/",
    "/?q=older+people+learn+to+use+smartphones",
    "/?q=%3F%21",
    "/documents/gwanak-library-lunchbox",
    "/?kind=practice",
)


@pytest.fixture(scope="module")
def site(starter_data: Path) -> Iterator[str]:
    """The address of the application over the starter corpus, served on a free port of this machine."""
    with served(create_app(Settings(data=starter_data))) as address:
        yield address


def test_a_search_needs_nothing_but_the_keyboard(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(site)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("library cards for newborn children")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=library*")
    assert (
        page.locator("article .title").first.inner_text() == "Every newborn gets a library card; students travel free"
    )
    assert page.locator("article mark").count() > 0
    assert complaints == []


def test_the_first_stop_of_the_keyboard_leads_past_the_header(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    assert page.locator(":focus").bounding_box() is not None
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")  # a browser follows a fragment in its own time
    assert page.url.endswith("#main")


def test_a_result_leads_to_its_page_and_a_filter_narrows(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(f"{site}/?q=festival")
    before = page.locator(".status [role=status]").inner_text()
    page.locator(".aside li a").first.click()
    page.wait_for_url("**theme=*")
    assert page.locator(".status [role=status]").inner_text() != before
    title = page.locator("article .title").first.inner_text()
    page.locator("article .title a").first.click()
    page.wait_for_url("**/documents/**")
    assert page.locator("h1").inner_text() == title
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_and_keeps_to_its_policy(
    page: Page, site: str, complaints: list[str], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    answer = page.goto(f"{site}{path}")
    assert answer is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "block"
    assert page.evaluate("document.styleSheets.length") == 1
    # A page that answers 400 is reported as such by the console; that is the answer, not a fault.
    assert [text for text in complaints if f"status of {answer.status}" not in text] == []


def test_the_page_works_with_scripts_switched_off(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}/?q=festival")
    assert page.locator("article").count() == 10
    page.locator(".pager a[rel=next]").click()
    assert page.locator("article").count() > 0
    page.close()


def test_a_typed_script_is_not_run(page: Page, site: str, complaints: list[str]) -> None:
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(f"{site}/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+festival")
    assert page.locator("input[name=q]").input_value() == "<img src=x onerror=alert(1)> festival"
    assert complaints == []
