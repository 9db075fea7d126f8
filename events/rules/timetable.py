"""A meeting against the clock: its tense, the times of its agenda, and its days and hours in figures."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

DOORS_OPEN_BEFORE = timedelta(minutes=30)


class Tense(StrEnum):
    """How a page speaks of a meeting. Only the cancelling is somebody's decision; the rest follows the clock."""

    UPCOMING = "upcoming"
    LIVE = "live"
    PAST = "past"
    CANCELLED = "cancelled"


def tense(starts_at: datetime, ends_at: datetime, *, now: datetime, is_cancelled: bool = False) -> Tense:
    """The tense of a meeting at the instant `now` (B3): live from its first instant until just before its last."""
    if is_cancelled:
        return Tense.CANCELLED
    if now < starts_at:
        return Tense.UPCOMING
    return Tense.LIVE if now < ends_at else Tense.PAST


def agenda_times(starts_at: datetime, minutes: Iterable[int | None]) -> list[datetime | None]:
    """When each part of an agenda begins, `minutes` being their lengths in order.

    A part's time is known as long as the length of every part before it is; from then on it is None. Where no length
    is known at all, neither is the first part's: that the meeting itself begins then is said elsewhere.
    """
    lengths = list(minutes)
    begins: list[datetime | None] = []
    time: datetime | None = starts_at if any(lengths) else None
    for length in lengths:
        begins.append(time)
        time = time + timedelta(minutes=length) if time and length else None
    return begins


def part_on_now(begins: Iterable[datetime | None], now: datetime) -> int | None:
    """The place in an agenda of the part that is on at `now`: the last that is known to have begun (B43).

    `begins` is as `agenda_times` gives it. None before the first part, and where no time is known.
    """
    begun = [place for place, begin in enumerate(begins) if begin is not None and begin <= now]
    return begun[-1] if begun else None


def last_day(local_start: datetime, local_end: datetime) -> date:
    """The last calendar day a meeting touches: one that ends at midnight does not reach into the next day."""
    return max(local_start.date(), (local_end - timedelta(microseconds=1)).date())


def clock_figures(local: datetime) -> tuple[int, int, bool]:
    """Hour (1 to 12), minute, and whether it is after noon: 14:05 is (2, 5, True)."""
    return (local.hour % 12 or 12, local.minute, local.hour >= 12)


def zone_city(time_zone: str) -> str:
    """The city in an IANA name: "America/New_York" is "New York"; a name without one is given back as it is."""
    return time_zone.rpartition("/")[2].replace("_", " ")


_ANNOUNCES = re.compile(
    r"\b(?:(?:we|which|it|meeting|session|speakers?|event) will|will (?:be|hold|host|meet|hear|take place)|"
    r"(?:we are|we're) (?:hosting|holding)|join us|register (?:here|now|your|to attend)|sign up to attend)\b",
    re.IGNORECASE,
)


def announces(text: str) -> bool:
    """Whether a text looks forward to its meeting, so that a page can say it was written before (B3)."""
    return _ANNOUNCES.search(text) is not None
