"""Headings, lists, tables and captions of a page, each text once, whether the page is an article or not."""

from __future__ import annotations

import pytest

from corpus.models import Document
from ingest.formats.html import parse_html
from ingest.formats.raw import RawSource

FILLER = "A learning city gives courses to everyone who lives there, and opens its libraries in the evening. " * 3


def parse(body: str, head: str = "<title>Rooms</title>") -> Document:
    return parse_html(
        RawSource("files/rooms.html", f"<!doctype html><html><head>{head}</head><body>{body}</body>".encode())
    )


def article(body: str) -> list[str]:
    """The blocks of an article that holds `body` between two paragraphs, without those."""
    blocks = parse(f"<article><h1>Rooms</h1><p>First. {FILLER}</p>{body}<p>Last. {FILLER}</p></article>").text.split(
        "\n\n"
    )
    assert blocks[0].startswith("First.")
    assert blocks[-1].startswith("Last.")
    return blocks[1:-1]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (
            "<ul><li>Libraries opened late<ul><li>on Mondays too</li><li>and on Sundays</li></ul></li>"
            "<li>Schools lent rooms</li></ul>",
            ["Libraries opened late\non Mondays too\nand on Sundays\nSchools lent rooms"],
        ),
        (
            "<dl><dt>Learning city</dt><dd>One that learns from its people.</dd>"
            "<dt>Mentor</dt><dd><p>Who helps another.</p></dd></dl>",
            ["Learning city\nOne that learns from its people.\nMentor\nWho helps another."],
        ),
        (
            "<table><caption>Learners by year</caption><tr><th>Year</th><th>Learners</th></tr>"
            "<tr><td>2020</td><td>1500</td></tr></table>",
            ["Learners by year", "Year | Learners\n2020 | 1500"],
        ),
        (
            "<table><tr><th>City</th><th>Partners</th></tr>"
            "<tr><td>Cork</td><td><ul><li>Libraries</li><li>Schools</li></ul></td></tr></table>",
            ["City | Partners\nCork | Libraries; Schools"],
        ),
        (
            "<table><tr><td>Outer words of the page"
            "<table><tr><td>Inner one</td><td>Inner two</td></tr></table></td></tr></table>",
            ["Outer words of the page", "Inner one | Inner two"],
        ),
        (
            "<figure><img src='a.png' alt='x'><figcaption>Learners in the evening rooms of Cork</figcaption></figure>",
            ["Learners in the evening rooms of Cork"],
        ),
        ("<figure><img src='a.png'><figcaption>Photo: A. Byrne</figcaption></figure>", []),
        (
            "<p>On <time datetime='2020-05-14'>14 May 2020</time> the mayor said <q>come in</q>, and they came.</p>",
            ["On 14 May 2020 the mayor said “come in”, and they came."],
        ),
        (
            "<p>What the city did in these years:<br>• opened rooms late<br>• paid for buses"
            "<br><br>All of it was free.</p>",
            ["What the city did in these years:\n• opened rooms late\n• paid for buses", "All of it was free."],
        ),
        (
            "<p>Row, row, row your boat<br>Gently down the stream</p>",
            ["Row, row, row your boat Gently down the stream"],
        ),
        (
            "<blockquote><p>We learned to read together.</p><p>Then we taught others.</p></blockquote>",
            ["We learned to read together.", "Then we taught others."],
        ),
    ],
    ids=[
        "nested list",
        "definitions",
        "table",
        "list in cell",
        "nested table",
        "caption",
        "credit",
        "date",
        "br",
        "verse",
        "quote",
    ],
)
def test_what_stands_in_an_article_is_kept_once_and_in_form(body: str, blocks: list[str]) -> None:
    assert article(body) == blocks


def test_what_opens_and_closes_has_its_own_section() -> None:
    questions = "".join(
        f"<details><summary>May {who} come?</summary><p>Yes, {FILLER}</p></details>" for who in ("I", "we")
    )
    page = parse(f"<article><h1>Rooms</h1><p>{FILLER}</p><h2>Questions</h2>{questions}</article>")
    assert [section.path for section in page.sections] == [
        ("Rooms",),
        ("Rooms", "Questions", "May I come?"),
        ("Rooms", "Questions", "May we come?"),
    ]


CITIES = ("Cork", "Osan", "Espoo", "Bogotá", "Shanghai")


@pytest.mark.parametrize(
    "page",
    [
        "<div class='grid'>{}</div>",
        "<main><ul>{}</ul></main>",
        "<div><section>{}</section></div>",
    ],
)
@pytest.mark.parametrize("element", ["div", "li", "section"])
def test_practices_on_one_page_keep_the_headings_that_say_whose_they_are(page: str, element: str) -> None:
    cards = "".join(
        f"<{element}><h3>{city}</h3><p>{city} opened rooms. {FILLER}</p><a href='/{city}'>Read more</a></{element}>"
        for city in CITIES
    )
    document = parse(page.format(cards))
    assert [section.path[-1] for section in document.sections] == list(CITIES)
    for city, section in zip(CITIES, document.sections, strict=True):
        assert document.text[section.start : section.end].startswith(f"{city} opened rooms.")
    assert "Read more" not in document.text


def test_the_heading_of_what_is_left_out_is_left_out() -> None:
    aside = (
        "<div class='related'><h2>Related stories</h2><ul>"
        + "<li><a href='/a'>Another story</a></li>" * 6
        + "</ul></div>"
    )
    page = parse(f"<div><h1>Rooms</h1><p>One. {FILLER}</p>{aside}<p>Two. {FILLER}</p></div>")
    assert "Another story" not in page.text
    assert {section.path for section in page.sections} == {("Rooms",)}


