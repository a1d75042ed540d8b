"""Answers of the API in one of the six languages: reasons, notices and labels; never what a document says."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from corpus.labels import description_of, label_of
from corpus.languages import ENGLISH
from corpus.wording import pattern_of, spoken, translated

Language = Annotated[
    Literal["en", "fr", "es", "ar", "zh", "ru"],
    Field(description="language of labels, reasons and notices; documents keep their own"),
]
# The field of sentences that ingestion has written in English.
_BASIS = "rests_on"
# The fields that hold values of a filter group with their labels.
_GROUPS = {
    "themes": "theme",
    "sdgs": "sdg",
    "target_groups": "target_group",
    "evidence": "evidence",
    "cities": "city",
    "countries": "country",
    "country": "country",
    "regions": "region",
    "region": "region",
    "city_sizes": "city_size",
    "neighbours": "theme",
    _BASIS: _BASIS,
}
# What is keyed by the groups themselves.
_BY_GROUP = ("facets", "missing")


def in_language(value: Any, language: str, group: str = "") -> Any:
    """The answer with its sentences and labels in that language; `group` is what labels of `value` belong to."""
    if language == ENGLISH:
        return value
    if isinstance(value, str):
        return basis_in(value, language) if group == _BASIS else translated(value, language)
    if isinstance(value, list | tuple):
        return [in_language(item, language, group) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: key if group in _BY_GROUP or key in _BY_GROUP else _GROUPS.get(key, "") for key in value}
    said = {key: in_language(item, language, inner[key]) for key, item in value.items()}
    identity = value.get("id", value.get("value"))
    if group and "label" in value and isinstance(identity, str):
        said["label"] = label_of(group, identity, language)
        if group == "theme" and "description" in value:
            said["description"] = description_of(identity, language)
    return said


def basis_in(note: str, language: str) -> str:
    """What a document rests on, which ingestion has written in English; other words as they are."""
    lead = pattern_of("trust.disagree", None, ENGLISH).removesuffix("{what}")
    if note.startswith(lead):
        return spoken("trust.disagree", {"what": note.removeprefix(lead)}, language)
    code = _basis_codes().get(note)
    return spoken(code, {}, language) if code else note


@cache
def _basis_codes() -> dict[str, str]:
    return {pattern_of(code, None, ENGLISH): code for code in ("trust.basis", "trust.single", "trust.copies")}
