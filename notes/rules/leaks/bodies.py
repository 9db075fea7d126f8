"""Verdicts on organisations' names."""

import regex

from notes.rules.leaks.context import Context, looks_like_a_name
from notes.rules.leaks.finding import Severity
from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.matching import Match
from notes.rules.leaks.organisations import (
    BODY_ACRONYMS,
    EPONYMOUS,
    GENERAL_ACRONYMS,
    TELLING_KINDS,
    is_kind_of_body,
    translated,
)
from notes.rules.leaks.people import misspelt
from notes.rules.leaks.roster import Roster
from notes.rules.leaks.words import FUNCTION_WORDS, GIVEN, PLACES, is_common, is_ordinary

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}’']+")
_HERE = regex.compile(
    r"\b(?:at|from|for|by|with|joined|join|via|and|per|within|of|asked|told|to|that|thank|thanks|thanked|colleagues? at|work(?:s|ed)? (?:at|for))"
    r"\s*(?:the\s+)?[(\[_\"“]*$",
    regex.I | regex.REVERSE,
)
_AT = regex.compile(r"\b(?:at|from|for|with)\s+(?:the\s+)?$", regex.I | regex.REVERSE)
_WORKS_AT = regex.compile(r"\b(?:at|from|colleagues? at|work(?:s|ed)? for)\s+$", regex.I | regex.REVERSE)
_GOES_ON = regex.compile(r" (?:of|for|on) (?:the )?\p{Lu}\p{Ll}")
_FIELD_OF_WORK = regex.compile(r"(?:ics|ology|ologies|ography|metry|ism|omics|iatry|culture|sciences?)$")
_EXPLAINED = regex.compile(
    r"\s*(?:,?\s*(?:as in|meaning|short for|standing for|stands for|i\.e\.|that is|here|=)|,\s*(?=(?:the|an?) )|[(:–—-])\s*(?:the |an? )?",
    regex.I,
)
_GAPS = regex.compile(r"(?<=\p{Lu})[. -]+(?=\p{Lu})")
_THING = regex.compile(
    r"\s+(?:codes?|stands? for|means?|formats?|feeds?|files?|cables?|ports?|chips?|circuits?|signals?|errors?|protocols?|discs?|scales?|scores?|tests?|"
    r"screens?|batter(?:y|ies)|levels?|values?|numbers?|plugs?)\b"
)
_IN_GENERAL = regex.compile(
    r"(?:\s+(?:should|could|would|must|might|may|can|ought|next|of|in|tax|for|sector|or)\b|['’]|-)|\s+\p{Lu}\p{Ll}"
)
_AT_THE = regex.compile(r"\b(?:at|from|joined|join|with|by) (?:the|our)\s+$", regex.I | regex.REVERSE)
_HAS = regex.compile(r" (?:has|had|rarely|often|never|already|now|still|also|always) \p{Ll}| \p{Ll}{2,}(?:[^s]s|ed)\b")
_BODY_OF = regex.compile(r"\b(?:University|Council|City|County|Bank|College|Borough) of (?:the )?$", regex.REVERSE)


