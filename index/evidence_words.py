"""The words by which index.evidence tells kinds of evidence, plans and backgrounds in English sentences."""

from __future__ import annotations

import re

_TENS = "ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|seventeen|eighteen|dozens|hundreds|thousands"
_COUNT = rf"(?:\d[\d,.]*(?:\s+(?:thousand|million|billion))?|(?:{_TENS})\b)"
_SHARE = r"\d[\d,.]*\s*(?:%|per\s?cent)"
# What is counted: any plural near the number but spans of time, and words for people that have no plural.
_NOT_COUNTED = (
    r"years?|months?|weeks?|days?|minutes?|hours?|times|ages|areas|sides|pillars|lines|thirds|others|was|is|has|its|"
    r"this|as|us|countries|minorities|kilometers|forties|fifties|sixties|priorities|phases|levels|steps|goals|features"
)
_PEOPLE = r"people|women|men|children|youth|staff|per\s?cent|%|euros?|won|rand|rupiah|yuan|million"
_THING = rf"(?:{_PEOPLE}|(?!(?:{_NOT_COUNTED})\b)[a-z][a-z-]+s)"
_LITTLE_WORDS = r"and\b|or\b|of\b|to\b|in\b|at\b|from\b"
_MONTHS = r"January|February|March|April|May|June|July|August|September|October|November|December"


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(ways), re.IGNORECASE)


