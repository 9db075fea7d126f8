"""Where a roster's forms occur in one view of a text, before anything is judged."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from rapidfuzz.distance import OSA

from notes.rules.leaks.folding import Mapped, fold, fold_phrase
from notes.rules.leaks.forms import Form, Scope, Shape
from notes.rules.leaks.organisations import TRANSLATED
from notes.rules.leaks.roster import EDITABLE, Roster, deletions
from notes.rules.leaks.scripts import native_names
from notes.rules.leaks.sounds import heard_key
from notes.rules.leaks.words import COMMON, GIVEN, PROPER, is_ordinary

_TOKEN = regex.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_NEXT = regex.compile(r"[ \-']([a-z]{2,20})")
_PREVIOUS = regex.compile(r"(?<![a-z0-9])([a-z]{2,20})[ \-']$")
_ENDINGS = (
    "s", "es", "ish", "ite", "ites", "ism", "esque", "ian", "ians", "like", "y", "ego", "emu", "iej", "em", "owi", "ie", "ej", "ow",
    "ova", "ska", "ski", "ym", "im", "in", "nin", "nun", "un", "da", "de", "den", "dan", "ra", "ne", "na", "e", "a", "u", "om", "ed", "ing",
)  # fmt: skip
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g", "2": "z", "l": "i"})


@dataclass(frozen=True, slots=True)
class Match:
    """A form at a place of a view: offsets into the view's text, and the form's kind as met here."""

    start: int
    end: int
    form: Form
    kind: str
    guess: bool = False


def matches(view: Mapped, roster: Roster, *, lookalikes: bool = False) -> Iterator[Match]:
    """Every occurrence of a form in a view, at word boundaries."""
    folded = fold(view.text, lookalikes=lookalikes)
    yield from _phrases(folded, roster)
    yield from _words(folded, roster)
    yield from _spaced(folded, roster)
    yield from _broken(view.text, roster)
    if not lookalikes and not view.text.isascii():
        yield from _native(view.text, roster)


def _phrases(folded: Mapped, roster: Roster) -> Iterator[Match]:
    if roster.phrases is None:
        return
    text = folded.text
    length = len(text)
    for last, (size, forms) in roster.phrases.iter(text):
        start, end = last - size + 1, last + 1
        if (start and text[start - 1].isalpha()) or (end < length and text[end].isalpha() and text[last].isalnum() and not _plural(text, end)):
            continue
        origin = folded.origin(start, end)
        for form in forms:
            if end < length and text[end].isalpha() and form.shape in (Shape.ROLE, Shape.SECTOR, Shape.ADDRESS):
                continue
            yield Match(origin[0], origin[1], form, form.kind)


def _plural(text: str, end: int) -> bool:
    return text[end] == "s" and not text[end + 1 : end + 2].isalpha()


def _words(folded: Mapped, roster: Roster) -> Iterator[Match]:
    tokens = set(_TOKEN.findall(folded.text))
    known = {token: found for token in tokens if (found := _read(token, roster))}
    foreign = {token for token in tokens if token in TRANSLATED and token not in COMMON}
    strange = {token for token in tokens if 2 < len(token) < 20 and token not in known and token.isalpha() and not is_ordinary(token)}
    watched = known.keys() | foreign | strange
    if not watched:
        return
    for met in _TOKEN.finditer(folded.text):
        if met.group() not in watched:
            continue
        if met.group() in foreign:
            yield from _translated(folded, met, roster)
        if met.group() in strange:
            yield from _halves(folded, met, roster)
        for start, end, form, kind, guess in known.get(met.group(), ()):
            at = met.start()
            origin = folded.origin(at + start, at + end)
            yield Match(origin[0], origin[1], form, kind, guess)


_SPACED = regex.compile(r"(?<![a-z0-9])[a-z0-9](?:[^a-z0-9\n]{1,3}[a-z0-9]){2,39}(?![a-z0-9])")
_BROKEN = regex.compile(r"(\p{L}{2,30})(?:[-\u00ad\u2010\u2011][ \t]*\r?\n[ \t>]*|\r?\n)(\p{L}{2,30})")
_NAMING = (Shape.WORD, Shape.ADDRESS)


def _spaced(folded: Mapped, roster: Roster) -> Iterator[Match]:
    """Names typed with gaps: A n n a, A-n-n-a, a.n.n.a."""
    for met in _SPACED.finditer(folded.text):
        places = [at for at, letter in enumerate(met.group()) if letter.isalnum()]
        letters = "".join(met.group()[at] for at in places)
        for low in range(len(letters) - 2):
            for high in range(len(letters), low + 2, -1):
                forms = [form for form in roster.words.get(letters[low:high], ()) if form.shape in _NAMING]
                if forms and (high - low > 3 or high - low == len(letters)):
                    origin = folded.origin(met.start() + places[low], met.start() + places[high - 1] + 1)
                    yield from (Match(origin[0], origin[1], form, "letter_spaced") for form in forms)
                    break


def _broken(text: str, roster: Roster) -> Iterator[Match]:
    """Names broken at the end of a line."""
    for met in _BROKEN.finditer(text, overlapped=True):
        whole = fold_phrase(met.group(1) + met.group(2)).replace(" ", "")
        hyphened = "-" in met.group() or "\u2010" in met.group()
        for form in roster.words.get(whole, ()):
            if form.shape in _NAMING and (hyphened or len(whole) > 4):
                yield Match(met.start(), met.end(), form, "line_break", guess=not hyphened)


def _native(text: str, roster: Roster) -> Iterator[Match]:
    for start, end, word, sure in native_names(text, roster.bones, roster.joined):
        for form in roster.words.get(word, ()):
            if form.kind in EDITABLE:
                yield Match(start, end, form, "native_script", guess=not sure)


def _translated(folded: Mapped, met: "regex.Match[str]", roster: Roster) -> Iterator[Match]:
    """An organisation named in another language: its words, translated, stand together in any order."""
    begin = max(0, met.start() - 60)
    near = [
        (found.start() + begin, found.end() + begin, {found.group(), *TRANSLATED.get(found.group(), ())})
        for found in _TOKEN.finditer(folded.text[begin : met.end() + 60])
    ]
    here = set(TRANSLATED[met.group()])
    for meaning in here:
        for meant, person in roster.body_concepts.get(meaning, ()):
            places = [next(((low, high) for low, high, says in near if word in says), None) for word in meant]
            if all(places):
                low = min(place[0] for place in places if place)
                high = max(place[1] for place in places if place)
                form = Form("", "org_translation", person, Shape.BODY, Scope.ORGANISATION)
                origin = folded.origin(low, high)
                yield Match(origin[0], origin[1], form, "org_translation")


_Reading = tuple[int, int, Form, str, bool]


def _halves(folded: Mapped, met: "regex.Match[str]", roster: Roster) -> Iterator[Match]:
    """A name typed or heard as two words: Raghu Nathan, Ade Wally."""
    after = _NEXT.match(folded.text, met.end())
    before = _PREVIOUS.search(folded.text, max(0, met.start() - 24), met.start())
    for start, end, whole in (
        (met.start(), after.end(), met.group() + after.group(1)) if after else (0, 0, ""),
        (before.start(1), met.end(), before.group(1) + met.group()) if before else (0, 0, ""),
    ):
        forms = [form for form in roster.words.get(whole, ()) if form.shape in _NAMING]
        if len(whole) > 4 and forms:
            origin = folded.origin(start, end)
            yield from (Match(origin[0], origin[1], form, "concatenated", guess=True) for form in forms)


def _read(token: str, roster: Roster) -> list[_Reading]:
    found = [(0, len(token), form, form.kind, False) for form in roster.words.get(token, ())]
    if found:
        return found
    if "'" in token:
        return _apostrophised(token, roster)
    if token in COMMON or len(token) < 3:
        return []
    if not token.isalpha():
        return _with_digits(token, roster)
    if is_ordinary(token):
        return []
    return _inflected(token, roster) or _compound(token, roster) or _misspelt(token, roster) or _misheard(token, roster)


def _apostrophised(token: str, roster: Roster) -> list[_Reading]:
    joined = token.replace("'", "")
    found = [(0, len(token), form, "apostrophe_variant", False) for form in roster.words.get(joined, ())]
    if found and not token.endswith("'s"):
        return found
    head, _, tail = token.rpartition("'")
    for form_kind, start, end, word in (("possessive", 0, len(head), head), ("", len(head) + 1, len(token), tail)):
        for _, _, form, kind, guess in _read(word, roster) if len(word) > 1 else ():
            if len(tail) > 5 and start == 0:
                continue
            plain = form_kind if form.kind in ("first_name", "surname", "single_name") else kind
            if form.shape in (Shape.BODY_WORD, Shape.ACRONYM) and form_kind and kind != "org_misspelling":
                plain = "org_possessive"
            found.append((start, end, form, plain or kind, guess))
        if found:
            break
    return found


def _with_digits(token: str, roster: Roster) -> list[_Reading]:
    stem = token.strip("0123456789")
    start = token.find(stem) if stem else 0
    if stem.isalpha():
        forms = [form for form in roster.words.get(stem, ()) if form.shape in (Shape.WORD, Shape.ADDRESS, Shape.BODY_WORD) and len(stem) > 3]
        if forms:
            return [(start, start + len(stem), form, "handle", False) for form in forms]
    found: list[_Reading] = []
    plain = token.translate(_LEET)
    for reading in {plain, token.translate({**_LEET, ord("1"): "l", ord("l"): "l"}), token.translate({**_LEET, ord("l"): "l"})}:
        forms = [form for form in roster.words.get(reading, ()) if form.shape in (Shape.WORD, Shape.ADDRESS, Shape.BODY_WORD)]
        found += [(0, len(token), form, "leet", False) for form in forms if len(reading) > 2]
    return found


def _inflected(token: str, roster: Roster) -> list[_Reading]:
    for ending in _ENDINGS:
        stem = token[: -len(ending)]
        if token.endswith(ending) and len(stem) > 2 and (len(stem) > 3 or ending == "s"):
            forms = [form for form in roster.words.get(stem, ()) if form.shape is Shape.WORD and not is_ordinary(stem)]
            if forms and (token not in PROPER and token not in GIVEN):
                return [(0, len(token), form, "inflected", len(ending) < 2 and ending != "s") for form in forms]
    return []


def _compound(token: str, roster: Roster) -> list[_Reading]:
    if len(token) < 7 or token in PROPER or token in GIVEN:
        return []
    found: list[_Reading] = []
    for cut in range(3, len(token) - 2):
        for start, end, rest in ((0, cut, token[cut:]), (cut, len(token), token[:cut])):
            word = token[start:end]
            if len(word) > 3 and rest in COMMON:
                forms = [form for form in roster.words.get(word, ()) if form.shape in (Shape.WORD, Shape.ADDRESS)]
                found += [(start, end, form, "concatenated", True) for form in forms if form.kind in ("first_name", "surname", "single_name", "concatenated")]
    return found


def _misspelt(token: str, roster: Roster) -> list[_Reading]:
    if len(token) < 4:
        return []
    near = {word for shorter in deletions(token) for word in roster.deletions.get(shorter, ())}
    found: list[_Reading] = []
    for word in near:
        allowed = 2 if min(len(word), len(token)) > 7 else 1
        if OSA.distance(token, word, score_cutoff=allowed) <= allowed:
            for form in roster.words[word]:
                if form.shape is Shape.BODY_WORD:
                    found.append((0, len(token), form, "org_misspelling", True))
                elif form.kind in ("first_name", "surname", "single_name", "name_subset", "particle_surname"):
                    found.append((0, len(token), form, "misspelling", True))
    return found


def _misheard(token: str, roster: Roster) -> list[_Reading]:
    key = heard_key(token)
    if len(token) < 4 or len(key.strip("A")) < (4 if token in PROPER else 2) or token in GIVEN:
        return []
    return [
        (0, len(token), form, "phonetic_transcript", True)
        for word in roster.sounds.get(key, ())
        for form in roster.words[word]
        if form.kind in EDITABLE and abs(len(word) - len(token)) < 5 and len(word) > 3
    ]
