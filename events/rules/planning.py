"""The dates that a series' rule gives, and what speaks against each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from events.rules.holidays import bank_holiday


class Mark(StrEnum):
    """Why a date is not simply free; the value is a key for the words shown."""

    FREE = "free"
    MADE = "made"
    LEFT_OUT = "left out"
    MONTH = "month"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One date of the rule. `holiday` is what its bank holiday is called, where that is what speaks against it."""

    on: date
    mark: Mark
    holiday: str = ""

    @property
    def is_free(self) -> bool:
        return self.mark is Mark.FREE

    @property
    def may_be_made(self) -> bool:
        """Free, or an organiser may want it all the same."""
        return self.mark in {Mark.FREE, Mark.MONTH, Mark.HOLIDAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What a series knows of dates: months without a meeting, whose bank holidays, and what was decided before."""

    months: frozenset[int] = frozenset()
    nation: str = ""
    made: frozenset[date] = frozenset()
    left_out: frozenset[date] = frozenset()


def propose(dates: Iterable[date], against: Against) -> list[Proposed]:
    """Each date with the first thing that speaks against it; what somebody decided goes before what a rule says."""
    return [_proposed(on, against) for on in dates]


def _proposed(on: date, against: Against) -> Proposed:
    if on in against.made:
        return Proposed(on, Mark.MADE)
    if on in against.left_out:
        return Proposed(on, Mark.LEFT_OUT)
    if on.month in against.months:
        return Proposed(on, Mark.MONTH)
    holiday = bank_holiday(on, against.nation)
    return Proposed(on, Mark.HOLIDAY, holiday) if holiday else Proposed(on, Mark.FREE)
