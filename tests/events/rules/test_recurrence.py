"""When a series meets next."""

from datetime import UTC, date, datetime, time

import pytest

from events.rules.recurrence import RuleIsUnclear, moments, next_dates


@pytest.mark.parametrize(
    ("rule", "after", "dates"),
    [
        ("FREQ=MONTHLY;BYDAY=2WE", date(2027, 1, 1), [date(2027, 1, 13), date(2027, 2, 10), date(2027, 3, 10)]),
        ("FREQ=MONTHLY;BYDAY=2WE", date(2027, 1, 13), [date(2027, 2, 10), date(2027, 3, 10), date(2027, 4, 14)]),
        ("RRULE:FREQ=WEEKLY;BYDAY=TH", date(2027, 1, 14), [date(2027, 1, 21), date(2027, 1, 28), date(2027, 2, 4)]),
        ("freq=monthly;byday=-1fr", date(2027, 1, 31), [date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]),
        ("FREQ=MONTHLY;BYDAY=5WE", date(2027, 1, 1), [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 29)]),
        ("FREQ=DAILY;UNTIL=20270103", date(2027, 1, 1), [date(2027, 1, 2), date(2027, 1, 3)]),
        ("", date(2027, 1, 1), []),
    ],
)
def test_next_dates_follow_the_rule(rule: str, after: date, dates: list[date]) -> None:
    """B72."""
    assert next_dates(rule, after, 3) == dates


def test_every_second_month_is_counted_from_the_last_meeting() -> None:
    rule, last = "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE", date(2027, 1, 13)
    assert next_dates(rule, date(2027, 2, 1), starting=last) == [date(2027, 3, 10)]
    assert next_dates(rule, date(2027, 4, 1), starting=last) == [date(2027, 5, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "every second Wednesday",
        "FREQ=SOMETIMES",
        "FREQ=MONTHLY;BYDAY=2XX",
        "FREQ=SECONDLY",
        "FREQ=HOURLY;BYHOUR=14",
        "FREQ=MONTHLY;BYDAY=2WE\nEXDATE:20270210",
        "FREQ=MONTHLY;INTERVAL=x",
    ],
)
def test_what_is_no_rule_of_days_is_refused(text: str) -> None:
    with pytest.raises(RuleIsUnclear):
        next_dates(text, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        (date(2027, 1, 13), datetime(2027, 1, 13, 14, tzinfo=UTC), datetime(2027, 1, 13, 15, 15, tzinfo=UTC)),
        (date(2027, 7, 14), datetime(2027, 7, 14, 13, tzinfo=UTC), datetime(2027, 7, 14, 14, 15, tzinfo=UTC)),
    ],
)
def test_two_in_london_is_two_in_london_in_january_and_july(on: date, start: datetime, end: datetime) -> None:
    """B31."""
    assert moments(on, time(14), 75, "Europe/London") == (start, end)


def test_length_is_kept_in_the_night_when_clocks_change() -> None:
    start, end = moments(date(2027, 3, 28), time(0, 30), 60, "Europe/London")
    assert (start, end) == (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
