"""Names written in another script: the people in the room may have typed theirs as they write it at home."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

import regex
from anyascii import anyascii

from notes.rules.leaks.folding import fold_phrase

_RUNS = regex.compile(
    r"(?P<arabic>[\p{Arabic}\p{Mn}\u200c]+)|(?P<hebrew>[\p{Hebrew}]+)|(?P<han>\p{Han}+)|(?P<hangul>\p{Hangul}+)"
    r"|(?P<kana>[\p{Hiragana}\p{Katakana}ー]+)|(?P<other>[^\p{Latin}\p{Common}\p{Inherited}\p{Cyrillic}\p{Greek}]+)"
)
_SOUNDS = (
    ("tch", "J"), ("sch", "S"), ("sh", "S"), ("ch", "J"), ("zh", "J"), ("dj", "J"), ("kh", "K"), ("gh", "K"), ("ph", "B"), ("th", "T"),
    ("dh", "T"), ("bh", "B"), ("ck", "K"), ("ts", "S"), ("tz", "S"), ("x", "KS"), ("c", "K"), ("q", "K"), ("k", "K"), ("g", "K"), ("j", "J"),
    ("b", "B"), ("p", "B"), ("f", "B"), ("v", "B"), ("d", "T"), ("t", "T"), ("s", "S"), ("z", "S"), ("l", "L"), ("r", "R"), ("m", "N"),
    ("n", "N"), ("h", "H"),
)  # fmt: skip
_SOUND_OF = dict(_SOUNDS)
_SPELT = re.compile("|".join(_SOUND_OF))
_DOUBLED = re.compile(r"(.)\1+")
_HONORIFICS = ("さん", "様", "さま", "先生", "君", "くん", "ちゃん", "氏", "씨", "님", "女士", "老师", "教授", "博士")


_AS_IN_PERSIAN = str.maketrans("ضظذثصطحو", "زززسستهv")


def _characters() -> dict[str, tuple[str, ...]]:
    lines = (Path(__file__).with_name("data") / "han_names.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row[0]] = (*found.get(row[0], ()), *row[1:])
    return found


_CHARACTERS = _characters()


@lru_cache(maxsize=8192)
def skeleton(latin: str) -> str:
    """The consonants of a Latin spelling, sounds that scripts exchange made one: Mohammed and mhmd are both MHMT."""
    sounds = "".join(_SOUND_OF[spelt] for spelt in _SPELT.findall(latin))
    return _DOUBLED.sub(r"\1", sounds)


def native_runs(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Every stretch of one non-Latin script: start, end, script, the characters."""
    for found in _RUNS.finditer(text):
        yield found.start(), found.end(), str(found.lastgroup), found.group()


def native_names(
    text: str, keys: Mapping[str, tuple[str, ...]], joined: Mapping[str, str]
) -> Iterator[tuple[int, int, str, bool]]:
    """Where a name stands in its own script: start, end, the folded word of the name, whether it is sure.

    `keys` maps consonant skeletons to folded name words, `joined` whole names run together to a word of theirs.
    """
    for start, _, script, run in native_runs(text):
        if script in ("han", "hangul"):
            yield from (
                (start + low, start + high, word, sure) for low, high, word, sure in _syllables(run, keys, joined)
            )
        elif script == "kana":
            yield from _kana(start, run, keys)
        else:
            yield from _consonants(start, run, script, keys)


def _latin(run: str) -> str:
    return "".join(letter for letter in anyascii(run).lower() if letter.isascii() and letter.isalpha())


def _consonants(
    start: int, run: str, script: str, keys: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, int, str, bool]]:
    end = start + len(run)
    latins = {_latin(run), _latin(run.translate(_AS_IN_PERSIAN))} if script == "arabic" else {_latin(run)}
    tails = {
        tail for latin in latins for tail in (latin, latin[2:] if latin.startswith("al") and len(latin) > 4 else latin)
    }
    for tail in sorted(tails):
        bones = skeleton(tail)
        for word in keys.get(bones, ()) if len(bones) > 1 else ():
            yield start, end, word, len(bones) > 2 and script != "other"


def _kana(start: int, run: str, keys: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, int, str, bool]]:
    bare = next(
        (run[: -len(polite)] for polite in _HONORIFICS if run.endswith(polite) and len(run) > len(polite) + 1), run
    )
    latin = _latin(bare)
    for word in keys.get(skeleton(latin), ()):
        if word[:1] == latin[:1] and len(latin) > 2:
            yield start, start + len(bare), word, True


def _syllables(
    run: str, keys: Mapping[str, tuple[str, ...]], joined: Mapping[str, str]
) -> Iterator[tuple[int, int, str, bool]]:
    run = run[:400]
    yield from _by_family(run, keys)
    for low in range(len(run)):
        for high in range(min(low + 4, len(run)), low, -1):
            word = _reading(run[low:high], keys, joined)
            if word:
                yield low, high, word, high - low > 1
                break


def _by_family(run: str, keys: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, int, str, bool]]:
    """A family name and characters we cannot read: given names have thousands, family names a few hundred."""
    if 1 < len(run) < 5:
        known = {name for read in _CHARACTERS.get(run[0], ()) for name in keys.get(skeleton(read), ()) if name == read}
        yield from ((0, len(run), name, False) for name in sorted(known))


@lru_cache(maxsize=4096)
def _syllable_readings(character: str) -> tuple[str, ...]:
    return (*_CHARACTERS.get(character, ()), _latin(character))


def _reading(part: str, keys: Mapping[str, tuple[str, ...]], joined: Mapping[str, str]) -> str:
    for known in _CHARACTERS.get(part, ()) if len(part) > 1 else ():
        if any(known in words for words in (keys.get(skeleton(known), ()),)):
            return known
    if len(part) < 2:
        return ""
    choices = [_syllable_readings(character)[:5] for character in part]
    for spelt in product(*choices):
        whole = "".join(spelt)
        if whole in joined:
            return joined[whole]
        loose = loosened(whole)
        if loose in joined:
            return joined[loose]
    return ""


@lru_cache(maxsize=8192)
def loosened(latin: str) -> str:
    """A romanised Korean or Chinese name with the spellings that vary made one: Ji-woo and jiu, Seo-yeon and seoyon."""
    plain = fold_phrase(latin).replace(" ", "").replace("'", "")
    for old, new in (
        ("eo", "o"),
        ("eu", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("wu", "u"),
        ("woo", "u"),
        ("ae", "e"),
        ("yeo", "yo"),
    ):
        plain = plain.replace(old, new)
    table = str.maketrans({"g": "k", "b": "p", "d": "t", "r": "l", "j": "c", "w": "u"})
    return "~" + _DOUBLED.sub(r"\1", plain.replace("ch", "c").replace("h", "").translate(table))
