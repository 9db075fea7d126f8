"""Text made comparable: one plain lower-case alphabet, and a map from every place in it back to the text as typed."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from anyascii import anyascii

from notes.rules.leaks.lookalikes import LOOKALIKES

_APOSTROPHES = frozenset("'’‘‛ʼʻʽ′`´＇ʹˈ՚׳")
_SEPARATORS = frozenset("_·•‧∙⋅・･")
_PLAIN = {
    "ı": "i",
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "þ": "th",
    "Þ": "th",
}

Piece = tuple[str, int, int, bool]


class Mapped:
    """A text made from another one, which knows where each of its characters came from.

    It is put together from pieces: (text, start, end, straight), the stretch of the original a text was made from, and
    whether the two match character by character.
    """

    __slots__ = ("_ends", "_origins", "_places", "_straight", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        kept = [piece for piece in pieces if piece[0]]
        self.text = "".join(piece[0] for piece in kept)
        self._origins = [piece[1] for piece in kept]
        self._ends = [piece[2] for piece in kept]
        self._straight = [piece[3] for piece in kept]
        self._places = list(accumulate((len(piece[0]) for piece in kept), initial=0))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` to `end` (exclusive, non-empty) of this text stood in the original."""
        first, last = self._origin_of(start), self._origin_of(end - 1)
        return min(first[0], last[0]), max(first[1], last[1])

    def _origin_of(self, place: int) -> tuple[int, int]:
        piece = bisect_right(self._places, place) - 1
        if not self._straight[piece]:
            return self._origins[piece], self._ends[piece]
        origin = self._origins[piece] + place - self._places[piece]
        return origin, origin + 1


def _is_mark(character: str) -> bool:
    if unicodedata.category(character) in ("Mn", "Me"):
        return anyascii(character) == "" or character < "\u0700" or "\u1ab0" <= character <= "\u1dff"
    return False


def _is_separator(character: str) -> bool:
    return (
        character in _SEPARATORS
        or character.isspace()
        or unicodedata.category(character) in ("Zs", "Zl", "Zp", "Pd", "Cc")
    )


def _is_syllabic(character: str) -> bool:
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _transliterated(character: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if bare.isascii():
        return bare.lower()
    latin = "".join(letter for letter in anyascii(bare) if letter.isascii() and letter.isalnum()).lower()
    if unicodedata.category(character)[0] not in "LNM":
        return latin if len(latin) == 1 else " "
    return f" {latin} " if _is_syllabic(character) else latin


def _folded(character: str, lookalikes: bool) -> str:
    if character in _APOSTROPHES:
        return "'"
    if _is_mark(character) or unicodedata.category(character) in ("Cf", "Cs"):
        return ""
    if _is_separator(character):
        return " "
    if lookalikes and character in LOOKALIKES:
        return LOOKALIKES[character]
    if character.isascii():
        return character.lower()
    return _PLAIN.get(character) or _transliterated(character)


class _Alphabet(dict[int, str]):
    def __init__(self, *, lookalikes: bool) -> None:
        super().__init__()
        self._lookalikes = lookalikes

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code), self._lookalikes)
        return folded


_LETTERS = _Alphabet(lookalikes=False)
_SHAPES = _Alphabet(lookalikes=True)


def fold(text: str, *, lookalikes: bool = False) -> Mapped:
    """`text` in plain lower-case letters, marks and invisible characters dropped, runs of separators one space.

    With `lookalikes`, letters that look Latin are read as they look (Cyrillic р as p), not as they sound (UTS 39).
    """
    alphabet = _SHAPES if lookalikes else _LETTERS
    uneven = sorted(character for character in set(text) if len(alphabet[ord(character)]) != 1)
    return Mapped(_pieces(text, alphabet, _breaks("".join(uneven))))


@lru_cache(maxsize=64)
def _breaks(uneven: str) -> re.Pattern[str]:
    dropped = f"|[{re.escape(uneven)}]" if uneven else ""
    return re.compile(rf"[\s\-_\u2010-\u2015\u2212]{{2,}}{dropped}")


def _pieces(text: str, alphabet: _Alphabet, breaks: re.Pattern[str]) -> Iterable[Piece]:
    done, spaced = 0, False
    for found in breaks.finditer(text):
        start, end = found.span()
        yield text[done:start].translate(alphabet), done, start, True
        put = " " if end - start > 1 else alphabet[ord(text[start])]
        yield put.lstrip() if spaced and done == start else put, start, end, False
        done, spaced = end, put.endswith(" ") if put else spaced and done == start
    yield text[done:].translate(alphabet), done, len(text), True


def fold_phrase(text: str) -> str:
    """A name or phrase as `fold` would leave it, trimmed; for patterns, where no way back is needed."""
    folded = text.lower().replace("-", " ").replace("_", " ").replace("`", "'") if text.isascii() else fold(text).text
    return " ".join(folded.split())
