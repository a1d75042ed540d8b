"""The relevance cases on the starter corpus; a case that fails shows the ranks and reasons that there were."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field, model_validator

from search.engine import KnowledgeBase
from search.filters import resolve
from search.results import Hit

# A list is followed this far to say at which rank a document came.
DEPTH = 100


class Case(BaseModel):
    """One question with what must and must not come of it, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: str = Field(min_length=1)
    why: str = Field(pattern=r"^[A-Z].{20,}\.$")
    must_find: list[str] = []
    must_not_find: list[str] = []
    ranks_above: list[tuple[str, str]] = []
    top: int = Field(default=10, ge=1, le=20)
    filters: dict[str, list[str]] = {}
    known_gap: bool = False
    reason: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Case:
        assert self.must_find or self.must_not_find or self.ranks_above, "a case must ask for something"
        assert self.known_gap == bool(self.reason), "a known gap has a reason, and nothing else has one"
        return self

    def named(self) -> set[str]:
        """All documents that the case speaks of."""
        return {*self.must_find, *self.must_not_find, *(id_ for pair in self.ranks_above for id_ in pair)}

    def misses(self, ranks: dict[str, int]) -> list[str]:
        """What is not as it must be, in words; `ranks` start at 1."""

        def rank(document: str) -> int:
            return ranks.get(document, DEPTH + 1)

        return [
            *(f"{id_} is not in the first {self.top}" for id_ in self.must_find if rank(id_) > self.top),
            *(f"{id_} is in the first {self.top}" for id_ in self.must_not_find if rank(id_) <= self.top),
            *(f"{a} is not above {b}" for a, b in self.ranks_above if rank(a) >= rank(b)),
        ]


def read_cases() -> list[Case]:
    raw = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
    return [Case.model_validate(case) for case in raw["case"]]


CASES = read_cases()


def parameter(case: Case) -> object:
    gap = pytest.mark.xfail(reason=case.reason, strict=False)
    return pytest.param(case, id=case.query[:60], marks=[gap] if case.known_gap else [])


def diagnosis(case: Case, misses: list[str], hits: tuple[Hit, ...]) -> str:
    """What was asked, what is missing, and what came instead, with ranks, scores and reasons."""
    rows = [
        f"  {rank:3}. {hit.score:.3f} {hit.document.id}  {' '.join(hit.why)}"
        for rank, hit in enumerate(hits, start=1)
        if rank <= case.top or hit.document.id in case.named()
    ]
    found = {hit.document.id for hit in hits}
    rows += [f"    - {id_} was not found at all" for id_ in sorted(case.named() - found)]
    return "\n".join([f"{case.query!r}: {'; '.join(misses)}", f"  because: {case.why}", *rows])


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_a_question_of_a_planner_is_answered(starter: KnowledgeBase, case: Case) -> None:
    hits = starter.search(case.query, resolve(case.filters), limit=DEPTH).hits
    misses = case.misses({hit.document.id: rank for rank, hit in enumerate(hits, start=1)})
    assert not misses, diagnosis(case, misses, hits)


def test_every_case_speaks_of_documents_that_exist(starter: KnowledgeBase) -> None:
    known = {id_ for (id_,) in starter.db.execute("SELECT id FROM documents")}
    assert set().union(*(case.named() for case in CASES)) <= known


def test_no_question_is_asked_twice() -> None:
    assert len({case.query for case in CASES}) == len(CASES) >= 25


def test_most_questions_use_other_words_than_the_titles_of_their_answers(starter: KnowledgeBase) -> None:
    def shared(case: Case) -> bool:
        titles = dict(starter.db.execute("SELECT id, title FROM documents").fetchall())
        words = {word for id_ in case.must_find for word in titles[id_].casefold().split() if len(word) > 4}
        return len(words & set(case.query.casefold().split())) > 1

    assert sum(shared(case) for case in CASES) <= len(CASES) / 5


def test_a_miss_is_told_with_the_ranks_that_there_were(starter: KnowledgeBase) -> None:
    case = Case(query="festival", why="A case that must fail, to see what it says.", must_find=["nothing"], top=2)
    hits = starter.search(case.query, limit=DEPTH).hits
    misses = case.misses({hit.document.id: rank for rank, hit in enumerate(hits, start=1)})
    assert misses == ["nothing is not in the first 2"]
    told = diagnosis(case, misses, hits)
    assert f"1. {hits[0].score:.3f} {hits[0].document.id}" in told
    assert "nothing was not found at all" in told
    assert hits[2].document.id not in told
