"""Whether a match gives somebody away: block, ask, or let it pass."""

from typing import Literal

import regex

from notes.rules.leaks.context import Context
from notes.rules.leaks.finding import Severity
from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.forms import Shape
from notes.rules.leaks.matching import Match
from notes.rules.leaks.organisations import GENERAL_ACRONYMS, concepts, is_kind_of_body
from notes.rules.leaks.roster import Roster
from notes.rules.leaks.words import COMMON, FUNCTION_WORDS, GIVEN, PLACES, PROPER, is_common, is_ordinary

_TITLE = regex.compile(r"\b(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|baroness|baron|rev|cllr|councillor|judge|rabbi|imam)\.?\s*$", regex.I)
_EPONYMOUS = frozenset(
    "review inquiry report reports principle principles law laws test tests scale chart ladder theorem effect method model window diagram lecture "
    "lectures act commission foundation institute trust prize fellowship award awards committee street road house hall centre college university "
    "library school hospital building paper book books study framework index paradox equation machine coefficient distribution bank books "
    "group company ltd plc llp associates partners campaign archive museum square park lane place court society fund brothers".split()
)
_EVERYWHERE = frozenset("AI IT PM AM UK EU US USA UN HR PR TV ID GP MP NHS ML API GDPR".split())
_NOT_ELSE: Literal["own"] = "own"
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_BEFORE_MONTH = frozenset("in by since until till before after early late mid last next this every of from during to between for and or on end".split())
_HERE = regex.compile(r"\b(?:at|from|for|by|with|joined|join|via|and|per|within|of|asked|told|to|thank|thanks|thanked|colleagues? at|work(?:s|ed)? (?:at|for))\s*(?:the\s+)?[(\[_\"“]*$", regex.I)


def judge(match: Match, context: Context, roster: Roster) -> Severity | None:
    """The verdict on one match in its surroundings."""
    verdict = _JUDGES[match.form.shape](match, context, roster)
    return "ask" if verdict == "block" and match.guess else verdict


def _is_native(surface: str) -> bool:
    return not any("a" <= letter <= "z" for letter in fold_phrase(surface)) or not any(letter.isupper() or letter.islower() for letter in surface)


def _phrase(match: Match, context: Context, roster: Roster) -> Severity | None:
    surface, kind = context.surface, match.kind
    letters = [part for part in regex.split(r"[^\p{L}\p{M}\p{N}]+", surface) if part]
    if kind in ("initials_dotted", "initials"):
        return _dotted(match, context)
    if kind in ("surname_initial", "initial_surname"):
        capitals = all(part[0].isupper() or not part[0].islower() for part in letters if part[0].isalpha())
        if not capitals:
            return "ask" if len(max(letters, key=len, default="")) > 4 and not is_ordinary(fold_phrase(max(letters, key=len))) else None
        last = max(letters, key=len, default="")
        if kind == "surname_initial" and (letters[-1] in ("I", "A") and not surface.endswith(".") and context.following):
            return None
        return "block" if kind == "initial_surname" or surface.endswith(".") or not context.following else "ask" if last else None
    ordinary = all(is_common(fold_phrase(part)) for part in letters)
    if not ordinary or context.is_address:
        return "block"
    if all(part[0].isupper() for part in letters) and letters:
        return "ask" if context.title_case and context.verb != "said" and kind != "full_name" else "block"
    if context.verb == "said" or any(part[0].isupper() for part in letters[1:]):
        return "ask"
    return None


def _dotted(match: Match, context: Context) -> Severity | None:
    if not all(letter.isupper() for letter in context.surface if letter.isalpha()):
        return None
    plain = "".join(letter for letter in context.surface if letter.isalpha())
    if plain in ("US", "UK", "EU", "UN", "PM", "AM", "PS", "BC", "AD", "DC", "AI", "IT"):
        return "block" if context.verb == "said" or context.is_label or context.spoken_of else "ask"
    return "block"


