"""Where a roster's forms occur in one view of a text, before anything is judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from rapidfuzz.distance import OSA

from notes.rules.leaks.context import SPOKE
from notes.rules.leaks.folding import Mapped, fold, fold_phrase
from notes.rules.leaks.forms import Form, Scope, Shape
from notes.rules.leaks.likeness import akin, near
from notes.rules.leaks.names import parse
from notes.rules.leaks.organisations import english_stems, is_kind_of_body, senses, translated
from notes.rules.leaks.roles import ANY_RANK, is_same_topic
from notes.rules.leaks.roster import EDITABLE, TOPIC_START, Roster, deletions, one_deletion
from notes.rules.leaks.scripts import native_names
from notes.rules.leaks.sounds import heard_key
from notes.rules.leaks.words import (
    COMMON,
    DEMONYMS,
    FUNCTION_WORDS,
    GIVEN,
    NATIONS,
    PLACES,
    PROPER,
    is_common,
    is_ordinary,
)

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_NEXT = regex.compile(r"[ \-']([a-z]{2,20})(?![a-z0-9])")
_PREVIOUS = regex.compile(r"(?<![a-z0-9])([a-z]{2,20})[ \-']$", regex.REVERSE)
_BREAK = regex.compile(r"(\p{L}{2,30})(?:([-\u2010\u2011\u00ad])[ \t]*)?$", regex.REVERSE)
_RESUME = regex.compile(r"[ \t>]*(\p{L}{2,30})")
_LINKED = regex.compile(r"(?: [a-z0-9']+){0,3}? (?:from|at|in|for|of) ((?:[a-z0-9']+ ?){1,5})")
_LEADING = regex.compile(r"((?:[a-z0-9']+ ){1,3})$", regex.REVERSE)
_ABOUT = regex.compile(r" (?:of|for|on|in|to)(?: the)? ((?:[a-z0-9']+ ?){1,3})")
_A_ONE = regex.compile(r"(?<![a-z])(?:an?|one) (?:[a-z0-9']+ ){0,2}$", regex.REVERSE)
_FROM_IT = regex.compile(r" (?:from|at|in|for|with|of) (the )?([a-z0-9']+)")
_POINTING = frozenset("the our my their your his her its only sole this that a an".split())
_DEFINITE = regex.compile(r"(?<![a-z])(?:the|our|only|their|sole) (?:[a-z0-9']+ ){0,2}$", regex.REVERSE)
_ENDINGS = (
    "s", "es", "ish", "ite", "ites", "ism", "esque", "ian", "ians", "like", "y", "ego", "emu", "iej", "em", "owi", "ie", "ej", "ow",
    "ova", "ska", "ski", "ym", "im", "in", "nin", "nun", "un", "da", "de", "den", "dan", "ra", "ne", "na", "e", "a", "u", "om", "ed", "ing",
)  # fmt: skip
_RARER_ENDINGS = (
    "lle", "lta", "lla", "ssa", "sta", "ksi", "n", "ui", "iui", "ai", "o", "le", "lt", "ga", "nak", "nek", "val", "vel", "it", "et", "es",
    "ou", "ovi", "eho", "emu", "am", "i", "ren", "ri", "ta", "ka", "ko", "chan", "san", "jan", "ji", "bhai", "bai", "ben", "amma",
)  # fmt: skip
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g", "2": "z"}
)
_LEET_L = str.maketrans(
    {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g", "2": "z"}
)
_SIGNS = regex.compile(r"[\p{L}\d]*(?:\p{L}[@$!|€+]|[@$!|€]\p{L})[\p{L}\d@$!|€+]*")
_SIGN_LETTERS = str.maketrans({"@": "a", "$": "s", "!": "i", "|": "l", "€": "e", "+": "t"})
_NATIONAL = NATIONS | DEMONYMS
_SAYS = r"(?= (?:said|says|asked|asks|thought|thinks|wanted|wants|felt|feels|noted|added|agreed|would|raised|argued|told|spoke|suggested)\b)"
_APART = re.compile(
    rf"(?=\b([A-Z][a-z]{{0,12}}(?:[ -](?:[A-Z][a-z]{{1,12}}(?: [A-Z][a-z]{{1,12}})?|[a-z]{{2,12}}{_SAYS})|{_SAYS}))\b)"
)
_TWO_OR_THREE = regex.compile(r"(?<![a-z0-9])((?:[a-z]{2,10} ){2,3})$", regex.REVERSE)
_NAMING = (Shape.WORD, Shape.ADDRESS)
_LEETABLE = (Shape.WORD, Shape.ADDRESS, Shape.BODY_WORD)


@dataclass(frozen=True, slots=True)
class Match:
    """A form at a place of a view: offsets into the view's text, and the form's kind as met here."""

    start: int
    end: int
    form: Form
    kind: str
    guess: bool = False


_Reading = tuple[int, int, Form, str, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be known about a word of the text, whatever stands around it."""

    readings: tuple[_Reading, ...] = ()
    is_foreign: bool = False
    is_strange: bool = False
    is_slip: bool = False
    is_noun: bool = False
    is_said: bool = False


