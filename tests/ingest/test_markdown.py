"""Markdown: practices with checked front matter, and any other Markdown with optional front matter."""

from __future__ import annotations

from contextlib import suppress

import pytest

from corpus.errors import SourceError
from corpus.identity import RESERVED
from corpus.models import Display, Document
from ingest.formats.markdown import parse_markdown
from ingest.formats.raw import RawSource
from tests.corpus.records import NETWORK, PRACTICE, changed, line_with

GENERAL = """\
---
title: Rooms of the city
language: fr
year: 2021
publisher: City of Cork
licence: CC BY 4.0
display: full
address: https://example.org/rooms
---

# A heading

The *city* opened `rooms`
in the [evening](https://example.org).

- first item
- second item

## Numbers

| Year | Learners |
| ---- | -------- |
| 2020 | 1500     |

### Deeper

```
some code
```
"""


def parse(text: str, source: str = "files/rooms.md") -> Document:
    return parse_markdown(RawSource(source, text.encode()))


def test_a_practice_brings_its_record_along() -> None:
    practice = parse(PRACTICE, "starter/cork-evening-rooms.md")
    assert (practice.id, practice.kind, practice.language) == ("cork-evening-rooms", "practice", "en")
    assert (practice.cities, practice.countries) == (("cork",), ("IE",))
    assert practice.themes == ("family-and-community-learning",)
    assert practice.address == "https://example.org/cork/evening-rooms"
    assert practice.display is Display.FULL
    assert practice.trust
    assert [section.path for section in practice.sections] == [("What was done",), ("Results",)]


def test_a_fact_of_the_network_brings_its_record_along_and_is_no_practice() -> None:
    fact = parse(NETWORK, "starter/network-evening-award.md")
    assert (fact.id, fact.kind, fact.language, fact.year) == ("network-evening-award", "network", "en", 2024)
    assert (fact.cities, fact.countries, fact.themes, fact.target_groups) == ((), (), (), ())
    assert fact.address == "https://example.org/network/evening-award"
    assert fact.display is Display.FULL
    assert [(figure.value, figure.what) for figure in fact.figures] == [("over 200", "cities that applied")]
    assert fact.trust


def test_the_year_of_a_practice_is_that_of_its_newest_source_else_of_its_start() -> None:
    assert parse(PRACTICE).year == 2024
    assert parse(changed("source: 2024", "source: null")).year == 2015


def test_general_front_matter_is_read() -> None:
    page = parse(GENERAL)
    assert (page.title, page.language, page.year) == ("Rooms of the city", "fr", 2021)
    assert (page.publisher, page.licence, page.address) == ("City of Cork", "CC BY 4.0", "https://example.org/rooms")
    assert (page.kind, page.display) == ("publication", Display.FULL)


def test_the_text_is_what_a_reader_sees_in_sections() -> None:
    page = parse(GENERAL)
    assert page.text.split("\n\n") == [
        "The city opened rooms in the evening.",
        "first item\nsecond item",
        "Year | Learners\n2020 | 1500",
        "some code",
    ]
    assert [section.path for section in page.sections] == [
        ("A heading",),
        ("A heading", "Numbers"),
        ("A heading", "Numbers", "Deeper"),
    ]


def test_without_front_matter_the_first_heading_is_the_title_and_extracts_may_be_shown() -> None:
    page = parse("Some text.\n\n# Evening rooms\n\nMore text.")
    assert (page.title, page.id, page.display) == ("Evening rooms", "evening-rooms", Display.EXTRACT)


def test_without_any_heading_the_file_gives_the_title() -> None:
    assert parse("Some text.", "files/evening-rooms.md").title == "evening rooms"


@pytest.mark.parametrize("display", list(Display))
def test_each_display_is_kept(display: Display) -> None:
    assert parse(changed("display: full", f"display: {display}", GENERAL)).display is display


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("display: full", "display: everything", "display: 'everything' is not one of full, extract, link"),
        ("year: 2021", "year: last year", "year: 'last year' is not a year"),
        ("year: 2021", "year: 99999999999999999999", "year: "),
        ("title: Rooms", "id: Not An Id\ntitle: Rooms", "id: 'Not An Id' is not made of"),
    ],
)
def test_a_wrong_value_is_refused_by_name(old: str, new: str, told: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(changed(old, new, GENERAL))
    assert told in str(caught.value)


def test_front_matter_that_is_not_yaml_is_refused_with_its_line() -> None:
    text = changed("title: Rooms", "title: : Rooms", GENERAL)
    with pytest.raises(SourceError, match=rf"line {line_with('title:', text)}: front matter is not YAML"):
        parse(text)


@pytest.mark.parametrize(
    "year", ["2021-13-45", "[" * 3000, "!!python/object:os.system x"], ids=["no date", "deep", "code"]
)
def test_a_value_that_yaml_cannot_read_is_refused_with_a_line(year: str) -> None:
    with pytest.raises(SourceError, match=r"line \d+: "):
        parse(changed("year: 2021", f"year: {year}", GENERAL))


def test_front_matter_that_multiplies_itself_is_refused() -> None:
    bomb = "\n".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(9))
    with pytest.raises(SourceError, match="front matter"):
        parse(f"---\na0: &a0 lol\n{bomb}\ntitle: *a9\n---\n\nText.")


@pytest.mark.parametrize("value", ["[one, two]", "{one: two}"])
@pytest.mark.parametrize("key", ["title", "publisher", "licence"])
def test_a_list_where_one_value_belongs_is_refused_by_name(key: str, value: str) -> None:
    with pytest.raises(SourceError, match=f"front matter: {key}: "):
        parse(f"---\n{key}: {value}\n---\n\nText.")


