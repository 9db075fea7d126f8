"""What a topic that a member suggests may be, and what becomes of it."""

from enum import StrEnum
from unicodedata import category

from cop.lib.text import BIDI_CONTROLS

LONGEST_TITLE = 120
LONGEST_TEXT = 600


class Unfit(StrEnum):
    """Why a topic cannot be suggested like this; the value is a key for the sentence shown."""

    EMPTY = "empty"
    LONG_TITLE = "long title"
    LONG_TEXT = "long text"
    HIDDEN = "hidden"
    THERE = "there"


def why_unfit(title: str, text: str, *, there: frozenset[str]) -> Unfit | None:
    """Why this cannot be suggested; `there` are the titles of what is wanted already, as `known_as` has them."""
    both = title + text
    if BIDI_CONTROLS & set(both) or any(category(one) == "Cc" and one not in "\r\n\t" for one in both):
        return Unfit.HIDDEN
    if not any(one.isalnum() for one in title):
        return Unfit.EMPTY
    if len(title) > LONGEST_TITLE:
        return Unfit.LONG_TITLE
    if len(text) > LONGEST_TEXT:
        return Unfit.LONG_TEXT
    return Unfit.THERE if known_as(title) in there else None


def known_as(title: str) -> str:
    """By what two titles are the same: letters and figures, however capitalised and set."""
    return " ".join("".join(one if one.isalnum() else " " for one in title.casefold()).split())


def is_deleted_with_its_suggester(*, is_wanted: bool, others: int) -> bool:
    """Whether a suggestion goes when whoever made it takes it back: once others want it, it is theirs too, and what
    organisers have answered stays for all."""
    return is_wanted and others == 0