def _word(match: Match, context: Context, roster: Roster) -> Severity | None:
    folded = match.form.text
    surface = context.surface
    letters = [letter for letter in surface if letter.isalpha()]
    lower = bool(letters) and all(letter.islower() for letter in letters)
    if match.kind in ("misspelling", "phonetic_transcript"):
        return _misspelt(context, lower, match)
    if _TITLE.search(context.before) and not lower:
        return "block"
    common = is_common(folded) or folded in FUNCTION_WORDS or folded in _MONTHS
    rare = not common and (is_ordinary(folded) or folded in PLACES)
    if common or rare:
        return _ordinary(match, context, lower, rare, roster)
    if lower and len(folded) < 3:
        return None if not context.is_address else "ask"
    if lower and match.kind in ("nickname", "nickname_nonenglish") and len(folded) < 4:
        return "ask" if context.verb == "said" or context.is_address else None
    if surface.isupper() and len(folded) < 3 and match.form.shape is Shape.WORD:
        return "ask" if context.verb == "said" or context.is_label else None
    other = _somebody_else(match, context, roster)
    if other is not _NOT_ELSE:
        return other
    return "block" if match.form.sure else "ask"


def _somebody_else(match: Match, context: Context, roster: Roster) -> Severity | Literal["own"] | None:
    """"own" where nothing speaks for somebody else; None where a well-known name stands beside; "ask" in between."""
    if context.is_address:
        return _NOT_ELSE
    own = roster.participants[match.form.person]
    own_words = set(fold_phrase(own.name + " " + own.organisation).split())
    before, after = context.previous, context.following
    first = match.kind in ("first_name", "nickname", "nickname_nonenglish", "name_subset")
    folded_after, folded_before = fold_phrase(after), fold_phrase(before)
    if first and context.neighbour_name(after) and folded_after not in own_words and not context.is_possessive:
        if context.after[:1] == " " and len(after) > 2 and folded_after not in roster.words and not is_common(folded_after):
            return None if folded_after in PROPER and folded_after not in GIVEN and folded_after not in PLACES else "ask"
    if not first or match.kind == "single_name":
        if before and context.neighbour_name(before) and folded_before not in own_words and folded_before in GIVEN and folded_before not in roster.given:
            return None if folded_before[:1] != fold_phrase(own.name)[:1] else "ask"
    if folded_after in _EPONYMOUS and (context.previous.lower() == "the" or context.is_possessive or after[:1].isupper()):
        return None if context.previous.lower() == "the" and not first else "ask"
    return _NOT_ELSE


def _misspelt(context: Context, lower: bool, match: Match) -> Severity | None:
    token = fold_phrase(context.surface)
    if match.kind == "phonetic_transcript":
        if is_ordinary(token) or token in GIVEN or len(token) < 4:
            return "ask" if not lower and not context.follows_determiner and (context.verb == "said" or context.spoken_of) else None
        return "ask" if not lower or context.verb == "said" else None
    if token in PROPER or token in GIVEN or token in PLACES:
        return None
    if lower and not context.is_address and context.verb != "said":
        return "ask" if len(token) > 5 else None
    return "ask"


def _ordinary(match: Match, context: Context, lower: bool, rare: bool, roster: Roster) -> Severity | None:
    folded, surface = match.form.text, context.surface
    nickname = match.kind in ("nickname", "nickname_nonenglish")
    if lower:
        if context.is_address:
            return "ask" if not nickname and (context.chunk.startswith("@") or context.chunk.rstrip("/.,;:").lower().endswith("/" + folded)) else None
        if context.verb == "said" and not context.follows_determiner and folded not in FUNCTION_WORDS and not nickname and context.starts_sentence:
            return "ask"
        return "ask" if rare and not nickname and (context.verb == "said" or context.spoken_of) and not context.follows_determiner else None
    if folded in _MONTHS and (fold_phrase(context.previous) in _BEFORE_MONTH or regex.match(r"\s*,?\s*\d", context.after) or regex.search(r"\d(?:st|nd|rd|th)?\s*$", context.before)):
        return None
    if surface.isupper() and len(surface) > 1 and context.verb != "said" and not context.is_label:
        return None
    if folded in ("he", "she", "it", "we", "they", "i", "so", "an", "no", "my", "do", "in", "on", "to", "be", "the") and context.starts_sentence:
        return None
    if context.is_label:
        return "block" if not nickname else "ask"
    if context.starts_sentence:
        return _opening(match, context, roster)
    return _inside(match, context, nickname)


