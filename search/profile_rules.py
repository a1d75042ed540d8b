"""The words that a description of a city is read by: our rules, and the names of taxonomy and gazetteer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from corpus.places import load_gazetteer
from corpus.taxonomy import load_taxonomy
from index.analyzer import terms
from search.traits import CLIMATE_BANDS

LANGUAGE = "en"
_LITTLE, _MIDDLE, _MUCH = ("low", "lower-middle"), ("lower-middle", "upper-middle"), ("high",)
# What people say of a city's means. Only the income group of its country is known of others, and the answer says so.
_INCOME = {
    **dict.fromkeys(("little money", "small budget", "low budget", "tight budget", "limited budget"), _LITTLE),
    **dict.fromkeys(("few resources", "limited resources", "little funding", "poor", "deprived"), _LITTLE),
    **dict.fromkeys(("rich", "wealthy", "affluent", "prosperous"), _MUCH),
    "middle income": _MIDDLE,
}
_KINDS = {
    **dict.fromkeys(("city", "town", "village"), "city"),
    **dict.fromkeys(("municipality", "commune"), "municipality"),
    **dict.fromkeys(("district", "borough"), "district"),
    "county": "county",
}
# What people say of who lives there, where the taxonomy's own names do not have it.
_THEMES = {
    **dict.fromkeys(("ageing", "aging", "elderly", "older people", "older residents", "seniors"), "healthy-ageing"),
    **dict.fromkeys(("unemployment", "unemployed", "jobs"), "entrepreneurship-and-skills"),
    **dict.fromkeys(("young people", "young population"), "youth"),
    **dict.fromkeys(("newcomers", "immigrants", "migrants", "refugees"), "migrants-and-refugees"),
    **dict.fromkeys(("women", "girls"), "gender-equality"),
    **dict.fromkeys(("families", "children"), "family-and-community-learning"),
    **dict.fromkeys(("libraries", "museums", "culture"), "culture-libraries-museums"),
    **dict.fromkeys(("floods", "droughts", "climate", "green"), "climate-action"),
    **dict.fromkeys(("digital", "technology"), "ai-and-digital-learning"),
    **dict.fromkeys(("illiteracy", "reading"), "literacy"),
    **dict.fromkeys(("health", "sickness"), "health-and-well-being"),
}
# Words that say only that a city is spoken of.
FILLERS = frozenset(
    {"population", "people", "inhabitants", "resident", "residents", "around", "roughly", "country", "lots"}
)


@cache
def phrases_by_stems() -> Mapping[tuple[str, ...], tuple[str, str]]:
    """What each name or phrase stands for, by its stems; of two with the same stems, the earlier counts."""
    taxonomy, places = load_taxonomy(), load_gazetteer()
    rows: list[tuple[str, str, str]] = [(phrase, "income", "|".join(groups)) for phrase, groups in _INCOME.items()]
    rows += [(phrase, "kind", kind) for phrase, kind in _KINDS.items()]
    rows += [(band, "climate", band) for _, band in CLIMATE_BANDS if band != "polar"]
    rows += [(phrase, "capital", "yes") for phrase in ("capital", "capital city")]
    rows += [(phrase, "theme", theme) for phrase, theme in _THEMES.items()]
    for group, section in (("region", taxonomy.regions), ("income", taxonomy.income_groups)):
        rows += [(name, group, term.id) for term in section.terms.values() for name in term.names()]
    rows += [(name, "size", term.id) for term in taxonomy.city_sizes.terms.values() for name in term.names()]
    rows += [(country.name, "country", country.iso2) for country in places.countries.values()]
    rows += [(name.name, "country", name.place) for name in places.more_names if name.place in places.countries]
    rows += [(name, "theme", term.id) for term in taxonomy.themes.terms.values() for name in term.names()]
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for name, group, value in rows:
        if key := tuple(terms(name, LANGUAGE)):
            found.setdefault(key, (group, value))
    return found