NUMBER = _any(
    r"[€$£]\s?\d[\d,.]*",
    _SHARE,
    rf"{_COUNT}(?:\s+(?!{_LITTLE_WORDS})[\w'-]+){{0,3}}?\s+{_THING}\b",
    r"(?:doubled|tripled|trebled|quadrupled|halved)",
)
CHANGE = _any(rf"\bfrom\b.{{0,40}}?{_COUNT}.{{0,40}}\bto\b.{{0,20}}?{_COUNT}", r"\b(?:increase|rise) of\b")
# Years, dates, ages and names are written with numbers and count nothing.
NO_COUNT = _any(
    r"\b(?:1[5-9]|20)\d\d\b(?!,\d)",
    r"\bCOVID-19\b|\bSDGs?\s*\d+|\bGoals?\s+\d+|\b\d+\s*(?:am|pm)\b",
    rf"\b(?:year|grade|chapter|article|page|phase)s? (?:\d+|{_TENS})\b",
    r"\bjoined the\b.*network\b.*",
    rf"\b\d+(?: to \d+)? (?:{_MONTHS})\b",
    r"\baged? \d+\b|\bage of \d+\b",
)
# Plans and hopes are no results.
PLAN = _any(
    r"\b(?:aim(?:s|ed)? (?:to|at|for)|plan(?:s|ned) (?:to|for|were|in)|were planned)\b",
    r"\b(?:was|were|is|are) (?:also )?(?:meant|intended|planned|expected|due|set) to\b",
    r"\b(?:was|were|is|are) to (?!all\b)\w+",
    r"\b(?:will|would|hop(?:es?|ed) (?:to|that)|want(?:s|ed)?|set out to|targets?|goals?|objectives?|next steps?)\b",
    r"\b(?:seeks?|sought|intends?|under way|appl(?:y|ied|ies) for|at most|up to|capacity|promised|proposed)\b",
)
_UNIT = r"city|town|county|commune|village|region|area|district|borough|place|municipality|capital|centre"
_ABOUT = r"(?:(?:an?|about|over|around|nearly|almost|some|under|more|than|estimated) )*"
# What a city is or was is taken out of a sentence before its numbers are read.
BACKGROUND = _any(
    rf"\b(?:{_UNIT}) of (?:[\w-]+ ){{0,3}}?{_COUNT}(?: \w+)?\b",
    rf"\b(?:with|has|have|had|home to|among|population of) {_ABOUT}{_COUNT} "
    r"(?:people|inhabitants|residents|citizens)\b",
    rf"\b{_COUNT} (?:\w+ )?inhabitants\b",
    rf"\b{_COUNT} (?:people|residents|citizens) live\b|\b{_COUNT} [\w ]+ refugees live\b|\bsquare kilomet\w+\b",
)
# A sentence about the problem that a practice answers says nothing of its results.
PROBLEM = _any(
    r"\b(?:born abroad|unemploy\w+|jobless\w*|had no job|illitera\w+ in|blackspots|livestock|outside education)\b",
    r"\b(?:poverty|lacks?|lacking|people live|(?:live|are|is) (?:on welfare|over \d+|under \d+)|grows by|data on)\b",
    r"\b(?:have not finished|can(?:not)? read|members? at that time|links with)\b",
)
_PRIZE = r"(?:awards?|prizes?|medals?|distinctions?|accolades?)"
AWARDED = _any(
    r"\b(?:won|wins|receiv(?:ed?|es|ing)|earned|gained|brought|given|granted|collected|presented with|went to)\b"
    rf"(?:[^.;]{{0,80}})\b{_PRIZE}\b",
    r"\b(?:awards?|prizes?|medals?)\b(?:[^.;]{0,80})\b(?:went to|was given to|recognised|recognized|honoured)\b",
    r"\b(?:was|were|been) (?:\w+ )?(?:awarded|honoured|recogni[sz]ed) (?:with|for|by|as|the)\b",
    r"\bjury\b[^.;]{0,80}\b(?:named|noted|praised|cited|chose|highlighted)\b",
    r"\b(?:cited|quoted|honoured|praised)\b[^.;]{0,80}\bawards?\b",
    r"\b(?:named|chosen|selected|voted|crowned)\b[^.;]{0,60}\b(?:best|winner|[\w]+ of the year)\b",
    r"\bof the year in \d{4}\b|\b(?:projects|cities) that won\b|\bentered the hall of fame\b",
    r"\b(?:finalists?|shortlisted|runner-up|(?:first|second|third) place|among the top \w+)\b"
    r"[^.;]{0,60}\b(?:award|prize)\b",
    r"\b(?:chosen?|chose|selected|used?|cited|named|present(?:s|ed)|featured|recogni[sz]ed) [^.;]{0,50}"
    r"\bas (?:an? )?(?:good |best |model )?(?:examples?|models?|practices?|cases?)\b",
    r"\b(?:first|second|only) [\w ]{0,40}\bwith the [\w ]{0,40}\baward\b",
)
_STUDY = r"(?:evaluations?|stud(?:y|ies)|surveys?|assessments?|reviews?|audits?|trials?|polls?|analys[ie]s|research)"
_FOUND = (
    r"(?:found|finds|report(?:s|ed)|show(?:s|ed|n)|credit(?:s|ed)|describ(?:es|ed)|conclud(?:es|ed)|confirm(?:s|ed)|"
    r"reveal(?:s|ed)|estimat(?:es|ed)|put|suggest(?:s|ed)|indicat(?:es|ed)|rated|measured|attribut(?:es|ed))"
)
EVALUATED = _any(
    rf"\b{_STUDY}\b(?:\s+(?!and\b|to\b|for people\b)[\w'-]+){{0,7}}?\s+{_FOUND}\b",
    rf"\baccording to (?:an?|the|its|their) (?:[\w-]+ ){{0,3}}{_STUDY}\b",
    rf"\b(?:in|by) (?:an?|the) (?:[\w-]+ ){{0,3}}(?:evaluation|survey)\b[^.;]*\b(?:said|{_FOUND})\b",
    r"\b(?:control group|before and after the|randomi[sz]ed)\b",
)
CLAIMED = _any(
    r"\b(?:has enlarged|improved|increased|reduced|strengthened|raised|rose|grew|decreased|widened|revived|boosted)\b",
    r"(?<!were )(?<!was )\bencourage[sd]?\b",
    r"\bhelp(?:s|ed)?(?: \w+){1,3} to (?:become|find|adapt|start|return|enter|keep|get|gain)\b",
    r"\b(?:inspired?|inspires|helped against|gain an? \w+|led to|resulted in|transformed|tackled)\b",
    r"\b(?:credits?|credited|attributes?|attributed) .{0,60}(?:success|progress)\b",
    r"\b(?:became more|paid more|ha(?:s|ve) (?:changed|improved|increased|strengthened|become)|apply what they)\b",
    r"\b(?:was|were) (?:added|widened|made available)\b",
    r"\b(?:copied elsewhere|bring back|brought back|no deaths|fewer \w+ (?:leave|left|drop\w*))\b",
)