def whole(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A full name of several words; in small letters it asks where all its words are everyday ones."""
    words = _WORDS.findall(context.surface)
    everyday = all(is_common(fold_phrase(word)) or word in GENERAL_ACRONYMS for word in words)
    if everyday and not context.is_address:
        later = [word for word in words[1:] if word.lower() not in FUNCTION_WORDS]
        if not any(word[0].isupper() for word in words):
            return "ask" if len(words) > 2 else None
        if context.starts_sentence and all(word in GENERAL_ACRONYMS for word in later):
            return "block" if context.verb == "said" or context.is_possessive else "ask"
        if not all(word[0].isupper() for word in later):
            return "ask"
    return "ask" if _GOES_ON.match(context.after) else "block"


def part(match: Match, context: Context, roster: Roster) -> Severity | None:
    """Several words of a longer name, in capitals, unless they go on into another body's name."""
    words = [word for word in _WORDS.findall(context.surface) if len(word) > 3]
    if context.is_address:
        return "ask"
    if not words or not all(word[0].isupper() for word in words):
        if words and is_kind_of_body(fold_phrase(words[-1])):
            pointed = context.previous.lower() in ("the", "our") and not _IN_GENERAL.match(context.after)
            return "ask" if pointed else None
        telling = any(not is_ordinary(fold_phrase(word)) and not _FIELD_OF_WORK.search(word) for word in words)
        return "ask" if match.form.sure and telling else None
    own = fold_phrase(roster.participants[match.form.person].organisation).split()
    if _GOES_ON.match(context.after):
        return None
    if context.after[:1] == " " and context.following[:1].isupper() and fold_phrase(context.following) not in own:
        return None
    if (
        looks_like_a_name(context.previous)
        and fold_phrase(context.previous) not in FUNCTION_WORDS
        and not context.starts_sentence
        and not match.form.sure
    ):
        return "ask" if fold_phrase(context.previous) in own else None
    namesake = fold_phrase(context.surface).split()[0] in GIVEN and not _HERE.search(context.before)
    return "block" if match.form.sure and not namesake else "ask"


def one_word(match: Match, context: Context, roster: Roster) -> Severity | None:
    """One word that stands for an organisation."""
    folded = match.form.text
    if match.kind == "org_translation" and not folded:
        return _foreign_kind(match, context, roster)
    if match.kind == "org_misspelling":
        return misspelt(match, context)
    if not is_ordinary(folded) and folded not in PLACES:
        return _telling(match, context, roster)
    if context.surface.islower():
        if folded in TELLING_KINDS and roster.sole_kinds.get(folded) is not None:
            return _one_of_a_kind(context)
        return "ask" if context.is_address and match.form.sure else None
    if not match.form.sure:
        return _the_body(context) if is_kind_of_body(folded) else _first_word(folded, context)
    if is_kind_of_body(folded) and fold_phrase(context.following) in ("of", "for"):
        return None
    if context.follows_determiner and not is_kind_of_body(folded) and looks_like_a_name(context.following):
        return None
    if context.starts_sentence:
        return _opening(context)
    if context.title_case and not _HERE.search(context.before):
        return "ask"
    return "ask" if looks_like_a_name(context.following) or looks_like_a_name(context.previous) else "block"


def _foreign_kind(match: Match, context: Context, roster: Roster) -> Severity | None:
    """ "Prifysgol" where one university was there, with a capital and no other town beside it."""
    near = [fold_phrase(word) for word in _WORDS.findall(context.before)[-2:] + _WORDS.findall(context.after)[:4]]
    towns = {one for word in near for one in (word, *translated(word))} & PLACES
    if not context.surface[:1].isupper() or towns - roster.places[match.form.person]:
        return None
    return "ask"


def _one_of_a_kind(context: Context) -> Severity | None:
    """ "The tribunal", where one was there: as what acts, or where somebody is from."""
    if context.previous.lower() not in ("the", "our") or _IN_GENERAL.match(context.past_possessive):
        return None
    if context.following == "we" or context.is_address:
        return None
    at = _AT_THE.search(context.before)
    return (
        "ask"
        if context.verb == "said" or context.acts or context.is_possessive or at or _HAS.match(context.after)
        else None
    )


def _the_body(context: Context) -> Severity | None:
    """ "The Centre", with a capital: one sort of body, and everybody in the room knows which."""
    pointed = (
        context.previous.lower() in ("the", "our") and context.surface[:1].isupper() and not context.surface.isupper()
    )
    longer = looks_like_a_name(context.following) or context.following.lower() in ("of", "for")
    return "ask" if pointed and not longer and not context.title_case else None


def _first_word(folded: str, context: Context) -> Severity | None:
    """An everyday word that a longer name begins with: Amnesty, Shelter."""
    if looks_like_a_name(context.following) or context.title_case:
        return None
    if context.previous == "The" or (context.previous == "the" and not is_common(folded)):
        return _the_body(context)
    if context.starts_sentence:
        does = context.acts or (not is_common(folded) and regex.match(r" \p{Ll}{2,}(?:s|ed)\b", context.after))
        return "ask" if not context.opens_with_noun and (context.verb or context.is_possessive or does) else None
    return (
        "ask"
        if not context.follows_determiner
        and (_AT.search(context.before) or context.spoken_of or context.verb == "said" or not is_common(folded))
        else None
    )


def _opening(context: Context) -> Severity | None:
    if context.is_possessive or context.is_label:
        return "block"
    if context.acts:
        return "ask"
    if context.opens_with_noun:
        return None
    if context.verb == "said":
        return "block"
    return "ask" if context.verb == "is" or not context.precedes_function_word else None


def _telling(match: Match, context: Context, roster: Roster) -> Severity | None:
    surface = context.surface
    if surface.islower() and (not match.form.sure or len(surface) < 4 or _FIELD_OF_WORK.search(surface)):
        return None
    if not match.form.sure:
        return "ask" if _HERE.search(context.before) and not looks_like_a_name(context.following) else None
    own = set(fold_phrase(roster.participants[match.form.person].organisation).split())
    if fold_phrase(context.previous) in own & GIVEN and not is_kind_of_body(fold_phrase(context.following)):
        return "ask"
    for neighbour in (context.following, context.previous):
        folded = fold_phrase(neighbour)
        if looks_like_a_name(neighbour) and folded not in own:
            if is_kind_of_body(folded):
                return None
            if not is_common(folded) or folded in EPONYMOUS:
                return "ask"
    return "ask" if context.starts_sentence and context.opens_with_noun and not context.verb else "block"


def acronym(match: Match, context: Context, roster: Roster) -> Severity | None:
    """Capitals that stand for an organisation; those with an everyday meaning pass."""
    surface, cased = _GAPS.sub("", context.surface), match.form.cased
    general = cased.upper() in GENERAL_ACRONYMS
    if _spelt_out_otherwise(context, roster.participants[match.form.person].organisation):
        return None
    if context.is_address and surface.lower() == cased.lower() and len(cased) > 2:
        return None if general else "block"
    if surface.islower() and match.form.sure and len(cased) > 2 and not general and not is_common(surface):
        return "ask" if _WORKS_AT.search(context.before) else None
    if surface != cased and not (
        surface.isupper() and match.form.sure and len(cased) > 2 and surface.lower() == cased.lower()
    ):
        return None
    if general:
        telling = _WORKS_AT.search(context.before) or context.verb == "said"
        return "ask" if telling and (match.form.kind == "org_acronym" or len(cased) > 2) else None
    if match.form.kind == "org_acronym":
        return "ask" if _THING.match(context.after) else "block"
    if cased.upper() in BODY_ACRONYMS:
        return "ask" if _WORKS_AT.search(context.before) or context.verb == "said" or context.acts else None
    if context.previous.lower() in ("a", "an"):
        return "ask" if context.verb == "said" else None
    telling = len(cased) > 3 or context.verb == "said" or _WORKS_AT.search(context.before) or context.is_possessive
    return "block" if match.form.sure and len(cased) > 2 and telling else "ask"


def _spelt_out_otherwise(context: Context, organisation: str) -> bool:
    """Whether the text itself says that the capitals stand for something else: "adverse childhood experience (ACE)"."""
    letters = context.surface.lower()
    own = set(fold_phrase(organisation).split())
    before = [fold_phrase(word) for word in _WORDS.findall(context.before)]
    opened = context.before.rstrip().endswith(("(", ",", "or"))
    explained = _EXPLAINED.match(context.after)
    after = [fold_phrase(word) for word in _WORDS.findall(context.after[explained.end() :])] if explained else []
    spelt = [before[-len(letters) :] if opened else [], after[: len(letters)]]
    return any(
        "".join(word[:1] for word in words) == letters and len(set(words) & own) * 2 < len(words)
        for words in spelt
        if words
    )


def place(match: Match, context: Context, roster: Roster) -> Severity | None:
    """The town in an organisation's name: another sort of body there is another body; alone it asks."""
    if context.surface.islower() or context.is_address:
        return None
    after = context.following
    own = roster.kinds[match.form.person]
    if (after[:1].isupper() and context.after[:1] == " ") or is_kind_of_body(fold_phrase(after)):
        return "ask" if fold_phrase(after) in own else None
    if looks_like_a_name(context.previous) and not context.starts_sentence and not context.previous.isupper():
        return None
    return None if _BODY_OF.search(context.before) else "ask"
