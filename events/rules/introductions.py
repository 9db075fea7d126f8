"""Who may ask for an introduction, and what each of two reads of it."""

from enum import IntEnum, StrEnum

from events.rules.questions import folded, holds_hidden_marks

LONGEST_WORDS = 300
MOST_UNANSWERED = 5


class Answer(IntEnum):
    """What was said to an introduction."""

    NOTHING = 0
    NO = 1
    YES = 2


class Shown(StrEnum):
    """What somebody reads of an introduction; the value is a key for the words shown."""

    WAITS = "waits"
    TO_ANSWER = "to answer"
    KNOWN = "known"
    GONE = "gone"


def shown(answer: Answer, *, to_asker: bool) -> Shown:
    """What one of the two reads: an address only after two yeses, and of a no nothing at all."""
    if answer == Answer.YES:
        return Shown.KNOWN
    if to_asker:
        return Shown.WAITS
    return Shown.TO_ANSWER if answer == Answer.NOTHING else Shown.GONE


class Unfit(StrEnum):
    """Why nobody can be asked like this; the value is a key for the sentence shown."""

    EMPTY = "empty"
    LONG = "long"
    HIDDEN = "hidden"
    MANY = "many"


def why_unfit(words: str, *, under_way: int) -> Unfit | None:
    """Why this cannot be asked; `under_way` are those of the asker's that have no yes."""
    if holds_hidden_marks(folded(words)):
        return Unfit.HIDDEN
    if not any(one.isalnum() for one in words):
        return Unfit.EMPTY
    if len(words) > LONGEST_WORDS:
        return Unfit.LONG
    return Unfit.MANY if under_way >= MOST_UNANSWERED else None
