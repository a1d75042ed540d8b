"""Where the corpus is thick and where it is thin: documents by theme, region and size of city, and what is missing.

Documents about the network itself tell of no practice, and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from corpus.models import NETWORK
from corpus.taxonomy import Term, load_taxonomy
from corpus.wording import Named, Said, say
from search.engine import KnowledgeBase
from search.filters import KINDS

# Theme, region, size: "" is any of them.
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many documents there are on a theme, of a region and a size of city ("" is any), and the search for them."""

    theme: str
    region: str
    city_size: str
    count: int
    search: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme, a place (region or size of city), or both together, of which there is nothing; the search proves it."""

    theme: str
    region: str
    city_size: str
    words: Said
    search: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole table: documents in all, every cell of theme × region × size with its sums, and the gaps."""

    snapshot: str
    documents: int
    themes: tuple[Term, ...]
    regions: tuple[Term, ...]
    city_sizes: tuple[Term, ...]
    cells: tuple[Cell, ...]
    gaps: tuple[Gap, ...]

    def count(self, theme: str = "", region: str = "", city_size: str = "") -> int:
        """The documents of one cell."""
        return next(c.count for c in self.cells if (c.theme, c.region, c.city_size) == (theme, region, city_size))


def overview(base: KnowledgeBase) -> Overview:
    """The overview of a snapshot; each count is what its search finds."""
    taxonomy = load_taxonomy()
    themes, regions, sizes = (
        tuple(vocabulary.terms.values()) for vocabulary in (taxonomy.themes, taxonomy.regions, taxonomy.city_sizes)
    )
    counts = Counter(key for labels in _labels(base) for key in _keys(labels))
    keys = product(_any_or(themes), _any_or(regions), _any_or(sizes))
    cells = tuple(Cell(*key, counts[key], _search(*key)) for key in keys)
    return Overview(
        snapshot=base.snapshot.id,
        documents=counts["", "", ""],
        themes=themes,
        regions=regions,
        city_sizes=sizes,
        cells=cells,
        gaps=tuple(_gaps(counts, themes, regions, sizes)),
    )


def _labels(base: KnowledgeBase) -> Iterable[Mapping[str, set[str]]]:
    """Themes, regions and sizes of each document."""
    counted = base.db.execute("SELECT rowid FROM documents WHERE kind != ?", (NETWORK,))
    found: dict[int, dict[str, set[str]]] = {rowid: {} for (rowid,) in counted}
    rows = base.db.execute(
        "SELECT document, kind, value FROM labels WHERE kind IN ('theme', 'region', 'city_size') ORDER BY document"
    )
    for document, kind, value in rows:
        found[document].setdefault(kind, set()).add(value)
    return found.values()


def _keys(labels: Mapping[str, set[str]]) -> Iterator[_Key]:
    """The cells that a document counts in: once in each, whichever of its labels put it there."""
    theme, region, size = ({"", *labels.get(kind, ())} for kind in ("theme", "region", "city_size"))
    return product(theme, region, size)


def _any_or(terms: Sequence[Term]) -> list[str]:
    return ["", *(term.id for term in terms)]


def _search(theme: str, region: str, city_size: str) -> str:
    """The parameters of the search that finds a cell's documents; the same words are options of the command."""
    chosen = {"theme": theme, "region": region, "city_size": city_size}
    named = [(name, value) for name, value in chosen.items() if value]
    return urlencode(named or [("kind", kind) for kind in KINDS if kind != NETWORK])


def _gaps(
    counts: Mapping[_Key, int], themes: Sequence[Term], regions: Sequence[Term], sizes: Sequence[Term]
) -> Iterator[Gap]:
    """What is missing: whole themes and places first, then pairs, those first whose theme and place are common."""
    places: list[tuple[str, str, Named | Said]] = [(region.id, "", Named("region", region.id)) for region in regions]
    places += [("", size.id, say(f"of-size.{size.id}")) for size in sizes]
    for theme in themes:
        if not counts[theme.id, "", ""]:
            yield _gap(theme.id, "", "", say("gap.theme", theme=Named("theme", theme.id)))
    for region_id, size_id, name in places:
        if not counts["", region_id, size_id]:
            yield _gap("", region_id, size_id, say("gap.place", place=name))
    pairs = [
        (counts[theme.id, "", ""] * counts["", region, size], theme, region, size, name)
        for theme, (region, size, name) in product(themes, places)
        if not counts[theme.id, region, size]
    ]
    # By how many there would be if theme and place had nothing to do with each other: the more, the odder the gap.
    for expected, theme, region, size, name in sorted(pairs, key=lambda pair: -pair[0]):
        if expected:
            yield _gap(theme.id, region, size, say("gap.both", theme=Named("theme", theme.id), place=name))


def _gap(theme: str, region: str, city_size: str, words: Said) -> Gap:
    return Gap(theme, region, city_size, words, _search(theme, region, city_size))
