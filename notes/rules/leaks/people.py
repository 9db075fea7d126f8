"""Verdicts on people's names, initials and addresses."""

from typing import Literal

import regex

from notes.rules.leaks.context import Context, looks_like_a_name
from notes.rules.leaks.finding import Severity
from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.matching import Match, readings
from notes.rules.leaks.organisations import EPONYMOUS, GENERAL_ACRONYMS
from notes.rules.leaks.roster import Roster
from notes.rules.leaks.words import FUNCTION_WORDS, GIVEN, PLACES, PROPER, is_common, is_ordinary

_NICKNAMES = ("nickname", "nickname_nonenglish")
_LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_TITLE = regex.compile(
    r"\b(?:dr|prof|professor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|baroness|baron|rev|cllr|councillor|judge|rabbi|imam|canon|"
    r"supt|superintendent|insp|inspector|sgt|sergeant|constable|pc|dc|ds|di|dci|commissioner|minister|senator|ambassador|colonel|captain|nurse|sister|"
    r"father|pastor|pak|ibu|bapak|mbak|khun|kuya|xiao|ustaz|haji|do[nñ]a|kyria|sheikh|justice|mme|madame|monsieur|herr|frau|se[nñ]ora?|pani?|aunt(?:ie|y)?|uncle|president|convener|secretary)\.?\s*$",
    regex.I | regex.REVERSE,
)
_ARTICLES = frozenset("el la le los las les il lo die der das".split())
_ENGLISH_ENDING = regex.compile(
    r"(?:ed|ing|ly|tions?|ness|ments?|ous|ful|[ai]ble|ives?|ity|isms?|ists?|ers|ics?|ised?|ized?|als|ware|ies)$"
)
_IN_A_PLACE = regex.compile(
    r"(?<!\b(?:trusts?|confidence|faith|interest|believed?|believes|hopes?) )\b(?:in|near|across|around|throughout|outside)"
    r"(?: (?:north|south|east|west|mid|central|rural|the))?\s+$",
    regex.I | regex.REVERSE,
)
_FILLED = regex.compile(r"\b(?:um+|uh+|er+m?|yeah|hey|cheers|what)[,.…]*\s+$", regex.I | regex.REVERSE)
_PARTICLED = regex.compile(
    r"(\p{Lu}[\p{L}’'-]+) (?:(?:van|der|den|de|la|le|del|della|di|da|das|dos|do|du|von|zu|ter|ten|ap|bin|ibn|ben|al|el) )+$",
    regex.REVERSE,
)
_AND_OTHERS = regex.compile(
    r" (?:and|plus|with) (?:(?:two|three|four|five|some|several|a few|the|one|\d+) )?(?:others?|colleagues?|more|team|I|me|he|she|they)\b"
)
_GOES_ON = regex.compile(r" \p{Ll}+ \p{Ll}")
_CROWNED = frozenset("queen king saint st pope emperor empress hurricane".split())
_POLITE_AFTER = regex.compile(
    r"[- ](?:san|chan|kun|sama|sensei|jan|joon|jaan|bhai|ji|didi|apa|bey|hanim|abla|sahib|ssi|nim|laoshi)\b"
)
_HYPHENED = regex.compile(r"-\p{Ll}")
_HONORIFICS = frozenset("mr mrs ms mx miss dr prof sir dame cllr rev".split())
_MONTHS = frozenset(
    "spring summer autumn winter january february march april may june july august september october november december".split()
)
_BEFORE_MONTH = frozenset(
    "in by since until till before after early late mid last next this every of during to between for and or end".split()
)
_DATE_AFTER = regex.compile(r"\s*,?\s*\d")
_DATE_BEFORE = regex.compile(r"\d(?:st|nd|rd|th)?\s*$", regex.REVERSE)
_COMMA = regex.compile(r"\s*,")
_QUESTION = regex.compile(r"[^.!\n]{0,200}\?")
_EVERYWHERE = frozenset("AI IT PM AM UK EU US USA UN HR PR TV ID GP MP NHS ML API GDPR".split())
_BRACKET_BEFORE = regex.compile(r"[(\[]$", regex.REVERSE)
_BRACKET_AFTER = regex.compile(r"[)\]]")
_ACTION_BEFORE = regex.compile(
    r"(?:\b(?:action|owner|lead|by|with|to|for|from|cc|ask|thanks|said|asked|and)|[,/–—-]|→|->|@)\s*[:(\[]?\s*$",
    regex.I | regex.REVERSE,
)
_NAMED_BEFORE = regex.compile(
    r"\b(?:action|owner|initials?|minuted by|notes? by|noted by|thanks to|according to|said)\s*[:(\[]?\s*$",
    regex.I | regex.REVERSE,
)
_END_AFTER = regex.compile(r"\s*(?:[.,;:!)\]|]|$|\n)")
_ACTS_AFTER = regex.compile(
    r"\s+(?:will |to |shall )(?:follow|confirm|send|share|circulate|check|draft|write|find|ask|book|chase|report|speak|bring|invite|update|"
    r"contact|organise|arrange|prepare|look|set up)\b"
)
_INITIALS_BEFORE = regex.compile(r"(?<!\p{L})([A-Z])\.?\s?(?:\p{Lu}\.\s?)*$", regex.REVERSE)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split()) | _MONTHS
_CITED = regex.compile(r"\s+(?:et al\b|&|\((?:19|20)\d\d|(?:19|20)\d\d\b)|,? \(?(?:19|20)\d\d\)?")
_COMPANY = regex.compile(r"\s+(?:Ltd|Limited|plc|PLC|LLP|Inc|Group|Holdings)\b")
_PAIRED = regex.compile(r"\s?[/&+]\s?\p{Lu}{2,3}\b")
_NO_PERSON = regex.compile(
    r"[ -](?:\d|\p{Lu}{2}|and \p{Lu}{2,3}\b(?! to)|(?!and|or|is|to|has|will|was|also|who)\p{Ll})"
)
_DOTTED_ELSEWHERE = ("US", "UK", "EU", "UN", "PM", "AM", "PS", "BC", "AD", "DC", "AI", "IT", "EG", "IE")
_NEVER_AT_START = frozenset("he she it we they i so an no my do in on to be the".split())


