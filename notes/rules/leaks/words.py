"""Which words are ordinary English, which are well-known names: what is neither may be somebody misspelt."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from nicknames import NickNamer

_DATA = Path(__file__).with_name("data")
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ings", ""), ("ings", "e"), ("ly", ""),
    ("ily", "y"), ("ness", ""), ("iness", "y"), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("est", ""),
    ("less", ""), ("able", ""), ("able", "e"), ("isation", "ise"), ("ise", ""), ("ised", ""), ("ability", "able"),
)  # fmt: skip
_DOUBLED = ("ing", "ings", "ed", "er", "ers")
_BEGINNINGS = (
    "un",
    "re",
    "non",
    "anti",
    "pre",
    "co",
    "cyber",
    "micro",
    "meta",
    "multi",
    "inter",
    "over",
    "under",
    "mis",
    "geo",
    "bio",
)


def _read(name: str) -> frozenset[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


COMMON = _read("common_words.txt") | _read("field_words.txt")
RARER = _read("rarer_words.txt")
PROPER = _read("proper_names.txt")
GIVEN = _read("given_names.txt") | NickNamer().nickname_lookup.keys()
PLACES = _read("places.txt")
NATIONS = frozenset(
    "wales england scotland britain ireland london europe africa asia america france germany spain italy portugal belgium netherlands "
    "denmark norway sweden finland iceland poland czechia slovakia hungary romania bulgaria greece turkey ukraine russia estonia latvia "
    "lithuania switzerland austria india pakistan bangladesh china japan korea vietnam nigeria ghana kenya ethiopia somalia egypt "
    "israel iran iraq canada mexico brazil argentina chile peru colombia australia zealand".split()
)
DEMONYMS = frozenset(
    "welsh english scottish british irish northern southern western eastern european african asian american "
    "french german spanish italian portuguese belgian dutch danish norwegian swedish finnish nordic polish czech hungarian romanian "
    "greek turkish ukrainian russian swiss austrian indian pakistani bangladeshi chinese japanese korean vietnamese nigerian ghanaian "
    "kenyan ethiopian somali egyptian arab israeli iranian canadian mexican brazilian australian pacific atlantic mediterranean gulf "
    "baltic balkan andean caribbean latin global international national regional".split()
)
FUNCTION_WORDS = frozenset(
    "a about after again all also although am an and any are as at be because been before being both but by can "
    "could did do does doing done down each either else even every few first for from had has have having he her "
    "here hers him his how i if in into is it its just last less let like many may me might mine more most much "
    "must my near neither next no nor not now of off often on once one only or other our ours out over own per "
    "perhaps same shall she should since so some soon still such than that the their theirs them then there these "
    "they this those though through to too two under until up upon us very was we well were what when where whether "
    "which while who whom whose why will with within without would yes yet you your yours".split()
)
_BY_LAST = {
    last: tuple((end, put) for end, put in _ENDINGS if end[-1] == last) for last in {end[-1] for end, _ in _ENDINGS}
}


def _stems(word: str) -> Iterator[str]:
    for end, put in _BY_LAST.get(word[-1:], ()):
        if word.endswith(end) and len(word) - len(end) > 1:
            stem = word[: -len(end)]
            yield stem + put
            if end in _DOUBLED and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _in(words: frozenset[str], word: str) -> bool:
    return word in words or any(stem in words for stem in _stems(word))


@lru_cache(maxsize=1 << 16)
def is_common(word: str) -> bool:
    """Whether a folded word is common English, in any inflection."""
    return _in(COMMON, word)


@lru_cache(maxsize=1 << 16)
def is_ordinary(word: str) -> bool:
    """Whether a folded word is English at all: common or rarer, in any inflection, with a usual prefix."""
    if is_common(word) or _in(RARER, word):
        return True
    return any(
        word.startswith(start) and len(word) > len(start) + 3 and _in(COMMON, word[len(start) :])
        for start in _BEGINNINGS
    )
