"""A case held against what the search gives: what is not as it must be, and what came instead."""

from __future__ import annotations

from dataclasses import dataclass

from search.ask import ask
from search.engine import KnowledgeBase
from search.filters import resolve
from search.results import SearchResult
from tests.relevance.case import Case, Holds

# A list is followed this far to say at which rank a document came.
DEPTH = 100
FIRST = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a case's question and what is wrong with it, in words."""

    case: Case
    result: SearchResult
    other: SearchResult | None
    misses: tuple[str, ...]

    def diagnosis(self) -> str:
        """What was asked, what is missing, and what came instead, with ranks, scores and reasons."""
        found = {hit.document.id for hit in self.result.hits}
        lines = [f"{self.case.query!r}: {'; '.join(self.misses)}", f"  because: {self.case.why}"]
        if self.result.corrected:
            lines.append(f"  read as {self.result.corrected!r}")
        lines += self._ranks(self.result)
        lines += [f"    - {id_} was not found at all" for id_ in sorted(self.case.named() - found)]
        for group in self.case.most_frequent:
            counts = ", ".join(f"{facet.label} {facet.count}" for facet in self.result.facets[group][:5])
            lines.append(f"  {group}: {counts or 'no value'}")
        if self.other:
            lines += [f"  {self.case.same_as!r} found:", *self._ranks(self.other)]
        return "\n".join(lines)

    def _ranks(self, result: SearchResult) -> list[str]:
        return [
            f"  {rank:3}. {hit.score:.3f} {hit.document.id}  {' '.join(hit.why)}"
            for rank, hit in enumerate(result.hits, start=1)
            if rank <= self.case.top or hit.document.id in self.case.named()
        ]


def judge(base: KnowledgeBase, case: Case) -> Verdict:
    """Ask what a user would ask, and compare."""
    result = ask(base, case.query, resolve(case.filters), limit=DEPTH, with_facets=bool(case.most_frequent))
    other = ask(base, case.same_as, limit=FIRST, with_facets=False) if case.same_as else None
    ids = [hit.document.id for hit in result.hits]
    misses = [*_ranks(case, ids), *_fields(base, case, ids), *_facets(case, result)]
    if other:
        both = {hit.document.id for hit in other.hits} & set(ids[:FIRST])
        misses += [f"the first ten share {len(both)}, not {case.share}"] * (len(both) < case.share)
    if case.finds_nothing and result.total:
        misses.append(f"{result.total} documents are found")
    return Verdict(case, result, other, tuple(misses))


def _ranks(case: Case, ids: list[str]) -> list[str]:
    ranks = {id_: rank for rank, id_ in enumerate(ids, start=1)}

    def rank(document: str) -> int:
        return ranks.get(document, DEPTH + 1)

    return [
        *(f"{id_} is not in the first {case.top}" for id_ in case.must_find if rank(id_) > case.top),
        *(f"{id_} is in the first {case.top}" for id_ in case.must_not_find if rank(id_) <= case.top),
        *(f"{a} is not above {b}" for a, b in case.ranks_above if rank(a) >= rank(b)),
    ]


def _fields(base: KnowledgeBase, case: Case, ids: list[str]) -> list[str]:
    misses = []
    for what, wanted, shown in (("first", case.first_holds, ids[:1]), ("all", case.all_hold, ids[: case.top])):
        if wanted:
            holders = _holders(base, wanted)
            wrong = [id_ for id_ in shown if id_ not in holders] or ([] if shown else ["nothing is found"])
            misses += [f"{what} must hold {dict(wanted)}, but {', '.join(wrong)}"] * bool(wrong)
    return misses


def _holders(base: KnowledgeBase, wanted: Holds) -> set[str]:
    """The documents that these filters leave: a field holds where its filter does."""
    groups = {group: [str(name)] for group, name in wanted.items() if group != "year"}
    year = int(wanted["year"]) if "year" in wanted else None
    hits = base.search("", resolve(groups, year, year), limit=1000, with_facets=False).hits
    return {hit.document.id for hit in hits}


def _facets(case: Case, result: SearchResult) -> list[str]:
    misses = []
    for group, name in case.most_frequent.items():
        (wanted,) = resolve({group: [name]}).groups[group]
        values = [facet.value for facet in result.facets.get(group, [])]
        misses += [f"{name} is not the most frequent {group}"] * (values[:1] != [wanted])
    return misses
