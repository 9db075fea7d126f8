"""When a series meets next, by its RFC 5545 rule."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

DAYS_OR_MORE = frozenset({"YEARLY", "MONTHLY", "WEEKLY", "DAILY"})


class RuleIsUnclear(ValueError):
    """The text is no recurrence rule of whole days."""


def read_rule(text: str, starting: date) -> rrule:
    """The rule in `text` (RFC 5545 §3.3.10, as in ``FREQ=MONTHLY;BYDAY=2WE``), counted from `starting`.

    Raises `RuleIsUnclear` where it is none, or where it repeats within a day.
    """
    parts = dict(part.split("=", 1) for part in text.upper().removeprefix("RRULE:").split(";") if "=" in part)
    if parts.get("FREQ") not in DAYS_OR_MORE:
        raise RuleIsUnclear(text)
    try:
        found = rrulestr(text, dtstart=datetime.combine(starting, time()))
    except (ValueError, TypeError, AttributeError) as error:
        raise RuleIsUnclear(text) from error
    if not isinstance(found, rrule):
        raise RuleIsUnclear(text)
    return found


def next_dates(rule: str, after: date, count: int = 1, *, starting: date | None = None) -> list[date]:
    """The first `count` dates of `rule` later than `after`; fewer where the rule ends, none where it is empty.

    What repeats every second week or month is counted from `starting`, or else from `after`.
    """
    if not rule.strip():
        return []
    found = read_rule(rule.strip(), starting or after).xafter(datetime.combine(after, time(23, 59)))
    return [moment.date() for moment in islice(found, count)]


def moments(on: date, starts: time, minutes: int, time_zone: str) -> tuple[datetime, datetime]:
    """Start and end, aware, of `minutes` from `starts` on the wall clock of `time_zone` (an IANA name)."""
    start = datetime.combine(on, starts, ZoneInfo(time_zone))
    # Added in UTC: on the night when clocks change an hour of the wall clock is not an hour.
    return start.astimezone(UTC), start.astimezone(UTC) + timedelta(minutes=minutes)