@pytest.mark.parametrize("language", ["English", "no", "e", "12"])
def test_a_language_that_is_no_code_is_refused(language: str) -> None:
    with pytest.raises(SourceError, match="language"):
        parse(changed("language: fr", f"language: {language}", GENERAL))


def test_all_faults_of_a_practice_are_told_in_one_line() -> None:
    text = changed("basis: excerpts", "basis: rumour", changed("country: IE", "country: Ireland"))
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert str(caught.value).count("line ") == 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("reserved", sorted(RESERVED))
def test_an_id_that_is_a_word_of_a_route_is_refused(reserved: str) -> None:
    with pytest.raises(SourceError, match=reserved):
        parse(f"---\nid: {reserved}\n---\n\n# Rooms\n\nText.")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "not an address"])
def test_an_address_that_is_not_http_never_becomes_one(address: str) -> None:
    with suppress(SourceError):
        assert parse(changed("https://example.org/rooms", address, GENERAL)).address is None


def test_half_a_character_in_the_front_matter_never_reaches_the_store() -> None:
    with suppress(SourceError):
        assert parse(changed("Rooms of the city", '"\\uD800 rooms"', GENERAL)).title.encode()


@pytest.mark.parametrize("text", ["# Only a heading\n", "---\ntitle: Rooms\n---\n", "---\n---\n\n"])
def test_a_file_without_text_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="no text"):
        parse(text)


def test_markup_is_text_and_not_html() -> None:
    page = parse("# Rooms\n\nA <script>word</script> stays as it is written.")
    assert page.text == "A <script>word</script> stays as it is written."


OTHER_TOOLS = """\
---
title: Rooms
date: 2021-03-04
lang: fr-CA
author: {author}
license: CC BY-SA 4.0
---

Text.
"""


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("A. Byrne", ("A. Byrne",)),
        ("[A. Byrne, C. Walsh]", ("A. Byrne", "C. Walsh")),
        ("[{name: A. Byrne, url: x}, {nobody: x}, 3]", ("A. Byrne",)),
        ("admin", ()),
        ("{a: b}", ()),
        ("null", ()),
    ],
)
def test_front_matter_of_other_tools_is_read(author: str, authors: tuple[str, ...]) -> None:
    page = parse(OTHER_TOOLS.format(author=author))
    assert (page.title, page.year, page.language, page.licence) == ("Rooms", 2021, "fr", "CC BY-SA 4.0")
    assert page.authors == authors
    assert page.display is Display.EXTRACT  # what may be shown is said by `display` alone


@pytest.mark.parametrize("date", ["yesterday", "[1, 2]", "{}", "12"])
def test_a_date_of_other_tools_that_says_nothing_is_unknown(date: str) -> None:
    assert parse(OTHER_TOOLS.format(author="x").replace("2021-03-04", date)).year is None


def test_front_matter_in_toml_is_read() -> None:
    page = parse('+++\ntitle = "Rooms"\ndate = 2021-03-04\nauthors = ["A. Byrne"]\n+++\n\nText.')
    assert (page.title, page.year, page.authors, page.text) == ("Rooms", 2021, ("A. Byrne",), "Text.")
    with pytest.raises(SourceError, match="front matter is not TOML"):
        parse("+++\ntitle = Rooms\n+++\n\nText.")


def test_lists_are_lines_and_tables_rows_however_they_are_nested() -> None:
    lists = "- one\n  - a\n  - b\n\n    more of b\n- two\n\n1. first\n\n   ```\n   code\n   ```\n"
    page = parse(f"{lists}\n## Then\n\n> quoted\n> text")
    assert page.text.split("\n\n") == ["one\na\nb\nmore of b\ntwo", "first\ncode", "quoted text"]


def test_a_heading_in_a_list_is_a_heading() -> None:
    page = parse("- before\n- # Rooms\n\n  after")
    assert [(section.path, page.text[section.start : section.end]) for section in page.sections] == [
        ((), "before"),
        (("Rooms",), "after"),
    ]


def test_wrapped_lines_are_joined_as_their_script_does() -> None:
    assert parse("学习型城市为居民\n提供机会").text == "学习型城市为居民提供机会"
    assert parse("فتحت المدينة\nقاعات للمتعلمين").text == "فتحت المدينة قاعات للمتعلمين"
    assert parse("one  \ntwo\nthree").text == "one\ntwo three"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1256"])
def test_markdown_is_read_in_its_encoding(encoding: str) -> None:
    text = "---\ntitle: مدن التعلم\n---\n\nفتحت المدينة قاعات للمتعلمين في المساء، ويتعلم فيها الكبار والصغار."
    page = parse_markdown(RawSource("a.md", text.encode(encoding)))
    assert (page.title, page.text) == ("مدن التعلم", text.rpartition("\n")[2])


@pytest.mark.parametrize("text", [">" * 50_000 + "x", "[" * 20_000, "*a " * 20_000, "- x\n" * 20_000, "`a``b" * 10_000])
def test_markdown_that_attacks_its_parser_is_read_or_refused(text: str) -> None:
    with suppress(SourceError):
        assert parse(text).text


def test_markdown_without_end_is_refused_with_its_length() -> None:
    with pytest.raises(SourceError, match=r"Markdown of 200,001 lines; at most 200,000"):
        parse("x\n" * 200_001)
