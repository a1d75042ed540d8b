"""Terms are found by any of their names; misspelt ones are answered with the nearest."""

from __future__ import annotations

import pytest

from corpus.errors import UnknownName
from corpus.taxonomy import Term, Vocabulary, load_taxonomy


def term(name: str, label: str, *synonyms: str) -> Term:
    return Term(name, {"en": label, "fr": f"{label} (fr)"}, {}, {"en": synonyms})


@pytest.fixture
def colours() -> Vocabulary:
    return Vocabulary(
        "colour", {"deep-red": term("deep-red", "Crimson", "ruby", "blue"), "blue": term("blue", "Azure", "sky")}
    )


@pytest.mark.parametrize("name", ["deep-red", "Crimson", "CRIMSON ", "Crimson (fr)", "ruby", "Rúby"])
def test_a_term_is_found_by_id_label_and_synonym(colours: Vocabulary, name: str) -> None:
    assert colours.find(name).id == "deep-red"


def test_an_id_comes_before_the_synonym_of_another(colours: Vocabulary) -> None:
    assert colours.find("blue").id == "blue"


def test_a_misspelt_name_is_answered_with_the_nearest(colours: Vocabulary) -> None:
    with pytest.raises(UnknownName) as caught:
        colours.find("crimsom")
    assert caught.value.suggestions == ["deep-red"]
    assert str(caught.value) == "Unknown colour: 'crimsom'. Did you mean: deep-red?"


def test_where_nothing_is_near_a_short_list_is_shown_whole(colours: Vocabulary) -> None:
    with pytest.raises(UnknownName) as caught:
        colours.find("xyzzy")
    assert caught.value.suggestions == ["deep-red", "blue"]


def test_a_label_in_a_language_that_is_missing_is_the_english_one(colours: Vocabulary) -> None:
    assert colours.terms["blue"].label("fr") == "Azure (fr)"
    assert colours.terms["blue"].label("ru") == "Azure"


def vocabularies() -> list[Vocabulary]:
    taxonomy = load_taxonomy()
    return [
        taxonomy.themes,
        taxonomy.sdgs,
        taxonomy.target_groups,
        taxonomy.regions,
        taxonomy.city_sizes,
        taxonomy.income_groups,
    ]


@pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda vocabulary: str(vocabulary.what))
def test_every_shipped_term_is_found_by_its_id_and_labels(vocabulary: Vocabulary) -> None:
    assert vocabulary.terms
    for shipped in vocabulary.terms.values():
        assert {vocabulary.find(name).id for name in (shipped.id, *shipped.labels.values())} == {shipped.id}


@pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda vocabulary: str(vocabulary.what))
def test_every_shipped_synonym_leads_to_a_term(vocabulary: Vocabulary) -> None:
    for shipped in vocabulary.terms.values():
        assert all(vocabulary.find(name) for name in shipped.names())


def test_a_misspelt_theme_is_answered_with_the_right_one() -> None:
    assert load_taxonomy().themes.suggest("litracy")[0] == "literacy"


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (None, None),
        (0, "small"),
        (49_999, "small"),
        (50_000, "medium"),
        (249_999, "medium"),
        (250_000, "large"),
        (999_999, "large"),
        (1_000_000, "very-large"),
        (30_000_000, "very-large"),
    ],
)
def test_a_city_size_holds_its_lower_bound_and_not_its_upper(population: int | None, size: str | None) -> None:
    assert load_taxonomy().size_of(population) == size
