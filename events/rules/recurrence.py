"""When a series meets next, by its RFC 5545 rule."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

DAYS_OR_MORE = frozenset({"YEARLY", "MONTHLY", "WEEKLY", "DAILY"})
# The parts of RFC 5545 §3.3.10 that choose days; those that choose hours would make two meetings of one.
PARTS = frozenset("FREQ INTERVAL BYDAY BYMONTH BYMONTHDAY BYYEARDAY BYWEEKNO BYSETPOS WKST".split())
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
# By the day and the week there is no more to choose than weekdays and months, each of which comes again within a year:
# a rule that gives no day at all, such as each 30 February, would be gone through day by day to the year 9999.
FINE = {"DAILY": frozenset({"FREQ", "INTERVAL", "BYMONTH"}), "WEEKLY": frozenset({"FREQ", "INTERVAL", "BYDAY", "WKST"})}
HORIZON = timedelta(days=5 * 366)


class Unclear(StrEnum):
    """Why a text is no rule that we can follow; the value is a key for the sentence shown."""

    UNKNOWN = "unknown"
    SECOND_OR_OTHER = "second or other"
    WHICH_DAY = "which day"
    WHICH_WEEK = "which week"
    TOO_OFTEN = "too often"
    NEVER = "never"


class RuleIsUnclear(ValueError):
    """The text is no recurrence rule of whole days; `why` says in which way."""

    def __init__(self, why: Unclear = Unclear.UNKNOWN) -> None:
        self.why = why
        super().__init__(str(why))


def parts_of(rule: str) -> dict[str, str]:
    """The parts of a rule by name, in capitals; `RuleIsUnclear` where it is not made of such parts, each once."""
    parts: dict[str, str] = {}
    for part in rule.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        found = _PART.fullmatch(part.strip())
        if found is None or found[1] in parts:
            raise RuleIsUnclear
        parts[found[1]] = found[2]
    return parts


def is_counted(rule: str) -> bool:
    """Whether the days of a rule depend on where one begins to count, as in "every fourth week"."""
    parts = parts_of(rule)
    return parts.get("INTERVAL", "1") != "1" or "COUNT" in parts or not any(name.startswith("BY") for name in parts)


def read_rule(text: str, starting: date, until: date) -> Iterator[date]:
    """The days of the rule in `text` (RFC 5545 §3.3.10, as in ``FREQ=MONTHLY;BYDAY=2WE``), counted from `starting`.

    Raises `RuleIsUnclear` where it is none, or where it repeats within a day.
    """
    parts = parts_of(text)
    if parts.get("FREQ") in {"HOURLY", "MINUTELY", "SECONDLY"}:
        raise RuleIsUnclear(Unclear.TOO_OFTEN)
    # An INTERVAL of 0 would never end.
    last = min(parts.pop("UNTIL", "99991231")[:8], f"{until:%Y%m%d}")
    ends_after = parts.pop("COUNT", "9999")
    known = FINE.get(parts.get("FREQ", ""), PARTS)
    if parts.get("FREQ") not in DAYS_OR_MORE or not known.issuperset(parts) or parts.get("INTERVAL") == "0":
        raise RuleIsUnclear
    try:
        count = int(ends_after)
        words = ";".join(f"{name}={value}" for name, value in parts.items())
        found = rrulestr(f"{words};UNTIL={last}", dtstart=datetime.combine(starting, time()))
    except (ValueError, TypeError, AttributeError) as error:
        raise RuleIsUnclear from error
    if not isinstance(found, rrule):
        raise RuleIsUnclear
    return (moment.date() for moment in islice(found, count))


def next_dates(rule: str, after: date, count: int = 1, *, starting: date | None = None) -> list[date]:
    """The first `count` dates of `rule` later than `after`; fewer where the rule ends, none where it is empty.

    What repeats every second week or month is counted from `starting`, or else from `after`. None lies further ahead
    than `HORIZON`.
    """
    if not rule.strip():
        return []
    days = read_rule(rule, starting or after, after + HORIZON)
    return list(islice((day for day in days if day > after), count))


def first_date(rule: str, after: date) -> date | None:
    """The first day that "every fourth week on Wednesday" may begin with: the first Wednesday later than `after`."""
    each = ";".join(f"{name}={value}" for name, value in parts_of(rule).items() if name != "INTERVAL")
    return next(iter(next_dates(each, after)), None)


def moments(on: date, starts: time, minutes: int, time_zone: str) -> tuple[datetime, datetime]:
    """Start and end, aware, of `minutes` from `starts` on the wall clock of `time_zone` (an IANA name)."""
    start = datetime.combine(on, starts, ZoneInfo(time_zone))
    # Added in UTC: on the night when clocks change an hour of the wall clock is not an hour.
    return start.astimezone(UTC), start.astimezone(UTC) + timedelta(minutes=minutes)
