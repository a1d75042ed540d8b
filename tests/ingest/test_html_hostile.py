"""Pages that attack their reader, or were saved badly, end in a document or a clear verdict, and soon."""

from __future__ import annotations

import base64
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.models import Document
from ingest.formats.html import MAX_MARKUP, parse_html
from ingest.formats.raw import RawSource

# Each of these took a second at most; the rest is for a slow machine.
PATIENCE = 15.0
TEXT = "The city opened rooms for learners of all ages, and the libraries stay open in the evening."
PARAGRAPHS = "".join(f"<p>{place}. {TEXT}</p>" for place in range(5))
HEAD = "<!doctype html><html><head><title>Rooms</title></head><body>"


def parse(page: str | bytes) -> Document:
    started = time.process_time()
    try:
        return parse_html(RawSource("files/rooms.html", page.encode() if isinstance(page, str) else page))
    finally:
        assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize(
    "tag", ["div", "span", "blockquote", "ul><li", "table><tr><td", "b", "section", "details", "q", "a", "h2"]
)
@pytest.mark.parametrize("depth", [300, 100_000])
def test_however_deep_it_is_nested_the_text_is_read_once(tag: str, depth: int) -> None:
    page = parse(f"{HEAD}{f'<{tag}>' * depth}{PARAGRAPHS}")
    assert page.text.count(TEXT) == 5


@pytest.mark.parametrize(
    "page",
    [
        PARAGRAPHS * 4000,
        f"<div><h2>Heading</h2><p>{TEXT}</p></div>" * 20_000,
        f"<table>{'<tr><td>City</td><td>12</td></tr>' * 30_000}</table>{PARAGRAPHS}",
        "<a href='#x'>a link</a> " * 50_000 + PARAGRAPHS,
        f"<p>{'a<i>b</i> ' * 50_000}</p>",
        "a b c<br>" * 100_000,
        f"<p {' '.join(f'a{place}=1' for place in range(100_000))}>{PARAGRAPHS}",
        f"<p>{'&amp;' * 300_000}</p>",
        "<p>" + "word " * 2_000_000,
        "<" * 2_000_000 + PARAGRAPHS,
        "<meta name=author content=x>" * 100_000 + PARAGRAPHS,
        "<h1>" * 50_000 + PARAGRAPHS,
    ],
    ids=[
        "paragraphs",
        "sections",
        "rows",
        "links",
        "inline",
        "breaks",
        "attributes",
        "entities",
        "one line",
        "brackets",
        "meta",
        "headings",
    ],
)
def test_a_huge_page_is_read(page: str) -> None:
    assert len(parse(HEAD + page).text) > 400


@pytest.mark.parametrize("filler", ["word ", "<p>word", "<"])
def test_a_page_beyond_all_measure_is_refused_with_its_size(filler: str) -> None:
    page = HEAD + filler * (MAX_MARKUP * 5 // 4 // len(filler))
    with pytest.raises(SourceError, match=r"a page of 25 MB of markup; at most 20 MB are read"):
        parse(page)


def test_pictures_in_the_page_do_not_count() -> None:
    picture = base64.b64encode(bytes(1000)).decode() * 20_000
    styled = f"<p style='background:url(data:image/gif,{picture})'>"
    page = parse(f"{HEAD}<img src='data:image/png;base64,{picture}'>{PARAGRAPHS}{styled}")
    assert page.text.count(TEXT) == 5
    assert "AAAA" not in page.text


def test_entities_that_multiply_are_not_expanded() -> None:
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 50}">' for n in range(1, 10))
    page = parse(f"<!DOCTYPE html [{entities}]><html><body><p>&a9;</p>{PARAGRAPHS}")
    assert page.text.count(TEXT) == 5
    assert "lollol" not in page.text


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            "<html><frameset cols='50%,50%'><frame src=a.html><frame src=b.html></frameset></html>",
            "only frames other pages",
        ),
        ("<html><body><div id=root></div><script>render('The city opened rooms.')</script>", "scripts fetch it"),
        ("<html><body><!-- The city opened rooms. --></body></html>", "no main text was found"),
        ("<html><body><!-- The city opened rooms.", "no main text was found"),
        ("<html><head><title>Only a title</title></head></html>", "no main text was found"),
        ("<html><body><h1>Only a heading</h1></body></html>", "no main text was found"),
    ],
)
def test_a_page_without_text_says_why(page: str, told: str) -> None:
    with pytest.raises(SourceError, match="no main text was found in the page") as caught:
        parse(page)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "between",
    [
        "<!-- a --!>",
        "<!-->",
        "<!--->",
        "<!-- a -- b -->",
        "<![CDATA[ x ]]>",
        "<?php echo 1 ?>",
        "<!bogus>",
        "</nosuch>",
        "<p/>",
        "\0",
    ],
)
def test_odd_comments_and_stray_marks_cost_no_text(between: str) -> None:
    assert parse(f"{HEAD}{PARAGRAPHS}{between}<p>Afterwards. {TEXT}</p>").text.count(TEXT) == 6


