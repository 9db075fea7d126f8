"""A person's name taken apart, and every way of writing it that people in the room would recognise."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import regex
from nicknames import NickNamer

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.forms import Form, Shape
from notes.rules.leaks.words import FUNCTION_WORDS

_DATA = Path(__file__).with_name("data")
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "baron",
        "rev",
        "reverend",
        "revd",
        "fr",
        "cllr",
        "councillor",
        "hon",
        "judge",
        "rabbi",
        "imam",
        "sheikh",
        "sister",
        "brother",
        "canon",
    ]
)
_SUFFIXES = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "obe",
        "mbe",
        "cbe",
        "kbe",
        "dbe",
        "phd",
        "dphil",
        "msc",
        "ba",
        "ma",
        "qc",
        "kc",
        "mp",
        "msp",
        "ms",
        "frs",
        "fba",
        "frsa",
        "esq",
    ]
)
_PARTICLES = frozenset(
    [
        "van",
        "der",
        "den",
        "de",
        "la",
        "le",
        "las",
        "los",
        "del",
        "della",
        "di",
        "da",
        "das",
        "do",
        "dos",
        "du",
        "von",
        "zu",
        "zur",
        "ter",
        "ten",
        "te",
        "ap",
        "ab",
        "ferch",
        "bin",
        "bint",
        "binti",
        "ibn",
        "ben",
        "bat",
        "al",
        "el",
        "abu",
        "o",
        "ó",
        "ni",
        "nic",
        "ui",
        "mac",
        "mc",
        "y",
        "e",
        "i",
        "st",
        "saint",
        "af",
        "av",
        "op",
        "'t",
        "ould",
    ]
)
_JOINING_PREFIXES = ("mac", "mc", "fitz", "al", "el", "ap", "o'", "d'", "o", "ben", "abu")
_SPELLINGS = str.maketrans(
    {
        "ö": "oe",
        "ü": "ue",
        "ä": "ae",
        "å": "aa",
        "ø": "oe",
        "æ": "ae",
        "œ": "oe",
        "ñ": "ny",
        "ş": "sh",
        "ș": "sh",
        "š": "sh",
    }
    | {
        "č": "ch",
        "ç": "ch",
        "ć": "ch",
        "ž": "zh",
        "ż": "zh",
        "ź": "zh",
        "ł": "w",
        "ẹ": "e",
        "ọ": "o",
        "ṣ": "sh",
        "ś": "sh",
        "ð": "th",
    }
    | {"ğ": "gh", "ж": "zh", "ı": "i"}
)
_NICKNAMES = NickNamer()
_ASIDE = regex.compile(r"\([^)]*\)|[\"“”«»][^\"“”«»]*[\"“”«»]")
_QUOTED = regex.compile(r"\(([^)]*)\)|[\"“«]([^\"“”«»]*)[\"”»]")
_BETWEEN_PARTS = regex.compile(r"[\s\p{Pd}_.,]+")
_BETWEEN_WORDS = regex.compile(r"[\s_.,]+")
_HYPHENED = regex.compile(r"\w\p{Pd}\w")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in folded words: `given` and `family` are the likeliest, `words` all that identify, `particles` kept with
    the family name ("van der berg")."""

    words: tuple[str, ...]
    given: str
    family: str
    particled: str
    full: str


