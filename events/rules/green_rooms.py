"""When speakers come together before a meeting."""

from datetime import datetime, timedelta

from events.rules.timetable import DOORS_OPEN_BEFORE


def comes_at(starts_at: datetime, *, minutes: int) -> datetime:
    """When speakers are expected: so many minutes before the start."""
    return starts_at - timedelta(minutes=minutes)


def opens_at(starts_at: datetime, *, minutes: int) -> datetime:
    """From when the speakers' way in leads into the call: ten minutes before they are expected, and never later than
    everybody's."""
    return min(comes_at(starts_at, minutes=minutes + 10), starts_at - DOORS_OPEN_BEFORE)
