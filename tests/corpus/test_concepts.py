"""The field's concepts: each has English names, and a main name means one thing in its language."""

from __future__ import annotations

import re
from collections import Counter

from corpus.taxonomy import load_taxonomy
from corpus.text import fold
from search.recognise import LANGUAGES

TERMS = load_taxonomy().concepts.terms


def test_every_concept_has_an_english_name_and_an_id_for_addresses() -> None:
    assert [
        key for key, term in TERMS.items() if not term.labels.get("en") or not re.fullmatch(r"[a-z0-9-]+", key)
    ] == []


def test_concepts_are_named_in_the_languages_that_questions_are_read_in() -> None:
    used = {code for term in TERMS.values() for code in term.labels}
    assert used == set(LANGUAGES)
    for code in LANGUAGES:
        assert sum(code in term.labels for term in TERMS.values()) > 0.9 * len(TERMS), code


def test_a_main_name_belongs_to_one_concept() -> None:
    for code in LANGUAGES:
        counts = Counter(fold(term.labels[code]) for term in TERMS.values() if code in term.labels)
        assert [name for name, count in counts.items() if count > 1] == [], code


def test_no_concept_has_a_name_twice() -> None:
    for key, term in TERMS.items():
        for code, label in term.labels.items():
            names = [fold(name) for name in (label, *term.synonyms[code])]
            assert len(names) == len(set(names)), f"{key}, {code}"


def test_a_concept_is_found_by_acronym_and_in_another_script() -> None:
    concepts = load_taxonomy().concepts
    assert concepts.find("TVET").id == concepts.find("职业教育").id == "vocational-training"
