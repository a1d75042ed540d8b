"""What sentences of each role look like: sentences typical of it, words that stand in them, headings above them.

Both were written from what the roles mean, and corrected on the documents of `tests/search/roles.jsonl` that are marked
`develop`; those marked `measure` were kept apart (benchmarks/README.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a sentence tells someone who asks whether a practice would work elsewhere, in the order of a brief."""

    PROBLEM = "problem"
    DONE = "done"
    GOVERNANCE = "governance"
    PARTNERS = "partners"
    COST = "cost"
    INFRASTRUCTURE = "infrastructure"
    REACH = "reach"
    RESULTS = "results"
    CONDITIONS = "conditions"
    OBSTACLES = "obstacles"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Signs:
    """How a role is known: typical sentences, words that suffice, words that need support, words that speak against it.

    Support is closeness to a typical sentence, or a heading of the pattern.
    """

    typical: tuple[str, ...]
    words: re.Pattern[str]
    sure: re.Pattern[str] | None = None
    headings: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None


def _words(pattern: str) -> re.Pattern[str]:
    """Whole words in any case ("cost-effective" is not "cost"); spaces of the pattern are layout, `[ ]` is a space."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE | re.VERBOSE)


_NUMBER = (
    r"(?:(?!(?:19|20)\d\d(?!\d))\d[\d,.]*|half|dozens|hundreds|thousands|millions?)(?:[ ](?:million|thousand|hundred))?"
)
_PEOPLE = r"""(?:people|persons|residents|citizens|inhabitants|learners|participants|students|pupils|children
|adults|women|men
|girls|boys|teachers|instructors|volunteers|families|households|seniors|workers|graduates|visitors|users
|trainees|refugees
|migrants|parents|beneficiaries|officials|mentors)"""
_COUNTED = rf"{_NUMBER}[ ](?:[\w'’-]+[ ]){{0,3}}?{_PEOPLE}"
_TOOK_PART = r"""(?:took[ ]part|takes?[ ]part|taken[ ]part|enrol\w*|attend\w*|reach(?:ed|es)|trains?|trained
|benefit(?:ed|s)?
|participat\w+|register\w*|received|receive|obtained|completed|graduated|served|serves|visited|draws?|drew
|drawn|taught|learned
|were[ ]helped|have[ ]used|counts)"""
_YEAR = (
    r"(?:(?:\d{1,2}[ ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ](?:\d{1,2},?[ ])?)?(?:19|20)\d\d"
)
_PLACES = r"""(?:libraries|museums|centres|centers|campuses|classrooms|rooms|halls|squares|parks|stations
|facilities|sites
|nurseries|spaces|buildings|laboratories|labs|hubs|premises|venues|branches|houses)"""
_ONE_PLACE = r"(?:centre|center|library|campus|lab|laboratory|hub|building|nursery|museum|park)"

SIGNS: dict[Role, Signs] = {
    Role.PROBLEM: Signs(
        (
            "Many residents are poor, out of work and without qualifications.",
            "The city faces high unemployment and deep inequality between districts.",
            "The population is ageing and many older people are lonely.",
            "Pollution causes illness and premature deaths.",
            "There is a shortage of services and staff, and the situation is getting worse.",
        ),
        words=_words(
            r"""crisis|epidemic|poverty|poor|inequalit\w+|unemploy\w+|illitera\w+|drop(?:ped|ping)?[ ]out
            |dropouts?|shortages?
            |exclu(?:ded|sion)|vulnerab\w+|pollution|deaths|disease|violence|isolation|lonel\w+|is[ ]ageing
            |out[ ]of[ ]work
            |lack(?:s|ed|ing)?|insufficient|threat\w*|worsening|suffer\w*|alarm\w*|in[ ]response[ ]to|deprived
            |disadvantaged|risk
            |fears|closure|emergency|disparit\w+"""
        ),
        headings=_words(r"problems?|challenges?|context|background|needs?|situation|diagnosis"),
        never=_words(
            r"under[ ]review|explained|working[ ]paper|journal|lifted|declin(?:ed|ing)|decreasing"
            r"|benefit[ ]from|strengthens"
        ),
    ),
    Role.DONE: Signs(
        (
            "The city runs courses and workshops for residents of every age.",
            "The project trains teachers and offers free classes in the evening.",
            "The campaign was launched to raise awareness.",
            "The programme will deliver training and activities.",
            "The house will be turned into a new centre.",
        ),
        words=_words(
            r"""launch(?:ed|es)|offers?|offered|provid(?:es?|ed|ing)|runs?|organis(?:e|es|ed)|organiz(?:e|es
            |ed)|introduc(?:ed|es|ing)
            |trains?|trained|teach(?:es)?|hosts?|hosted|establish(?:ed|es|ing)|set[ ]up|creat(?:ed|es|ing)|held
            |deliver(?:s|ed)?
            |courses|workshops|campaign|pilot[ ](?:project|programme|called)|promot(?:es?|ed|ing)|supports?
            |supported|gives?|gave|opened|brings?|lets
            |turned[ ]into|turns|developed|(?:is|are|were|was)[ ]planned|plans[ ]to|was[ ]put[ ]on
            |will[ ](?!be[ ]subject)\w+
            |festivals?|academies|protect|narrows|take[ ]part|goes[ ]to|lectures?"""
        ),
        headings=_words(
            r"what[ ]was[ ]done|activit(?:y|ies)|actions?|approach|description|implementation|the[ ]practice|project"
        ),
        never=_words(
            r"""organisations?[ ]involved|also[ ]involved|joined|award\w*|prize|named|praised|sees?[ ]it
            |belongs[ ]to|counts|planned[ ]the
            |hoped|jury|is[ ]seen[ ]as|per[ ]cent|leads[ ]the|together[ ]with|has[ ]trained|draws?[ ]about
            |hosted[ ]the[ ]first|fears|act[ ]as|one[ ]of[ ]the[ ]best|funded|model[ ]courses|origins?|evaluations?"""
        ),
    ),
    Role.GOVERNANCE: Signs(
        (
            "A steering committee chaired by the mayor leads the work.",
            "A coordinator and a team in the municipality are responsible for implementation.",
            "The committee meets every quarter and reports to the council.",
            "The strategy was approved by the council of ministers and is part of the city's plan.",
        ),
        words=_words(
            r"""committees?|commission|coordinat(?:or|ion|es)|secretariat|chair(?:ed|man|s)?|leads?|led|headed
            |governance|memorandum
            |decree|team|staff(?:ed)?|mentors|volunteer[ ](?:teachers|tutors|staff)|action[ ]plan
            |strategic[ ]plan|strategic[ ]vision|approved|jury|prefect|board"""
        ),
        sure=_words(
            r"""steering[ ](?:group|committee|board)|task[ ]force|working[ ]group|responsible[ ]for|(?:is|are
            |was|were)[ ]led[ ]by|headed[ ]by
            |under[ ](?:the[ ]authority|a[ ]board)|placed[ ]under|leadership[ ]groups?|advisory[ ](?:board
            |group)|rules[ ]of[ ]procedure
            |team[ ](?:in|of|at)[ ]the|leads[ ]the[ ](?:[\w'’-]+[ ]){0,3}?(?:work|project|programme|network)
            |the[ ]work[ ]sits|council[ ]of[ ]ministers|matrix[ ]structure"""
        ),
        headings=_words(r"governance|management|organi[sz]ation|coordination|leadership|staff(?:ing)?"),
        never=_words(r"organisations?[ ]involved|also[ ]involved|award\w*|vice-chair|attended"),
    ),
    Role.PARTNERS: Signs(
        (
            "Organisations involved: the city council, the university and the chamber of commerce.",
            "Universities, schools, companies and associations work together in a partnership.",
            "The project is run with local partners and volunteers' associations.",
            "An agreement was signed between the municipality and the university.",
        ),
        words=_words(
            r"""(?:local|as|with|its|our)[ ]partners|partnered|partnerships?[ ](?:between|with|founded)
            |works?[ ](?:closely[ ])?with|worked[ ]with
            |together[ ]with|brought[ ]together|jointly|agreement[ ](?:was[ ]signed|between|with|for)
            |built[ ]with|agreed[ ]with|came[ ]from"""
        ),
        sure=_words(
            r"""organisations?[ ]involved|also[ ]involved|partner[ ](?:universities|organisations|institutions
            |cities)|alliance|consortium
            |in[ ](?:partnership|cooperation|collaboration|association)[ ]with|work(?:s|ed|ing)?[ ]together
            |has[ ]partnered[ ]with
            |(?:are|as)[ ](?:its[ ])?partners"""
        ),
        headings=_words(r"with[ ]whom|partners?|partnerships?|stakeholders?|cooperation|collaboration"),
        never=_words(r"decisions|scholarships|leads|belongs[ ]to|seeks[ ]to|meets|approved|attended|joined|award\w*"),
    ),
    Role.COST: Signs(
        (
            "The programme cost two million euros, paid by the city and the European Union.",
            "The government funded the project with a grant.",
            "Courses and materials are free of charge.",
            "A dedicated budget is provided by the city administration.",
        ),
        words=_words(
            r"""fund|funds|funding|financ(?:e|es|ed|ing)|grants?|pays|costs?|fees?|loans?|credit|lent|subsid\w+
            |scholarships?
            |[$€£¥₩]\s?\d[\d,.]*|(?:us\$|usd|eur|gbp|ksh)[ ]?\d[\d,.]*|euros?|dollars?|pounds|yuan|pesos
            |million[ ]won"""
        ),
        # an amount, and a verb that says it was paid
        sure=re.compile(
            r"""(?:[$€£¥₩]\s?\d|\b(?:US\$|USD|EUR|GBP|KSh)\s?\d|\b\d[\d,.]*[ ](?:million|billion)[ ](?:won|rand
            |yuan|dirhams|US[ ]dollars)\b
            |\b\d[\d,.]*[ ](?:(?:thousand|million|billion)[ ])?(?:euros?|dollars?|pounds|pesos|francs|shillings
            |naira)\b)
            (?=.*\b(?:costs?|paid|spent|spends|invested|budget|set[ ]aside|granted|grants?|went[ ]to|provided
            |allocated)\b)
            |\b(?:costs?|paid|spent|spends|invested|budget|set[ ]aside|grants?|gave|allocated
            |match-fund)\b(?=.*(?:[$€£¥₩]\s?\d|\b(?:US\$|USD|EUR|GBP|KSh)\s?\d
            |\b\d[\d,.]*[ ](?:(?:thousand|million|billion)[ ])?(?:euros?|dollars?|US[ ]dollars|pounds|pesos
            |francs|shillings|naira|won|rand|yuan|dirhams)\b))
            |\b(?:dedicated|annual|education|own|city)[ ]budget|\bbudget[ ]of\b|\bfunded\b|\bfunding[ ](?:from
            |by|models?)\b|\bpaid[ ](?:for|by)\b
            |\bsponsor(?:s|ed|ship)\b|\bfree[ ]of[ ]charge\b|\bfor[ ]free\b|\bwithout[ ]charge\b|\b(?:is|are
            |be)[ ]free\b
            |\bfree[ ](?:and[ ]open|courses?|classes|textbooks|computers?|materials?|places|tuition|transport
            |buses|art|health|online)\b
            |\bfiscal[ ]arrangements\b""",
            re.IGNORECASE | re.VERBOSE,
        ),
        headings=_words(r"costs?|fund(?:s|ing)|financ\w+|budget|resources"),
        # money that is not the practice's: of markets, households, wages, or that there is none of
        never=_words(
            r"""trillion|countries|donors?|gdp|economy|markets?|consumers?|households?|wages?|salar(?:y|ies)
            |incomes?|revenues?|aggregate|investors?|shares?
            |shareholders?|loss(?:es)?|election|debt|retire\w*|trade|tax(?:es)?|prices?|prize|award\w*
            |per[ ](?:day|capita)|constant[ ]dollars|lack|need"""
        ),
    ),
    Role.INFRASTRUCTURE: Signs(
        (
            "Classes are held in libraries, schools, museums and community centres.",
            "The city opened new learning centres and a digital platform.",
            "Idle rooms and public buildings are used as learning spaces.",
            "Computers and broadband were installed in every centre.",
        ),
        words=_words(
            r"""venues?|premises|(?:open|idle|public|learning|shared|women-only)[ ]spaces|campus(?:es)?|squares
            |laborator(?:y|ies)|computers|broadband|buildings?|(?:online|digital|web)[ ]platforms?"""
        ),
        sure=_words(
            rf"""(?:held|sessions|courses|classes)[ ](?:\w+[ ]){{0,3}}(?:in|at)[ ](?:\w+[ ]){{0,3}}{_PLACES}
            |venues[ ]include|{_NUMBER}[ ](?:[\w'’-]+[ ]){{0,3}}?(?:{_PLACES}|learning[ ]stations)(?![ ](?:take
            |took|enrol|work))
            |(?:opened|built|created|establish(?:ed|es)|set[ ]up|installed
            |equipped)[ ](?:[\w'’-]+[ ]){{0,4}}?{_ONE_PLACE}
            |digital[ ]platforms?|idle[ ](?:rooms|spaces|buildings)|has[ ]classrooms|own[ ]premises|(?:ai|book
            |mobile)[ ](?:truck|bus|van)"""
        ),
        headings=_words(r"infrastructure|facilit(?:y|ies)|venues?|premises|equipment"),
        never=_words(
            r"capacity-building|building[ ](?:community|capacity)|at[ ]the[ ]centre[ ]of|living[ ]libraries"
            r"|organisations?[ ]involved|installed[ ]capacity|hydropower|data|meeting|indicators|partners"
        ),
    ),
    Role.REACH: Signs(
        (
            "More than 4,000 people took part in the first year.",
            "The programme has reached 12,000 learners and 300 teachers.",
            "About 250 residents enrolled.",
        ),
        words=_words(rf"{_COUNTED}|{_NUMBER}[ ](?:[\w'’-]+[ ]){{0,2}}?schools"),
        sure=re.compile(
            rf"\b{_COUNTED}\b(?=.*\b{_TOOK_PART}\b)|\b{_TOOK_PART}\b(?=.*\b{_COUNTED}\b)",
            re.IGNORECASE | re.VERBOSE | re.DOTALL,
        ),
        headings=_words(r"reach|participants|beneficiaries|target[ ]groups?"),
        never=_words(
            r"per[ ]cent[ ]of[ ](?:residents|the[ ]population)|(?:city|town|district)[ ]of"
            r"|metropolitan[ ]area|joined|deaths|sites|vote\w*|live[ ]in|under[ ]age|aged?[ ](?:under|over)"
            r"|estimates?|left[ ]the|born|lifted|grows|overcrowded|home[ ]to|can[ ]expect"
            r"|with[ ][\d,]+[ ]residents|hosted|attended[ ]the[ ]signing"
        ),
    ),
    Role.RESULTS: Signs(
        (
            "An evaluation found that participation rose by 20 per cent.",
            "The city received the UNESCO award in 2019.",
            "Literacy rates improved and more people found jobs.",
            "Surveys show that participants were satisfied.",
        ),
        words=_words(
            r"""awards?|prize|won|evaluat(?:ed|ion)|measured|doubled|tripled|increas(?:ed|e|es)|rose|risen|grew
            |grown|lowered
            |improved|improvement|fell|reduc(?:ed|tion)|decreas(?:ed|e)|results?|outcomes?|impact
            |success(?:ful)?|produced|copied
            |nominations|good[ ]practice|inspired"""
        ),
        sure=_words(
            r"""(?:won|received?|receive|gained|got)[ ](?:the[ ]|an?[ ])?(?:[\w'’-]+[ ]){0,4}?(?:awards?
            |prizes?)|evaluation[ ](?:found|reported|showed|shows)
            |survey[ ](?:found|showed|shows)|led[ ]to[ ](?:three|two|\d+)[ ]
            |has[ ]produced|have[ ]produced"""
        ),
        headings=_words(r"results?|outcomes?|impact|evaluation|achievements?|effects?"),
        never=_words(
            r"joined|hopes|follow(?:ed)?|introduced|hosted|no[ ]result|take[ ]part[ ]each|draw[ ]about"
            r"|only[ ]two|compiled|deprivation|tourist|recession|can[ ]be[ ]increased|gdp|debt|sales|markets?"
        ),
    ),
    Role.CONDITIONS: Signs(
        (
            "Success depends on political support and strong partnerships.",
            "The approach worked because residents were involved from the start.",
            "Strong local networks and committed staff helped the project.",
        ),
        words=_words(
            r"""helped[ ](?:the[ ](?:project|work|programme|city)|it)|depends?[ ]on|crucial|essential|critical
            |enabl(?:e|es|ed)|prerequisite|strengths?|well-positioned|attributes|relies[ ]on|lessons?|committed
            |private[ ]sponsorship|gives[ ]it|designed[ ]so[ ]that"""
        ),
        sure=_words(
            r"""thanks[ ]to|key[ ]to|critical[ ](?:to|for)|success[ ]factors?|enables?[ ](?:its|their)[ ]implementation
            |will[ ]enable[ ]implementation|can[ ]only[ ]be|found[ ]to[ ]be[ ]essential
            |made[ ](?:it[ ])?possible|lessons?[ ]learn\w*
            |well-positioned|attributes[ ].{0,80}[ ]to|solution[ ].{0,80}in[ ]better"""
        ),
        headings=_words(
            r"conditions?|success[ ]factors?|lessons?|enablers?|what[ ]helped(?:[ ]or[ ]limited[ ]it)?|strengths?"
        ),
        never=_words(r"lacking|lack|corruption|barrier|obstacle|scarce"),
    ),
    Role.OBSTACLES: Signs(
        (
            "Lack of money and staff limited the project.",
            "The work was interrupted by the pandemic.",
            "It was difficult to reach the people in remote villages.",
            "There is poor coordination between the departments.",
        ),
        words=_words(
            r"""difficult(?:y|ies)?|obstacles?|barriers?|challeng(?:e|es|ing)|interrupted|hindered|limited
            |lack(?:s|ed|ing)?|insufficient
            |shortages?|poor|failed|weak(?:ness|nesses)?|delay(?:s|ed)?|constraints?|resistance|corruption
            |setbacks?|uneven|scarce|debt|closure
            |separate|another[ ]direction"""
        ),
        sure=_words(
            r"""main[ ](?:barriers?|obstacles?|challenges?|difficult(?:y|ies))|(?:was|were|is
            |are)[ ](?:an[ ]obstacle|interrupted|hindered)|the[ ]difficulties
            |not[ ]trained|no[ ]details[ ]were|yet[ ]to[ ]see|another[ ]difficulty|took[ ]great[ ]effort
            |lack[ ]of[ ](?:proper|funds|funding|money|staff|coordination)"""
        ),
        headings=_words(
            r"obstacles?|barriers?|challenges?|difficult(?:y|ies)|what[ ]helped[ ]or[ ]limited[ ]it"
            r"|limit(?:s|ations?)|risks?|weaknesses"
        ),
        never=_words(r"similar[ ]difficulties|like[ ]theirs|tackled"),
    ),
    Role.TIME: Signs(
        (
            "The project started in 2015 and ran for three years.",
            "The pilot lasted five months.",
            "The city joined the network in September 2020.",
            "The plan was approved in 2007 and carried out until 2012.",
        ),
        words=_words(
            rf"""(?:since|from|in|until|between|by|on|of)[ ](?:early[ ]|late[ ]|mid-)?{_YEAR}
            |(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)[- ](?:day|week|month|year)s?
            |annual(?:ly)?|(?:every|each)[ ](?:day|week|month|quarter|year)"""
        ),
        sure=_words(
            rf"""(?:started|began|begun|launched|founded|opened|established|introduced|dates|approved|signed
            |adopted|declared|joined|ran|held|drew[ ]up|first[ ]held)
            [ ](?:[^.;]{{0,60}}[ ])?(?:in|on|from|since|between)[ ](?:the[ ])?(?:early[ ]|late[ ])?{_YEAR}
            |(?:for|lasted|over|within|took)[ ](?:about[ ]|over[ ]|some[ ])?(?:\d+|two|three|four|five|six
            |seven|eight|nine|ten|twelve)[ ](?:days|weeks|months|years)
            |(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)-(?:day|week|month|year)(?![ -]old)"""
        ),
        headings=_words(r"timeline|timetable|duration|schedule|milestones|history"),
        never=_words(
            r"award\w*|prize|edition|law[ ]no|life[ ]expectanc\w+|four-year[ ]degree|elected|before[ ]the[ ]state"
        ),
    ),
}

# What may be, should be or is asked is neither done nor had: it tells of needs and obstacles at most.
SUPPOSED = _words(r"may|might|could|should|would|ought|if|whether|suggests?|argues?|need(?:s|ed)?[ ]to|consequences")
SUPPOSABLE = frozenset({Role.PROBLEM, Role.OBSTACLES, Role.CONDITIONS})
# How close (cosine) a sentence must be to a typical one of the role: where its words suffice; where they need support,
# and it is closer to this role than to any other; where it is not. Set on the documents marked `develop`, and on other
# reports by eye.
LEAST, CLOSEST, SUPPORT = 0.25, 0.40, 0.45
# Without any word: under a heading that says so (what stands under "Results" mostly is one), and by meaning alone.
BY_HEADING = {Role.PARTNERS: 0.35, Role.RESULTS: 0.2}
BY_MEANING = {Role.PROBLEM: 0.5, Role.PARTNERS: 0.6}
