"""When notes are late."""

from datetime import date

import pytest

from cop.runsheet.rules import working_days_after


@pytest.mark.parametrize(
    ("on", "days", "expected"),
    [
        (date(2037, 1, 14), 5, date(2037, 1, 21)),  # a Wednesday: over one weekend
        (date(2037, 1, 16), 1, date(2037, 1, 19)),  # a Friday: the Monday after
        (date(2037, 1, 17), 5, date(2037, 1, 23)),  # a Saturday: that week's Friday
        (date(2037, 1, 14), 0, date(2037, 1, 14)),
    ],
)
def test_weekends_are_no_working_days(on: date, days: int, expected: date) -> None:
    assert working_days_after(on, days) == expected