def several_words(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A whole name, a name and an initial, a surname with its particle, dotted initials."""
    words = _LETTERS.findall(context.surface)
    if match.kind == "initials_dotted":
        return _dotted(context)
    if match.kind in ("surname_initial", "initial_surname"):
        return _with_initial(match, context, words)
    if match.kind == "particle_surname" and not context.is_address:
        own = set(fold_phrase(roster.participants[match.form.person].name).split())
        if _follows_another_name(context, own, roster):
            return None if fold_phrase(context.previous) in GIVEN | PROPER else "ask"
    if context.is_address or not all(is_common(fold_phrase(word)) for word in words):
        return "block"
    if all(word[0].isupper() for word in words):
        return "ask" if context.title_case and context.verb != "said" and match.kind != "full_name" else "block"
    return "ask" if context.verb == "said" or any(word[0].isupper() for word in words[1:]) else None


def _with_initial(match: Match, context: Context, words: list[str]) -> Severity | None:
    longest = max(words, key=len, default="")
    if any(word[0].islower() for word in words):
        return "ask" if len(longest) > 4 and not is_ordinary(fold_phrase(longest)) else None
    if match.kind == "initial_surname" or context.surface.endswith(".") or not context.following:
        return "block"
    return None if words[-1] in ("I", "A") else "ask"


def _dotted(context: Context) -> Severity | None:
    letters = "".join(letter for letter in context.surface if letter.isalpha())
    if not letters.isupper():
        return None
    if letters in _DOTTED_ELSEWHERE:
        return "block" if context.verb == "said" or context.is_label or context.spoken_of else "ask"
    return "block"


def one_word(match: Match, context: Context, roster: Roster) -> Severity | None:
    """One word of a name, or a short form of it."""
    folded, surface = match.form.text, context.surface
    lower = surface.islower()
    if match.kind in ("misspelling", "phonetic_transcript"):
        beside = not lower and not context.is_address and _stands_by_a_stranger(match, context, roster)
        return None if beside else misspelt(match, context)
    if match.kind == "inflected" and match.guess and not lower and _stands_by_a_stranger(match, context, roster):
        return None
    if match.kind == "short_name":
        return _akin(match, context, roster) if match.guess else _cut_short(context)
    if not lower and _TITLE.search(context.before):
        return "block"
    if folded in PLACES and _IN_A_PLACE.search(context.before) and context.verb != "said" and not context.is_possessive:
        return None
    common = is_common(folded) or folded in FUNCTION_WORDS or folded in _MONTHS
    if common or is_ordinary(folded) or folded in PLACES:
        return _ordinary(match, context, roster, rare=not common)
    if len(folded) < 3 and (lower or surface.isupper()):
        return "ask" if context.is_address or (not lower and (context.verb == "said" or context.is_label)) else None
    if lower and match.kind in _NICKNAMES and (len(folded) < 4 or not match.form.sure):
        return "ask" if context.verb == "said" or context.is_address else None
    other = _somebody_else(match, context, roster)
    if other != "own":
        return other
    if match.kind in _NICKNAMES and context.starts_sentence and context.opens_with_noun:
        return "ask"
    return "block" if match.form.sure else "ask"


def _cut_short(context: Context) -> Severity | None:
    """The beginning of a first name, as friends use it, unless it is a word or a name of its own."""
    token = fold_phrase(context.surface)
    if not context.surface[:1].isupper() or context.surface.isupper() or context.title_case:
        return None
    if _POLITE_AFTER.match(context.after):
        return "ask"
    if token in GIVEN or is_ordinary(token) or token in PROPER or token in PLACES:
        spoke = (
            (context.verb == "said" or ((token in GIVEN or token in PROPER) and _may_act(context)))
            and not context.opens_with_noun
            and not context.follows_determiner
        )
        return "ask" if spoke and not looks_like_a_name(context.previous) else None
    return None if looks_like_a_name(context.following) or looks_like_a_name(context.previous) else "ask"


def _may_act(context: Context) -> bool:
    """Whether a verb seems to follow at the start of a sentence: Tate climbs roofs."""
    after = context.following
    return (
        context.starts_sentence and context.after[:1] == " " and after.islower() and not context.precedes_function_word
    )


def _akin(match: Match, context: Context, roster: Roster) -> Severity | None:
    """A word in no dictionary that begins as a name begins, where a person would stand: Bataa said, thanks to Wi."""
    token = fold_phrase(context.surface)
    if context.surface.islower() and not context.is_address and token not in GIVEN | PROPER | PLACES:
        return "ask" if context.past_name_said and not context.follows_determiner else None
    if not context.surface[:1].isupper() or context.surface[1:2].isupper() or context.title_case or context.is_address:
        return None
    alone = context.after[:1] != " " or not looks_like_a_name(context.following)
    if not alone or _stands_by_a_stranger(match, context, roster):
        return None
    said = context.verb == "said" or context.is_label
    if token in GIVEN:
        return "ask" if said else None
    if token in PROPER or token in PLACES or context.follows_determiner or _ENGLISH_ENDING.search(token):
        return None
    return "ask" if said or context.spoken_of or context.starts_sentence else None


def _somebody_else(match: Match, context: Context, roster: Roster) -> Severity | Literal["own"] | None:
    """ "own" where nothing speaks for somebody else; None where a well-known name stands beside; "ask" in between."""
    if context.is_address:
        return "own"
    own = roster.participants[match.form.person]
    own_words = set(fold_phrase(f"{own.name} {own.organisation}").split())
    first = match.kind in ("first_name", "name_subset", *_NICKNAMES)
    after, before = fold_phrase(context.following), fold_phrase(context.previous)
    if first and looks_like_a_name(context.following) and after not in own_words and not context.is_possessive:
        if context.after[:1] == " " and after not in PLACES | _DAYS and not _may_be_own(after, match, roster):
            return None if after in PROPER or not (is_ordinary(after) or _is_like_a_name(after, roster)) else "ask"
    if _follows_another_name(context, own_words, roster):
        return "ask" if before[:1] == fold_phrase(own.name)[:1] and match.kind != "first_name" else None
    other = _PARTICLED.search(context.before)
    if other and match.kind == "surname" and fold_phrase(other.group(1)) in (GIVEN | PROPER) - own_words:
        return None
    if before in _ARTICLES and match.kind == "first_name":
        return "ask"
    if before in _CROWNED and before not in own_words:
        return None
    if _CITED.match(context.after):
        return "ask"
    if after in EPONYMOUS and (before == "the" or context.is_possessive or context.following[:1].isupper()):
        return None if before == "the" and match.kind != "first_name" and match.form.text in PROPER else "ask"
    return "own"


def _follows_another_name(context: Context, own_words: set[str], roster: Roster) -> bool:
    """Whether somebody else's first name or initials stand before a surname: Priti Patel, H.L.A. Hart."""
    initials = _INITIALS_BEFORE.search(context.before)
    if initials:
        return all(not word.startswith(fold_phrase(initials.group(1))) for word in own_words)
    before = fold_phrase(context.previous)
    if not looks_like_a_name(context.previous) or before in own_words or is_ordinary(before) or before in PLACES:
        return False
    if before in roster.given or before in _DAYS:
        return False
    opens = len(context.before.split()) == 1
    return before in GIVEN or before in PROPER or (not opens and not _is_like_a_name(before, roster))


def _is_like_a_name(word: str, roster: Roster) -> bool:
    return any(kind != "short_name" for _, _, _, kind, _ in readings(word, roster))


def _may_be_own(word: str, match: Match, roster: Roster, *, akin: bool = False) -> bool:
    own = match.form.person
    return any(form.person == own and (akin or kind != "short_name") for _, _, form, kind, _ in readings(word, roster))


def _stands_by_a_stranger(match: Match, context: Context, roster: Roster) -> bool:
    """Whether a name that is not the same person's stands right beside: Zaha Hadid, where Zahra is meant."""
    before = fold_phrase(context.previous)
    if context.after[:1] == " " and _is_stranger(context.following, match, roster):
        return True
    return (before in PROPER or before in GIVEN) and _is_stranger(context.previous, match, roster)


def _is_stranger(word: str, match: Match, roster: Roster) -> bool:
    folded = fold_phrase(word)
    if not looks_like_a_name(word) or is_ordinary(folded) or folded in _DAYS or folded in _HONORIFICS:
        return False
    return not _may_be_own(folded, match, roster, akin=True)


def misspelt(match: Match, context: Context) -> Severity | None:
    """A word in no dictionary that is near a name, in letters or in sound."""
    token = fold_phrase(context.surface)
    lower = context.surface.islower()
    known = token in PROPER or token in GIVEN or token in PLACES
    if known or " " in token or is_ordinary(token) or len(token) < 4:
        return _as_known(match, context, token)
    if lower and not context.is_address and not _would_be_somebody(context):
        return "ask" if len(token) > 5 and match.kind == "misspelling" else None
    return "ask"


def _would_be_somebody(context: Context) -> bool:
    """Whether a word in small letters, as a transcript types names, stands where a person would."""
    if context.verb or context.spoken_of or context.is_label or context.is_possessive or _FILLED.search(context.before):
        return True
    return bool(_GOES_ON.match(context.after)) and context.past_name_said


def _as_known(match: Match, context: Context, token: str) -> Severity | None:
    """A word that is a word, a place or a name of its own, where somebody must be meant to have said something."""
    if context.surface.islower():
        strange = token not in PLACES and not is_ordinary(token)
        return "ask" if strange and _would_be_somebody(context) and not context.is_address else None
    if context.follows_determiner or context.opens_with_noun or context.title_case:
        return None
    if context.verb == "said" or context.is_label:
        return "ask"
    if token in PLACES:
        return None
    if context.spoken_of and token[:1] == match.form.text[:1]:
        return "ask"
    heard = match.kind == "phonetic_transcript" and (token not in GIVEN or token[:1] == match.form.text[:1])
    opens = context.starts_sentence and (token not in PROPER or context.verb == "is" or context.acts)
    return "ask" if heard and opens else None


def _ordinary(match: Match, context: Context, roster: Roster, *, rare: bool) -> Severity | None:
    folded, surface = match.form.text, context.surface
    nickname = match.kind in _NICKNAMES
    if surface.islower():
        return None if nickname else _lower_case(folded, context, rare=rare)
    if folded in _MONTHS and (
        context.previous.lower() in _BEFORE_MONTH
        or _DATE_AFTER.match(context.after)
        or _DATE_BEFORE.search(context.before)
    ):
        return None
    if surface.isupper() and len(surface) > 1 and context.verb != "said" and not context.is_label:
        return None
    own = roster.participants[match.form.person]
    if _follows_another_name(context, set(fold_phrase(own.name).split()), roster):
        return None
    if context.previous.lower() in _CROWNED or (folded in _NEVER_AT_START and context.starts_sentence):
        return None
    if context.is_label:
        return "ask" if nickname else "block"
    if context.starts_sentence:
        return _opening(match, context, roster)
    if context.after[:1] == " " and _is_stranger(context.following, match, roster):
        return None
    return _inside(match, context, nickname=nickname)


def _lower_case(folded: str, context: Context, *, rare: bool) -> Severity | None:
    if context.is_address:
        last = context.chunk.rstrip("/.,;:").lower().endswith("/" + folded)
        return "ask" if last or context.chunk.startswith("@") else None
    if context.follows_determiner or folded in FUNCTION_WORDS:
        return None
    if context.verb == "said" and (context.starts_sentence or rare):
        return "ask"
    return "ask" if rare and context.spoken_of else None


def _opening(match: Match, context: Context, roster: Roster) -> Severity | None:
    own = fold_phrase(roster.participants[match.form.person].name).split()
    if context.is_possessive:
        return "ask"
    if context.acts and not context.follows_determiner:
        return "ask"
    if _AND_OTHERS.match(context.after):
        return "ask"
    if context.opens_with_noun or (_HYPHENED.match(context.after) and not _POLITE_AFTER.match(context.after)):
        return None
    if context.verb == "said":
        return "block"
    after = fold_phrase(context.following)
    if context.after[:1] == " " and looks_like_a_name(context.following) and after not in own:
        return None if after in PROPER or not (is_ordinary(after) or _is_like_a_name(after, roster)) else "ask"
    comma = bool(_COMMA.match(context.after))
    if context.precedes_function_word and context.verb != "is" and not comma:
        return None
    if match.form.text in FUNCTION_WORDS and not comma and _QUESTION.match(context.after):
        return None
    return None if match.kind in _NICKNAMES and context.verb == "" else "ask"


def _inside(match: Match, context: Context, *, nickname: bool) -> Severity | None:
    neighbour = looks_like_a_name(context.following)
    follows = context.following if context.after[:1] == " " else ""
    qualifies = follows.islower() and is_common(fold_phrase(follows)) and not context.precedes_function_word
    if context.verb == "said" or (context.spoken_of and not neighbour and not qualifies):
        return "ask" if nickname else "block"
    if context.follows_determiner:
        return "ask" if context.is_possessive else None
    if context.title_case:
        return None
    if neighbour or looks_like_a_name(context.previous):
        return "ask"
    return "ask" if nickname or qualifies else "block"


def initials(match: Match, context: Context, roster: Roster) -> Severity | None:
    """Initials in capitals: sure in brackets, before a colon, with a verb of speech; everyday acronyms pass."""
    surface = context.surface
    if surface != match.form.cased:
        return None
    if context.is_address:
        return "ask" if len(surface) > 2 else None
    bracketed = bool(_BRACKET_BEFORE.search(context.before) and _BRACKET_AFTER.match(context.after))
    acting = bool(_ACTS_AFTER.match(context.after))
    named = bool(_ACTION_BEFORE.search(context.before) and _END_AFTER.match(context.after))
    if surface in GENERAL_ACRONYMS or surface.lower() in FUNCTION_WORDS:
        paired = bool(_PAIRED.match(context.after)) and context.starts_sentence
        telling = surface not in _EVERYWHERE and (bracketed or context.is_label or named or paired)
        spoke = context.verb == "said" and not context.follows_determiner
        return "ask" if acting or telling or spoke or _NAMED_BEFORE.search(context.before) else None
    if context.verb == "said" or context.is_label or bracketed or named or acting or context.is_possessive:
        return "block"
    if context.follows_determiner or _COMPANY.match(context.after) or _with_surname(context):
        return None
    return "ask" if _ACTION_BEFORE.search(context.before) or not _NO_PERSON.match(context.after) else None


def _with_surname(context: Context) -> bool:
    """Whether somebody's surname follows: JG Ballard."""
    after = fold_phrase(context.following)
    return context.after[:1] == " " and looks_like_a_name(context.following) and not is_ordinary(after)


def address(match: Match, context: Context, roster: Roster) -> Severity | None:
    """An e-mail address, a handle, a domain, names run together."""
    if match.form.text.isalpha() and is_common(match.form.text):
        return "block" if "@" in context.chunk else None
    if not match.form.sure and match.form.kind == "email_local_part" and "@" not in context.chunk:
        known = context.surface.isupper() or is_ordinary(match.form.text)
        return "ask" if not known or context.is_address or context.verb == "said" or context.is_label else None
    if match.form.kind == "org_domain" and not context.is_address and not context.chunk.startswith(("#", "@")):
        return "ask" if len(match.form.text) > 9 else None
    return "block"
