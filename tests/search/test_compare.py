"""Cities side by side: the same facts of each, what is unknown said, in a table that no spreadsheet calculates."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from corpus.errors import InvalidInput
from search.compare import Comparison, compare, csv_of
from search.engine import KnowledgeBase


def values(comparison: Comparison, name: str) -> tuple[str, ...]:
    return next(row.values for row in comparison.rows if row.name == name)


def test_cities_are_set_side_by_side_with_sources_themes_and_practices(starter: KnowledgeBase) -> None:
    found = compare(starter, ["Cork", "Osan", "Lyon"])
    assert found.names == ["Cork", "Osan", "Lyon"]
    assert values(found, "population")[0] == "224,004"
    assert values(found, "country") == ("Ireland", "Republic of Korea", "France")
    assert values(found, "year of joining")[2] == "unknown"
    assert values(found, "population, alike to Cork")[0] == "—"
    assert values(found, "practices")[2] == "0"
    assert next(row.sources for row in found.rows if row.name == "income group") == ("World Bank income groups",) * 3
    assert any("[cork-learning-neighbourhoods]" in value for row in found.rows for value in row.values)
    assert "Known from the gazetteer alone, without practices: Lyon." in found.notes
    assert all(len(row.values) == len(row.sources) == 3 for row in found.rows)


def test_populations_of_different_units_are_named(starter: KnowledgeBase) -> None:
    found = compare(starter, ["Cork", "Jesús María"])
    assert any(note.startswith("Populations count different units") for note in found.notes)
    assert values(found, "population, alike to Cork") == ("—", "unknown")


def test_two_cities_of_one_name_carry_their_countries(starter: KnowledgeBase) -> None:
    assert compare(starter, ["London", "London, Canada"]).names == ["London (United Kingdom)", "London (Canada)"]


def test_the_csv_holds_the_table_and_no_formula(starter: KnowledgeBase) -> None:
    found = compare(starter, ["Cork", "Osan"])
    rows = list(csv.reader(StringIO(csv_of(found))))
    assert rows[0] == ["group", "what", "Cork", "Osan", "source (Cork)", "source (Osan)"]
    assert len(rows) == len(found.rows) + 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("names", [[], ["Cork"], ["Cork", "Osan", "Lyon", "Paris", "Tokyo", "Delhi"]])
def test_two_to_five_cities_are_compared(starter: KnowledgeBase, names: list[str]) -> None:
    with pytest.raises(InvalidInput, match="2 to 5 different cities"):
        compare(starter, names)


def test_the_same_city_under_five_names_is_refused(starter: KnowledgeBase) -> None:
    with pytest.raises(InvalidInput, match="Cork is named 5 times"):
        compare(starter, ["Cork", "cork", "corcaigh", "geonames:2965140", "Cork, Ireland"])
