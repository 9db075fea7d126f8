"""Verdicts on roles and sectors."""

import regex

from notes.rules.leaks.context import Context
from notes.rules.leaks.finding import Severity
from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.matching import Match
from notes.rules.leaks.organisations import GENERAL_ACRONYMS
from notes.rules.leaks.roster import Roster

_ANY = regex.compile(
    r"\b(?:a|an|any|every|each|some|another|no|more|most|many|several|few|other|two|three)(?: \p{Ll}+)?\s+$", regex.I | regex.REVERSE
)
_AS_A = regex.compile(r"\b(?:as|i am|i'm|being) an?\s+$", regex.I | regex.REVERSE)
_THE = regex.compile(
    r"(?:\b(?:the|our|my|their|your|his|her|its|this|only|sole|former|acting|interim|outgoing|new|as|also|current)|['’]s?)\s+(?:\p{L}+['’]?s?\s+)?$",
    regex.I | regex.REVERSE,
)
_ONLY = regex.compile(r"\b(?:only|sole|lone|single|one)\s+(?:\p{L}+\s+)?$", regex.I | regex.REVERSE)
_OURS = regex.compile(r"\b(?:our|my|as|their)\s+$", regex.I | regex.REVERSE)
_ONE = regex.compile(r"\b(?:the only|our|one|the|a lone|the sole|a|an)\s+$", regex.I | regex.REVERSE)
_POSTS = ("DPO", "CEO", "CTO", "CIO", "CFO", "CDO", "SRO", "COO", "DCI")
_CLAUSES = ("who ", "in charge", "responsible", "leading")


def title(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job title: "the" and "our" point at one person, "a" and the plural at nobody."""
    if match.form.text.startswith(_CLAUSES):
        return "ask"
    if _ANY.search(context.before):
        return "ask" if _AS_A.search(context.before) or _placed(match, context, roster) else None
    definite = bool(_THE.search(context.before))
    capital = context.surface[:1].isupper()
    if match.form.sure:
        if definite or context.is_label or context.verb == "said":
            return "block"
        return "block" if capital and not context.starts_sentence and not context.title_case else "ask"
    if " " in match.form.text:
        return "block" if definite else "ask" if capital else None
    return _single_word(match, context, roster) if definite else None


def _single_word(match: Match, context: Context, roster: Roster) -> Severity | None:
    if _ONLY.search(context.before):
        return "block"
    pointed = _OURS.search(context.before) or context.verb == "said" or "in the room" in context.after[:30]
    return "ask" if pointed or context.surface[:1].isupper() or _placed(match, context, roster) else None


def _placed(match: Match, context: Context, roster: Roster) -> bool:
    near = fold_phrase(f"{context.before[-40:]} . {context.after[:50]}").replace("'s", " ").split()
    return bool(set(near) & roster.places[match.form.person])


def letters(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job title's acronym: "the DPO" points at one person, "a DPO" and "DPOs" do not."""
    if context.surface != match.form.cased or context.is_address:
        return None
    if _THE.search(context.before):
        return "ask" if context.surface in GENERAL_ACRONYMS and context.surface not in _POSTS else "block"
    return "ask" if context.is_label or context.verb == "said" else None


def noun(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job's noun beside its holder's own town or sort of body, which is how it was found."""
    return "ask"


def sector(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A phrase that says somebody of a small sector was there."""
    if match.form.sure:
        return "block"
    pointed = context.verb == "said" or "in the room" in context.after[:30]
    return "ask" if pointed and _ONE.search(context.before) else "ask" if _ONLY.search(context.before) or _OURS.search(context.before) else None