_PLAIN = Entry()


def matches(view: str, roster: Roster, lexicon: dict[str, Entry], *, lookalikes: bool = False) -> Iterator[Match]:
    """Every occurrence of a form in a view's text, at word boundaries; `lexicon` keeps what was found out about words."""
    folded = fold(view, lookalikes=lookalikes)
    yield from _phrases(folded, roster)
    yield from _words(folded, roster, lexicon)
    if not lookalikes:
        yield from _broken(view, roster)
        yield from _apart(view, roster)
        yield from _signed(view, roster)
        if not view.isascii():
            yield from _native(view, roster)


def _phrases(folded: Mapped, roster: Roster) -> Iterator[Match]:
    if roster.phrases is None:
        return
    text = folded.text
    length = len(text)
    for last, (size, forms) in roster.phrases.iter(text):
        start, end = last - size + 1, last + 1
        if start and text[start - 1].isalpha():
            continue
        inside = end < length and text[end].isalpha() and text[last].isalnum()
        if inside and not (text[end] == "s" and not text[end + 1 : end + 2].isalpha()):
            continue
        origin = folded.origin(start, end)
        for form in forms:
            if not (inside and form.shape in (Shape.ROLE, Shape.JOB, Shape.SECTOR, Shape.ADDRESS)):
                yield Match(origin[0], origin[1], form, form.kind)


def _words(folded: Mapped, roster: Roster, lexicon: dict[str, Entry]) -> Iterator[Match]:
    tokens = _TOKEN.findall(folded.text)
    unlike = set(tokens)
    for token in unlike.difference(lexicon):
        lexicon[token] = _entry(token, roster)
    telling = {token for token in unlike if lexicon[token] is not _PLAIN}
    spaced = "111" in "".join(["1" if len(token) == 1 else "0" for token in tokens])
    for met in [met for met in _TOKEN.finditer(folded.text) if met.group() in telling]:
        yield from _at(folded, met.start(), met.group(), lexicon[met.group()], roster)
    if spaced:
        yield from _spaced(folded, [(met.start(), met.group()) for met in _TOKEN.finditer(folded.text)], roster)


def _at(folded: Mapped, at: int, token: str, entry: Entry, roster: Roster) -> Iterator[Match]:
    if entry.is_foreign:
        yield from _translated(folded, at, token, roster)
        yield from _foreign_kinds(folded, at, token, roster)
    if entry.is_strange:
        yield from _halves(folded, at, token, roster)
    if entry.is_slip:
        yield from _slips(folded, at, token, roster)
    if entry.is_noun:
        yield from _posts(folded, at, token, roster)
        yield from _jobs(folded, at, token, roster)
    if entry.is_said:
        yield from _heard_apart(folded, at, roster)
    for start, end, form, kind, guess in entry.readings:
        origin = folded.origin(at + start, at + end)
        yield Match(origin[0], origin[1], form, kind, guess)


