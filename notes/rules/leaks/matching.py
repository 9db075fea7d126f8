"""Where a roster's forms occur in one view of a text, before anything is judged."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from rapidfuzz.distance import OSA

from notes.rules.leaks.folding import Mapped, fold
from notes.rules.leaks.forms import Form, Shape
from notes.rules.leaks.roster import Roster, deletions
from notes.rules.leaks.words import COMMON, GIVEN, PROPER, is_ordinary

_TOKEN = regex.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_LETTER = regex.compile(r"[a-z]")
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
    if not known:
        return
    for met in _TOKEN.finditer(folded.text):
        for start, end, form, kind, guess in known.get(met.group(), ()):
            at = met.start()
            origin = folded.origin(at + start, at + end)
            yield Match(origin[0], origin[1], form, kind, guess)


_Reading = tuple[int, int, Form, str, bool]


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
    return _inflected(token, roster) or _compound(token, roster) or _misspelt(token, roster)


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
