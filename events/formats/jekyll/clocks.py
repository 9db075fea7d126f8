"""Times of day as people write them, in front matter and in the sentence that says when the event is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from .days import find_mentions
from .markup import Line

LONDON = "Europe/London"

_CLOCK = r"(?P<{0}_hour>\d{{1,2}})(?:[:.](?P<{0}_minute>\d{{2}}))?\s*(?P<{0}_half>[ap]\.?m\b\.?|noon\b)?"
_TIMES = re.compile(
    rf"(?<![\d:./£$€#-]){_CLOCK.format('start')}(?:\s*(?:[-–—]|to|until|till)\s*{_CLOCK.format('end')})?(?![\d:%/]|\.\d)",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_FOREIGN = re.compile(r"\b(?:CES?T|EES?T|[ECMP][SD]T|IST|SAST|BRT|(?:UTC|GMT)\s*[+-]\s*\d+)\b")
_WHEN = re.compile(r"\W*(?:time|when)\s*:", re.IGNORECASE)
_IN_CITY = re.compile(r"\b(?i:in|at)\s+(?:[a-z]+\s+)?(?P<city>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")


@dataclass(frozen=True, slots=True)
class Clock:
    """When on its day an event starts and ends, by which zone's clocks, and on which line that is said."""

    starts: time
    ends: time | None = None
    zone: str = LONDON
    line: int = 1


def stamped_clock(text: str) -> Clock | None:
    """The time of a front matter date such as "2025-01-15 14:00:00 +0000", told in London; midnight says nothing."""
    match = _STAMP.search(text)
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time'].zfill(5)}")
        if moment.time() == time(0):
            return None
        return Clock((_in_london(moment, match["offset"]) if match["offset"] else moment).time())
    except (ValueError, OverflowError):
        return None


def _in_london(moment: datetime, offset: str) -> datetime:
    aware = datetime.fromisoformat(f"{moment.isoformat()}{offset.replace('Z', '+00:00')}")
    return aware.astimezone(ZoneInfo(LONDON)).replace(tzinfo=None)


def find_clock(lines: Sequence[Line], day: date) -> Clock | None:
    """The event's time: from the first line that names the event's own day, or only its time, and exactly one time.

    A time in a zone that is named but not known here is not clear, and is left in the text.
    """
    for line in lines:
        clocks = _clocks_of_day(line, day)
        if len(clocks) == 1 and not _FOREIGN.search(line.text):
            return replace(clocks.pop(), zone=_zone_of(line.text), line=line.number)
    return None


def find_unclear_clock(lines: Sequence[Line], day: date) -> int:
    """The first line that says when on its day the event is, but not clearly; 0 where none does."""
    return next((line.number for line in lines if _clocks_of_day(line, day)), 0)


def _clocks_of_day(line: Line, day: date) -> set[Clock]:
    if _WHEN.match(line.text) or any(mention.is_on(day) for mention in find_mentions(line.text)):
        return set(find_clocks(line.text))
    return set()


def find_clocks(text: str) -> Iterator[Clock]:
    """Every time or pair of times in a text: "2pm", "2pm - 3:15pm", "14:30-15:30", "1-2pm"; a bare number is none."""
    for match in _TIMES.finditer(text):
        clock = _clock(match)
        if clock:
            yield clock


def _clock(match: re.Match[str]) -> Clock | None:
    start_half, end_half = match["start_half"], match["end_half"]
    if not (match["start_minute"] and ":" in match[0]) and not start_half and not end_half:
        return None
    ends = _time(match["end_hour"], match["end_minute"], end_half) if match["end_hour"] else None
    starts = _time(match["start_hour"], match["start_minute"], start_half or end_half)
    if starts and ends and starts >= ends and not start_half:
        starts = _time(match["start_hour"], match["start_minute"], "am")
    if not starts or (match["end_hour"] and (not ends or starts >= ends)):
        return None
    return Clock(starts, ends)


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (0 if half.lower().startswith("a") else 12)
    return time(hours, int(minute or 0)) if hours < 24 and int(minute or 0) < 60 else None


def _zone_of(text: str) -> str:
    """The zone of a city the sentence places the event in, London otherwise."""
    for match in _IN_CITY.finditer(text):
        zone = _zones_by_city().get(match["city"]) or _zones_by_city().get(match["city"].split()[0])
        if zone:
            return zone
    return LONDON


@cache
def _zones_by_city() -> Mapping[str, str]:
    continents = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")
    zones = sorted(zone for zone in available_timezones() if zone.startswith(continents))
    return {zone.rsplit("/", 1)[-1].replace("_", " "): zone for zone in zones}
