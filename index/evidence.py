"""What supports a stated effect, sentence by sentence: claimed, a number reported, evaluated, awarded.

English only: a sentence of another language, or one that no rule knows, says nothing. A plan or a hope is no evidence,
and neither is what a city already was: its population, or the problem that it started from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import sentences

CLAIMED, NUMBER, EVALUATED, AWARDED = "claimed", "number-reported", "evaluated", "awarded"
# Weakest first: a document shows all of them, a list sorted by strength ends with the last.
STRENGTH = (CLAIMED, NUMBER, EVALUATED, AWARDED)

_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands"
_COUNT = rf"(?:\d[\d,.]*(?:\s+(?:thousand|million|billion))?|(?:{_WORDS})\b)"
_SHARE = r"\d[\d,.]*\s*(?:%|per\s?cent)"
# What is counted when a practice says what it reached, made or spent.
_PEOPLE = (
    r"people|persons|participants|residents|citizens|learners|students|pupils|children|adults|women|men|girls|boys|"
    r"teachers|trainers|tutors|instructors|volunteers|workers|staff|families|households|youths?|seniors|refugees|"
    r"migrants|members|mentors|ambassadors|visitors|users|leaders|professionals|representatives|graduates|trainees|"
    r"beneficiaries|parents|individuals|applicants|nominations|officials|employees|jobs"
)
_THINGS = (
    r"schools|libraries|cent(?:re|er)s|courses|classes|classrooms|workshops|camps|events|activities|projects|programmes?|"
    r"places|spaces|visits|books|copies|groups|organi[sz]ations|partners|companies|firms|districts|neighbourhoods|"
    r"villages|governorates|toilets|boreholes|parks|universities|colleges|bodies|sessions|lectures|seminars|points|"
    r"fields|scholarships|grants|loans|devices|tablets|computers|trees|houses|buildings|sites|trainings|hours|"
    r"tonnes|tons|litres|hectares|kilometres|downloads|views|households|committees|networks|performances|concerts"
)
_MONEY = r"euros?|dollars|pounds|rupiah|rand|yuan|pesos|won|shillings|dirhams|francs|reais|soles|USD|EUR"
_NUMBER = re.compile(
    rf"(?:[€$£]\s?\d[\d,.]*|{_SHARE}|{_COUNT}(?:[\s-]+(?!and\b|or\b)[\w'-]+){{0,3}}?[\s-]+"
    rf"(?:{_PEOPLE}|{_THINGS}|{_MONEY})\b)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    rf"\b(?:rose|grew|fell|went|increased|decreased|dropped|climbed|expanded)\b.*\bfrom\b.*?{_COUNT}.*\bto\b.*?{_COUNT}",
    re.IGNORECASE,
)
_MORE_OF_SUCH = re.compile(rf"\b(?:increase of|rise of|offered|held|organised|trained|reached)\b.*\b(?:more than|over|about)\s+{_COUNT}", re.I)
# What was done with them: without such a verb a number describes, it does not report.
_DONE = re.compile(
    r"\b(?:took part|takes? part|taken part|taking part|participat\w+|train(?:s|ed)|reach(?:es|ed)|attend(?:s|ed)|"
    r"enrol\w*|received|benefit\w*|join(?:s|ed)|count(?:s|ed)|built|opened|created|held|organi[sz]ed|carried out|"
    r"offer(?:s|ed)|drew|draws?|attract(?:s|ed)|sav(?:es|ed)|serv(?:es?|ed)|cover(?:s|ed)?|donated|gave|gives|cost|"
    r"invested|spent|set aside|has let|ha(?:s|ve|d) access|rose|grew|fell|increase[sd]?|reduced|cut|lifted|raised|"
    r"work(?:s|ed)? with|provid\w+|produced|published|launched|established|registered|awarded|completed|graduated|"
    r"visited|distributed|supported|gained|shared|found|brought|started|ran|runs?|went|spoke of|lend|bring|have been|"
    r"has been|were made|planted|installed|hosts?|hosted|involv\w+|engag\w+|mobili[sz]\w+|employ\w+|hired)\b",
    re.IGNORECASE,
)
# Years and rules of a scheme are numbers too, and plans and problems are not results.
_NO_COUNT = re.compile(r"\b(?:1[5-9]|20)\d\d\b(?!,\d)|\bCOVID-19\b|\bSDGs?\s*\d+|\bGoals?\s+\d+|\b\d+\s*(?:am|pm)\b", re.I)
_PLAN = re.compile(
    r"\b(?:aim(?:s|ed)? (?:to|at|for)|plan(?:s|ned) (?:to|for|were|in)|were planned|(?:was|were|is|are) (?:also )?(?:meant|"
    r"intended|planned|expected|due|set) to|(?:was|were|is|are) to (?!all\b)\w+|will|would|hop(?:es?|ed) (?:to|that)|"
    r"want(?:s|ed)?|set out to|targets?|goals?|objectives?|next steps?|seeks?|sought|intends?|under way|"
    r"appl(?:y|ied|ies) for|at most|capacity|promised|proposed)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    rf"\b(?:inhabitants|born abroad|population|unemploy\w+ stood|illitera\w+ in|blackspots|livestock|"
    rf"(?:city|town|county|district|borough|place|municipality|capital) of (?:[\w-]+ ){{0,3}}?{_COUNT}|"
    rf"with (?:[\w-]+ ){{0,3}}?{_COUNT}(?: \w+)? (?:people|inhabitants|residents|citizens)|home to)",
    re.IGNORECASE,
)
_AWARDED = re.compile(
    r"\b(?:won|wins|receiv(?:ed?|es|ing)|earned|gained|brought|given|granted|collected|presented with|went to)\b"
    r"(?:[^.;]{0,80})\b(?:awards?|prizes?|medals?|distinctions?|accolades?)\b"
    r"|\b(?:awards?|prizes?|medals?)\b(?:[^.;]{0,80})\b(?:went to|was given to|recognised|recognized|honoured)\b"
    r"|\b(?:was|were|been) (?:\w+ )?(?:awarded|honoured|recogni[sz]ed) (?:with|for|by|as|the)\b"
    r"|\bjury\b[^.;]{0,80}\b(?:named|praised|cited|chose|highlighted)\b"
    r"|\b(?:cited|quoted|honoured|praised)\b[^.;]{0,80}\bawards?\b"
    r"|\b(?:named|chosen|selected|voted|crowned)\b[^.;]{0,60}\b(?:best|winner|[\w]+ of the year)\b"
    r"|\bof the year in \d{4}\b|\bprojects that won\b"
    r"|\b(?:chosen|selected|used|cited|presented|featured|recogni[sz]ed) [^.;]{0,50}\bas an? (?:good |best |model )?"
    r"(?:example|model|practice)\b",
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
    r"\b(?:improved|increased|reduced|strengthened|raised|rose|grew|decreased|widened|revived|boosted|encourages?d?|"
    r"help(?:s|ed)?(?: \w+){1,3} to (?:become|find|adapt|start|return|enter|keep|get|gain)|inspired|led to|resulted in|"
    r"transformed|became more|paid more|ha(?:s|ve) (?:changed|improved|increased|strengthened|become)|apply what they|"
    r"(?:was|were) (?:added|widened|made available)|copied elsewhere|no deaths|fewer \w+ (?:leave|left|drop\w*))\b",
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
    if _AWARDED.search(sentence) and not planned:
        found.add(AWARDED)
    if _EVALUATED.search(sentence) and not planned:
        found.add(EVALUATED)
    if not planned and EVALUATED not in found and _reports(sentence):
        found.add(NUMBER)
    if not found and not planned and not _BACKGROUND.search(sentence) and _CLAIMED.search(sentence):
        found.add(CLAIMED)
    return tuple(kind for kind in STRENGTH if kind in found)


def _reports(sentence: str) -> bool:
    counted = _NO_COUNT.sub(" ", sentence)
    if _BACKGROUND.search(counted):
        return False
    if _CHANGE.search(counted) or _MORE_OF_SUCH.search(counted):
        return True
    return bool(_NUMBER.search(counted) and _DONE.search(counted))


def evidence_in(text: str, language: str | None = "en") -> list[Evidence]:
    """The evidence that a text shows, in its order; empty for a text known to be in another language than English."""
    if language not in ("en", None):
        return []
    return [
        Evidence(kind, start, end)
        for start, end in sentences(text, language)
        for kind in kinds_in(text[start:end])
    ]
