"""The commands that ask, as they are typed: plain lines for people, JSON for scripts, exit codes for both."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import learncities


class Shell:
    """Runs `learncities` and keeps what it printed."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        code = learncities._run([arguments[0], "--data", str(self.data), *arguments[1:]])
        printed = self.capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *arguments: str) -> Any:
        code, out, err = self(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def shell(starter_data: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(starter_data, capsys)


def test_a_search_prints_hits_with_reasons_and_citations(shell: Shell) -> None:
    code, out, err = shell("search", "library cards for newborn children", "--limit", "2")
    assert (code, err) == (0, "")
    assert "1. Every newborn gets a library card" in out
    assert "[villa-maria-library-cards-at-birth]" in out
    assert "Words found:" in out
    assert "Cite: " in out
    assert "3. " not in out
    assert "More: ask again with --cursor " in out
    assert "\x1b" not in out


def test_a_search_prints_json(shell: Shell) -> None:
    values = shell.json("search", "library cards for newborn children", "--limit", "2")
    assert values["hits"][0]["document"]["id"] == "villa-maria-library-cards-at-birth"
    assert len(values["hits"]) == 2
    assert values["facets"]["country"]


def test_a_cursor_goes_on_where_the_first_page_ended(shell: Shell) -> None:
    first = shell.json("search", "festival", "--limit", "2")
    second = shell.json("search", "festival", "--limit", "2", "--cursor", first["next_cursor"])
    whole = shell.json("search", "festival", "--limit", "4")
    assert [h["document"]["id"] for h in (*first["hits"], *second["hits"])] == [
        h["document"]["id"] for h in whole["hits"]
    ]


def test_filters_are_given_by_name_and_more_than_once(shell: Shell) -> None:
    values = shell.json("search", "festival", "--country", "Ireland", "--country", "GB", "--year-from", "2019")
    countries = {label["id"] for hit in values["hits"] for label in hit["document"]["countries"]}
    assert countries == {"IE", "GB"}


def test_a_search_without_a_question_lists_everything(shell: Shell) -> None:
    assert shell.json("search")["total"] == 230


def test_a_named_snapshot_can_be_asked(shell: Shell) -> None:
    snapshot = shell.json("search", "festival")["snapshot"]
    assert shell.json("search", "festival", "--snapshot", snapshot)["snapshot"] == snapshot
    code, out, err = shell("search", "festival", "--snapshot", "nothing")
    assert (code, out) == (2, "")
    assert snapshot in err


def test_similar_cities_come_with_what_is_alike_and_their_practices(shell: Shell) -> None:
    code, out, err = shell("similar", "Cork", "--limit", "3")
    assert (code, err) == (0, "")
    assert "Cities comparable to Cork" in out
    assert "Alike: " in out
    assert "context 0." in out
    values = shell.json("similar", "corcaigh", "--limit", "3")
    assert values["city"] == "cork"
    assert len(values["peers"]) == 3


def test_a_city_without_practices_says_that_there_is_nothing_to_compare(shell: Shell) -> None:
    assert "compared by context alone" in shell("similar", "Agadir")[1]


def test_cities_are_listed_with_what_is_known(shell: Shell) -> None:
    code, out, _ = shell("cities", "--country", "ireland")
    assert code == 0
    assert "Cork" in out
    assert "Shanghai" not in out
    assert {city["country"]["id"] for city in shell.json("cities", "--country", "IE")} == {"IE"}
    assert len(shell.json("cities")) > 200


def test_themes_are_listed_with_their_counts(shell: Shell) -> None:
    assert "Literacy" in shell("themes")[1]
    values = {theme["id"]: theme for theme in shell.json("themes")}
    assert values["literacy"]["count"] > 5
    assert values["literacy"]["description"]


def test_a_document_is_printed_with_text_figures_sources_and_citation(shell: Shell) -> None:
    code, out, _ = shell("document", "gwanak-library-lunchbox")
    assert code == 0
    assert "Knowledge Lunch Box" in out
    assert "## Results" in out
    assert "Source: " in out
    assert "Cite: " in out
    assert shell.json("document", "gwanak-library-lunchbox")["id"] == "gwanak-library-lunchbox"


def test_questions_are_judged(shell: Shell, write: Callable[..., Path]) -> None:
    path = write(
        "q.jsonl", '{"q": "library cards for newborn children", "relevant": ["villa-maria-library-cards-at-birth"]}\n'
    )
    assert "too few for a claim" in shell("evaluate", str(path))[1]
    rows = {(row["system"], row["language"]): row for row in shell.json("evaluate", str(path))["rows"]}
    assert rows["hybrid", "en"]["mrr"]["mean"] == 1


def test_nothing_found_is_an_answer_not_an_error(shell: Shell) -> None:
    code, out, err = shell("search", '"no such phrase in any practice"')
    assert (code, err) == (0, "")
    assert "Nothing comparable was found in this corpus." in out
    assert "The nearest practices are shown below" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["similar", "Medelinn"], "Did you mean: Medellín"),
        (["search", "x", "--theme", "literracy"], "Did you mean: literacy"),
        (["cities", "--country", "Irland"], "Did you mean: Ireland"),
        (["document", "nothing"], "There is no document 'nothing'"),
        (["search", "?!"], "There is no word to search for"),
        (["search", "x", "--year-from", "2021", "--year-to", "2020"], "swap the two"),
        (["search", "x", "--cursor", "zzz"], "is not a cursor"),
        (["search", "x", "--limit", "0"], "--limit"),
        (["search", "x", "--colour", "red"], "--colour"),
        (["similar"], "Name a city or describe one"),
        (["evaluate", "nothing.jsonl"], "cannot be read"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_request_that_cannot_be_answered_exits_with_two_and_says_why(
    shell: Shell, arguments: list[str], message: str
) -> None:
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [["search", "x"], ["similar", "Cork"], ["cities"], ["themes"], ["document", "x"]])
def test_without_a_knowledge_base_a_command_exits_with_one_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = Shell(tmp_path / "none", capsys)(*arguments)
    assert (code, out) == (1, "")
    assert "Run `learncities ingest` first" in err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("typed", ["learning \udcff", "x" * 2000, "-a", '"', "\x00", "' OR 1=1 --"], ids=ascii)
def test_whatever_is_typed_gives_an_answer_or_an_error_in_one_line(shell: Shell, typed: str) -> None:
    code, _, err = shell("search", "--", typed)
    assert code in (0, 2)
    assert len(err.splitlines()) <= 1


def test_a_year_outside_the_calendar_gives_no_trace(shell: Shell) -> None:
    code, _, err = shell("search", "x", "--year-from", "99999999999999999999")
    assert code in (0, 2)
    assert "Traceback" not in err


def test_a_city_in_words_says_what_was_understood_and_what_was_not(shell: Shell) -> None:
    code, out, err = shell("similar", "--profile", "coastal town of 80,000, little money", "--limit", "1")
    assert (code, err) == (0, "")
    assert "Understood: “80,000” as population: 80,000" in out
    assert "Not understood, and not used: coastal" in out


def test_a_name_that_several_cities_bear_is_asked_about(shell: Shell) -> None:
    code, out, err = shell("similar", "Springfield")
    assert (code, out) == (2, "")
    assert "Springfield (Illinois, United States of America)" in err


@pytest.mark.parametrize("weights", ["population=nan", "population=-1", "population=", "size=1"])
def test_weights_that_are_none_are_refused(shell: Shell, weights: str) -> None:
    code, out, err = shell("similar", "Cork", "--weights", weights)
    assert (code, out) == (2, "")
    assert "error: " in err


def test_weights_of_context_and_practice_must_be_numbers(shell: Shell) -> None:
    code, _, err = shell("similar", "Cork", "--practice", "nan")
    assert (code, "--practice" in err) == (2, True)


def test_cities_are_compared_as_table_csv_and_json(shell: Shell) -> None:
    code, out, err = shell("compare", "Cork", "Limerick")
    assert (code, err) == (0, "")
    assert "Limerick" in out
    assert shell("compare", "Cork", "Limerick", "--csv")[1].startswith("group,what,Cork,Limerick,")
    values = shell.json("compare", "Cork", "Limerick")
    assert [city["id"] for city in values["cities"]] == ["cork", "limerick"]
    assert shell("compare", "Cork", "Cork")[0] == 2