def _opening(match: Match, context: Context, roster: Roster) -> Severity | None:
    own = roster.participants[match.form.person]
    if context.is_possessive:
        return "ask"
    if context.opens_with_noun:
        return None
    if context.verb == "said":
        return "block"
    if context.neighbour_name(context.following) and context.after[:1] == " ":
        return None if fold_phrase(context.following) in PROPER and fold_phrase(context.following) not in fold_phrase(own.name).split() else "ask"
    if context.precedes_function_word and context.verb != "is" and not regex.match(r"\s*,", context.after):
        return None
    if regex.match(r"[^.!\n]{0,200}\?", context.after) and not regex.match(r"\s*,", context.after) and match.form.text in FUNCTION_WORDS:
        return None
    if match.kind in ("nickname", "nickname_nonenglish") and context.verb == "":
        return None
    return "ask"


def _inside(match: Match, context: Context, nickname: bool) -> Severity | None:
    after = context.following
    if context.verb == "said" or (context.spoken_of and not context.neighbour_name(after)):
        return "block" if not nickname else "ask"
    if context.follows_determiner:
        return None if not context.is_possessive else "ask"
    if context.title_case:
        return None
    capital_before = context.previous[:1].isupper() and not context.previous.isupper() and len(context.previous) > 1
    if context.neighbour_name(after) or capital_before:
        return "ask"
    return "block" if not nickname else "ask"


def _letters(match: Match, context: Context, roster: Roster) -> Severity | None:
    surface = context.surface
    if surface != match.form.cased or context.is_address:
        return "ask" if context.is_address and surface == match.form.cased and len(surface) > 2 else None
    spoken = context.verb == "said" or context.is_label
    bracketed = bool(regex.search(r"[(\[]$", context.before) and regex.match(r"[)\]]", context.after))
    action = bool(regex.search(r"(?:action|owner|lead|by|with|to|for|from|cc|ask|thanks|said|asked|and|,|/|[–—-]|→|->|@)\s*[:(\[]?\s*$", context.before, regex.I))
    ends = bool(regex.match(r"\s*(?:[.,;:!)\]|]|$|\n)", context.after))
    acting = bool(regex.match(r"\s+(?:will |to |shall )(?:follow|confirm|send|share|circulate|check|draft|write|find|ask|book|chase|report|speak|bring|invite|update|contact|organise|arrange|prepare|look|set up)\b", context.after))
    if surface in GENERAL_ACRONYMS or surface.lower() in FUNCTION_WORDS:
        if surface not in _EVERYWHERE and (bracketed or context.is_label or (action and ends)) or acting:
            return "ask"
        if context.verb == "said" and not context.follows_determiner:
            return "ask"
        return "ask" if regex.search(r"(?:action|owner|initials?|minuted by|notes? by|noted by|thanks to|said)\s*[:(\[]?\s*$", context.before, regex.I) else None
    if spoken or bracketed or (action and ends) or acting or context.is_possessive:
        return "block"
    return "ask" if not context.follows_determiner else None


def _address(match: Match, context: Context, roster: Roster) -> Severity | None:
    if match.form.text.isalpha() and is_common(match.form.text):
        return "block" if "@" in context.chunk else None
    return "block"


def _body(match: Match, context: Context, roster: Roster) -> Severity | None:
    surface = context.surface
    words = [part for part in regex.split(r"[^\p{L}\p{M}\p{N}’']+", surface) if part]
    telling = [word for word in words if len(word) > 3]
    if not any(word[0].isupper() for word in telling) and all(is_common(fold_phrase(word)) for word in words) and not context.is_address:
        return "ask" if len(words) > 2 else None
    return "block"


