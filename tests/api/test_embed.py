"""What a website is given to embed the search: a script that never changes under its address, tags, and a frame."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha384
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

import learncities
from api import embed
from api.app import create_app
from api.embed import LANGUAGES, STATIC, counted, script, tags, texts
from corpus.errors import InvalidInput
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from tests.conftest import Box

SOURCE = (STATIC / "learncities-search.js").read_text(encoding="utf-8")
FROM_ELSEWHERE = {"origin": "https://elsewhere.example"}


def ancestors(answer: Any) -> list[str]:
    return re.findall(r"frame-ancestors ([^;]+)", answer.headers["content-security-policy"])


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = learncities._run(["embed", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_element_and_its_words_fit_15_kilobytes(language: str) -> None:
    words = (STATIC / "learncities-search" / f"{language}.json").read_bytes()
    assert len(gzip.compress(SOURCE.encode())) + len(gzip.compress(words)) <= 15 * 1024


def test_the_script_makes_no_html_of_text_and_needs_nothing_but_itself() -> None:
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "eval(",
        "Function(",
        "document.write",
        ".style",
        "import(",
    ):
        assert word not in SOURCE
    assert not re.search(r"^import ", SOURCE, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_in_every_plural_form_that_it_needs(language: str) -> None:
    said, english = texts(language), texts("en")
    assert set(said) == set(english)
    needed = set(Locale.parse(language).plural_form.tags) | {"other"}
    for key, value in said.items():
        if isinstance(english[key], dict):
            # "many" of French and Spanish is for millions, which "other" says as well.
            assert set(value) >= needed - ({"many"} if language in ("fr", "es") else set()), key
        elif isinstance(value, str):
            assert re.findall(r"\{\w+\}", value) == re.findall(r"\{\w+\}", english[key]), key


def test_every_text_is_used_and_every_used_one_is_there() -> None:
    used = (
        set(re.findall(r"words\.(\w+)", SOURCE)) | set(re.findall(r'#counted\("(\w+)"', SOURCE)) | {"found", "at_least"}
    )
    assert used == set(texts("en"))


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [("en", 1, "1 result"), ("fr", 1200, "1\u202f200 résultats"), ("ru", 22, "22 результата"), ("ar", 2, "نتيجتان")],
)
def test_a_count_is_said_as_the_language_says_it(language: str, number: int, text: str) -> None:
    assert counted(language, "found", number) == text


def test_the_pinned_script_is_the_one_that_the_hash_is_of_and_any_website_may_load_it(client: TestClient) -> None:
    answer = client.get(script().path, headers=FROM_ELSEWHERE)
    assert answer.status_code == 200
    assert script().integrity == "sha384-" + b64encode(sha384(answer.content).digest()).decode()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"  # without it a hash is never even compared
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["learncities-search.js", *(f"learncities-search/{code}.json" for code in LANGUAGES)])
def test_what_the_element_loads_may_be_loaded_from_anywhere(client: TestClient, path: str) -> None:
    answer = client.get(f"/static/{path}", headers=FROM_ELSEWHERE)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("version", ["000000000000", "x", "..", "%2e%2e%2fapp"])
def test_a_version_that_never_was_is_not_found(client: TestClient, version: str) -> None:
    assert client.get(f"/static/learncities-search.{version}.js").status_code == 404


def test_an_earlier_version_is_served_as_long_as_its_file_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "learncities-search.js").write_text("new")
    (tmp_path / "learncities-search.1.js").write_text("old")
    old = embed.Script(b"old").version
    monkeypatch.setattr(embed, "STATIC", tmp_path)
    assert script().body == b"new"
    assert script(old).body == b"old"


@pytest.mark.parametrize("url", ["/embed", "/embed?q=festival", "/embed?theme=nothing"])
def test_nobody_may_frame_the_search_unless_the_operator_says_so(
    client: TestClient, starter_data: Path, url: str
) -> None:
    assert ancestors(client.get(url)) == ["'none'"]
    settings = Settings(data=starter_data, frame_ancestors="https://www.example.org\n https://*.example.net")
    opened = TestClient(create_app(settings))
    assert ancestors(opened.get(url)) == ["https://www.example.org https://*.example.net"]
    for other in ("/", "/demo", "/documents/gwanak-library-lunchbox", "/api/v1/themes"):
        assert ancestors(opened.get(other)) == ["'none'"]


@pytest.mark.parametrize(
    "value", ["'none'; script-src *", "https://a.example, https://b.example", "https://a.example;"]
)
def test_a_setting_that_would_be_another_directive_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput, match="frame_ancestors"):
        load_settings(frame_ancestors=value)


def test_the_frame_shows_results_and_leads_out_of_it(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/embed?q=library&theme=literacy&limit=2&lang=fr").text, "html.parser")
    assert len(soup.select(".result")) == 2
    assert soup.select("mark")
    assert not soup.select("script, style, [style]")
    assert {a.get("target") for a in soup.select("a")} == {"_top"}
    assert soup.select_one("input[name=theme]")["value"] == "literacy"  # type: ignore[index]
    assert soup.select_one(".more a")["href"] == "/?q=library&theme=literacy&lang=fr"  # type: ignore[index]
    assert soup.select_one("button").text == "Chercher"  # type: ignore[union-attr]


def test_a_filter_that_is_unknown_is_said_in_the_frame(client: TestClient) -> None:
    answer = client.get("/embed?theme=nothing&lang=es")
    assert answer.status_code == 400
    assert "No hay «nothing» (tema)." in BeautifulSoup(answer.text, "html.parser").select(".error")[0].text


def test_the_frame_speaks_one_language_throughout(client: TestClient) -> None:
    for address, headers in (
        ("/embed?q=library&limit=1&lang=ar", {}),
        ("/embed?q=library&limit=1", {"accept-language": "ar"}),
    ):
        soup = BeautifulSoup(client.get(address, headers=headers).text, "html.parser")
        assert soup.html is not None
        assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")
        said = {name: soup.select_one(f".{name}").get_text() for name in ("place", "why", "note", "credit")}  # type: ignore[union-attr]
        assert "إندونيسيا" in said["place"]
        assert "كلمات وُجدت" in said["why"]
        assert said["note"].startswith("ملخص")
        assert said["credit"] == "مركز موارد مدن التعلّم"
        assert soup.select_one("blockquote")["dir"] == "auto"  # type: ignore[index]  # the quotation is in English


def test_markup_in_a_document_is_only_text_in_the_frame(
    box: Box, practice: Callable[..., Path], serve: Callable[[], TestClient]
) -> None:
    practice("evil", "The library says <script>alert(1)</script> to readers.", title="<img src=x onerror=alert(1)>")
    box.ingest(box.data.parent / "files")
    soup = BeautifulSoup(serve().get("/embed?q=library").text, "html.parser")
    assert soup.select_one(".title").text == "<img src=x onerror=alert(1)>"  # type: ignore[union-attr]
    assert not soup.select("img, script")


def test_the_command_prints_tags_that_hold(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--lang", "fr", "--theme", "Healthy ageing", "--country", "Ireland", "--country", "FR")
    code, out, _ = run(capsys, "--public-url", "https://learn.example.org/centre/", *options)
    assert code == 0
    soup = BeautifulSoup(out, "html.parser")
    tag, element = soup.select_one("script"), soup.select_one("learncities-search")
    assert tag is not None
    assert element is not None
    assert tag["src"] == f"https://learn.example.org/centre{script().path}"
    assert tag["integrity"] == script().integrity
    assert tag["crossorigin"] == "anonymous"
    assert (element["lang"], element["theme"], element["country"]) == ("fr", "healthy-ageing", "IE;FR")
    assert [i["value"] for i in element.select("input[name=country]")] == ["IE", "FR"]
    assert "script-src https://learn.example.org; connect-src https://learn.example.org;" in out


def test_the_command_prints_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--public-url", "https://learn.example.org", "--json")
    assert code == 0
    made = tags("https://learn.example.org", "https://learn.example.org", "en")
    assert json.loads(out) == made.as_json()
    assert made.integrity in made.element


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--public-url", "learn.example.org"], "learn.example.org"),
        (["--public-url", "javascript:alert(1)"], "javascript"),
        (["--public-url", "https://learn.example.org", "--theme", "healt"], "Unknown theme: 'healt'"),
        (["--public-url", "https://learn.example.org", "--lang", "de"], "'de'"),
    ],
)
def test_the_command_says_what_is_wrong(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert said in err


def test_the_guide_names_every_attribute_property_and_part() -> None:
    guide = (STATIC.parents[2] / "docs" / "website-owners.md").read_text(encoding="utf-8")
    attributes = re.search(r"FILTERS = \[(.*?)\]", SOURCE, re.DOTALL)
    assert attributes is not None
    named = [*re.findall(r'"([\w-]+)"', attributes[1]), *re.findall(r"var\((--lc-[\w-]+)", SOURCE)]
    named += re.findall(r'part\("\w+", "(\w+)"', SOURCE) + re.findall(r'part: "(\w+)"', SOURCE)
    assert [name for name in named if f"`{name}`" not in guide] == []
