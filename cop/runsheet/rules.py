"""When something is late, on paper."""

from datetime import date, timedelta

SATURDAY = 5


def working_days_after(on: date, days: int) -> date:
    """The day that is so many working days (Monday to Friday) after `on`; bank holidays are taken for working days."""
    while days:
        on += timedelta(days=1)
        days -= on.weekday() < SATURDAY
    return on
