"""Words that move visitors are told from headings, refrains, speakers and answers."""

from __future__ import annotations

import pytest

from ingest.formats.navigation import navigation

PROSE = "The city of {} opened its libraries in the evening, and people of all ages came to learn there."
CITIES = (
    "Cork",
    "Osan",
    "Espoo",
    "Bogotá",
    "Shanghai",
    "Dublin",
    "Jubail",
    "Larissa",
    "Nairobi",
    "Hamburg",
    "Wyndham",
    "Damietta",
)


def prose(city: str) -> str:
    return PROSE.format(city)


def dropped(lines: list[str], links: frozenset[str] = frozenset()) -> set[str]:
    return {lines[place] for place in navigation(lines, links)}


@pytest.mark.parametrize(
    "move",
    [
        "Next",
        "Back to top",
        "Read more",
        "Go to first page",
        "Siguiente",
        "Lire la suite",
        "Наверх",
        "下一页",
        "التالي",
    ],
)
def test_a_move_between_blocks_goes(move: str) -> None:
    lines = [line for city in CITIES[:3] for line in (prose(city), move)]
    assert dropped(lines) == {move}
    assert dropped(lines[:4]) == set()  # twice is no pattern


def test_unknown_words_go_where_they_lead_nowhere() -> None:
    lines = [line for city in CITIES[:5] for line in (prose(city), "Naar het begin")]
    assert dropped([*lines, "Naar het begin"]) == {"Naar het begin"}


@pytest.mark.parametrize("heading", ["Results", "With whom", "Resources", "Contact"])
def test_a_heading_over_text_stays_however_often_it_comes(heading: str) -> None:
    assert dropped([line for city in CITIES for line in (prose(city), heading, prose(city))]) == set()


def test_a_heading_that_is_doubled_each_time_stays() -> None:
    assert dropped([line for city in CITIES for line in (prose(city), "Results", "Results")] + [prose("Cork")]) == set()


def test_speakers_of_an_interview_stay() -> None:
    assert dropped([line for city in CITIES for line in ("Interviewer", prose(city), "Maria", prose(city))]) == set()


def test_a_refrain_in_a_song_stays() -> None:
    verses = [f"The {bird} went over the water so wide" for bird in ("heron", "swallow", "raven", "crow", "gull")]
    refrain = ["Row on", "Row on", "Over the bay", "Until the day"]
    assert dropped([line for verse in verses for line in (verse, *refrain)] + refrain) == set()


def test_a_list_with_a_refrain_stays() -> None:
    lines = [
        line for number, city in enumerate(CITIES, 1) for line in (f"{number}. {prose(city)}", "Everyone is welcome")
    ]
    assert dropped(lines) == set()


def test_answers_in_a_table_stay() -> None:
    answers = [line for city in CITIES for line in (city, "Yes", "Yes", "No")]
    assert dropped([*map(prose, CITIES), *answers, *map(prose, CITIES)]) == set()


def test_a_menu_between_blocks_goes_and_its_words_elsewhere_go_with_it() -> None:
    menu = ["Our cities", "The network", "Members", "Contact"]
    lines = [line for city in CITIES[:4] for line in (prose(city), *menu)]
    assert dropped(lines) == set(menu)


def test_what_stands_alone_between_moves_goes() -> None:
    lines = [line for city in CITIES[:4] for line in (prose(city), "Next", "0:00", "Video", "Next")]
    assert dropped(lines) == {"Next", "0:00", "Video"}
    assert 16 + 4 not in navigation([*lines, "Video", prose("Cork")])  # it says something there


def test_instructions_go_only_where_visitors_are_led() -> None:
    told = ["Notice", "Please make sure that your speakers are turned on.", "Scroll down to continue", "Let's go"]
    story = [line for city in CITIES[:5] for line in (prose(city), "Next")]
    assert dropped([*told, *story]) == {"Next", *told}
    assert dropped([*told, *map(prose, CITIES)]) == set()


def test_a_link_within_the_page_is_a_button_and_one_to_another_page_may_name_a_city() -> None:
    lines = [line for city in CITIES[:4] for line in (prose(city), "Zum Anfang", "Ireland")]
    assert dropped(lines, frozenset({"Zum Anfang"})) == {"Zum Anfang"}


def test_no_sentence_ever_goes() -> None:
    cookies = "We use cookies to make this site better for everyone who visits it."
    lines = [line for city in CITIES for line in (prose(city), cookies, "Thank you.", "• Next", "Share:", "1. Next")]
    assert dropped(lines) == set()
