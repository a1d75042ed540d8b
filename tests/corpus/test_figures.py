"""The numbers of a text: in digits, in words, and never in names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The city opened 12 rooms.", {"12"}),
        ("Some 9,000 learners in 2019.", {"9000", "2019"}),
        ("A budget of 1,250,000 euros", {"1250000"}),
        ("It grew by 4.5 per cent, 3 times.", {"4.5", "3"}),
        ("Two schools and twelve libraries", {"2", "12"}),
        ("THIRTY volunteers", {"30"}),
        ("the third year, the 21st of May, a fifteenth school", {"3", "21", "15"}),
        ("between 5-7 and 100%", {"5", "7", "100"}),
        ("in the 1990s", {"1990"}),
    ],
)
def test_numbers_are_found_in_digits_words_and_ordinals(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize("name", ["COVID-19", "covid19", "SARS-CoV-2", "Web2", "PM10"])
def test_a_name_that_holds_a_digit_is_no_number(name: str) -> None:
    assert numbers(f"During {name} the rooms stayed shut.") == set()


def test_one_and_second_are_left_out_because_prose_rarely_counts_with_them() -> None:
    assert numbers("One of them became a second-chance school.") == set()


def test_a_word_that_only_holds_a_number_word_is_none() -> None:
    assert numbers("often the attendance weighten sixpence") == set()


@given(st.integers(min_value=2, max_value=10**12))
def test_thousands_separators_do_not_change_a_number(number: int) -> None:
    assert numbers(f"There were {number:,} learners.") == numbers(f"There were {number} learners.") == {str(number)}


@given(st.text())
def test_any_text_gives_strings_that_begin_with_a_digit(text: str) -> None:
    assert all(found[0].isdigit() and found[-1].isdigit() for found in numbers(text))
