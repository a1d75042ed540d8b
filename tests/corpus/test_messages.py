"""What the house says is said in six languages: the same sentences, the same places, every plural form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

from corpus.labels import label_of
from corpus.languages import LANGUAGES, MESSAGES, catalogue, date_in, direction, list_in, number_in, percent_in
from corpus.taxonomy import load_taxonomy
from corpus.wording import Many, Named, Said, say, translated

OTHERS = sorted(set(LANGUAGES) - {"en"})
ROOMS = ("api", "corpus", "search")
ROOT = Path(MESSAGES).parents[1]


def taxonomy_codes() -> set[str]:
    taxonomy = load_taxonomy()
    groups = {
        "theme": taxonomy.themes, "sdg": taxonomy.sdgs, "target_group": taxonomy.target_groups,
        "region": taxonomy.regions, "city_size": taxonomy.city_sizes, "income": taxonomy.income_groups,
        "evidence": taxonomy.evidence,
    }  # fmt: skip
    described = {f"description.{theme}" for theme in taxonomy.themes.terms}
    return described | {f"{group}.{term}" for group, vocabulary in groups.items() for term in vocabulary.terms}


def forms(entry: object) -> dict[str, str]:
    assert isinstance(entry, str | dict)
    return {"": entry} if isinstance(entry, str) else entry


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_the_same_sentences(language: str) -> None:
    english, other = set(catalogue("en")), set(catalogue(language))
    assert english - other == set()
    # English has the names of themes, regions ... in the taxonomy; the others have them beside their sentences.
    assert other - english == taxonomy_codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_the_same_places_in_every_language(language: str) -> None:
    for code, entry in catalogue("en").items():
        wanted = places(forms(entry).get("other") or forms(entry)[""])
        for form, text in forms(catalogue(language)[code]).items():
            assert text.strip()
            # "one document" may say the number in words.
            assert places(text) | ({"n"} & wanted) == wanted | ({"n"} & places(text)), f"{code} {form}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_of_a_language_is_there(language: str) -> None:
    locale = Locale.parse(language)
    wanted = {locale.plural_form(number) for number in (*range(1000), 1_000_000)} | {"other"}
    for code, entry in catalogue(language).items():
        if not isinstance(entry, str):
            assert set(entry) == wanted, code


def test_every_sentence_is_said_somewhere() -> None:
    said = "".join(
        path.read_text(encoding="utf-8")
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".py", ".html", ".atom", ".xml", ".txt")
    )

    def put_together(code: str) -> bool:
        """Whether the beginning of the code stands there, up to a dot, for something to follow."""
        beginnings = [code[: match.end()] for match in re.finditer(r"\.", code)]
        return any(f'"{start}"' in said or f'"{start}{{' in said for start in beginnings)

    unsaid = [code for code in catalogue("en") if f'"{code}"' not in said and not put_together(code)]
    unsaid = [code for code in unsaid if not code.startswith(("kind.", "value."))]  # labels of filter values
    assert unsaid == []


def test_a_sentence_of_sentences_is_said_in_each_language() -> None:
    said = say(
        "notice.without",
        filter=say("named", name=Many((Named("theme", "literacy"), Named("country", "DE")), "or")),
        documents=say("documents", n=1200),
    )
    assert said == "Without the filter “Literacy or Germany”: 1,200 documents."
    assert translated(said, "fr") == "Sans le filtre « Alphabétisation ou Allemagne » : 1\u202f200 documents."
    assert translated(said, "ru").endswith("1\u00a0200 документов.")


@pytest.mark.parametrize(("number", "text"), [(1, "وثيقة واحدة"), (2, "وثيقتان"), (3, "3 وثائق"), (11, "11 وثيقة")])
def test_arabic_counts_as_arabic_does(number: int, text: str) -> None:
    assert translated(say("documents", n=number), "ar").replace("٫", ".") == text


def test_words_of_another_script_stand_isolated_in_a_sentence_from_right_to_left() -> None:
    assert "\u2068festival\u2069" in translated(say("why.words", words=Many(("festival",))), "ar")
    assert "\u2068" not in translated(say("why.words", words=Many(("festival",))), "fr")


def test_what_is_no_sentence_stays_as_it_is() -> None:
    assert translated("as ingested", "fr") == "as ingested"
    assert translated(Said("3"), "fr") == "3"


def test_labels_numbers_and_days_follow_the_language() -> None:
    assert label_of("language", "ar", "fr") == "Arabe"
    assert label_of("region", "arab-states", "es") == "Estados Árabes"
    assert label_of("country", "unknown", "zh") == "未知"
    assert number_in("es", 1234567.5, 1) == "1.234.567,5"
    assert percent_in("en", 0.25) == "25%"
    assert list_in("zh", ["甲", "乙"]) == "甲、乙"
    assert direction("ar") == "rtl"
    from datetime import date

    assert date_in("fr", date(2026, 1, 2)) == "2 janvier 2026"
