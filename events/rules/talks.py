"""What a talk that is offered may be, and where an accepted one goes in the agenda."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from events.rules.questions import folded, holds_hidden_marks

LONGEST_TITLE = 150
LONGEST_TEXT = 500
# What was offered and not taken is deleted so long after the meeting.
KEEP_OFFERS = timedelta(days=30)


class Unfit(StrEnum):
    """Why a talk cannot be offered like this; the value is a key for the sentence shown."""

    EMPTY = "empty"
    LONG = "long"
    HIDDEN = "hidden"


def why_unfit(title: str, text: str) -> Unfit | None:
    """Why this cannot be offered: nothing in it, over 150 and 500 characters, or marks nobody sees."""
    if holds_hidden_marks(folded(title)) or holds_hidden_marks(folded(text)):
        return Unfit.HIDDEN
    if not any(one.isalnum() for one in title) or not any(one.isalnum() for one in text):
        return Unfit.EMPTY
    return Unfit.LONG if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT else None


def place_of_talk(kinds: Sequence[str]) -> int:
    """At which place (0 is first) a further talk goes: after the last talk; where there is none, after a welcome."""
    for wanted in ("talk", "welcome"):
        if wanted in kinds:
            return len(kinds) - list(reversed(kinds)).index(wanted)
    return 0
