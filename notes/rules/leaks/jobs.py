"""Verdicts on roles and sectors."""

import regex

from notes.rules.leaks.context import Context
from notes.rules.leaks.finding import Severity
from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.matching import Match
from notes.rules.leaks.organisations import BODIES, BODY_ACRONYMS, GENERAL_ACRONYMS
from notes.rules.leaks.roles import DOING
from notes.rules.leaks.roster import Roster
from notes.rules.leaks.words import is_common

_ANY = regex.compile(
    r"\b(?:a|an|any|every|each|some|another|no|more|most|many|several|few|other|two|three)(?: \p{Ll}+)?\s+$",
    regex.I | regex.REVERSE,
)
_A = regex.compile(r"\b(?:an?|one)(?: \p{Ll}+)?\s+$", regex.I | regex.REVERSE)
_SOME = regex.compile(r"\b(?:an?|one|another|some|two|three)(?: \p{Ll}+)?\s+$", regex.I | regex.REVERSE)
_AS_A = regex.compile(
    r"\b(?:as|i am|i'm|being|(?:one|some) of us (?:is|was|works as)|(?:who|there|she|he) (?:is|was|works as)|who['’]s|we had|thank(?:s to|ed)?) an?\s+$",
    regex.I | regex.REVERSE,
)
_THE = regex.compile(
    r"(?:\b(?:the|our|my|their|your|his|her|its|this|only|sole|former|acting|interim|outgoing|new|as|also|current)|['’]s?)\s+(?:\p{L}+['’]?s?\s+)?$",
    regex.I | regex.REVERSE,
)
_THE_ONE = regex.compile(r"(?:\b(?:the|our|my|their|your|his|her|only|sole)|['’]s)\s+$", regex.I | regex.REVERSE)
_GAPS = regex.compile(r"(?<=\p{Lu})[. -]+(?=\p{Lu})")
_ONLY = regex.compile(r"\b(?:only|sole|lone|single|one)\s+(?:\p{L}+\s+)?$", regex.I | regex.REVERSE)
_OURS = regex.compile(r"\b(?:our|my|as|their)\s+$", regex.I | regex.REVERSE)
_ONE = regex.compile(r"\b(?:the only|our|one|the|a lone|the sole|a|an)\s+$", regex.I | regex.REVERSE)
_SOMEBODY_FROM = regex.compile(
    r"\b(?:some(?:one|body)|any(?:one|body)|colleagues?|participants?|persons?|people|attendees?|members?|representatives?|reps?|one of us|two of us|one|two|"
    r"voices?|speakers?|delegates?|contributors?|friends?|those|those of us|guests?|views?|perspectives?|comments?|points?|questions?|man|woman|lady|chap)"
    r"(?: here| there| present)?(?: who (?:is|was|works|worked|came))? (?:from|in|of|for|representing|with)(?: the| a| an| our)?\s+$",
    regex.I | regex.REVERSE,
)
_THE_PUBLIC = regex.compile(r"\bthe (?:general |wider |british |wider british )?$", regex.I | regex.REVERSE)
_PUBLIC_BODY = regex.compile(
    r"[ -](?:sector|servants?|bod(?:y|ies)|officials?|side|rep|representatives?|voice|participant)\b", regex.I
)
_SPEAKER = regex.compile(
    r"(?:[ -]sector)?(?:['’]s)?[ -](?:representatives?|reps?|participants?|attendees?|voices?|colleagues?|delegates?|speakers?|contributors?|side|contingent|"
    r"guests?|table|panellists?|presenter|perspective in the room|(?:perspective|view|viewpoint|angle|voice|take|hat)(?= ?[:–—-]))\b",
    regex.I,
)
_PERSON = regex.compile(
    r"(?:[ -]sector)?[ -](?:members?|persons?|people|folks?|leads?|officers?|officials?|bod(?:y|ies)|one|man|woman|lot|staff|workers?)\b",
    regex.I,
)
_PRESENT = regex.compile(
    r"(?: sector)? (?:(?:was|were|is|are) (?:represented|present|here|there)|in (?:the|our|this) (?:room|group|meeting|workshop|session|call|circle)|(?:at|on|around) (?:the|our|my) (?:table|call|meeting|workshop|session)|with us|among us|present|on the call|in attendance|who (?:was|were|came|spoke|is|are)|here today|here)\b",
    regex.I,
)
_POINTED = regex.compile(r"\b(?:the|our|one|two|this|that|lone)(?: [\w-]+)?\s+$", regex.I | regex.REVERSE)
_BODILY = frozenset(
    "police union charity council university company ngo local authority school bank church library nhs".split()
)
_DID = regex.compile(
    r" (?:was|is|has|had|seem(?:s|ed)|did|kept|left|came|went|got|sat|stood|gave|took|made|told|sent|spoke|said|brought|thought|knew|saw|"
    r"\p{Ll}{3,}(?:ed|[^su\W]s)) (?!(?:of|by)\b)"
)
_DEFINITE = regex.compile(r"\b(?:the|our|one)\s+$", regex.I | regex.REVERSE)
_ALL_BUT = regex.compile(
    r"\b(?:speaking (?:for|from)|spoke for|every(?:one|body) (?:but|except(?: for)?|bar)|all (?:but|except)|apart from|other than|except(?: for)?|works? (?:in|for)|"
    r"worked (?:in|for)|on behalf of|representing|represented|only)(?: the| a| an| our)?\s+$",
    regex.I | regex.REVERSE,
)
_THE_JOB = regex.compile(
    r"\b(?:roles?|posts?|jobs?|titles?|positions?|duties|word|term) of (?:the |an? )?$", regex.I | regex.REVERSE
)
_OF_ANOTHER = regex.compile(
    r"\s+(?:(?:of|at|from) an?|(?:of|at|for|in|from|with) (?:another|some|any|every|each|other))\b", regex.I
)
_OF_NAMED = regex.compile(
    r"\s+(?:of|at|for|from) (?:the )?((?:\p{Lu}[\p{L}\p{M}’'-]*(?: (?:of|for|and|the) | |$)?){1,6})"
)
_POSTS = ("DPO", "CEO", "CTO", "CIO", "CFO", "CDO", "SRO", "COO", "DCI")
_CLAUSES = tuple(f"{doing} " for doing in DOING)
_WHO = regex.compile(
    r"\b(?:who(?:ever|'s| is| was)?|person|one|colleague|somebody|someone|that|the team)\s+$", regex.I | regex.REVERSE
)