def _entry(token: str, roster: Roster) -> Entry:
    known = readings(token, roster)
    letters = 2 < len(token) < 20 and token.isalpha()
    entry = Entry(
        readings=tuple(known),
        is_foreign=(token not in COMMON and bool(translated(token)))
        or (len(token) > 8 and not is_ordinary(token) and len(english_stems(token)) > 1)
        or not roster.foreign_stems.isdisjoint(senses(token)),
        is_strange=letters and not is_ordinary(token) and all(guess for *_, guess in known),
        is_slip=letters and len(token) > 4 and token not in roster.body_words and _is_slip(token, roster),
        is_noun=token in roster.nouns or token in ANY_RANK,
        is_said=token in SPOKE,
    )
    return _PLAIN if entry == _PLAIN else entry


def _spaced(folded: Mapped, places: list[tuple[int, str]], roster: Roster) -> Iterator[Match]:
    """Names typed with gaps: A n n a, A-n-n-a, a.n.n.a."""
    run: list[tuple[int, str]] = []
    for at, token in [*places, (-1, "")]:
        if len(token) == 1 and (not run or (at - run[-1][0] < 5 and len(run) < 60)):
            run.append((at, token))
            continue
        if len(run) > 2:
            yield from _in_run(folded, run, roster)
        run = [(at, token)] if len(token) == 1 else []


def _in_run(folded: Mapped, run: list[tuple[int, str]], roster: Roster) -> Iterator[Match]:
    letters = "".join(token for _, token in run)
    capitals = [form for form in roster.words.get(letters, ()) if form.shape in (Shape.ACRONYM, Shape.POST)]
    if capitals:
        origin = folded.origin(run[0][0], run[-1][0] + 1)
        yield from (Match(origin[0], origin[1], form, form.kind) for form in capitals)
    for low in range(len(letters) - 2):
        for high in range(len(letters), low + 2, -1):
            forms = [form for form in roster.words.get(letters[low:high], ()) if form.shape in _NAMING]
            if forms and (high - low > 3 or high - low == len(letters)):
                origin = folded.origin(run[low][0], run[high - 1][0] + 1)
                yield from (Match(origin[0], origin[1], form, "letter_spaced") for form in forms)
                break


def _broken(text: str, roster: Roster) -> Iterator[Match]:
    """Names broken at the end of a line."""
    at = text.find("\n")
    while at >= 0:
        head = _BREAK.search(text, max(0, at - 34), at - 1 if text[at - 1 : at] == "\r" else at)
        tail = _RESUME.match(text, at + 1, at + 40) if head else None
        if head and tail:
            whole = fold_phrase(head.group(1) + tail.group(1)).replace(" ", "")
            hyphened = head.group(2) is not None
            for form in roster.words.get(whole, ()):
                if form.shape in _NAMING and (hyphened or len(whole) > 4):
                    yield Match(head.start(), tail.end(), form, "line_break", guess=not hyphened)
        at = text.find("\n", at + 1)


def _apart(text: str, roster: Roster) -> Iterator[Match]:
    """Names that a transcript heard as other words: Lee Hwa, Guy Elle, Siri porn said."""
    for met in _APART.finditer(text):
        words = met.group(1).lower().replace("-", " ").split()
        if words[0] in FUNCTION_WORDS:
            continue
        for several in {tuple(words), tuple(words[:2])}:
            for name, apart in near("".join(several), roster.likeness).items():
                if apart and len(several) < 2:
                    continue
                end = met.start() + len(" ".join(several))
                forms = (form for form in roster.words[name] if form.kind in EDITABLE)
                yield from (Match(met.start(), end, form, "phonetic_transcript", guess=True) for form in forms)


