"""What wants a hand: each a sentence, and one press that leads to where it is dealt with."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """`what` is a sentence, `press` the words of the button that leads to `url`."""

    what: str
    press: str
    url: str
    is_late: bool = False


def by_urgency(found: Iterable[Work]) -> list[Work]:
    """What is late first; else as it was found."""
    return sorted(found, key=lambda work: not work.is_late)
