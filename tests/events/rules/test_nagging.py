"""When organisers are reminded (B85)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.rules.nagging import Nag, is_time_to_nag, nag_at, working_day_after


@pytest.mark.parametrize(
    ("day", "nation", "fifth"),
    [
        (date(2027, 1, 13), "ENG", date(2027, 1, 20)),
        (date(2027, 1, 15), "ENG", date(2027, 1, 22)),
        # Good Friday and Easter Monday; Scotland works on the Monday.
        (date(2027, 3, 24), "ENG", date(2027, 4, 2)),
        (date(2027, 3, 24), "SCT", date(2027, 4, 1)),
        (date(2027, 3, 24), "", date(2027, 3, 31)),
        (date(2026, 12, 23), "ENG", date(2027, 1, 4)),
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: date, nation: str, fifth: date) -> None:
    assert working_day_after(day, 5, nation) == fifth


def test_organisers_are_reminded_a_fortnight_before_and_on_the_fifth_morning_after() -> None:
    start = datetime(2027, 3, 24, 14, tzinfo=UTC)

    def at(nag: Nag) -> datetime:
        ends_at = start + timedelta(minutes=75)
        return nag_at(nag, starts_at=start, ends_at=ends_at, time_zone="Europe/London", nation="ENG")

    assert at(Nag.SPEAKERS) == datetime(2027, 3, 10, 14, tzinfo=UTC)
    assert at(Nag.NOTES) == datetime(2027, 4, 2, 8, tzinfo=UTC)


def test_reminder_of_organisers_is_a_week_late_at_most() -> None:
    at, moment = datetime(2027, 3, 10, 14, tzinfo=UTC), timedelta(seconds=1)
    asked = (at - moment, at, at + timedelta(days=7) - moment, at + timedelta(days=7))
    assert [is_time_to_nag(at, now=now) for now in asked] == [False, True, True, False]
