"""Phrases in which a speaker says who they are."""

from bisect import bisect_right
from collections.abc import Container, Iterator

import regex

_BODIES = (
    "council|university|department|ministry|force|charity|trust|union|firm|company|agency|institute|hospital|surgery|school|borough|"
    "organi[sz]ation|office|lab|newsroom|parish|hospice|clinic|bank|museum|gallery|mosque|church|housing association|utility|ombudsman|federation|branch|cooperative|co-operative|start-up|startup|regulator|funder|foundation|practice|college|ward|town|city|local authority|think tank|station|studio|library|committee|commission"
)
_MINE = (
    rf"(?:own )?(?:{_BODIES}|team|employer|boss|line manager|director|colleagues|role|job|day job|post|position|staff|students|members|patients|clients|"
    r"hospice|charity|bank|housing association|chambers|clinic|museum|gallery|theatre|chapel|mosque|temple|synagogue|trust board|network|branch|local|constituents|board|trustees|predecessor|congregation|tenants|readers|customers|capacity|phd|thesis|field|profession|deputy|members' council|"
    r"research group|programme|constituency|unit|directorate|division)"
)
_PATTERNS = (
    rf"\b(?:in |from |at |within |on )?my {_MINE}\b(?: (?:at|as|in|of|for) (?:the |a |an )?[\w’'-]+(?: [A-Z][\w’'-]+)*)?",
    r"\b(?:speaking |writing |talking |wearing my hat )?as (?:an? |the |our |one of the )?(?!(?:result|rule|reminder|start|whole|group|community|sector|society|network|consequence|far|well|if|soon)\b)"
    r"(?:[\w’'-]+ ){0,6}[\w’'-]+,? I\b",
    rf"\bas (?:an? |the )(?:[\w-]+ )?(?:{_BODIES}|body|business|service|team|provider|supplier|broadcaster|faith group|think tank),? (?:we|our)\b",
    rf"\b[Ww]e,? (?:here )?(?:as|being) (?:an? |the )?(?:[\w-]+ )?(?:{_BODIES}|body|business|provider|supplier|broadcaster)\b",
    r"\bmy own (?!view|opinion|experience|mind|eyes|question|point|sense|feeling|reading|guess|take|words|hands|data|children|family|home|money|time|fault|way|life|doctor|gp|phone|name)\w+",
    r"\bI (?:edit|audit|fund|inspect|treat|nurse|curate|prosecute|litigate|regulate|publish|broadcast|police|produce|commission|design|campaign|govern|license|lobby|patrol|farm|preach|lecture|insure|invest|nurse|report on|write for|cover)\b(?: [\w’'-]+){0,3}",
    r"\bspeaking (?:as|for|on behalf of)\b(?: [\w’'-]+){0,4}",
    r"\bon behalf of (?:the|my|our) [\w’'-]+",
    r"\bI (?:also |currently |now |myself )?(?:lead|run|head|chair|manage|direct|oversee|represent|founded|co-founded|teach|advise|sit on|look after|work(?:ed)? (?:at|for|in|on|with|as))\b(?: [\w’'-]+){0,4}",
    r"\bI(?: am|['’]m) (?:an?|the|one of the|on the|head|chair|director|chief|from|at) (?!bit\b|little\b|fan\b|big\b|great\b|believer\b|lot\b|same\b)[\w’'-]+(?: [\w’'-]+){0,3}",
    r"\bas (?:someone|somebody|one|a person) who (?:runs|leads|works|manages|heads|chairs|teaches|regulates|funds|advises|polices|sits|campaigns|represents|studies)\b",
    rf"\b(?:here )?at (?:our|my) (?:{_BODIES})\b",
    rf"\bour (?:own )?(?:{_BODIES}|parish(?=es)|universit(?=ies)|agenc(?=ies)|chief executive|vice-chancellor|minister|trustees|residents|tenants|patients|newsroom|head of [\w]+|congregation|board of trustees)(?:e?s|ies)?\b",
    r"\bwe (?:fund|regulate|employ|police|teach|audit|license|prosecute|inspect|broadcast|publish)\b",
    rf"\bwe (?:are|['’]re) (?:an?|the) (?:[\w-]+ )?(?:{_BODIES})\b",
    r"\b(?:we|us|those of us) (?:at|in) (?:the )?(?:[A-Z][\w’'-]+|council|university|department|office|charity|union|force|regulator|ministry)(?: [A-Z][\w’'-]+)*",
    r"\bI(?: have|['’]ve)? (?:used to be|was (?:once |formerly |previously )?(?:an?|the)|trained as|spent [\w-]+ years|joined the|come from (?:an?|the)|sit (?:in|within)|"
    r"am based|answer to|report to|serve[ds]? (?:on|as)|practi[sc]ed?|been (?:an?|in|at|with))\b(?: [\w’'-]+){0,4}",
    r"\bmy (?:background|training|career|desk|workplace|customers|officers|pupils|parishioners|passengers|viewers|listeners|caseload|ward|beat|shift|lectures?|inspectors|firm['’]s)\b",
    r"\bour (?:students|customers|grantees|inspectors|officers|passengers|viewers|listeners|readers|parishioners|pupils|policyholders|licensees|nurses|wards|lecturers|clinicians|"
    r"borrowers|branches|engineers|drivers|firefighters|apprentices|shareholders|undergraduates|constituents|councillors|cabinet member)\b",
    r"\b(?:[Bb]ack|[Hh]ere|[Oo]ver) in [A-Z]\w+,? (?:we|I|our)\b",
    r"\b(?:at|back at) (?:work|our place|mine|headquarters|HQ|the office|the ranch),? (?:we|I)\b",
    r"\bwe (?:house|insure|lend|represent|certify|accredit|train|treat|patrol|prosecute|commission|manufacture|sell|supply|lecture|award|sponsor)\b",
    r"\bmy (?:[\w-]*(?:workers|officers|nurses|teachers|inspectors|analysts|volunteers|engineers))\b|"
    r"\bwhen I (?:visit|inspect|teach|audit|treat|interview|arrest|train|advise|examine|prescribe|sentence|report|lecture) (?:an?|the|my|our|people|\w+s)\b",
    r"\bI \p{Ll}+ (?:[\w’'-]+ ){1,5}(?:an?|every|each|per) (?:day|week|month|year|night|shift|term)\b|\bfor a living\b",
    r"\b(?:on|in|across|around) my (?:own )?(?:patch|area|region|borough|county|part of the (?:world|country|sector)|neck of the woods|side of things|end of things|line|corner|audits?|"
    r"research|studies|reports?|cases?|classes|lessons|seminars|surgeries|clinics?|rounds|visits|inspections|interviews|articles?|columns?|stories|films|shows?|projects?|practice|industry|business|sector|country)\b",
    r"\bI(?:['’]ve| have)? spent (?:about |over |nearly |almost )?(?:an?|[\w-]+) (?:\w+ )?(?:years?|months?|weeks?) (?:on|in|at|as|with|running|doing|working|leading|\w+ing)\b",
    r"\b[Ww]hen I (?:award|assess|commission|design|draft|edit|fund|grade|hire|investigate|license|manage|mark|minister|nurse|negotiate|patrol|plan|preach|present|"
    r"publish|record|referee|research|review|run|score|sign off|supervise|survey|translate|tutor|build|chair|coach|consult|campaign|organise)\b(?: [\w’'-]+){0,3}",
    r"\b(?:one|some|many|most|lots|a lot|several|all|each|half) of (?:my|our) (?!own\b)\p{L}+\b",
    r"\b(?:as|being) the (?:person|one|only one|people) (?:who|that|from|at|in)\b(?: [\w’'-]+){0,3}",
    r"\b(?:back )?(?:at|in) our (?!view\b|opinion\b|discussion|group\b|break-?out|session|meeting|table|room|call\b|panel|workshop|seminar|webinar|event|corner|circle|cluster|pair\b|small\b|smaller\b|next\b|last\b|first\b|work\b|own\b|experience\b|minds?\b|time\b|case\b|day\b|society\b|lives\b|world\b|report\b|notes?\b)\p{L}+(?: \p{L}+)?",
    r"\bour (?:tenants|clients|service users|volunteers|donors|audience|subscribers|fellows|researchers|analysts|journalists|reporters|editors|lawyers|auditors|frontline staff|call centre|helpline|"
    r"officers|case workers|caseworkers|social workers|teachers|governors|parents|pupils|staff team|cabinet|leader|chair|ceo|director|comms team|legal team|data team|it team|hr team|ethics board|app|product|platform|charity['’]s|union['’]s|council['’]s)\b",
    r"\b[Ww]hen I \p{Ll}+ (?:an?|the|my|our|every|each|people)\b|\bI (?:never|always|usually|often|regularly|sometimes|mostly) (?!think|thought|felt|feel|wonder|say|said|liked?|found|find|understood|understand|want|knew)\p{Ll}+",
    r"\b[Ww]e (?!all\b|can\b|could\b|must\b|might\b|never\b|ask(?:ed)?\b)\p{Ll}+ (?:on |at |to |with )?every\b",
    r"\bour (?!notes|minutes|results|findings|thoughts|views|ideas|questions|points|actions|topics|themes|events|conversations|discussions|sessions|meetings|lives|ways|days|times|"
    r"phones|eyes|heads|minds|hands|words|assumptions|expectations|conclusions|suggestions|recommendations|aims|goals|principles|slides|terms|limits|biases|cities|towns|societies|kids|rights|"
    r"names|devices|homes|bodies|selves|differences|doubts|fears|hopes|tables|groups|breaks|brains|emails|data)\p{Ll}{3,}(?<!s)s\b",
    rf"\b[Aa]t the (?:{_BODIES}),? (?:we|I)\b|\bmy (?!(?:own|whole)\b)\p{{L}}+ (?:team|desk|department|colleagues?|staff|crew|line manager)\b",
    r"\bI (?!liked|loved|wanted|wished|enjoyed|missed|agreed|noticed|tried|hoped|needed|learned|used)\p{Ll}{3,}ed (?:there|it|them|this|that|these|those|him|her|people|for)\b",
    r"\b[Ww]e(?:['’]ve| have)? (?:just |already |recently )?(?:opened|fined|charged|arrested|launched|prosecuted|licensed|inspected|awarded|treated|issued|recruited|surveyed|broadcast|commissioned) (?:an?|the|our|\d+|\p{Ll}+)\b",
    r"\bwhere I work\b|\bhere at\b(?: [\w’'-]+){1,3}|\bwhen I (?:was|worked|ran|led) (?:at|in|a|an|the|head|for)\b(?: [\w’'-]+){1,2}|\bin my capacity\b|\bwearing my [\w’'-]+ hat\b|\bin my line of work\b",
)
_SELF = tuple(
    regex.compile(pattern, regex.I if "\\bI " not in pattern and " I\\b" not in pattern else 0) for pattern in _PATTERNS
)
_AS_I = regex.compile(
    _PATTERNS[1].replace(r"\b(?:speaking", r"\b(?:[Ss]peaking", 1).replace("as (?:an?", "[Aa]s (?:an?", 1)
)
_I_DO = regex.compile(r"\bI (?:also |mostly |mainly |still |only |now |just |myself |usually )?(\p{Ll}{3,})\b(?! to\b)")
_FIRST_PERSON = regex.compile(
    r"\b(?:[Mm]y|I|I['’]m|[Ww]e|[Oo]ur|[Uu]s|[Ss]peaking|[Hh]ere at|[Oo]n behalf|as some|as one|As some|as a person)\b"
)


