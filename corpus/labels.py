"""What readers call the values of filters and fields: themes, places, languages, in the six languages."""

from __future__ import annotations

from functools import cache, lru_cache

from corpus.languages import ENGLISH, catalogue
from corpus.places import load_gazetteer
from corpus.taxonomy import Vocabulary, load_taxonomy


@cache
def _vocabularies() -> dict[str, Vocabulary]:
    taxonomy = load_taxonomy()
    return {
        "theme": taxonomy.themes, "sdg": taxonomy.sdgs, "target_group": taxonomy.target_groups,
        "region": taxonomy.regions, "city_size": taxonomy.city_sizes, "income": taxonomy.income_groups,
        "evidence": taxonomy.evidence,
    }  # fmt: skip


@lru_cache(maxsize=4096)
def label_of(group: str, value: str, language: str = ENGLISH) -> str:
    """The name readers see for a value; `unknown` and what has no name are called so."""
    gazetteer = load_gazetteer()
    vocabulary = _vocabularies().get(group)
    if vocabulary and value in vocabulary.terms:
        term = vocabulary.terms[value]
        # The taxonomy's own word first; the catalogue has those that it lacks.
        return term.labels.get(language) or str(catalogue(language).get(f"{group}.{value}", term.label()))
    if group == "city" and value in gazetteer.cities:
        return gazetteer.cities[value].name
    if group == "country" and value in gazetteer.countries:
        return _country(value, gazetteer.countries[value].name, language)
    if group == "language" and value != "unknown":
        return language_name(value, language)
    words = catalogue(language)
    return str(words.get(f"{group}.{value}", words.get(f"value.{value}", value)))


def description_of(theme: str, language: str = ENGLISH) -> str:
    """What belongs to a theme, in one sentence."""
    known = load_taxonomy().themes.terms[theme].descriptions
    return known.get(language) or str(catalogue(language).get(f"description.{theme}", known[ENGLISH]))


@cache
def _country(code: str, name: str, language: str) -> str:
    """A country: the UN's short name in English, CLDR's in the others."""
    if language == ENGLISH:
        return name
    from babel import Locale

    return str(Locale.parse(language).territories.get(code, name))


@cache
def language_name(code: str, language: str) -> str:
    """What a language is called in a language; its code where nobody knows."""
    from babel import Locale

    name = str(Locale.parse(language).languages.get(code, ""))
    return name[:1].upper() + name[1:] or code
