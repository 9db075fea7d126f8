"""A stretch of days, and how it is cut so that a picture stays one: by meeting, month, quarter or year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

MOST_COLUMNS = 16


class Grain(Enum):
    """How long one column of a picture is, in months; 0 is one meeting."""

    MEETING = 0
    MONTH = 1
    QUARTER = 3
    YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both of them in it."""

    first: date
    last: date


def twelve_months(today: date) -> Period:
    """This month as far as it has come, and the eleven before."""
    return Period(_months_on(today.replace(day=1), -11), today)


def calendar_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def grain_of(days: Sequence[date], *, most: int = MOST_COLUMNS) -> Grain:
    """The finest cut that makes no more than `most` columns; years, where even those are more."""
    if len(days) <= most:
        return Grain.MEETING
    return grain_between(min(days), max(days), most=most)


def grain_between(first: date, last: date, *, most: int = MOST_COLUMNS) -> Grain:
    """The same for what is counted all the time, not at meetings."""
    fitting = (grain for grain in (Grain.MONTH, Grain.QUARTER) if len(spans(first, last, grain)) <= most)
    return next(fitting, Grain.YEAR)


def span_of(day: date, grain: Grain) -> date:
    """The first day of the month, quarter or year that `day` is in; for a meeting the day itself."""
    if grain is Grain.MEETING:
        return day
    return day.replace(month=(day.month - 1) // grain.value * grain.value + 1, day=1)


def spans(first: date, last: date, grain: Grain) -> list[date]:
    """The first days of all months, quarters or years from that of `first` to that of `last`."""
    found = [span_of(first, grain)]
    while (following := _months_on(found[-1], grain.value)) <= last:
        found.append(following)
    return found


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
