"""What supports a stated effect, sentence by sentence: claimed, a number reported, evaluated, awarded.

English only: a sentence of another language, or one that no rule knows, says nothing. A plan or a hope is no evidence,
and neither is what a city already was: its population, or the problem that it started from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import sentences

# Raised when a change of the rules finds something else in the same sentence.
VERSION = "1"
CLAIMED, NUMBER, EVALUATED, AWARDED = "claimed", "number-reported", "evaluated", "awarded"
# Weakest first: a document shows all of them, a list sorted by strength ends with the last.
STRENGTH = (CLAIMED, NUMBER, EVALUATED, AWARDED)

_WORDS = "ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|seventeen|eighteen|dozens|hundreds|thousands"
_COUNT = rf"(?:\d[\d,.]*(?:\s+(?:thousand|million|billion))?|(?:{_WORDS})\b)"
_SHARE = r"\d[\d,.]*\s*(?:%|per\s?cent)"
# What is counted: any plural near the number but spans of time, and words for people that have no plural.
_NOT_COUNTED = (
    r"years?|months?|weeks?|days?|minutes?|hours?|times|ages|areas|sides|pillars|lines|thirds|others|was|is|has|its|"
    r"this|as|us|countries|minorities|kilometers|forties|fifties|sixties|priorities|phases|levels|steps|goals|features"
)
_PEOPLE = r"people|women|men|children|youth|staff|per\s?cent|%|euros?|won|rand|rupiah|yuan|million"
_THING = rf"(?:{_PEOPLE}|(?!(?:{_NOT_COUNTED})\b)[a-z][a-z-]+s)"
_NUMBER = re.compile(
    rf"(?:[€$£]\s?\d[\d,.]*|{_SHARE}|{_COUNT}(?:\s+(?!and\b|or\b|of\b|to\b|in\b|at\b|from\b)[\w'-]+){{0,3}}?\s+"
    rf"{_THING}\b|(?:doubled|tripled|trebled|quadrupled|halved))",
    re.IGNORECASE,
)
_CHANGE = re.compile(rf"\b(?:from)\b.{{0,40}}?{_COUNT}.{{0,40}}\bto\b.{{0,20}}?{_COUNT}|\b(?:increase|rise) of\b", re.I)
# Years and rules of a scheme are numbers too, and plans and problems are not results.
_NO_COUNT = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b(?!,\d)|\bCOVID-19\b|\bSDGs?\s*\d+|\bGoals?\s+\d+|\b\d+\s*(?:am|pm)\b"
    r"|\b(?:year|grade|chapter|article|page|phase)s? (?:\d+|" + _WORDS + r")\b|\bjoined the\b.*network\b.*|\b\d+(?: to \d+)? (?:January|February|March|"
    r"April|May|June|July|August|September|October|November|December)\b|\bfrom \d+ to \d+ (?:January|February|March|April|"
    r"May|June|July|August|September|October|November|December)\b|\baged? \d+\b|\bage of \d+\b|\bgovernorates? \d+\b", re.I)
_PLAN = re.compile(
    r"\b(?:aim(?:s|ed)? (?:to|at|for)|plan(?:s|ned) (?:to|for|were|in)|were planned|(?:was|were|is|are) (?:also )?(?:meant|"
    r"intended|planned|expected|due|set) to|(?:was|were|is|are) to (?!all\b)\w+|will|would|hop(?:es?|ed) (?:to|that)|"
    r"want(?:s|ed)?|set out to|targets?|goals?|objectives?|next steps?|seeks?|sought|intends?|under way|"
    r"appl(?:y|ied|ies) for|at most|up to|capacity|promised|proposed)\b",
    re.IGNORECASE,
)
# What a city is or was is taken out of a sentence before its numbers are read; where nothing else is left, it says nothing.
_BACKGROUND = re.compile(
    rf"\b(?:(?:city|town|county|commune|village|region|area|district|borough|place|municipality|capital|centre) of (?:[\w-]+ ){{0,3}}?{_COUNT}(?: \w+)?|"
    rf"(?:with|has|have|had|home to|among|population of) (?:(?:an?|about|over|around|nearly|almost|some|under|more|than|estimated) )*{_COUNT} "
    rf"(?:people|inhabitants|residents|citizens)|{_COUNT} (?:\w+ )?inhabitants|"
    rf"{_COUNT} (?:people|residents|citizens) live|{_COUNT} [\w ]+ refugees live|square kilomet\w+)\b",
    re.IGNORECASE,
)
_PROBLEM = re.compile(
    r"\b(?:born abroad|unemploy\w+|jobless\w*|had no job|illitera\w+ in|blackspots|livestock|outside education|poverty|lacks?|lacking|people live|(?:live|are|is) (?:on welfare|over \d+|under \d+)|grows by|data on|have not finished|can(?:not)? read|"
    r"members? at that time|links with)\b",
    re.IGNORECASE,
)
_AWARDED = re.compile(
    r"\b(?:won|wins|receiv(?:ed?|es|ing)|earned|gained|brought|given|granted|collected|presented with|went to)\b"
    r"(?:[^.;]{0,80})\b(?:awards?|prizes?|medals?|distinctions?|accolades?)\b"
    r"|\b(?:awards?|prizes?|medals?)\b(?:[^.;]{0,80})\b(?:went to|was given to|recognised|recognized|honoured)\b"
    r"|\b(?:was|were|been) (?:\w+ )?(?:awarded|honoured|recogni[sz]ed) (?:with|for|by|as|the)\b"
    r"|\bjury\b[^.;]{0,80}\b(?:named|noted|praised|cited|chose|highlighted)\b"
    r"|\b(?:cited|quoted|honoured|praised)\b[^.;]{0,80}\bawards?\b"
    r"|\b(?:named|chosen|selected|voted|crowned)\b[^.;]{0,60}\b(?:best|winner|[\w]+ of the year)\b"
    r"|\bof the year in \d{4}\b|\b(?:projects|cities) that won\b|\bentered the hall of fame\b"
    r"|\b(?:finalists?|shortlisted|runner-up|(?:first|second|third) place|among the top \w+)\b[^.;]{0,60}\b(?:award|prize)\b"
    r"|\b(?:chosen?|chose|selected|used?|cited|named|present(?:s|ed)|featured|recogni[sz]ed) [^.;]{0,50}\bas (?:an? )?(?:good |best |model )?"
    r"(?:examples?|models?|practices?|cases?)\b|\b(?:first|second|only) [\w ]{0,40}\bwith the [\w ]{0,40}\baward\b",
    re.IGNORECASE,
)
_STUDY = r"(?:evaluations?|stud(?:y|ies)|surveys?|assessments?|reviews?|audits?|trials?|polls?|analys[ie]s|research)"
_FOUND = (
    r"(?:found|finds|report(?:s|ed)|show(?:s|ed|n)|credit(?:s|ed)|describ(?:es|ed)|conclud(?:es|ed)|confirm(?:s|ed)|"
    r"reveal(?:s|ed)|estimat(?:es|ed)|put|suggest(?:s|ed)|indicat(?:es|ed)|rated|measured|attribut(?:es|ed))"
)
_EVALUATED = re.compile(
    rf"\b{_STUDY}\b(?:\s+(?!and\b|to\b|for people\b)[\w'-]+){{0,7}}?\s+{_FOUND}\b"
    rf"|\baccording to (?:an?|the|its|their) (?:[\w-]+ ){{0,3}}{_STUDY}\b"
    rf"|\b(?:in|by) (?:an?|the) (?:[\w-]+ ){{0,3}}(?:evaluation|survey)\b[^.;]*\b(?:said|{_FOUND})\b"
    r"|\b(?:control group|before and after the|randomi[sz]ed)\b",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    r"\b(?:has enlarged|improved|increased|reduced|strengthened|raised|rose|grew|decreased|widened|revived|boosted|(?<!were )(?<!was )encourage[sd]?|"
    r"help(?:s|ed)?(?: \w+){1,3} to (?:become|find|adapt|start|return|enter|keep|get|gain)|inspired?|inspires|helped against|gain an? \w+|led to|resulted in|"
    r"transformed|tackled|(?:credits?|credited|attributes?|attributed) .{0,60}(?:success|progress)|became more|paid more|ha(?:s|ve) (?:changed|improved|increased|strengthened|become)|apply what they|"
    r"(?:was|were) (?:added|widened|made available)|copied elsewhere|bring back|brought back|no deaths|fewer \w+ (?:leave|left|drop\w*))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence with the code-point span of the sentence that shows it."""

    kind: str
    start: int
    end: int


def kinds_in(sentence: str) -> tuple[str, ...]:
    """The kinds of evidence that a sentence shows, weakest first; none where it only plans, hopes or describes."""
    found = set()
    planned = _PLAN.search(sentence)
    if _AWARDED.search(sentence):
        found.add(AWARDED)
    if _EVALUATED.search(sentence) and not planned:
        found.add(EVALUATED)
    if not planned and EVALUATED not in found and _reports(sentence):
        found.add(NUMBER)
    if not found and not planned and not _PROBLEM.search(sentence) and _CLAIMED.search(sentence):
        found.add(CLAIMED)
    return tuple(kind for kind in STRENGTH if kind in found)


def _reports(sentence: str) -> bool:
    if _PROBLEM.search(sentence):
        return False
    counted = _BACKGROUND.sub(" ", _NO_COUNT.sub(" ", sentence))
    return bool(_NUMBER.search(counted) or _CHANGE.search(counted))


def evidence_in(text: str, language: str | None = "en") -> list[Evidence]:
    """The evidence that a text shows, in its order; empty for a text known to be in another language than English."""
    if language not in ("en", None):
        return []
    return [
        Evidence(kind, start, end)
        for start, end in sentences(text, language)
        for kind in kinds_in(text[start:end])
    ]