def title(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job title: "the" and "our" point at one person, "a" and the plural at nobody."""
    if _somewhere_else(match, context, roster):
        return None
    if match.form.text.startswith(_CLAUSES):
        return "ask" if _WHO.search(context.before) else None
    if _THE_JOB.search(context.before):
        return None
    if _ANY.search(context.before):
        if context.in_room and _SOME.search(context.before):
            return "ask"
        spoke = _A.search(context.before) and context.verb == "said" and " " in match.form.text
        return "ask" if spoke or _AS_A.search(context.before) or _placed(match, context, roster) else None
    definite = bool(_THE.search(context.before))
    capital = context.surface[:1].isupper()
    told = context.verb == "said" or context.is_label or context.in_room
    if context.starts_sentence and context.surface[1:].islower() and not (definite or told):
        return None
    if match.form.sure:
        if (definite and _is_told(context)) or context.is_label or context.verb == "said":
            return "block"
        if definite:
            return "ask"
        return "block" if capital and not context.starts_sentence and not context.title_case else "ask"
    if " " in match.form.text:
        return "block" if definite else "ask" if capital or (told and context.starts_sentence) else None
    if definite:
        return _single_word(match, context, roster)
    return "ask" if context.starts_sentence and (context.in_room or context.is_label) else None


def cut_short(match: Match, context: Context, roster: Roster) -> Severity | None:
    """Part of a job title with "the" or "our" before: the insight lead, for a head of customer insight."""
    if _somewhere_else(match, context, roster) or _THE_JOB.search(context.before):
        return None
    bare = context.starts_sentence and (context.verb == "said" or context.is_label or context.in_room)
    return "ask" if bare or _THE_ONE.search(context.before) else None


def _somewhere_else(match: Match, context: Context, roster: Roster) -> bool:
    """Whether the words after place the job in another body: "the chief executive of a bank", "the CMO at Barts"."""
    if _OF_ANOTHER.match(context.after):
        return True
    named = _OF_NAMED.match(context.after)
    if not named:
        return False
    words = fold_phrase(named.group(1)).replace("'s", "").split()
    if (
        set(words) & (roster.told_by[match.form.person] | roster.places[match.form.person])
        or set(words) & roster.words.keys()
    ):
        return False
    return " ".join(words) in BODIES or " ".join(words).upper() in BODY_ACRONYMS or not all(map(is_common, words))


def _is_told(context: Context) -> bool:
    """Whether the words around a job say what its holder did, or whose it is, rather than speak of the job."""
    return bool(
        context.verb == "said"
        or context.is_label
        or context.is_possessive
        or context.in_room
        or context.acts
        or context.spoken_of_the
    ) or bool(_OURS.search(context.before) or _ONLY.search(context.before))


def _single_word(match: Match, context: Context, roster: Roster) -> Severity | None:
    if _ONLY.search(context.before):
        return "block"
    pointed = (
        _OURS.search(context.before)
        or context.verb == "said"
        or context.acts
        or context.spoken_of_the
        or context.in_room
        or not is_common(match.form.text)
    )
    return "ask" if pointed or context.surface[:1].isupper() or _placed(match, context, roster) else None


def _placed(match: Match, context: Context, roster: Roster) -> bool:
    near = fold_phrase(f"{context.before[-40:]} . {context.after[:50]}").replace("'s", " ").split()
    return bool(set(near) & roster.places[match.form.person])


def letters(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job title's acronym: "the DPO" points at one person, "a DPO" and "DPOs" do not."""
    if (
        _GAPS.sub("", context.surface) != match.form.cased
        or context.is_address
        or _somewhere_else(match, context, roster)
    ):
        return None
    if _THE.search(context.before):
        general = context.surface in GENERAL_ACRONYMS and context.surface not in _POSTS
        return "block" if not general and _is_told(context) else "ask"
    return "ask" if context.is_label or context.verb == "said" else None


def noun(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job's noun beside its holder's own town or sort of body, which is how it was found."""
    return "ask"


def sector(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A small sector, where the words beside it say that somebody of it was there."""
    if match.form.text == "public" and _THE_PUBLIC.search(context.before) and not _PUBLIC_BODY.match(context.after):
        return None
    if not match.form.sure:
        said = context.verb == "said" or (_DEFINITE.search(context.before) and _DID.match(context.after))
        pointed = _ONE.search(context.before) and (said or _PRESENT.match(context.after))
        return "ask" if pointed or _ONLY.search(context.before) or _OURS.search(context.before) else None
    if _SOMEBODY_FROM.search(context.before) or _SPEAKER.match(context.after) or _PRESENT.match(context.after):
        return "block"
    if _ALL_BUT.search(context.before) or _ONLY.search(context.before):
        return "ask"
    if match.form.text in _BODILY and _DEFINITE.search(context.before) and context.verb == "said":
        return "ask"
    if _PERSON.match(context.after) and _POINTED.search(context.before):
        return "ask"
    return "ask" if _OURS.search(context.before) and context.verb == "said" else None
