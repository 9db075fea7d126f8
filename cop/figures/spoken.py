"""Days, stretches of time and numbers as figures say them."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from cop.figures.rules.drawing import Under
from cop.figures.rules.periods import Grain, Period


def number(value: int) -> str:
    """As people write it: "12,400"."""
    return str(number_format(value, force_grouping=True))


def mean(value: float | None) -> str:
    """To one figure after the point: "4.2"."""
    return unknown() if value is None else str(number_format(value, 1))


def not_shown() -> str:
    return _("not shown")


def unknown() -> str:
    """What stands where nobody counted."""
    return "–"


def stretch(day: date, grain: Grain, title: str = "") -> str:
    """What a row is about: "14 January 2026: Juries", "January 2026", "January to March 2026", "2026"."""
    if grain is Grain.MEETING:
        return f"{date_format(day, 'j F Y')}: {title}"
    if grain is Grain.YEAR:
        return str(day.year)
    if grain is Grain.QUARTER:
        words = {"first": date_format(day, "F"), "last": date_format(last_month(day), "F Y")}
        return _("%(first)s to %(last)s") % words
    return str(date_format(day, "F Y"))


def under(day: date, grain: Grain) -> Under:
    """The same in the short lines below a column."""
    year, month = str(day.year), str(date_format(day, "M"))
    if grain is Grain.MEETING:
        return Under((str(day.day), month), year)
    if grain is Grain.QUARTER:
        return Under((f"{month}–", str(date_format(last_month(day), "M"))), year)
    return Under(() if grain is Grain.YEAR else (month,), year)


def head(grain: Grain) -> str:
    """What stands above rows that are cut so."""
    return _("Meeting") if grain is Grain.MEETING else _("When")


def last_month(day: date) -> date:
    """The first day of the last month of the quarter that begins on `day`."""
    return day.replace(month=day.month + 2)


def period(asked: Period) -> str:
    """ "1 January to 31 December 2026"."""
    first = date_format(asked.first, "j F" if asked.first.year == asked.last.year else "j F Y")
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(asked.last, "j F Y")}
