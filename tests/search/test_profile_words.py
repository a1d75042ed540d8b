"""A city in words: what was understood is said, what was not is said too, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from search.profile_words import MAX_LENGTH, described


def test_the_example_of_a_planner_is_understood_but_for_the_coast() -> None:
    asked = described("coastal town of 80,000 with an ageing population, little money")
    assert asked.context.population == (80_000, 80_000)
    assert asked.context.kind == "city"
    assert asked.context.incomes == ("low", "lower-middle")
    assert asked.themes == ("healthy-ageing",)
    assert asked.not_understood == ("coastal",)
    assert [piece.text for piece in asked.understood] == ["town", "80,000", "ageing", "little money"]
    assert "no city's own means are known" in asked.understood[-1].taken_for


@pytest.mark.parametrize(
    ("words", "population"),
    [
        ("80,000 people", (80_000, 80_000)),
        ("80.000 people", (80_000, 80_000)),
        ("80 000 people", (80_000, 80_000)),
        ("a city of 80k", (80_000, 80_000)),
        ("1.5 million", (1_500_000, 1_500_000)),
        ("a mid-sized city", (50_000, 249_999)),
        ("a metropolis of 3 million", (3_000_000, 3_000_000)),
    ],
)
def test_sizes_are_numbers_or_ranges(words: str, population: tuple[int, int]) -> None:
    assert described(words).context.population == population


def test_a_country_brings_its_region_and_income_unless_the_words_say_otherwise() -> None:
    kenya = described("a town in Kenya").context
    assert (kenya.country, kenya.region, kenya.incomes) == ("KE", "africa", ("lower-middle",))
    assert described("a rich town in Kenya").context.incomes == ("high",)


def test_a_district_is_compared_with_districts() -> None:
    assert described("a poor tropical district of 300k").context.unit == "district"
    assert described("a poor tropical district of 300k").context.climate == 0


def test_what_contradicts_an_earlier_word_is_not_used_and_said() -> None:
    assert described("Ireland and France").not_understood == ("France",)
    assert described("small city of 1.5 million").not_understood == ("small city",)


@pytest.mark.parametrize("words", ["qwerty", "", "3 cats", "!?"])
def test_a_description_of_which_nothing_is_understood_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(InvalidInput, match=r"a town of 80,000 in Africa"):
        described(words)


def test_a_long_description_is_refused() -> None:
    with pytest.raises(InvalidInput, match=str(MAX_LENGTH)):
        described("town " * 200)


@given(st.text(max_size=60) | st.from_regex(r"[0-9., k]{1,20} (town|million|poor)", fullmatch=True))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        asked = described(text)
    except InvalidInput:
        return
    assert asked.understood
    assert all(piece.text in text for piece in asked.understood)