def _heard_apart(folded: Mapped, at: int, roster: Roster) -> Iterator[Match]:
    """Names that a transcript typed as several words before a verb of speech: rangi marie said."""
    found = _TWO_OR_THREE.search(folded.text, max(0, at - 36), at)
    words = list(_TOKEN.finditer(found.group(1))) if found else []
    if not found or not any(_is_unheard_of(word.group(), roster) for word in words):
        return
    for several in (words[-2:], words[-3:]):
        whole = "".join(word.group() for word in several)
        if any(word.group() in FUNCTION_WORDS for word in several) or not 5 < len(whole) < 20:
            break
        origin = folded.origin(found.start(1) + several[0].start(), found.start(1) + several[-1].end())
        for form in _sounding(whole, roster):
            yield Match(origin[0], origin[1], form, "phonetic_transcript", guess=True)


def _is_unheard_of(word: str, roster: Roster) -> bool:
    return not is_common(word) and all(form.kind not in EDITABLE for form in roster.words.get(word, ()))


def _sounding(whole: str, roster: Roster) -> Iterator[Form]:
    key = heard_key(whole)
    names = {*near(whole, roster.likeness), *(roster.sounds.get(key, ()) if len(key.strip("A")) > 3 else ())}
    yield from (form for name in sorted(names) for form in roster.words[name] if form.kind in EDITABLE)


def _signed(text: str, roster: Roster) -> Iterator[Match]:
    """Names with signs for letters: @nna, Gr@ce, $arah."""
    if not any(sign in text for sign in "@$!|€+"):
        return
    for met in _SIGNS.finditer(text):
        word = fold_phrase(met.group().rstrip("!|").translate(_SIGN_LETTERS)).translate(_LEET)
        for form in roster.words.get(word, ()):
            if form.shape in _LEETABLE and len(word) > 2:
                yield Match(met.start(), met.end(), form, "leet")


def _native(text: str, roster: Roster) -> Iterator[Match]:
    for start, end, word, sure in native_names(text, roster.bones, roster.joined):
        for form in roster.words.get(word, ()):
            if form.kind in EDITABLE:
                yield Match(start, end, form, "native_script", guess=not sure)


def _translated(folded: Mapped, at: int, token: str, roster: Roster) -> Iterator[Match]:
    """An organisation named in another language: its words, translated, stand together in any order."""
    begin, stop = max(0, at - 60), at + len(token) + 60
    near = [(met.start(), met.end(), senses(met.group())) for met in _TOKEN.finditer(folded.text, begin, stop)]
    for meaning in senses(token):
        for said, person in roster.body_meanings.get(meaning, ()):
            national = len(said) > 2
            meant = tuple(
                word for word in said if not (national and word & _NATIONAL) or any(says & word for *_, says in near)
            )
            places = [next(((low, high) for low, high, says in near if says & word), None) for word in meant]
            found = {place for place in places if place}
            unknown = sum(
                not place and all(one[:1] == "~" or not is_ordinary(one) for one in word)
                for place, word in zip(places, meant, strict=True)
            )
            enough = len(found) == len(meant) or (len(found) + unknown == len(meant) and unknown < 2 < len(meant))
            if enough and ((unknown == 0 and len(meant) > 2) or _is_close(folded, found)):
                origin = folded.origin(min(low for low, _ in found), max(high for _, high in found))
                form = Form("", "org_translation", person, Shape.BODY, Scope.ORGANISATION)
                yield Match(origin[0], origin[1], form, "org_translation", guess=unknown > 0)


def _foreign_kinds(folded: Mapped, at: int, token: str, roster: Roster) -> Iterator[Match]:
    """A word of another language for a sort of body of which one was there: Prifysgol, Comhairle."""
    for meaning in (
        sorted((english_stems(token) - {token}) & roster.sole_kinds.keys()) if not is_ordinary(token) else ()
    ):
        form = Form("", "org_translation", roster.sole_kinds[meaning], Shape.BODY_WORD, Scope.ORGANISATION, sure=False)
        origin = folded.origin(at, at + len(token))
        yield Match(origin[0], origin[1], form, "org_translation", guess=True)