def self_references(text: str, verbs: Container[str] = ()) -> Iterator[tuple[int, int]]:
    """Where a speaker says what they are: "in my role as", "my team at", "as head of engagement, I".

    `verbs` is what the people there do by profession: "I lecture on this" tells where a lecturer was.
    """
    told, starts, firsts = _first_person_lines(text)
    if not told:
        return
    found = [met.span() for pattern in (*_SELF[:1], _AS_I, *_SELF[2:]) for met in pattern.finditer(told)]
    found += [met.span() for met in _I_DO.finditer(told) if met.group(1) in verbs]
    for start, end in found:
        line = bisect_right(starts, start) - 1
        yield start - starts[line] + firsts[line], end - starts[line] + firsts[line]


def _first_person_lines(text: str) -> tuple[str, list[int], list[int]]:
    """The lines with an I or a we in them, joined; where each starts in that, and where in the text."""
    lines: list[str] = []
    starts: list[int] = []
    firsts: list[int] = []
    at = end = length = 0
    for met in _FIRST_PERSON.finditer(text):
        if met.start() >= end:
            at = text.rfind("\n", end, met.start()) + 1 or end
            end = text.find("\n", met.end()) + 1 or len(text)
            lines.append(text[at:end])
            starts.append(length)
            firsts.append(at)
            length += end - at
    return "".join(lines), starts, firsts
