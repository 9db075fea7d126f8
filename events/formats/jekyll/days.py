"""Days as people write them, in front matter, in file names and in a sentence about the event."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_NTH = r"(?:st|nd|rd|th)?"
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_FROM = rf"(?P<from>\d{{1,2}}){_NTH}(?:\s+{_MONTH.replace('month', 'from_month')})?\s*(?:[-–—&]|to|and|until)\s*"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?:{_FROM})?(?P<day>\d{{1,2}}){_NTH}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?(?![a-z\d])",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}){_NTH}(?:,?\s+(?P<year>\d{{4}}))?(?![\d:])", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+)?$", re.IGNORECASE)


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
            year, month = int(match["year"]), _month(match["month"])
            yield _day(year, month, int(match["day"]))
            if match["from"]:
                first = _month(match["from_month"] or match["month"])
                yield _day(year - 1 if first > month else year, first, int(match["from"]))
    for match in _MONTH_DAY.finditer(text):
        if match["year"]:
            yield _day(int(match["year"]), _month(match["month"]), int(match["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return 1 + _MONTHS.index(name[:3].lower())


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