def _is_close(folded: Mapped, found: set[tuple[int, int]]) -> bool:
    low, high = min(start for start, _ in found), max(end for _, end in found)
    return high - low < 16 + sum(end - start for start, end in found) and "." not in folded.text[low:high]


def _halves(folded: Mapped, at: int, token: str, roster: Roster) -> Iterator[Match]:
    """A name typed or heard as two words: Raghu Nathan, Ade Wally."""
    end = at + len(token)
    after, before = _NEXT.match(folded.text, end), _PREVIOUS.search(folded.text, max(0, at - 24), at)
    pairs = [(at, after.end(), token + after.group(1))] if after and after.group(1) not in FUNCTION_WORDS else []
    if before and before.group(1) not in FUNCTION_WORDS:
        pairs.append((before.start(1), end, before.group(1) + token))
    for start, stop, whole in pairs:
        forms = [form for form in roster.words.get(whole, ()) if form.shape in _NAMING]
        kind = "concatenated"
        if not forms:
            kind, heard = "phonetic_transcript", near(whole, roster.likeness) if len(whole) > 5 else ()
            forms = [form for name in heard for form in roster.words[name] if form.kind in EDITABLE]
        if len(whole) > 4 and forms:
            origin = folded.origin(start, stop)
            yield from (Match(origin[0], origin[1], form, kind, guess=True) for form in forms)


def _slips(folded: Mapped, at: int, token: str, roster: Roster) -> Iterator[Match]:
    """An organisation's name with one word misspelt: Office for National Statisics."""
    near: list[tuple[int, int, str]] | None = None
    for shorter in deletions(token):
        for word in roster.body_slips.get(shorter, ()):
            if not 0 < OSA.distance(token, word, score_cutoff=2) <= 2 or token == word + "s" or token + "s" == word:
                continue
            for meant, person in roster.body_words[word]:
                if near is None:
                    near = [
                        (met.start(), met.end(), met.group())
                        for met in _TOKEN.finditer(folded.text, max(0, at - 60), at + 80)
                    ]
                places = [(low, high) for low, high, says in near if says in meant or low == at]
                if _are_near(meant - {word}, [says for _, _, says in near]):
                    origin = folded.origin(places[0][0], places[-1][1])
                    yield Match(
                        origin[0],
                        origin[1],
                        Form("", "org_misspelling", person, Shape.BODY, Scope.ORGANISATION),
                        "org_misspelling",
                        guess=True,
                    )


def _are_near(words: frozenset[str], near: list[str]) -> bool:
    """Whether each of the words stands near, one letter astray at most."""
    return all(
        word in near or (len(word) > 4 and any(OSA.distance(word, says, score_cutoff=1) <= 1 for says in near))
        for word in words
    )


def _is_slip(token: str, roster: Roster) -> bool:
    if (token[0], len(token)) not in roster.body_sizes:
        return False
    return any(shorter in roster.body_slips for shorter in one_deletion(token))


def _jobs(folded: Mapped, at: int, token: str, roster: Roster) -> Iterator[Match]:
    """A job's noun beside a word for what its holder does: the equality officer, the lead on safety."""
    text, end = folded.text, at + len(token)
    before, after = _LEADING.search(text, max(0, at - 50), at), _ABOUT.match(text, end, end + 60)
    leading = list(_TOKEN.finditer(before.group(1) if before else ""))
    pointed = [word for word in leading if word.group() in _POINTING]
    leading = [word for word in leading if not pointed or word.start() > pointed[-1].start()]
    near = [word.group() for word in leading] + (after.group(1).split() if after else [])
    people = {
        person
        for word in near
        for topic, whose in roster.topics.get(word[:TOPIC_START], {}).items()
        if is_same_topic(word, topic)
        for person in whose
        if token in ANY_RANK or person in roster.nouns.get(token, ())
    }
    start = before.start(1) + leading[0].start() if before and leading else at
    origin = folded.origin(start, end)
    for person in sorted(people)[:3]:
        form = Form(token, "role_variant", person, Shape.JOB, Scope.ROLE, sure=False)
        yield Match(origin[0], origin[1], form, "role_variant", guess=True)