def _part(match: Match, context: Context, roster: Roster) -> Severity | None:
    words = [word for word in regex.split(r"[^\p{L}\p{M}\p{N}’']+", context.surface) if len(word) > 3]
    if context.is_address:
        return "ask"
    if not words or not all(word[0].isupper() for word in words):
        return "ask" if match.form.sure and any(not is_ordinary(fold_phrase(word)) for word in words) else None
    after, before = context.following, context.previous
    if context.after[:1] == " " and after[:1].isupper() and fold_phrase(after) not in fold_phrase(roster.participants[match.form.person].organisation).split():
        return None
    if before[:1].isupper() and not context.starts_sentence and not match.form.sure and len(before) > 1:
        return None
    return "block" if match.form.sure else "ask"


def _body_word(match: Match, context: Context, roster: Roster) -> Severity | None:
    folded, surface = match.form.text, context.surface
    lower = surface.islower()
    if match.kind == "org_misspelling":
        return _misspelt(context, lower, match)
    if not is_ordinary(folded) and folded not in PLACES:
        if lower and not match.form.sure:
            return None
        if surface.isupper() is False and lower and len(folded) < 4:
            return None
        if not match.form.sure:
            return "ask" if _HERE.search(context.before) and not context.neighbour_name(context.following) else None
        other = _other_body(match, context, roster)
        return other or "block"
    if lower:
        return "ask" if context.is_address and match.form.sure else None
    if not match.form.sure:
        here = regex.search(r"\b(?:at|from|for|with)\s+(?:the\s+)?$", context.before)
        return "ask" if here and not context.neighbour_name(context.following) else None
    if context.follows_determiner and not is_kind_of_body(folded) and context.neighbour_name(context.following):
        return None
    if is_kind_of_body(folded) and fold_phrase(context.following) in ("of", "for"):
        return None
    if context.starts_sentence:
        if context.opens_with_noun and not context.is_possessive:
            return None
        if context.verb == "said" or context.is_possessive or context.is_label:
            return "block"
        return "ask" if context.verb == "is" or not context.precedes_function_word else None
    if context.title_case and not _HERE.search(context.before):
        return "ask"
    return "ask" if context.neighbour_name(context.following) or context.neighbour_name(context.previous) else "block"


def _other_body(match: Match, context: Context, roster: Roster) -> Severity | None:
    """`ask` where the word belongs to another body's or person's name."""
    own = set(fold_phrase(roster.participants[match.form.person].organisation).split())
    after, before = fold_phrase(context.following), fold_phrase(context.previous)
    if context.neighbour_name(context.following) and after not in own and not is_common(after):
        return "ask"
    if context.neighbour_name(context.previous) and before not in own and not is_common(before):
        return "ask"
    return "ask" if after in _EPONYMOUS and after not in own and context.following[:1].isupper() else None


def _acronym(match: Match, context: Context, roster: Roster) -> Severity | None:
    surface, cased = context.surface, match.form.cased
    if context.is_address and surface.lower() == cased.lower() and len(cased) > 2:
        return "block" if match.kind == "org_acronym" or cased.upper() not in GENERAL_ACRONYMS else None
    if surface != cased and not (surface.isupper() and match.form.sure and len(cased) > 2):
        return None
    general = cased.upper() in GENERAL_ACRONYMS
    if match.kind == "org_acronym" and not general:
        return "block"
    if general:
        place = regex.search(r"\b(?:at|from|colleagues? at|work(?:s|ed)? for)\s+$", context.before)
        return "ask" if (place or context.verb == "said") and match.kind == "org_acronym" else None
    return "block" if match.form.sure and len(cased) > 2 else "ask"


def _place(match: Match, context: Context, roster: Roster) -> Severity | None:
    if context.surface.islower() or context.is_address:
        return None
    after = context.following
    folded = fold_phrase(after)
    own = roster.kinds[match.form.person]
    if after[:1].isupper() and context.after[:1] == " ":
        return "ask" if folded in own else None
    if is_kind_of_body(folded):
        return "ask" if folded in own else None
    if context.neighbour_name(context.previous) and not context.starts_sentence:
        return None
    if regex.search(r"\b(?:University|Council|City|County|Bank|College|Borough) of (?:the )?$", context.before):
        return None
    return "ask"


