"""A relevance case: a question of a planner, what must and must not come of it, and why."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

FOLDER = Path(__file__).parent
# By filter group, as on the command line; `year` beside them.
Holds = dict[str, str | int]


class Case(BaseModel):
    """One question with what must and must not come of it, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: str = Field(min_length=1)
    why: str = Field(pattern=r"^[A-Z].{20,}\.$")
    language: str = Field(default="en", pattern="^(en|fr|es|ar|zh|ru)$")
    filters: dict[str, list[str]] = {}
    top: int = Field(default=10, ge=1, le=20)
    must_find: list[str] = []
    must_not_find: list[str] = []
    ranks_above: list[tuple[str, str]] = []
    first_holds: Holds = {}
    all_hold: Holds = {}
    most_frequent: dict[str, str] = {}
    same_as: str = ""
    share: int = Field(default=0, ge=0, le=10)
    finds_nothing: bool = False
    known_gap: bool = False
    reason: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Case:
        asks = (self.must_find, self.must_not_find, self.ranks_above, self.first_holds, self.all_hold)
        assert any((*asks, self.most_frequent, self.same_as, self.finds_nothing)), "a case must ask for something"
        assert bool(self.same_as) == bool(self.share), "two wordings share a number of documents"
        assert self.known_gap == bool(self.reason), "a known gap has a reason, and nothing else has one"
        return self

    def named(self) -> set[str]:
        """All documents that the case speaks of."""
        return {*self.must_find, *self.must_not_find, *(id_ for pair in self.ranks_above for id_ in pair)}


def read_cases() -> list[Case]:
    """The cases of all files, in their order."""
    files = sorted(FOLDER.glob("*.toml"))
    return [Case.model_validate(raw) for path in files for raw in tomllib.loads(path.read_text("utf-8"))["case"]]
