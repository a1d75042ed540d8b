"""What supports a stated effect, sentence by sentence: claimed, a number reported, evaluated, awarded.

- awarded: a prize, or an outside body that chose it as an example; - evaluated: a study with what it found;
- number reported: a count of people or things, money, a share or a change, where no study stands behind it;
- claimed: a verb of effect without any of these.

English only: a sentence of another language, or one that no rule knows, says nothing. A plan or a hope is no evidence,
and neither is what a city already was: its population, or the problem that it started from. The rules were written on
sentences labelled beforehand and measured on others (`benchmarks/README.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.text import sentences
from index.evidence_words import AWARDED as AWARD
from index.evidence_words import BACKGROUND, CHANGE, NO_COUNT, PLAN, PROBLEM
from index.evidence_words import CLAIMED as CLAIM
from index.evidence_words import EVALUATED as STUDY
from index.evidence_words import NUMBER as COUNT

# Raised when a change of the rules finds something else in the same sentence.
VERSION = "1"
CLAIMED, NUMBER, EVALUATED, AWARDED = "claimed", "number-reported", "evaluated", "awarded"
# Weakest first.
STRENGTH = (CLAIMED, NUMBER, EVALUATED, AWARDED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence with the code-point span of the sentence that shows it."""

    kind: str
    start: int
    end: int


def kinds_in(sentence: str) -> tuple[str, ...]:
    """The kinds of evidence that a sentence shows, weakest first; none where it only plans, hopes or describes."""
    found = {AWARDED} if AWARD.search(sentence) else set()
    if PLAN.search(sentence):
        return tuple(found)
    if STUDY.search(sentence):
        found.add(EVALUATED)
    elif _reports(sentence):
        found.add(NUMBER)
    if not found and not PROBLEM.search(sentence) and CLAIM.search(sentence):
        found.add(CLAIMED)
    return tuple(kind for kind in STRENGTH if kind in found)


def _reports(sentence: str) -> bool:
    """Whether a number counts what was done or reached."""
    if PROBLEM.search(sentence):
        return False
    counted = BACKGROUND.sub(" ", NO_COUNT.sub(" ", sentence))
    return bool(COUNT.search(counted) or CHANGE.search(counted))


def evidence_in(text: str, language: str | None = "en") -> list[Evidence]:
    """The evidence that a text shows, in its order; empty for a text known to be in another language than English."""
    if language not in ("en", None):
        return []
    return [
        Evidence(kind, start, end) for start, end in sentences(text, language) for kind in kinds_in(text[start:end])
    ]
