"""Days and clock times as people write them, in front matter, in file names and in a sentence about the event."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from .markup import Line

LONDON = "Europe/London"

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?:(?P<from>\d{{1,2}}){_NTH}\s*(?:[-–—&]|to|and|until)\s*)?(?P<day>\d{{1,2}}){_NTH}"
    rf"\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?(?![a-z\d])",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}){_NTH}(?:,?\s+(?P<year>\d{{4}}))?(?![\d:])", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?$", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Mention:
    """A day named in a sentence: a year only where it is written, and the weekday only where one goes before."""

    day: int
    month: int
    year: int | None
    weekday: int | None
    start: int
    end: int

    def is_on(self, day: date) -> bool:
        """Whether this may mean that day."""
        return (self.day, self.month) == (day.day, day.month) and self.year in (None, day.year)


def find_days(text: str) -> tuple[date, ...]:
    """The days, in order, that a value of the front matter names with their year; impossible ones are left out."""
    found = {day for day in _all_days(text) if day is not None and 1990 <= day.year <= 2100}
    return tuple(sorted(found))


def has_impossible_day(text: str) -> bool:
    """Whether something is written like a day that no calendar has."""
    return any(day is None for day in _all_days(text))


def _all_days(text: str) -> Iterator[date | None]:
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _COMPACT):
        for match in pattern.finditer(text):
            yield _day(int(match["year"]), int(match["month"]), int(match["day"]))
    for match in _DAY_MONTH.finditer(text):
        if match["year"]:
            yield _day(int(match["year"]), _month(match["month"]), int(match["day"]))
            if match["from"]:
                yield _day(int(match["year"]), _month(match["month"]), int(match["from"]))
    for match in _MONTH_DAY.finditer(text):
        if match["year"]:
            yield _day(int(match["year"]), _month(match["month"]), int(match["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return 1 + [month[:3] for month in _MONTHS].index(name[:3].lower())


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The days a sentence names, such as "Thursday 3 October 2024" or "11th Feb"."""
    found = [*_mentions(_DAY_MONTH, text), *_mentions(_MONTH_DAY, text)]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mentions(pattern: re.Pattern[str], text: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        before = _WEEKDAY.search(text[max(0, match.start() - 20) : match.start()])
        yield Mention(
            day=int(match["day"]),
            month=_month(match["month"]),
            year=int(match["year"]) if match["year"] else None,
            weekday=_WEEKDAYS.index(before["weekday"].lower()) if before else None,
            start=match.start(),
            end=match.end(),
        )


def weekday_name(number: int) -> str:
    """The English name of a weekday, Monday being 0."""
    return _WEEKDAYS[number].capitalize()


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
