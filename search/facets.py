"""Facet counts over the candidate set; a group in use is counted as if it were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from index.columns import GROUPS, UNKNOWN, Columns, Group, Mask
from search.filters import Filters, label_of
from search.rank import Ranking
from search.results import FacetValue


def facets(
    columns: Columns, found: Ranking, filters: Filters, found_without: Callable[[str], Ranking]
) -> dict[str, list[FacetValue]]:
    """Counts by group, largest first; `found_without(group)` is the set with that group's filter lifted."""
    chosen = _chosen(columns, found)
    counted: dict[str, list[FacetValue]] = {}
    for group in GROUPS:
        if group in filters.groups:
            without = found_without(group)
            counted[group] = _count(columns, group, without, _chosen(columns, without))
        else:
            counted[group] = _count(columns, group, found, chosen)
    return counted


def _chosen(columns: Columns, found: Ranking) -> Mask:
    """The documents that were found, those folded into others included."""
    chosen = np.zeros(columns.documents, dtype=bool)
    chosen[found.documents] = True
    for folded in found.also.values():
        chosen[list(folded)] = True
    return chosen


def _count(columns: Columns, group: str, found: Ranking, chosen: Mask) -> list[FacetValue]:
    counts = Counter(columns.groups[group].count(chosen))
    for head, folded in found.also.items():
        counts -= _counted_again(columns.groups[group], (head, *folded))
    values = [FacetValue(value, label_of(group, value), count) for value, count in counts.items()]
    return sorted(values, key=lambda facet: (facet.value == UNKNOWN, -facet.count, facet.label))


def _counted_again(group: Group, family: tuple[int, ...]) -> Counter[str]:
    """How often each value was counted beyond once for documents of which a result shows one."""
    held = Counter(value for document in family for value in set(group.of(document)) or {UNKNOWN})
    return Counter({value: count - 1 for value, count in held.items()})
