"""How a name sounds, roughly: names and what a transcript makes of them get a key in common."""

import re
from functools import lru_cache

_ENGLISH = (
    ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"), ("zh", "J"), ("ph", "f"), ("gh", ""), ("th", "t"), ("kn", "n"), ("wr", "r"), ("aw", "a"), ("ow", "o"), ("ew", "e"),
    ("ck", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("w", "v"), ("y", ""), ("h", ""),
)  # fmt: skip
_LANGUAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "english": (),
    "polish": (
        ("szcz", "sh"),
        ("sz", "sh"),
        ("cz", "ch"),
        ("rz", "zh"),
        ("ch", "h"),
        ("ci", "chi"),
        ("si", "shi"),
        ("c", "ts"),
        ("j", "y"),
        ("w", "v"),
    ),
    "polish ascii": (
        ("sz", "sh"),
        ("cz", "ch"),
        ("rz", "j"),
        ("ni", "ny"),
        ("ck", "tsk"),
        ("j", "y"),
        ("w", "v"),
        ("ew", "ef"),
        ("c", "ts"),
    ),
    "irish": (
        ("bh", "v"),
        ("mh", "v"),
        ("dh", ""),
        ("gh", ""),
        ("th", "h"),
        ("fh", ""),
        ("ch", "h"),
        ("si", "shi"),
        ("se", "she"),
        ("c", "k"),
    ),
    "irish end": (("bhan", "vn"), ("amh", "v"), ("aigh", ""), ("idh", ""), ("c", "k"), ("s", "sh")),
    "pinyin": (("zh", "j"), ("x", "sh"), ("q", "ch"), ("c", "ts"), ("z", "ds")),
    "spanish": (("ll", "y"), ("j", "h"), ("gi", "hi"), ("ge", "he"), ("qu", "k"), ("z", "s"), ("v", "b")),
    "vietnamese": (
        ("ngh", "n"),
        ("ng", "n"),
        ("nh", "n"),
        ("ph", "f"),
        ("tr", "ch"),
        ("x", "s"),
        ("d", "y"),
        ("gi", "z"),
    ),
    "welsh": (
        ("dd", "th"),
        ("ff", "F"),
        ("f", "v"),
        ("ll", "l"),
        ("rh", "r"),
        ("si", "sh"),
        ("w", "u"),
        ("ch", "h"),
        ("F", "f"),
    ),
    "dutch": (("sj", "sh"), ("tj", "ch"), ("sch", "sk"), ("ij", "y"), ("j", "y"), ("g", "h"), ("v", "f")),
    "czech": (("ch", "k"), ("j", "y"), ("c", "ts"), ("w", "v")),
    "basque": (("tx", "ch"), ("tz", "ts"), ("ts", "ch"), ("x", "sh"), ("z", "s"), ("b", "v")),
    "albanian": (("xh", "dj"), ("q", "ch"), ("x", "dz"), ("j", "y"), ("c", "ts")),
    "turkish": (("c", "j"), ("s", "sh"), ("g", "")),
    "greek": (("gi", "y"), ("ge", "ye"), ("ch", "h"), ("dh", "th"), ("mp", "b"), ("nt", "d")),
    "hebrew": (("ch", "h"), ("tz", "ts"), ("ts", "s"), ("kh", "h")),
    "african": (("ch", "sh"), ("ng", "n"), ("nk", "k"), ("gb", "b"), ("kw", "k"), ("kp", "p"), ("s", "sh")),
    "german": (("j", "y"), ("w", "v"), ("v", "f"), ("z", "ts"), ("sch", "sh"), ("th", "t")),
    "irish vowels": (
        ("omhn", "on"),
        ("omh", "o"),
        ("aoi", "i"),
        ("ao", "i"),
        ("eoi", "o"),
        ("eo", "o"),
        ("aigh", "i"),
        ("idh", "i"),
        ("bh", "v"),
        ("mh", "v"),
        ("ain", "on"),
        ("ai", "o"),
        ("ui", "i"),
        ("is", "ish"),
        ("si", "shi"),
        ("se", "she"),
        ("th", "h"),
        ("dh", ""),
        ("gh", ""),
        ("c", "k"),
    ),
    "scots": (("mh", "v"), ("bh", "v"), ("fh", ""), ("idh", "i"), ("aid", "aj"), ("th", "h"), ("dh", ""), ("gh", "")),
    "welsh vowels": (
        ("lli", "thli"),
        ("lle", "le"),
        ("dd", "th"),
        ("ff", "f"),
        ("f", "v"),
        ("rh", "r"),
        ("ieu", "yay"),
        ("si", "sh"),
        ("yn", "in"),
        ("w", "u"),
    ),
    "french": (
        ("ault", "o"),
        ("eaux", "o"),
        ("eau", "o"),
        ("aud", "o"),
        ("aume", "om"),
        ("ois", "wa"),
        ("oit", "wa"),
        ("oi", "wa"),
        ("ch", "sh"),
        ("j", "zh"),
        ("ge", "zhe"),
        ("qu", "k"),
        ("gn", "ny"),
        ("ill", "y"),
        ("th", "t"),
    ),
    "nordic": (
        ("skj", "sh"),
        ("kj", "sh"),
        ("sj", "sh"),
        ("tj", "ch"),
        ("hj", "y"),
        ("gj", "y"),
        ("go", "yo"),
        ("ge", "ye"),
        ("j", "y"),
        ("th", "t"),
    ),
    "polish hard l": (
        ("sz", "sh"),
        ("cz", "ch"),
        ("rz", "zh"),
        ("ch", "h"),
        ("ow", "ov"),
        ("aw", "av"),
        ("w", "v"),
        ("l", "w"),
        ("j", "y"),
    ),
    "portuguese": (("ao", "ow"), ("lh", "ly"), ("nh", "ny"), ("j", "zh"), ("x", "sh"), ("ca", "sa"), ("ge", "zhe")),
    "hungarian": (
        ("gy", "j"),
        ("zs", "zh"),
        ("sz", "s"),
        ("cs", "ch"),
        ("ly", "y"),
        ("s", "sh"),
        ("j", "y"),
        ("c", "ts"),
    ),
    "korean": (("yeo", "yo"), ("eo", "o"), ("eu", "u"), ("woo", "u"), ("ae", "e")),
    "maori": (("wh", "f"), ("ng", "n")),
    "indian": (("bh", "b"), ("dh", "d"), ("gh", "g"), ("th", "t"), ("kh", "k"), ("jh", "j"), ("v", "w"), ("sh", "s")),
}


