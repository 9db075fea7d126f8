"""When organisers are reminded of what they have not done yet (B85)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from events.rules.holidays import bank_holiday

SPEAKERS_AHEAD = timedelta(days=14)
NOTES_AFTER_WORKING_DAYS = 5
MORNING = time(9)
# Whoever has not been reminded by then has not had a worker for a week, and knows.
LATE = timedelta(days=7)


class Nag(StrEnum):
    """What organisers are reminded of; the value is what is kept of it."""

    SPEAKERS = "speakers"
    NOTES = "notes"


def working_day_after(day: date, count: int, nation: str) -> date:
    """The `count`th working day after `day`: not a weekend, nor a bank holiday of `nation` (ISO 3166-2 after "GB-")."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and not bank_holiday(day, nation)
    return day


def nag_at(nag: Nag, *, starts_at: datetime, ends_at: datetime, time_zone: str, nation: str) -> datetime:
    """When organisers are reminded: fourteen days before; in the morning of the fifth working day after."""
    if nag is Nag.SPEAKERS:
        return starts_at - SPEAKERS_AHEAD
    zone = ZoneInfo(time_zone)
    day = working_day_after(ends_at.astimezone(zone).date(), NOTES_AFTER_WORKING_DAYS, nation)
    return datetime.combine(day, MORNING, zone)


def is_time_to_nag(at: datetime, *, now: datetime) -> bool:
    """Whether a reminder that is due `at` is to be sent now."""
    return at <= now < at + LATE
