"""Text in any script reads as text; what a broken file gives in its place is told, with the reason in plain words."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Document, Page, Passage, PassageKind
from ingest.formats.detect import parse
from ingest.formats.raw import RawSource
from ingest.quality import Quality, quality

PRACTICES = sorted((Path(__file__).parents[2] / "corpus" / "practices").glob("*.md"))
# The same short story in the six languages, and in other scripts and languages of member cities.
GOOD: dict[str, str] = json.loads((Path(__file__).parent / "good_text.json").read_text("utf-8"))


def document(text: str, language: str | None = None, pages: tuple[Page, ...] = ()) -> Document:
    return Document("a", "a", "A", text, (), "text/plain", "", language=language, pages=pages)


def judge(text: str, language: str | None = None) -> Quality:
    return quality(document(text, language), [])


def passage(text: str, kind: PassageKind = PassageKind.BODY) -> Passage:
    return Passage(0, text, 0, len(text), (), kind, len(text.split()))


def english(count: int = 12) -> str:
    return "\n".join(parse(RawSource(file.name, file.read_bytes())).text for file in PRACTICES[:count])


@pytest.mark.parametrize("language", GOOD)
@pytest.mark.parametrize("told", [True, False], ids=["language known", "language unknown"])
def test_good_text_in_any_script_is_good(language: str, told: bool) -> None:
    found = judge(GOOD[language], language if told else None)
    assert found.score >= 0.9
    assert found.warning() is None


@pytest.mark.parametrize(
    ("language", "garble", "reason"),
    [
        ("es", lambda t: t.encode().decode("cp1252", "replace"), "in the wrong encoding, as “Ã©” for “é”"),
        ("fr", lambda t: t.encode().decode("latin-1"), "in the wrong encoding"),
        ("ru", lambda t: t.encode("cp1251", "ignore").decode("latin-1"), "letters are in the wrong encoding"),
        ("ru", lambda t: t.encode("koi8-r", "ignore").decode("cp1251"), "unpronounceable"),
        ("ar", lambda t: t.encode("cp1256", "ignore").decode("cp1252", "replace"), "in the wrong encoding"),
        ("zh", lambda t: t.encode().decode("gb18030", "replace"), "Chinese characters are hardly ever used"),
        ("zh", lambda t: t.encode("gb18030").decode("latin-1"), "in the wrong encoding"),
        ("pt", lambda t: t.encode().decode("ascii", "replace"), "characters is lost"),
        ("en", lambda t: re.sub(r"\S", lambda m: f"(cid:{ord(m[0]) % 99})", t), "most characters are lost"),
        ("en", lambda t: re.sub(r"\w", lambda m: chr(0xF000 + ord(m[0])), t), "most characters are lost"),
        ("es", lambda t: re.sub(r"(?<=\w)(?=\w)", " ", t), "most words are a single letter"),
        ("zh", " ".join, "Chinese characters are set apart by spaces"),
        ("pt", lambda t: t.replace(" ", ""), "most letters are in words run together"),
        ("ru", lambda t: t.translate(str.maketrans("аеорсух", "aeopcyx")), "mixed of two scripts"),
        ("ar", lambda t: " ".join(word[::-1] for word in t.split(" ")), "Arabic words is written backwards"),
        ("fr", lambda t: "".join(chr(ord(c) - 29) if ord(c) > 62 else c for c in t), "unpronounceable"),
        ("en", lambda t: re.sub(r"(?<=\w)[aeiou](?=\w)", "#", t), "broken by digits, signs or capitals"),
    ],
)
def test_garbled_text_is_told_with_the_reason(language: str, garble: Callable[[str], str], reason: str) -> None:
    found = judge(garble(GOOD[language]), language)
    assert reason in (found.warning() or "")


def test_letters_in_any_order_are_no_text() -> None:
    rng = random.Random(1)
    shuffled = re.sub(r"[^\W\d_]+", lambda m: "".join(rng.sample(m[0], len(m[0]))), english())
    assert "letters follow each other at random" in judge(shuffled, "en").reasons
    assert judge(shuffled, "en").warning()


def test_poor_ocr_shows_in_odd_short_words() -> None:
    rng = random.Random(1)
    letters = [char for char in english() if char.isalpha()]
    noise = ["", " ", ".", *letters[:6]]
    read = "".join(rng.choice(noise) if char.isalpha() and rng.random() < 0.15 else char for char in english())
    assert "many odd short words, as after poor OCR" in judge(read, "en").reasons
    assert judge(read, "en").warning()


def test_the_warning_says_how_bad_why_and_what_to_do() -> None:
    spoiled = re.sub(r"(\w{3,})(\w) ", r"\1 \2 ", GOOD["en"])
    assert judge(spoiled, "en").reasons[0] == "1 in 3 words is a single letter"
    warning = Quality(0.32, ("1 in 4 words is a single letter", "most commas are lost")).warning()
    assert warning == (
        "reads as garbled (quality 0.32): 1 in 4 words is a single letter, most commas are lost; "
        "check the file, or give a version with a text layer."
    )


def test_a_spoiled_part_lowers_the_score_by_its_size() -> None:
    spoiled = "".join(chr(0xF000 + ord(char)) if char.isalpha() else char for char in GOOD["es"])
    parts = [[passage(GOOD["es"])] * (12 - count) + [passage(spoiled)] * count for count in (0, 1, 6)]
    scores = [quality(document("", "es"), passages).score for passages in parts]
    assert scores == sorted(scores, reverse=True)
    assert (scores[0], scores[2]) == (1.0, 0.0)


def test_links_codes_and_numbers_are_no_garbled_words() -> None:
    text = GOOD["en"] + " See https://example.org/2A5qzvo?x=B7c9D2 and www.example.org/a1b2C3 for WHO and UNESCO, B2B."
    assert judge(text, "en").score == 1.0


def test_pages_without_text_lower_the_score_and_are_counted() -> None:
    text = GOOD["en"]
    pages = (Page(1, None, 0, len(text)), Page(2, None, len(text), len(text)), Page(4, None, len(text), len(text)))
    found = quality(document(text, "en", pages), [passage(text)])
    assert found == Quality(0.625, ("3 of 4 pages hold hardly any text",))


def test_passages_that_nobody_looks_for_lower_the_score() -> None:
    body, junk = passage(GOOD["en"]), passage(GOOD["en"], PassageKind.REFERENCES)
    found = quality(document(GOOD["en"] * 2, "en"), [body, junk])
    assert found == Quality(0.85, ("50% of the text is contents, references or boilerplate",))


def test_running_text_counts_more_than_tables() -> None:
    codes = " | ".join(f"{number}#{number * 7}" for number in range(20))
    text = passage(GOOD["en"])
    assert quality(document(GOOD["en"], "en"), [text, passage(codes, PassageKind.TABLE)]).score == 1.0
    assert quality(document(codes, None), [passage(codes, PassageKind.TABLE)]).score < 1.0


@pytest.mark.parametrize("text", ["", " \n", "A", "Annual report 2021", "12 34 56", "R & D", "a b c"])
def test_little_text_is_not_judged_harshly(text: str) -> None:
    assert judge(text).warning() is None


@given(st.text(max_size=300), st.sampled_from(["en", "ar", "zh", "vi", None]))
def test_any_text_gets_a_score_and_no_error(text: str, language: str | None) -> None:
    found = judge(text, language)
    assert 0 <= found.score <= 1
    assert found.score == 1 or found.warning() is None or found.reasons


def test_every_starter_practice_is_good() -> None:
    documents = [parse(RawSource(file.name, file.read_bytes())) for file in PRACTICES]
    assert min(quality(document, [passage(document.text)]).score for document in documents) >= 0.85