def test_a_headline_put_into_the_text_heads_nothing_and_that_of_a_card_does() -> None:
    teaser = "<div class='story'><h3><a href='/b'>Another town wins a prize</a></h3></div>"
    page = parse(
        f"<div><h1>Rooms</h1><p>One. {FILLER}</p>{teaser}<p>Two. {FILLER}</p>{teaser}<p>Three. {FILLER}</p></div>"
    )
    assert {section.path for section in page.sections} == {("Rooms",)}
    for card in ("<div><h3><a href='/{0}'>{0}</a></h3><p>{1}</p></div>", "<h3><a href='/{0}'>{0}</a></h3><p>{1}</p>"):
        page = parse("<div>" + "".join(card.format(city, f"{city}. {FILLER}") for city in CITIES) + "</div>")
        assert [section.path for section in page.sections] == [(city,) for city in CITIES]


def test_a_page_laid_out_by_a_table_is_read_as_text() -> None:
    text = "<br><br>".join(f"{city} opened rooms. {FILLER}" for city in CITIES)
    menu = "<a href='1'>Home</a><br><a href='2'>News</a>"
    page = parse(f"<table><tr><td>{menu}</td><td><b>Report</b><br><br>{text}</td></tr></table>")
    assert " | " not in page.text
    assert [block[:4] for block in page.text.split("\n\n")[-5:]] == [city[:4] for city in CITIES]


def test_a_heading_in_pieces_that_are_set_apart_keeps_them_apart() -> None:
    page = parse(
        f"<article><h2><span>Part 1</span><span>The river</span></h2><p>{FILLER}</p><p>{FILLER}x</p></article>"
    )
    assert page.sections[0].path == ("Part 1 The river",)
    page = parse(f"<article><h2><b>E</b>vening <i>r</i>ooms</h2><p>{FILLER}</p><p>{FILLER}x</p></article>")
    assert page.sections[0].path == ("Evening rooms",)


def story(block: str, button: str = '<a class="to_top" href="#content">Goto first page</a>') -> str:
    """A story as such sites are saved: full-screen parts, each followed by the same button, some with a video."""
    video = "<div><span>0:00</span><p>/</p><span>0:00</span><p>Start video now</p></div>"
    parts = "".join(
        f"<section class='page'><div>{block.format(city=city)}{video if place % 2 else ''}</div></section>{button}"
        for place, city in enumerate(CITIES * 2)
    )
    start = "<div><h2>Notice</h2><p>Please make sure your speakers are turned on.</p><a>Let's go</a></div>"
    return f"{start}<div id='content'>{parts}<div>Scroll down to continue</div><div>Swipe to continue</div></div>"


@pytest.mark.parametrize(
    "block",
    [
        "<h3>{city}</h3><p>{city} opened rooms. " + FILLER + "</p>",
        "<h3>{city}</h3><div>{city} opened rooms. " + FILLER + "</div>",
        "<h3>{city}</h3><span>{city} opened rooms. " + FILLER + "</span>",
    ],
)
def test_a_story_comes_out_without_its_buttons_and_with_all_its_sentences(block: str) -> None:
    page = parse(story(block))
    for word in ("Goto", "0:00", "video", "Scroll", "Swipe", "speakers", "Let's go"):
        assert word not in page.text
    for city in CITIES:
        assert f"{city} opened rooms." in page.text
    assert {section.path[-1] for section in page.sections} == set(CITIES)


def test_a_caption_that_is_repeated_in_the_text_is_no_text_twice() -> None:
    told = "Cork opened its libraries in the evening for all."
    page = parse(f"<article><p>{FILLER}</p><div class='teaser'>{told}</div><p>{told} {FILLER}</p></article>")
    assert page.text.count(told) == 1


@pytest.mark.parametrize(
    ("direction", "language", "text"),
    [
        ("rtl", "ar", "فتحت مدينة {} قاعات في المساء، ويتعلم فيها الكبار والصغار القراءة والكتابة معا."),
        ("rtl", "he", "העיר {} פתחה בערב חדרים, ובהם לומדים גדולים וקטנים לקרוא ולכתוב יחד."),
        ("ltr", "zh", "{}在晚上开放图书馆，大人和孩子们一起学习读书和写字，课程对所有居民免费开放。"),
        ("ltr", "th", "เมือง {} เปิดห้องสมุดในตอนเย็น ผู้ใหญ่และเด็กเรียนรู้การอ่านและการเขียนด้วยกัน"),
    ],
)
def test_other_scripts_keep_their_headings_and_the_order_of_their_letters(
    direction: str, language: str, text: str
) -> None:
    paragraphs = "".join(f"<h2>{place}</h2><p>{text.format(place)}</p>" for place in range(10, 18))
    page = parse_html(
        RawSource(
            "a.html", f"<html lang='{language}' dir='{direction}'><body><div>{paragraphs}</div></body></html>".encode()
        )
    )
    assert page.text.split("\n\n") == [text.format(place) for place in range(10, 18)]
    assert [section.path for section in page.sections] == [(str(place),) for place in range(10, 18)]
    assert page.language == language


def test_sections_lie_over_the_text_by_code_points() -> None:
    page = parse("<article>" + "".join(f"<h2>🏙 {city}</h2><p>{city} 🙂 {FILLER}</p>" for city in CITIES) + "</article>")
    assert [
        page.text[section.start :].startswith(city) for city, section in zip(CITIES, page.sections, strict=True)
    ] == [True] * 5
    assert page.text == "\n\n".join(page.text[section.start : section.end] for section in page.sections)