def test_tags_that_are_never_closed_cost_no_text() -> None:
    page = parse(
        f"<html><body><div><ul><li>{TEXT}<li>{TEXT}<table><tr><td>One<td>Two<tr><td>Three<td>Four<p>{TEXT}<b>{TEXT}"
    )
    assert page.text.count(TEXT) == 4
    assert "Three" in page.text


SCRIPTS = {
    "ar": "فتحت مدينة التعلم قاعات في المساء، ويتعلم فيها الكبار والصغار القراءة والكتابة معا.",
    "ja": "学習都市では図書館が夜も開いており、市民は誰でも無料の講座に参加することができます。",
    "zh": "学习型城市在晚上开放图书馆，大人和孩子们一起学习读书和写字，课程对所有居民免费开放。",
    "ru": "Обучающийся город открыл вечером библиотеки, где взрослые и дети вместе учатся читать и писать.",
}


@pytest.mark.parametrize(
    ("language", "encoding", "declared"),
    [
        ("ar", "windows-1256", "windows-1256"),
        ("ar", "windows-1256", "utf-8"),
        ("ja", "shift_jis", "Shift_JIS"),
        ("ja", "shift_jis", "utf-8"),
        ("ja", "euc-jp", "EUC-JP"),
        ("zh", "gb18030", "gb2312"),
        ("zh", "gb18030", "utf-8"),
        ("zh", "gb18030", ""),
        ("zh", "utf-8", "gbk"),
        ("ru", "koi8-r", "koi8-r"),
        ("ru", "windows-1251", "iso-8859-1"),
        ("ru", "utf-16", "utf-8"),
        ("zh", "utf-16-le", "utf-16"),
    ],
)
def test_a_page_is_read_in_its_own_encoding_whatever_it_declares(language: str, encoding: str, declared: str) -> None:
    text = SCRIPTS[language]
    body = "".join(f"<p>{place}. {text}</p>" for place in range(6))
    page = parse(
        f"<html lang={language}><head><meta charset='{declared}'><title>{text[:12]}</title></head><body>{body}".encode(
            encoding
        )
    )
    assert page.text.split("\n\n") == [f"{place}. {text}" for place in range(6)]
    assert page.title == text[:12].strip()


SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    f"<{tag}>"
                    for tag in [
                        "html",
                        "head",
                        "body",
                        "p",
                        "div",
                        "ul",
                        "li",
                        "table",
                        "tr",
                        "td",
                        "th",
                        "h1",
                        "h3",
                        "a",
                        "b",
                        "br",
                        "pre",
                        "details",
                        "summary",
                        "dl",
                        "dt",
                    ]
                ),
                *(
                    f"</{tag}>"
                    for tag in [
                        "html",
                        "head",
                        "body",
                        "p",
                        "div",
                        "ul",
                        "li",
                        "table",
                        "tr",
                        "td",
                        "h1",
                        "a",
                        "b",
                        "pre",
                        "details",
                        "dl",
                        "script",
                        "style",
                    ]
                ),
                *(
                    "<script>",
                    "<style>",
                    "<title>",
                    "<figure><figcaption>",
                    "<time datetime=2020>",
                    "<svg>",
                    "<math>",
                    "<!--",
                ),
                *(
                    "<meta name=author content=",
                    "<link rel=canonical href=",
                    "<base href='//[",
                    "<html lang=",
                    "<frameset>",
                ),
                *(
                    "<script type=application/ld+json>{",
                    '{"@type":"Article","headline":',
                    "&#xD800;",
                    "&nbsp;",
                    "\0",
                    "\x1f",
                ),
                *(f"<p>{TEXT}</p>", "<div>" * 300, "<q>", "<select><option>", "<noscript>", "<template>", "<textarea>"),
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=150)
@given(SOUP)
def test_any_soup_of_tags_is_a_document_or_a_verdict(pieces: list[str]) -> None:
    with suppress(SourceError):
        page = parse("".join(pieces).encode("utf-8", "surrogatepass"))
        assert page.text.strip()
        assert page.text.encode()
        assert all(page.text[section.start : section.end].strip() for section in page.sections)
