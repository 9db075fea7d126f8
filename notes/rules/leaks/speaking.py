"""Phrases in which a speaker says who they are."""

from collections.abc import Iterator

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
    r"\bI (?:edit|audit|fund|inspect|treat|nurse|curate|prosecute|litigate|regulate|publish|broadcast|police|produce|commission|design|campaign|govern|license)\b(?: [\w’'-]+){0,3}",
    r"\bspeaking (?:as|for|on behalf of)\b(?: [\w’'-]+){0,4}",
    r"\bon behalf of (?:the|my|our) [\w’'-]+",
    r"\bI (?:also |currently |now |myself )?(?:lead|run|head|chair|manage|direct|oversee|represent|founded|co-founded|teach|advise|sit on|look after|work(?:ed)? (?:at|for|in|on|with|as))\b(?: [\w’'-]+){0,4}",
    r"\bI(?: am|['’]m) (?:an?|the|one of the|on the|head|chair|director|chief|from|at) (?!bit\b|little\b|fan\b|big\b|great\b|believer\b|lot\b|same\b)[\w’'-]+(?: [\w’'-]+){0,3}",
    r"\bas (?:someone|somebody|one|a person) who (?:runs|leads|works|manages|heads|chairs|teaches|regulates|funds|advises|polices|sits|campaigns|represents|studies)\b",
    rf"\b(?:here )?at (?:our|my) (?:{_BODIES})\b",
    rf"\bour (?:{_BODIES}|chief executive|vice-chancellor|minister|trustees|residents|tenants|patients|newsroom|head of [\w]+|congregation|board of trustees)\b",
    r"\bwe (?:fund|regulate|employ|police|teach|audit|license|prosecute|inspect|broadcast|publish)\b",
    rf"\bwe (?:are|['’]re) (?:an?|the) (?:[\w-]+ )?(?:{_BODIES})\b",
    r"\b(?:we|us|those of us) (?:at|in) (?:the )?(?:[A-Z][\w’'-]+|council|university|department|office|charity|union|force|regulator|ministry)(?: [A-Z][\w’'-]+)*",
    r"\bwhere I work\b|\bhere at\b(?: [\w’'-]+){1,3}|\bwhen I (?:was|worked|ran|led) (?:at|in|a|an|the|head|for)\b(?: [\w’'-]+){1,2}|\bin my capacity\b|\bwearing my [\w’'-]+ hat\b|\bin my line of work\b",
)
_SELF = tuple(
    regex.compile(pattern, regex.I if "\\bI " not in pattern and " I\\b" not in pattern else 0) for pattern in _PATTERNS
)
_AS_I = regex.compile(
    _PATTERNS[1].replace(r"\b(?:speaking", r"\b(?:[Ss]peaking", 1).replace("as (?:an?", "[Aa]s (?:an?", 1)
)
_FIRST_PERSON = regex.compile(
    r"\b(?:[Mm]y|I|I['’]m|[Ww]e|[Oo]ur|[Uu]s|[Ss]peaking|[Hh]ere at|[Oo]n behalf|as some|as one|As some|as a person)\b"
)


def self_references(text: str) -> Iterator[tuple[int, int]]:
    """Where a speaker says what they are: "in my role as", "my team at", "as head of engagement, I"."""
    if not _FIRST_PERSON.search(text):
        return
    for pattern in (*_SELF[:1], _AS_I, *_SELF[2:]):
        yield from (found.span() for found in pattern.finditer(text))
