"""What speaks against a date of a series: bank holidays, months off, what was decided (B72)."""

from datetime import date

import pytest

from events.rules.holidays import bank_holiday
from events.rules.planning import Against, Mark, Proposed, propose


@pytest.mark.parametrize(
    ("on", "nation", "name"),
    [
        (date(2027, 5, 31), "ENG", "Spring Bank Holiday"),
        (date(2027, 3, 29), "ENG", "Easter Monday"),
        (date(2027, 3, 29), "SCT", ""),
        (date(2027, 8, 2), "SCT", "Summer Bank Holiday"),
        (date(2027, 8, 2), "ENG", ""),
        (date(2027, 11, 30), "SCT", "Saint Andrew's Day"),
        (date(2027, 3, 17), "NIR", "Saint Patrick's Day"),
        (date(2027, 3, 17), "WLS", ""),
        (date(2027, 12, 27), "WLS", "Christmas Day (observed)"),
        (date(2027, 12, 25), "", ""),
    ],
)
def test_bank_holidays_are_those_of_the_nation(on: date, nation: str, name: str) -> None:
    assert bank_holiday(on, nation) == name


def test_each_date_says_what_speaks_against_it_decisions_first() -> None:
    monday, august, easter = date(2027, 7, 12), date(2027, 8, 9), date(2027, 3, 29)
    against = Against(months=frozenset({8}), nation="ENG")
    assert propose([easter, monday, august], against) == [
        Proposed(easter, Mark.HOLIDAY, "Easter Monday"),
        Proposed(monday, Mark.FREE),
        Proposed(august, Mark.MONTH),
    ]
    decided = Against(
        months=frozenset({8}), nation="ENG", made=frozenset({easter}), left_out=frozenset({easter, august})
    )
    found = propose([easter, august], decided)
    assert [one.mark for one in found] == [Mark.MADE, Mark.LEFT_OUT]
    assert [one.may_be_made for one in found] == [False, False]
    assert [one.may_be_made for one in propose([easter, august], against)] == [True, True]