def _table(name: str) -> dict[str, tuple[str, ...]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    rows = (fold_phrase(line.replace("-", "")).split() for line in lines if line and not line.startswith("#"))
    found: dict[str, tuple[str, ...]] = {}
    for first, *others in rows:
        found[first] = (*found.get(first, ()), *others)
    return found


_DIGRAPHS = ("sz", "cz", "ch", "rz", "zs", "gy", "ny", "cs", "sh", "th", "ll", "dh", "ts", "tz", "zh", "kh")
_SHORT = _table("short_names.txt")
_HEARD = _table("respellings.txt")
_LONG: dict[str, tuple[str, ...]] = {}
for _full, _shorts in _SHORT.items():
    for _short in _shorts:
        _LONG[_short] = (*_LONG.get(_short, ()), _full)


@lru_cache(maxsize=4096)
def parse(name: str) -> Name:
    """The words of a name without titles and honours; a comma turns "Ingram, Anna" round."""
    if "," in name:
        last, _, first = name.partition(",")
        first_word = fold_phrase(first).split()
        if first_word and first_word[0].strip(".") not in _SUFFIXES:
            name = f"{first} {last}"
        else:
            name = last
    name = _ASIDE.sub(" ", name) or name
    words = [word.strip('.,;:()"') for word in fold_phrase(name).split()]
    words = [word for word in words if word.strip("'")]
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 2 and words[-1] in _SUFFIXES:
        words = words[:-1]
    bare = tuple(word for word in words if word not in _PARTICLES and len(word) > 1) or tuple(words)
    if not bare:
        return Name((), "", "", "", "")
    tail = len(words) - 1
    while tail > 1 and words[tail - 1] in _PARTICLES:
        tail -= 1
    particled = " ".join(words[tail:]) if tail < len(words) - 1 else ""
    return Name(bare, bare[0], bare[-1] if len(bare) > 1 else "", particled, " ".join(words))


def unquoted(name: str) -> Iterator[str]:
    """Forms that a roster gives beside the name itself: Robert "Bob" Price, Anna (Ania) Nowak."""
    for found in _QUOTED.finditer(name):
        yield found.group(1) or found.group(2) or ""


def spellings(word: str) -> frozenset[str]:
    """A name's word folded, and as keyboards without its letters spell it (Jörg: jorg, joerg)."""
    plain = fold_phrase(word)
    spelt = fold_phrase(word.lower().translate(_SPELLINGS))
    return frozenset({plain, spelt, plain.replace("'", ""), plain.replace(" ", "")} - {""})


@lru_cache(maxsize=4096)
def short_forms(given: str) -> tuple[frozenset[str], frozenset[str]]:
    """Short and long forms of a folded given name: those in English use, and those of other languages."""
    english = _NICKNAMES.nicknames_of(given)
    other = set(_SHORT.get(given, ())) | set(_LONG.get(given, ()))
    for full in _LONG.get(given, ()):
        other |= set(_SHORT[full])
    return frozenset(fold_phrase(form) for form in english) - {given}, frozenset(other - {given})


def heard_forms(word: str) -> tuple[str, ...]:
    """What a transcript makes of a folded name."""
    return _HEARD.get(word, ())


@lru_cache(maxsize=512)
def name_forms(name: str, person: int) -> tuple[Form, ...]:
    """Every way of writing one person's name; kept, as a desk sees the same people again in another roster."""
    return tuple(_forms(name, person))


def _forms(name: str, person: int) -> Iterator[Form]:
    parsed = parse(name)
    if not parsed.words:
        return
    yield from _whole(name, parsed, person)
    yield from _words(name, parsed, person)
    yield from _initialled(parsed, person)
    yield from _joined(parsed, person)
    for alias in unquoted(name):
        yield from alias_forms(alias, person)


def alias_forms(alias: str, person: int) -> Iterator[Form]:
    """A form that a person added themselves."""
    folded = fold_phrase(alias).strip("@# ")
    if not folded:
        return
    if " " in folded or any(sign in folded for sign in "@./"):
        yield Form(folded, "full_name" if "." not in folded else "handle", person, Shape.PHRASE, cased=alias)
        yield Form(folded.replace(" ", ""), "handle", person, Shape.ADDRESS)
        for word in folded.split():
            if len(word) > 3:
                yield Form(word, "name_subset", person, Shape.WORD)
    elif alias.isupper() and len(folded) <= 4:
        yield Form(folded, "initials", person, Shape.LETTERS, cased=alias)
    else:
        yield Form(folded, "nickname", person, Shape.WORD, cased=alias)


def _whole(name: str, parsed: Name, person: int) -> Iterator[Form]:
    words = parsed.words
    if len(words) == 1:
        yield Form(words[0], "single_name", person, Shape.WORD)
        return
    cased = name
    yield Form(parsed.full, "full_name", person, Shape.PHRASE, cased=cased)
    yield Form(" ".join(words), "full_name", person, Shape.PHRASE, cased=cased)
    yield Form(" ".join(reversed(words)), "reversed_name", person, Shape.PHRASE, cased=cased)
    family = parsed.particled or parsed.family
    given = " ".join(words[:-1])
    for last, rest in ((family, given), (family, parsed.given), (" ".join(words[-2:]), parsed.given)):
        for joint in (" ", ", ", ",", "/", "."):
            yield Form(f"{last}{joint}{rest}", "reversed_name", person, Shape.PHRASE, cased=cased)
    yield Form(f"{words[-1]} {' '.join(words[:-1])}", "name_order", person, Shape.PHRASE, cased=cased)
    yield Form(f"{words[0]}.{words[-1]}", "full_name", person, Shape.PHRASE)
    for first, second in combinations(words, 2):
        yield Form(f"{first} {second}", "name_subset", person, Shape.PHRASE, cased=cased)
        yield Form(f"{second} {first}", "name_order", person, Shape.PHRASE, cased=cased)
    if parsed.particled:
        yield Form(parsed.particled, "particle_surname", person, Shape.PHRASE, cased=cased)
        yield Form(parsed.particled.replace(" ", ""), "particle_surname", person, Shape.WORD)
        yield Form(f"{parsed.given} {parsed.particled}", "full_name", person, Shape.PHRASE, cased=cased)
    forms = short_forms(parsed.given)
    for short in sorted(forms[0] | forms[1]):
        yield Form(f"{short} {parsed.family}", "nickname", person, Shape.PHRASE, cased=cased)


def _words(name: str, parsed: Name, person: int) -> Iterator[Form]:
    typed = _BETWEEN_PARTS.split(name)
    for place, word in enumerate(parsed.words):
        if place == 0:
            kind = "first_name"
        elif place == len(parsed.words) - 1:
            kind = "surname"
        else:
            kind = "name_subset"
        if len(parsed.words) == 1:
            kind = "single_name"
        spelt = next((raw for raw in typed if fold_phrase(raw) == word), word)
        for spelling in sorted(spellings(spelt) | {word}):
            yield Form(spelling, kind, person, Shape.WORD)
        for prefix in _JOINING_PREFIXES:
            if (
                word.startswith(prefix)
                and len(word) > len(prefix) + 3
                and prefix in ("o'", "d'", "mac", "mc", "fitz", "al", "el")
            ):
                yield Form(word[len(prefix) :], kind, person, Shape.WORD, sure=prefix in ("o'", "d'"))
                yield Form(f"{prefix.strip(chr(39))} {word[len(prefix) :]}", kind, person, Shape.PHRASE, cased=name)
        for heard in heard_forms(word):
            yield Form(heard, "phonetic_transcript", person, Shape.WORD, sure=False)
        is_last = 0 < place == len(parsed.words) - 1
        yield from _beginnings(word, person) if is_last else _shortened(word, person)
    for double in (raw for raw in _BETWEEN_WORDS.split(name) if _HYPHENED.search(raw)):
        yield Form(fold_phrase(double).replace(" ", ""), "name_subset", person, Shape.WORD)


def _beginnings(family: str, person: int) -> Iterator[Form]:
    for size in range(max(4, len(family) // 2), len(family) - 2):
        yield Form(family[:size], "short_name", person, Shape.WORD, sure=False)


def _shortened(given: str, person: int) -> Iterator[Form]:
    english, other = short_forms(given)
    for short in sorted(english | other):
        kind = "nickname" if short in english else "nickname_nonenglish"
        yield Form(short, kind, person, Shape.WORD)
    for full in sorted(_NICKNAMES.canonicals_of(given) - english - other) if len(given) > 2 else ():
        if given[:2] == full[:2] and len(full) > len(given) + 1:
            yield Form(full, "nickname", person, Shape.WORD)
    for fond in sorted(_fond_forms(given) - english - other - {given}):
        yield Form(fond, "nickname", person, Shape.WORD, sure=False)
    for size in range(3, len(given) - 1):
        if given[:size] not in FUNCTION_WORDS:
            yield Form(given[:size], "short_name", person, Shape.WORD, sure=False)
    for start in range(2, len(given) - 2):
        yield Form(given[start:], "short_name", person, Shape.WORD, sure=False)


def _fond_forms(given: str) -> set[str]:
    """The beginning of a name with the endings that English gives to those it is fond of: rosie, benny, hannah: han no."""
    stems = [given[:size] for size in (3, 4) if len(given) > size + 1 and given[size - 1] not in "aeiouyhw"]
    return {stem + end for stem in stems for end in ("ie", "y", f"{stem[-1]}ie", f"{stem[-1]}y")}


def _initialled(parsed: Name, person: int) -> Iterator[Form]:
    words = parsed.words
    if len(words) == 1:
        return
    letters = [word[0] for word in words]
    family, first = parsed.family, letters[0]
    sets = {"".join(letters), first + letters[-1]}
    whole = [word[0] for word in parsed.full.split()]
    sets |= {"".join(whole)}
    for initials in sorted(sets):
        yield Form(initials, "initials", person, Shape.LETTERS, cased=initials.upper())
        if family[:2] in _DIGRAPHS:
            typed = initials.upper() + family[1]
            yield Form(typed.lower(), "initials", person, Shape.LETTERS, cased=typed)
        for joint, close in ((".", "."), (". ", "."), (".", ""), (" ", "")):
            dotted = joint.join(initials) + close
            if joint == " ":
                continue
            yield Form(dotted, "initials_dotted", person, Shape.PHRASE, cased=dotted.upper())
    for last in {family, parsed.particled} - {""}:
        for text in (f"{first} {last}", f"{first}. {last}", f"{first}.{last}", f"{last}, {first}", f"{last} {first}."):
            yield Form(text, "initial_surname", person, Shape.PHRASE, cased=family)
        for middle in letters[1:-1]:
            yield Form(f"{first}. {middle}. {last}", "initial_surname", person, Shape.PHRASE, cased=family)
            yield Form(f"{first}.{middle}. {last}", "initial_surname", person, Shape.PHRASE, cased=family)
            yield Form(f"{first}{middle} {last}", "initial_surname", person, Shape.PHRASE, cased=family)
    last_letter = letters[-1]
    for text in (f"{parsed.given} {last_letter}", f"{parsed.given} {last_letter}."):
        yield Form(text, "surname_initial", person, Shape.PHRASE, cased=f"{parsed.given} {last_letter}")
    for short in sorted(short_forms(parsed.given)[0]):
        yield Form(f"{short} {last_letter}.", "surname_initial", person, Shape.PHRASE, cased=f"{short} {last_letter}")


def _joined(parsed: Name, person: int) -> Iterator[Form]:
    words = [word.replace("'", "").replace(" ", "") for word in parsed.words]
    if len(words) == 1:
        return
    first, last = words[0], words[-1]
    particled = parsed.particled.replace(" ", "").replace("'", "")
    whole = {"".join(words), last + first, first + last, "".join(parsed.full.replace("'", "").split())}
    if particled:
        whole |= {first + particled, particled + first}
    for text in sorted(whole):
        yield Form(text, "concatenated", person, Shape.ADDRESS)
    for text in sorted({first[0] + last, last + first[0], first + last[0], first[0] + particled}):
        if len(text) > 4:
            yield Form(text, "handle", person, Shape.ADDRESS, sure=False)