def _posts(folded: Mapped, at: int, token: str, roster: Roster) -> Iterator[Match]:
    """A job's noun beside its holder's town or sort of body: the officer from Leeds, the council's statistician."""
    text, end = folded.text, at + len(token)
    after, before = _LINKED.match(text, end, end + 90), _LEADING.search(text, max(0, at - 50), at)
    words = {
        word.removesuffix("'s") for met in (after, before) if met for word in met.group(1).split()
    } - FUNCTION_WORDS
    definite = bool(_DEFINITE.search(text, max(0, at - 50), at))
    from_it = _FROM_IT.match(text, end, end + 60) if _A_ONE.search(text, max(0, at - 50), at) else None
    next_to = {from_it.group(2)} if from_it and (from_it.group(1) or not is_kind_of_body(from_it.group(2))) else set()
    seen: dict[int, set[str]] = {}
    for word in words & roster.beside.keys():
        for person in roster.beside[word] & roster.nouns.get(token, frozenset()):
            seen.setdefault(person, set()).add(word)
    for person, named in list(seen.items())[:3]:
        if (
            definite
            or len(named) > 1
            or next_to & set(named)
            or any(word in PLACES or not is_ordinary(word) for word in named)
        ):
            said = _TOKEN.finditer(after.group(1)) if after else ()
            stops = [after.start(1) + word.end() for word in said if after and word.group() in named]
            origin = folded.origin(at, max(stops, default=end))
            yield Match(
                origin[0],
                origin[1],
                Form(token, "role_and_place", person, Shape.HEAD, Scope.ROLE, sure=False),
                "role_and_place",
            )


def readings(token: str, roster: Roster) -> list[_Reading]:
    """What a folded word may be: start, end, form, kind, whether it is a guess."""
    found = [(0, len(token), form, form.kind, False) for form in roster.words.get(token, ())]
    if found:
        return found
    if "'" in token:
        return _apostrophised(token, roster)
    if token in COMMON or len(token) < 2:
        return []
    if not token.isalpha():
        return _with_digits(token, roster)
    if is_ordinary(token):
        return []
    if len(token) < 3:
        return _like(token, roster)
    return (
        _inflected(token, roster)
        or _compound(token, roster)
        or _misspelt(token, roster)
        or _misheard(token, roster)
        or _like(token, roster)
    )


def _apostrophised(token: str, roster: Roster) -> list[_Reading]:
    found = [
        (0, len(token), form, "apostrophe_variant", False) for form in roster.words.get(token.replace("'", ""), ())
    ]
    if found and not token.endswith("'s"):
        return found
    head, _, tail = token.rpartition("'")
    if tail == "t" and head.endswith("n"):
        return []
    # A row of apostrophes is no name, and each would be read in turn.
    if len(head) > 1 and len(tail) < 6 and head.count("'") < 4:
        found = [
            (start, end, form, _possessive(form, kind), guess)
            for start, end, form, kind, guess in readings(head, roster)
        ]
    if not found and len(tail) > 1:
        found = [
            (start + len(head) + 1, end + len(head) + 1, form, kind, guess)
            for start, end, form, kind, guess in readings(tail, roster)
        ]
    return found


def _possessive(form: Form, kind: str) -> str:
    if form.kind in ("first_name", "surname", "single_name"):
        return "possessive" if kind == form.kind else kind
    return "org_possessive" if form.shape in (Shape.BODY_WORD, Shape.ACRONYM) and kind == form.kind else kind


def _with_digits(token: str, roster: Roster) -> list[_Reading]:
    stem = token.strip("0123456789")
    if stem.isalpha() and len(stem) > 3:
        start = token.find(stem)
        forms = [form for form in roster.words.get(stem, ()) if form.shape in _LEETABLE]
        if forms:
            return [(start, start + len(stem), form, "handle", False) for form in forms]
    readings = (
        {token.translate(_LEET), token.translate(_LEET_L)} if not token.isdecimal() and len(token) < 30 else set()
    )
    return [
        (0, len(token), form, "leet", False)
        for reading in readings
        for form in roster.words.get(reading, ())
        if form.shape in _LEETABLE and len(reading) > 2
    ]


