"""Themes, goals, target groups, regions, city sizes and income groups, from `taxonomy.toml`; concepts beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import UnknownName
from corpus.text import fold, nearest

TAXONOMY_FILE = Path(__file__).with_name("taxonomy.toml")
CONCEPTS_FILE = Path(__file__).with_name("concepts.toml")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary: labels, description and synonyms by language."""

    id: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]
    group: str = ""
    sdgs: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def label(self, language: str = "en") -> str:
        """The label in `language`, in English where there is none."""
        return self.labels.get(language, self.labels["en"])

    def names(self) -> list[str]:
        """Everything this term may be called, its id included."""
        return [self.id, *self.labels.values(), *(name for names in self.synonyms.values() for name in names)]


class Vocabulary:
    """The terms of one section, found by id or by any of their names."""

    def __init__(self, what: str, terms: Mapping[str, Term]) -> None:
        self.what, self.terms = what, terms
        self._by_name: dict[str, Term] = {
            fold(name): term for term in reversed(list(terms.values())) for name in term.names()
        }
        self._by_name |= {fold(name): t for t in terms.values() for name in (*t.labels.values(), t.id)}

    def find(self, name: str) -> Term:
        """The term of that id, label or synonym, or of a word that stands in one label alone, such as `health`.

        Raises UnknownName with the nearest ones.
        """
        word = fold(name.strip())
        term = self._by_name.get(word)
        if term is None:
            having = [term for term in self.terms.values() if word in fold(term.label()).split()]
            if len(having) == 1:
                return having[0]
            # Where nothing is near, a short list is shown whole: nobody should have to guess its words.
            everything = list(self.terms) if len(self.terms) <= 8 else []
            raise UnknownName(self.what, name, [term.id for term in having[:3]] or self.suggest(name) or everything)
        return term

    def suggest(self, name: str, limit: int = 3) -> list[str]:
        """Ids of the terms whose names are nearest to `name`, best first."""
        near = nearest(name, list(self._by_name), limit=20)
        return list(dict.fromkeys(self._by_name[key].id for key in near))[:limit]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All vocabularies of the house."""

    themes: Vocabulary
    sdgs: Vocabulary
    target_groups: Vocabulary
    regions: Vocabulary
    city_sizes: Vocabulary
    income_groups: Vocabulary
    concepts: Vocabulary
    evidence: Vocabulary

    def size_of(self, population: int | None) -> str | None:
        """The id of the city size that holds `population`; None where it is unknown."""
        if population is None:
            return None
        for term in self.city_sizes.terms.values():
            if (term.minimum or 0) <= population and (term.maximum is None or population < term.maximum):
                return term.id
        return None


def _term(term_id: str, raw: Mapping[str, object]) -> Term:
    def texts(key: str) -> dict[str, str]:
        value = raw.get(key, {})
        return dict(value) if isinstance(value, dict) else {}

    names = raw.get("synonyms", {})
    return Term(
        id=term_id,
        labels=texts("label"),
        descriptions=texts("description"),
        synonyms={k: tuple(v) for k, v in names.items()} if isinstance(names, dict) else {},
        group=str(raw.get("group", "")),
        sdgs=tuple(raw.get("sdgs", ())),  # type: ignore[arg-type]  # checked by corpus.check
        related=tuple(raw.get("related", ())),  # type: ignore[arg-type]
        minimum=raw.get("minimum"),  # type: ignore[arg-type]
        maximum=raw.get("maximum"),  # type: ignore[arg-type]
    )


@cache
def load_taxonomy(path: Path = TAXONOMY_FILE) -> Taxonomy:
    """The taxonomy of the file, read once."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))

    def vocabulary(what: str, section: str) -> Vocabulary:
        return Vocabulary(what, {key: _term(key, value) for key, value in raw[section].items()})

    return Taxonomy(
        themes=vocabulary("theme", "themes"),
        sdgs=vocabulary("SDG", "sdgs"),
        target_groups=vocabulary("target group", "target_groups"),
        regions=vocabulary("region", "regions"),
        city_sizes=vocabulary("city size", "city_sizes"),
        income_groups=vocabulary("income group", "income_groups"),
        concepts=_concepts(),
        evidence=vocabulary("kind of evidence", "evidence"),
    )


def _concepts() -> Vocabulary:
    """What the things of the field are called: the first name of a language is the label, the others are synonyms."""
    raw = tomllib.loads(CONCEPTS_FILE.read_text(encoding="utf-8"))
    named = ((key, {code: tuple(names) for code, names in value.items()}) for key, value in raw.items())
    terms = {
        key: Term(key, {code: n[0] for code, n in names.items()}, {}, {code: n[1:] for code, n in names.items()})
        for key, names in named
    }
    return Vocabulary("concept", terms)
