"""Words as search compares them: without case, accents and apostrophes, in plain letters a to z and figures.

Both engines are given the same words, so an engine's own idea of a word never counts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from anyascii import anyascii

_LETTERS = r"[\p{L}\p{N}\p{M}]++"
WORD = rf"{_LETTERS}(?:['’ʼ]{_LETTERS})*+"
COMPOUND = rf"{WORD}(?:[-‐‑]{WORD})*+"
_HYPHENS = frozenset("-‐‑")
_WORD = regex.compile(WORD)
_COMPOUND = regex.compile(COMPOUND)
_INVISIBLE = regex.compile(r"[[\p{Cc}\p{Cf}\p{Cs}]--[\n\t]]", flags=regex.V1)


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: `start` and `end` are offsets in code points into the text it was read from."""

    start: int
    end: int
    folded: str


def tidy(text: str) -> str:
    """`text` composed (NFC) and without what cannot be seen: zero-width letters, soft hyphens, NUL."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def words_of(text: str) -> list[Word]:
    """The words of a tidy text in their order; a compound with hyphens counts as its parts."""
    return list(_read(_WORD, text))


def compounds_of(text: str) -> list[Word]:
    """Compounds once more as one word each: who looks for "coproduction" finds "co-production"."""
    if _HYPHENS.isdisjoint(text):
        return []
    return [word for word in _read(_COMPOUND, text) if not _HYPHENS.isdisjoint(text[word.start : word.end])]


def compared(lines: str) -> str:
    """What of a tidy text is compared: a space before and after each word, a line for each line and compound of it."""
    kept = []
    for line in lines.split("\n"):
        kept += [spaced(words_of(line)), *(spaced([word]) for word in compounds_of(line))]
    return "\n".join(kept)


def spaced(words: list[Word]) -> str:
    """Words as a line of what is compared: " a jury on data "."""
    return "".join(f" {word.folded}" for word in words) + " "


def fold(word: str) -> str:
    """ "Łódź" and "lodz", "O’Brien" and "obrien" are one word; a possessive 's is none of it."""
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = re.sub(r"['’ʼ]s$", "", unicodedata.normalize("NFKC", word).casefold())
    return re.sub(r"[^a-z0-9]", "", (plain if plain.isascii() else anyascii(plain)).lower())


def forms_of(word: str) -> list[str]:
    """A folded word, and what it is when there are more of it, or only one: "jury", "juries"."""
    forms = [word]
    if re.search(r"[a-z]{2}ies$", word):
        forms.append(f"{word[:-3]}y")
    elif re.search(r"(ss|x|ch|sh)es$", word):
        forms.append(word[:-2])
    elif re.search(r"[a-z]{2}[^isu]s$", word):
        forms.append(word[:-1])
    elif re.search(r"[a-z][^aeiou]y$", word):
        forms.append(f"{word[:-1]}ies")
    else:
        forms.append(f"{word}s")
    return forms


def _read(pattern: "regex.Pattern[str]", text: str) -> Iterator[Word]:
    for match in pattern.finditer(text):
        if folded := fold(match[0]):
            yield Word(match.start(), match.end(), folded)