def _inflected(token: str, roster: Roster) -> list[_Reading]:
    if token in PROPER or token in GIVEN:
        return []
    for ending in _ENDINGS:
        stem = token[: -len(ending)]
        if token.endswith(ending) and (len(stem) > 3 or (len(stem) == 3 and ending == "s")):
            forms = [form for form in roster.words.get(stem, ()) if form.shape is Shape.WORD and not is_ordinary(stem)]
            if forms:
                return [(0, len(token), form, "inflected", len(ending) < 2 and ending != "s") for form in forms]
    for ending in _RARER_ENDINGS:
        stem = token.removesuffix(ending)
        forms = (
            [form for form in roster.words.get(stem, ()) if form.kind in EDITABLE] if 3 < len(stem) < len(token) else []
        )
        if forms:
            return [(0, len(token), form, "inflected", True) for form in forms]
    return []


def _compound(token: str, roster: Roster) -> list[_Reading]:
    """A name run together with an everyday word, as in a hashtag: askanna."""
    if len(token) < 7 or len(token) > 40 or token in PROPER or token in GIVEN:
        return []
    found: list[_Reading] = []
    for cut in range(1, len(token)):
        for start, end, rest in ((0, cut, token[cut:]), (cut, len(token), token[:cut])):
            if end - start > 3 and token[start:end] in roster.words:
                usual = len(rest) > 2 and is_common(rest)
                forms = (
                    form
                    for form in roster.words[token[start:end]]
                    if (form.kind in EDITABLE or form.kind == "concatenated")
                    and (usual or _is_beginning(rest, form, roster))
                )
                found += [(start, end, form, "concatenated", True) for form in forms]
    return found


def _is_beginning(rest: str, form: Form, roster: Roster) -> bool:
    """Whether what stands beside a name is the beginning of the same person's other name: thabonk."""
    words = parse(roster.participants[form.person].name).words
    return any(word.startswith(rest) and word != form.text for word in words)


def _misspelt(token: str, roster: Roster) -> list[_Reading]:
    if not 3 < len(token) < 40:
        return []
    near = {word for shorter in deletions(token) for word in roster.deletions.get(shorter, ())}
    found: list[_Reading] = []
    for word in sorted(near):
        allowed = 2 if min(len(word), len(token)) > 7 else 1
        if OSA.distance(token, word, score_cutoff=allowed) <= allowed:
            for form in roster.words[word]:
                if form.shape is Shape.BODY_WORD:
                    found.append((0, len(token), form, "org_misspelling", True))
                elif form.kind in EDITABLE:
                    found.append((0, len(token), form, "misspelling", True))
    return found


def _misheard(token: str, roster: Roster) -> list[_Reading]:
    key = heard_key(token) if 3 < len(token) < 40 else ""
    if len(key.strip("A")) < (4 if token in PROPER else 2):
        return []
    return [
        (0, len(token), form, "phonetic_transcript", True)
        for word in roster.sounds.get(key, ())
        for form in roster.words[word]
        if form.kind in EDITABLE and abs(len(word) - len(token)) < 5 and len(word) > 3
        if token not in GIVEN or (word[0] == token[0] and OSA.distance(word, token, score_cutoff=2) <= 2)
    ]


def _like(token: str, roster: Roster) -> list[_Reading]:
    """A word in no dictionary that sounds like a name, or begins like one."""
    if not 1 < len(token) < 20:
        return []
    kind, names = "phonetic_transcript", tuple(near(token, roster.likeness))
    if not names:
        kind, names = "short_name", akin(token, roster.likeness)
    forms = (form for name in names for form in roster.words[name] if form.kind in EDITABLE)
    return [(0, len(token), form, kind, True) for form in forms]
