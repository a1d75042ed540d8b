"""What the element makes of answers: late ones, refusals, none at all, hostile ones, and marks in any script."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.embedding import CORS, Host, answer, hit, passage

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route

INPUT, RESULT, STATUS = (f"learncities-search {inner}" for inner in ("input[role]", ".result", "[role=status]"))
SEARCH, SUGGEST = "**/api/v1/search?**", "**/api/v1/suggest?**"
CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{7*7}} ${7*7} $& $1 {q} {n}",
    "</ul></template><iframe src=javascript:alert(1)>",
    "\u202etxt.exe \u0000 \ufeff",
)


def question(request: Request) -> str:
    return parse_qs(urlsplit(request.url).query).get("q", [""])[0]


def gives(page: Page, body: Any, status: int = 200, pattern: str = SEARCH, **headers: str) -> None:
    """Let the API answer so."""
    text = body if isinstance(body, str) else json.dumps(body)
    page.route(pattern, lambda route: route.fulfill(status=status, body=text, headers=CORS | headers))


@pytest.fixture
def shown(page: Page, host: Host) -> Callable[..., None]:
    """Show the element with that answer to a search for `x`."""

    def show(body: Any, attributes: str = 'q="x"', **more: Any) -> None:
        gives(page, body, **more)
        page.goto(host.element(attributes))
        page.locator("learncities-search :is(.result, .error, .notice, .count)").first.wait_for()
        page.locator(STATUS, has_text=re.compile(".")).wait_for()

    return show


def test_a_late_answer_to_an_earlier_question_is_dropped(page: Page, host: Host) -> None:
    held: list[Route] = []

    def handle(route: Route) -> None:
        if question(route.request) == "slow":
            held.append(route)
        else:
            route.fulfill(json=answer(hit("the second")), headers=CORS)

    page.route(SEARCH, handle)
    page.goto(host.element('q="slow"'))
    page.locator(INPUT).fill("quick")
    page.locator(INPUT).press("Enter")
    page.locator(RESULT).wait_for()
    assert held
    for route in held:
        with suppress(Exception):  # the browser has given the request up
            route.fulfill(json=answer(hit("the first"), hit("and more")), headers=CORS)
    page.wait_for_timeout(100)
    assert page.locator("learncities-search .title").all_inner_texts() == ["the second"]


def test_suggestions_wait_for_a_pause_and_belong_to_what_is_in_the_box(page: Page, host: Host) -> None:
    asked: list[str] = []

    def handle(route: Route) -> None:
        asked.append(question(route.request))
        suggestion = {"kind": "term", "text": asked[-1], "explanation": "", "query": asked[-1], "filters": {}}
        route.fulfill(json={"suggestions": [suggestion]}, headers=CORS)

    page.route(SUGGEST, handle)
    page.goto(host.element())
    page.locator(INPUT).press_sequentially("festival of learning")
    page.locator("learncities-search [role=option]", has_text="festival of learning").wait_for()
    assert asked[-1] == "festival of learning"
    assert len(asked) < len("festival of learning") / 2
    assert page.locator("learncities-search [role=option]").count() == 1


def test_a_busy_server_is_given_the_time_it_asks_for(page: Page, host: Host) -> None:
    asked: list[str] = []

    def handle(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=429, body="{}", headers=CORS | {"Retry-After": "3"})
        else:
            route.fulfill(json=answer(hit()), headers=CORS)

    page.route("**/api/v1/**", handle)
    page.goto(host.element('q="x"'))
    page.locator("learncities-search .notice").wait_for()
    assert "We try again in 3 seconds." in page.locator("learncities-search .notice").inner_text()
    page.locator(INPUT).press_sequentially("liter")  # nothing is asked meanwhile
    page.locator(RESULT).wait_for()
    assert ["search" in url for url in asked] == [True, True]
    assert page.locator("learncities-search .notice").count() == 0


@pytest.mark.parametrize(
    ("status", "retry_after", "body", "said"),
    [
        (503, "600", "{}", "Many people are searching just now. Please try again in a moment."),
        (429, "Wed, 21 Oct 2099 07:28:00 GMT", "<html>", "Many people are searching just now."),
        (500, "", "{}", "The search did not work this time."),
        (200, "", "not json", "The search cannot be reached just now."),
    ],
)
def test_a_failure_is_said_kindly_with_two_ways_on(
    page: Page, host: Host, shown: Callable[..., None], status: int, retry_after: str, body: str, said: str
) -> None:
    shown(body, status=status, **({"Retry-After": retry_after} if retry_after else {}))
    error = page.locator("learncities-search .error")
    assert said in error.inner_text()
    assert said in page.locator(STATUS).inner_text()
    assert error.locator("a").get_attribute("href") == f"{host.centre}/?q=x&lang=en"
    assert error.locator("button").is_visible()


def test_no_answer_at_all_can_be_tried_again(page: Page, host: Host) -> None:
    page.route(SEARCH, lambda route: route.abort())
    page.goto(host.element('q="x"'))
    page.locator("learncities-search .error").wait_for()
    page.unroute(SEARCH)
    gives(page, answer(hit()))
    page.locator("learncities-search .error button").click()
    page.locator(RESULT).wait_for()
    assert page.locator("learncities-search .error").count() == 0


def test_a_refusal_says_what_the_server_says_and_offers_no_second_try(page: Page, shown: Callable[..., None]) -> None:
    shown({"detail": "Unknown theme: 'healt'."}, status=400)
    error = page.locator("learncities-search .error")
    assert "Unknown theme: 'healt'." in error.inner_text()
    assert error.locator("button").count() == 0


def test_what_a_reader_must_know_is_shown(page: Page, shown: Callable[..., None]) -> None:
    expansion = {
        "asked": "ALE",
        "meant": "adult learning",
        "also": ["adult learning"],
        "weight": 0.5,
        "source": "thesaurus",
    }
    near = hit("Near", rests_on=["A summary."])
    body = answer(
        nearest=[near], notices=["Nothing comparable was found."], did_you_mean="adult", expansions=[expansion],
        attribution="From a thesaurus.",
    )  # fmt: skip
    shown(body)
    notices = page.locator("learncities-search .notice").all_inner_texts()
    assert notices[0] == "Nothing comparable was found."
    assert notices[1] == "Searched also for: adult learning. From a thesaurus."
    assert page.locator(STATUS).inner_text() == "Nothing was found."
    assert page.locator("learncities-search .note").all_inner_texts()[-1] == "A summary."
    with page.expect_request(lambda request: question(request) == "adult"):
        page.locator("learncities-search .notice button").click()


@pytest.mark.parametrize("text", CORPUS)
def test_text_is_only_ever_text(page: Page, complaints: list[str], shown: Callable[..., None], text: str) -> None:
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    evil = hit(
        text, passage(text, [(0, 5)], section=[text], page_label=text, url="javascript:alert(1)"), publisher=text
    )
    evil["citation"] |= {"publisher": text, "url": "javascript:alert(1)"}
    evil["why"] = [text]
    shown(answer(evil, notices=[text], did_you_mean=text))
    # A NUL cannot stand in a page; all else is there as it came.
    assert page.locator("learncities-search .title").evaluate("node => node.textContent") == text
    assert page.locator("learncities-search mark").evaluate("node => node.textContent") == text[:5]
    assert page.locator("learncities-search :is(img, script, svg, iframe, template)").count() == 0
    hrefs = page.locator("learncities-search a").evaluate_all("links => links.map((link) => link.href)")
    assert all(href.startswith("http") for href in hrefs)
    assert complaints == []


@pytest.mark.parametrize("endpoint", ["javascript:alert(1)", "https://[", "data:text/html,x"])
def test_an_endpoint_that_is_no_website_is_not_used(page: Page, host: Host, endpoint: str) -> None:
    gives(page, answer(hit()))
    page.goto(host.element('q="x"'))
    page.locator("learncities-search").evaluate("(node, value) => node.setAttribute('endpoint', value)", endpoint)
    page.locator(RESULT).wait_for()
    assert page.locator("learncities-search .credit a").get_attribute("href") == f"{host.centre}/"


@pytest.mark.parametrize(
    ("text", "spans", "marked"),
    [
        ("🎓🎓 learning 🏙 city", [(0, 1), (3, 11), (12, 13)], ["🎓", "learning", "🏙"]),
        ("学习型城市𠮷野家的图书馆", [(0, 3), (5, 6), (9, 12)], ["学习型", "𠮷", "图书馆"]),
        ("مكتبة الحي", [(6, 10)], ["الحي"]),
    ],
)
def test_marks_stand_where_the_code_points_say(
    page: Page, shown: Callable[..., None], text: str, spans: list[tuple[int, int]], marked: list[str]
) -> None:
    shown(answer(hit("A title", passage(text, spans))))
    assert page.locator("learncities-search mark").all_inner_texts() == marked
    assert page.locator("learncities-search .passage p").last.evaluate("node => node.textContent") == text


def test_pieces_are_what_python_would_cut(page: Page, host: Host) -> None:
    chance = random.Random(1)
    cases = []
    for _ in range(300):
        text = "".join(chance.choice("ab é学𠮷🎓👩‍🏫\u0301") for _ in range(chance.randrange(20)))
        cuts = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, 2 * chance.randrange(4))))
        cases.append((text, list(zip(cuts[::2], cuts[1::2], strict=False))))
    page.goto(host.element())
    script = "async ([url, cases]) => { const { pieces } = await import(url); return cases.map((c) => pieces(...c)); }"
    found = page.evaluate(script, [host.tag().script, cases])
    for (text, spans), pieces in zip(cases, found, strict=True):
        assert "".join(piece for piece, _ in pieces) == text
        assert [piece for piece, on in pieces if on] == [text[start:end] for start, end in spans]
