"""axe-core finds nothing on any page or state, in light and dark, on a desktop and, in Arabic, on a telephone.

What it cannot see is on the checklist in docs/accessibility.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from api.app import create_app
from corpus.settings import Settings
from tests.api.serving import served
from tests.api.soup import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP_LIGHT, TELEPHONE_DARK = ("en", 1280, "light"), ("ar", 390, "dark")


@pytest.fixture(scope="module")
def site(starter_data: Path) -> Iterator[str]:
    with served(create_app(Settings(data=starter_data))) as address:
        yield address


def faults(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, WCAG 2.2 AA and its best practices."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    return [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize(("language", "width", "scheme"), [DESKTOP_LIGHT, TELEPHONE_DARK], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault(browser: Browser, site: str, path: str, language: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # the library types it as a literal
    page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={language}")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_a_list_to_compare_and_open_details_have_no_fault(browser: Browser, site: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page.goto(f"{site}/?q=festival")
    page.locator("a[data-compare]").first.click()
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("liter")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    page.close()