def _role(match: Match, context: Context, roster: Roster) -> Severity | None:
    before = context.before
    if match.form.text.startswith(("who ", "in charge", "responsible", "leading")):
        return "ask"
    if regex.search(r"\b(?:a|an|any|every|each|some|another|no|more|most|many|several|new|few|other|two|three)(?: \p{Ll}+)?\s+$", before, regex.I):
        return "ask" if regex.search(r"\b(?:as|i am|i'm|being) an?\s+$", before, regex.I) or _placed(match, context, roster) else None
    definite = regex.search(
        r"(?:\b(?:the|our|my|their|your|his|her|its|this|only|sole|former|acting|interim|outgoing|new|as|also|current|council's)|['’]s?)\s+(?:\p{L}+['’]?s?\s+)?$", before, regex.I
    )
    if match.form.sure:
        if definite or context.is_label or context.verb == "said":
            return "block"
        return "block" if context.surface[:1].isupper() and not context.starts_sentence and not context.title_case else "ask"
    if not definite:
        return "ask" if context.surface[:1].isupper() and " " in match.form.text else None
    if " " not in match.form.text:
        only = regex.search(r"\b(?:only|sole|lone|single)\s+(?:\p{L}+\s+)?$", before, regex.I)
        own = regex.search(r"\b(?:our|my|as)\s+$", before, regex.I)
        if only:
            return "block"
        if own or _placed(match, context, roster) or context.verb == "said" or "in the room" in context.after[:30]:
            return "ask"
        return None
    return "block"


def _placed(match: Match, context: Context, roster: Roster) -> bool:
    near = set(fold_phrase(context.before[-40:] + " . " + context.after[:50]).replace("'s", " ").split())
    return bool(near & roster.places[match.form.person])


def _post(match: Match, context: Context, roster: Roster) -> Severity | None:
    if context.surface != match.form.cased or context.is_address:
        return None
    definite = regex.search(r"(?:\b(?:the|our|my|their|your|his|her|its|as|only|former|acting|interim)|['’]s)\s+(?:\p{L}+\s+)?$", context.before, regex.I)
    if definite:
        return "ask" if context.surface in GENERAL_ACRONYMS and context.surface not in ("DPO", "CEO", "CTO", "CIO", "CFO", "CDO", "SRO") else "block"
    if context.is_label or context.verb == "said":
        return "ask"
    return None


def _head(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A job's noun tells who it is beside the person's own town or sort of body."""
    own = roster.participants[match.form.person]
    body = concepts(own.organisation) | set(fold_phrase(own.organisation).split())
    after = regex.match(r"(?:\s+[\w’'-]+){0,3}?\s+(?:from|at|in|for|of)\s+((?:[\w’'-]+\s*){1,5})", context.after)
    before = regex.search(r"((?:[\w’'-]+\s+){1,3})$", context.before)
    words = {word.removesuffix("'s") for part in (after, before) if part for word in fold_phrase(part.group(1)).split()}
    named = words & body - FUNCTION_WORDS - {"of", "and"}
    definite = regex.search(r"\b(?:the|our|only|their)\s+(?:[\w’'-]+\s+){0,2}$", context.before, regex.I)
    if named & PLACES or any(not is_ordinary(word) for word in named):
        return "ask"
    return "ask" if definite and named and (len(named) > 1 or len(words & set(fold_phrase(own.role).split())) > 0 or named & set(map(str, roster.kinds[match.form.person]))) else None


def _sector(match: Match, context: Context, roster: Roster) -> Severity | None:
    if not match.form.sure:
        said = context.verb == "said" or "in the room" in context.after[:30] or regex.search(r"\b(?:the only|our|one|the|a lone|the sole)\s+$", context.before, regex.I)
        return "ask" if said else None
    return "block"


_JUDGES = {
    Shape.PHRASE: _phrase,
    Shape.WORD: _word,
    Shape.LETTERS: _letters,
    Shape.ADDRESS: _address,
    Shape.BODY: _body,
    Shape.BODY_WORD: _body_word,
    Shape.BODY_PART: _part,
    Shape.ACRONYM: _acronym,
    Shape.PLACE: _place,
    Shape.ROLE: _role,
    Shape.POST: _post,
    Shape.SECTOR: _sector,
    Shape.HEAD: _head,
}
