"""Who has a place, who waits, and until when one may ask."""

from datetime import datetime
from enum import StrEnum


class Closed(StrEnum):
    """Why nobody can register any more; the value is a key for the sentence shown."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    OVER = "over"
    RESTING = "resting"


def why_closed(*, state: str, ends_at: datetime, at: datetime, is_resting: bool = False) -> Closed | None:
    """Why registration for a meeting is closed at `at`, or None while it is open: until the end (B84).

    `is_resting` says whether its network was put to rest (B100).
    """
    if state == "cancelled":
        return Closed.CANCELLED
    if state != "published":
        return Closed.DRAFT
    if ends_at <= at:
        return Closed.OVER
    return Closed.RESTING if is_resting else None


def free_places(capacity: int | None, taken: int) -> int | None:
    """How many places are left of `capacity`; None where there is no limit, never less than 0."""
    return None if capacity is None else max(capacity - taken, 0)


def has_place(capacity: int | None, *, taken: int, waiting: int) -> bool:
    """Whether whoever asks now gets a place. Nobody overtakes those who wait already."""
    free = free_places(capacity, taken)
    return free is None or free > waiting


def places_for(asking: int, capacity: int | None, *, taken: int, waiting: int) -> int:
    """How many of `asking` people, in the order they asked, get a place at once; the rest of them wait."""
    free = free_places(capacity, taken)
    return asking if free is None else min(max(free - waiting, 0), asking)


def may_move_up(capacity: int | None, *, taken: int, waiting: int) -> int:
    """How many of those who wait have a place now, from the front of the list."""
    free = free_places(capacity, taken)
    return waiting if free is None else min(free, waiting)