def _rewriting(rules: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    return re.compile("|".join(old for old, _ in rules) or "(?!)"), dict(reversed(rules))


_AS_ENGLISH = _rewriting(_ENGLISH)
_AS_SPOKEN = tuple(_rewriting(rules) for rules in _LANGUAGES.values())
_VOWELS = re.compile(r"[aeiou']")
_DOUBLED = re.compile(r"(.)\1+")


def _rewritten(word: str, rewriting: tuple[re.Pattern[str], dict[str, str]]) -> str:
    pattern, table = rewriting
    return pattern.sub(lambda met: table[met.group()], word)


@lru_cache(maxsize=65536)
def heard_key(word: str) -> str:
    """The key of a folded word as an English reader would say it: its consonants, and an A where it starts with a vowel."""
    sounds = _rewritten(word, _AS_ENGLISH)
    key = ("A" if sounds.startswith(("a", "e", "i", "o", "u")) else "") + _VOWELS.sub("", sounds)
    return _DOUBLED.sub(r"\1", key)


@lru_cache(maxsize=8192)
def spoken(word: str) -> frozenset[str]:
    """A folded name spelt for English readers as the languages it may come from would say it."""
    return frozenset(_rewritten(word, rules) for rules in _AS_SPOKEN)


@lru_cache(maxsize=8192)
def spoken_keys(word: str) -> frozenset[str]:
    """The keys of a folded name as the languages it may come from would say it."""
    return frozenset(heard_key(way) for way in spoken(word))
