"""Names that a word sounds like or begins like: what a transcript or a friend makes of them, in no table."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from notes.rules.leaks.sounds import spoken

_SOUNDS = (
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"), ("tx", "C"), ("zh", "J"), ("dj", "J"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("bh", "b"), ("kh", "k"), ("jh", "j"), ("gh", "g"), ("ck", "k"), ("qui", "ki"), ("que", "ke"), ("qu", "ku"), ("q", "k"), ("x", "ks"), ("hw", "hu"),
    ("kw", "ku"), ("gw", "gu"), ("eye", "ai"), ("igh", "ai"), ("uy", "ai"), ("ee", "i"), ("ea", "i"), ("ie", "i"), ("ay", "ei"),
    ("ey", "ei"), ("oo", "u"), ("ou", "o"), ("ow", "o"), ("au", "o"), ("aw", "o"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("z", "s"),
    ("w", "v"), ("y", "i"),
)  # fmt: skip
_SOUND_OF = dict(_SOUNDS)
_SPELT = re.compile("|".join(_SOUND_OF))
_COMPARED = 7
_VOWEL = re.compile(r"[aeiou]")
_SILENT = re.compile(r"^h|h$|(?<=[^aeiou])e$|(?<=[aeiou])h(?=[^aeiou])|(.)(?=\1)")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The names of a roster by sound: `near` by their sound with a letter or two left out, `starts` by its first letters."""

    near: Mapping[str, tuple[tuple[str, str], ...]]
    starts: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> str:
    """A folded word with one letter for each of its sounds, vowels among them: Leila and Layla are both leila."""
    return _SILENT.sub("", _SPELT.sub(lambda met: _SOUND_OF[met.group()], word))


def gather_likeness(given: Iterable[str], names: Iterable[str], whole: Mapping[str, str]) -> Likeness:
    """Folded names ready to be compared.

    `given` are those of the `names` that friends shorten; `whole` maps whole names, run together, to a name in them.
    """
    near: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    starts: dict[str, dict[str, None]] = defaultdict(dict)
    shortened = set(given)
    for name in sorted(set(names)):
        for said in _sounds(name):
            for less in _fewer(said):
                near[less][said, name] = None
            for start in _starts(said, short=name in shortened):
                starts[start][name] = None
    for joined, name in whole.items():
        for less in _fewer(sound(joined)):
            near[less][sound(joined), name] = None
    return Likeness(
        {less: tuple(ways) for less, ways in near.items()}, {key: tuple(same) for key, same in starts.items()}
    )


def near(word: str, likeness: Likeness) -> dict[str, int]:
    """The names that a folded word may be misheard from, with how many sounds they differ by."""
    said = sound(word)
    if len(said) < 3:
        return {}
    found: dict[str, int] = {}
    for less in _fewer(said):
        for other, name in likeness.near.get(less, ()):
            allowed = _allowed(len(said), len(other))
            apart = OSA.distance(said, other, score_cutoff=allowed)
            if apart <= allowed:
                found[name] = min(apart, found.get(name, apart))
    return found


def akin(word: str, likeness: Likeness) -> tuple[str, ...]:
    """The names that begin as a folded word begins."""
    said = sound(word)
    keys = (said[:2], _VOWEL.sub("a", said[:3]))
    return tuple(dict.fromkeys(name for key in keys for name in likeness.starts.get(key, ())))


@lru_cache(maxsize=4096)
def _sounds(name: str) -> frozenset[str]:
    return frozenset(sound(way) for way in spoken(name)) if len(name) > 2 else frozenset()


def _allowed(one: int, other: int) -> int:
    return 2 if min(one, other) > 7 else 1 if min(one, other) > 3 and max(one, other) > 4 else 0


@lru_cache(maxsize=4096)
def _fewer(said: str) -> frozenset[str]:
    """The first sounds with up to two left out: equal for some pair of any two words within two slips (SymSpell)."""
    head = said[:_COMPARED]
    once = {head[:at] + head[at + 1 :] for at in range(len(head))} if len(said) > 3 else set()
    twice = {less[:at] + less[at + 1 :] for less in once for at in range(len(less))} if len(said) > 7 else set()
    return frozenset(once | twice | {head})


def _starts(said: str, *, short: bool) -> set[str]:
    begins = {said, said[1:]} if said[:1] and said[0] in "aeiou" and len(said) > 4 else {said}
    keys = {_VOWEL.sub("a", begin[:3]) for begin in begins}
    return keys | {begin[:2] for begin in begins} if short else keys
