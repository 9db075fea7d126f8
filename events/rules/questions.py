"""What a question may be."""

from enum import StrEnum
from unicodedata import category

from cop.lib.text import BIDI_CONTROLS

LONGEST_QUESTION = 500
MOST_A_PERSON = 5


class Unfit(StrEnum):
    """Why a text cannot be put as a question; the value is a key for the sentence shown."""

    EMPTY = "empty"
    LONG = "long"
    HIDDEN = "hidden"


def folded(text: str) -> str:
    """`text` in one line: somebody's way with line breaks and spaces is a hand that others may know."""
    return " ".join(text.split())


def why_unfit(text: str) -> Unfit | None:
    """Why a folded text cannot be put as a question: marks nobody sees, no letter or figure, over 500 characters."""
    if holds_hidden_marks(text):
        return Unfit.HIDDEN
    if not any(one.isalnum() for one in text):
        return Unfit.EMPTY
    return Unfit.LONG if len(text) > LONGEST_QUESTION else None


def holds_hidden_marks(text: str) -> bool:
    """Whether a folded text holds marks nobody sees."""
    return bool(BIDI_CONTROLS & set(text)) or any(category(one) == "Cc" for one in text)
